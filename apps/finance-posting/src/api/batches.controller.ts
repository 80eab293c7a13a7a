/** What a file or bulk request came to in money. */
import { Controller, Get, Inject, Param } from '@nestjs/common';
import { From, Opens, QUERIES, Scope, type Caller, type Queries, type Totals } from '@crossdock/runtime';

/** Sums of one currency, in minor units. */
export interface BatchMoney {
  readonly currency: string;
  readonly invoicedNet: number;
  readonly creditedNet: number;
  /** tax invoiced less tax credited */
  readonly tax: number;
  readonly debits: number;
  readonly credits: number;
  readonly invoicesPosted: number;
  readonly creditMemosPosted: number;
}

/** One row per currency from the sums of posted invoices, posted credit memos and journals. */
export const batchMoney = (
  invoices: readonly Totals[],
  memos: readonly Totals[],
  journals: readonly Totals[],
): readonly BatchMoney[] => {
  const currencies = new Set(
    [...invoices, ...memos, ...journals].flatMap(({ group }) => (group === null ? [] : [group])),
  );
  const of = (rows: readonly Totals[], currency: string): Totals =>
    rows.find(({ group }) => group === currency) ?? { group: currency, count: 0, sums: {} };
  return [...currencies].sort().map((currency) => {
    const [invoiced, credited, posted] = [of(invoices, currency), of(memos, currency), of(journals, currency)];
    return {
      currency,
      invoicedNet: invoiced.sums['net'] ?? 0,
      creditedNet: credited.sums['net'] ?? 0,
      tax: (invoiced.sums['tax'] ?? 0) - (credited.sums['tax'] ?? 0),
      debits: posted.sums['debits'] ?? 0,
      credits: posted.sums['credits'] ?? 0,
      invoicesPosted: invoiced.count,
      creditMemosPosted: credited.count,
    };
  });
};
const NOTHING = {
  currency: null,
  invoicedNet: 0,
  creditedNet: 0,
  tax: 0,
  debits: 0,
  credits: 0,
  invoicesPosted: 0,
  creditMemosPosted: 0,
};

@Controller('v1/batches')
export class BatchesController {
  constructor(@Inject(QUERIES) private readonly queries: Queries) {}

  @Get(':batchId')
  @Scope('finance:read')
  @Opens({ summary: 'Money of a batch: posted invoices, posted credit memos and its journals, in minor units' })
  async money(@From() { tenant }: Caller, @Param('batchId') batchId: string) {
    const documents = { net: 'net', tax: 'tax' };
    const [invoices, memos, journals] = await Promise.all([
      this.queries.totals(tenant, 'document', `invoice:posted:batch:${batchId}`, 'currency', documents),
      this.queries.totals(tenant, 'document', `credit-memo:posted:batch:${batchId}`, 'currency', documents),
      this.queries.totals(tenant, 'journal', `batch:${batchId}`, 'currency', { debits: 'debits', credits: 'credits' }),
    ]);
    const rows = batchMoney(invoices, memos, journals);
    return { batchId, ...(rows[0] ?? NOTHING), ...(rows.length > 1 ? { byCurrency: rows } : {}) };
  }
}
