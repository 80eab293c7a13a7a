/** Invoices and credit memos as they stand. They are written by the service's own rules only: no route creates one. */
import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import type { BilledLine, BillingKind } from '@crossdock/contracts';
import { From, Opens, Problem, QUERIES, Scope, type Caller, type Found, type Queries } from '@crossdock/runtime';
import { documentBlockIds, type Document, type DocumentLines, type KnownDocument } from '../domain/document.js';
import { taxSubtotals } from '../domain/document.js';
import { May, nextAfter, Paged, pageOf } from './page.js';

export interface DocumentQuery {
  readonly order?: string;
  readonly account?: string;
  readonly batch?: string;
  readonly return?: string;
  readonly status?: string;
  readonly limit?: string;
  readonly after?: string;
}
type ShownDocument = Omit<KnownDocument, 'amounts' | 'billing'> & { readonly kind: BillingKind };

const shown = ({ amounts: _, billing, ...document }: KnownDocument): ShownDocument => ({ kind: billing, ...document });

/** Keys to look under, in turn: an order is found by its id or by its number. */
const keysOf = (billing: BillingKind, query: DocumentQuery): readonly string[] => {
  if (query.order) return [`${billing}:orderNo:${query.order}`, `${billing}:order:${query.order}`];
  if (query.return) return [`${billing}:return:${query.return}`];
  if (query.batch) return [`${billing}:batch:${query.batch}`];
  if (query.account) return [`${billing}:account:${query.account}`];
  return [query.status ? `${billing}:status:${query.status}` : billing];
};

@Controller('v1')
export class BillingDocumentsController {
  constructor(@Inject(QUERIES) private readonly queries: Queries) {}

  @Get('invoices')
  @Scope('finance:read')
  @Opens({
    summary: 'Invoices, newest first',
    answers: { 200: 'Invoices without their lines, amounts in minor units' },
  })
  @May('order', 'order number or order id')
  @May('account', 'customer account')
  @May('batch', 'file job or bulk request')
  @May('status', 'submitted, refused or posted')
  @Paged()
  async invoices(@From() caller: Caller, @Query() query: DocumentQuery) {
    const { documents, ...more } = await this.list('invoice', caller, query);
    return { invoices: documents, ...more };
  }

  @Get('invoices/:documentNo')
  @Scope('finance:read')
  @Opens({
    summary: 'One invoice with lines and tax by rate, by its number or id',
    answers: { 404: 'No such invoice' },
  })
  invoice(@From() caller: Caller, @Param('documentNo') documentNo: string) {
    return this.one('invoice', caller, documentNo);
  }

  @Get('credit-memos')
  @Scope('finance:read')
  @Opens({
    summary: 'Credit memos, newest first',
    answers: { 200: 'Credit memos without their lines, amounts positive' },
  })
  @May('return', 'return id')
  @May('account', 'customer account')
  @May('batch', 'file job or bulk request')
  @May('status', 'submitted, refused or posted')
  @Paged()
  async creditMemos(@From() caller: Caller, @Query() query: DocumentQuery) {
    const { documents, ...more } = await this.list('credit-memo', caller, query);
    return { creditMemos: documents, ...more };
  }

  @Get('credit-memos/:documentNo')
  @Scope('finance:read')
  @Opens({
    summary: 'One credit memo with lines and tax by rate, by its number or id',
    answers: { 404: 'No such credit memo' },
  })
  creditMemo(@From() caller: Caller, @Param('documentNo') documentNo: string) {
    return this.one('credit-memo', caller, documentNo);
  }

  private async list(billing: BillingKind, { tenant }: Caller, query: DocumentQuery) {
    const page = pageOf(query.limit, query.after);
    let found: readonly Found<Document>[] = [];
    for (const key of keysOf(billing, query)) {
      found = await this.queries.byKey<Document>(tenant, 'document', key, page);
      if (found.length > 0) break;
    }
    const documents = found.flatMap(({ state }) => (state.status === 'none' ? [] : [shown(state)]));
    const wanted = query.status ? documents.filter(({ status }) => status === query.status) : documents;
    return { documents: wanted, ...nextAfter(found, page.limit) };
  }

  private async one(billing: BillingKind, { tenant }: Caller, no: string) {
    const [byNumber] = await this.queries.byKey<Document>(tenant, 'document', `documentNo:${no}`, { limit: 1 });
    const { state } = byNumber ?? (await this.queries.get<Document>(tenant, 'document', no)) ?? {};
    if (!state || state.status === 'none' || state.billing !== billing) throw new Problem(404, 'not-found');
    const lines = await this.lines(tenant, state);
    return { ...shown(state), taxSubtotals: taxSubtotals(lines), lines };
  }

  private async lines(tenant: string, { documentId, lineCount }: KnownDocument): Promise<readonly BilledLine[]> {
    const ids = documentBlockIds(documentId, lineCount);
    const blocks = await this.queries.many<DocumentLines>(tenant, 'documentLines', ids);
    const byId = new Map(blocks.map(({ id, state }) => [id, state.lines]));
    return ids.flatMap((id) => byId.get(id) ?? []);
  }
}
