/** How far the documents of a file or bulk request have come, added up. */
import { Controller, Get, Inject, Param } from '@nestjs/common';
import type { CaseState } from '@crossdock/contracts';
import {
  From,
  JOBS,
  Opens,
  QUERIES,
  Scope,
  type Caller,
  type Jobs,
  type Queries,
  type Totals,
} from '@crossdock/runtime';
import type { FileState } from '../domain/documents.js';
import { STAGES } from '../domain/order.js';
import type { FileAccount } from '../jobs/file-account.js';

const SHOWN = ['accepted', 'reserved', 'released', 'shipped', 'delivered', 'invoiced', 'posted', 'closed'] as const;
const SUMS = {
  ordered: 'size.ordered',
  goods: 'size.goods',
  charges: 'size.charges',
  ...Object.fromEntries(STAGES.map((stage) => [stage, `stages.${stage}`])),
};
const sumOf = (rows: readonly Totals[], name: string): number =>
  rows.reduce((sum, { sums }) => sum + (sums[name] ?? 0), 0);
const countOf = (rows: readonly Totals[]): number => rows.reduce((sum, { count }) => sum + count, 0);

@Controller('v1/batches')
export class BatchesController {
  constructor(
    @Inject(QUERIES) private readonly queries: Queries,
    @Inject(JOBS) private readonly jobs: Jobs,
  ) {}

  @Get(':batchId')
  @Scope('orders:read')
  @Opens({
    summary: 'Documents, orders by status, lines, open exceptions and stages of a batch',
    answers: { 200: 'Sums' },
  })
  async one(@From() { tenant }: Caller, @Param('batchId') batchId: string) {
    const key = `batch:${batchId}`;
    const [job, first, files, orders, returns, adjustments, parked, exceptions] = await Promise.all([
      this.jobs.get(tenant, batchId),
      this.queries.get<FileState>(tenant, 'file', batchId),
      this.queries.totals(tenant, 'file', key, null, { alreadyKnown: 'alreadyKnown' }),
      this.queries.totals(tenant, 'order', key, 'status', SUMS),
      this.queries.totals(tenant, 'return', key, 'status', {}),
      this.queries.totals(tenant, 'adjustment', key, null, {}),
      this.queries.totals(tenant, 'document', key, 'status', {}),
      this.exceptions(tenant, key),
    ]);
    // A file under way is not recorded yet; the first of a batch can be looked at all the same.
    const running = job && !first ? (job.progress as Partial<FileAccount>) : {};
    const ofStatus = (rows: readonly Totals[], status: string): number =>
      countOf(rows.filter(({ group }) => group === status));
    return {
      batchId,
      documents: {
        orders: countOf(orders),
        returns: countOf(returns),
        adjustments: countOf(adjustments),
        parked: ofStatus(parked, 'parked'),
        alreadyKnown: sumOf(files, 'alreadyKnown') + (running.alreadyKnown ?? 0),
      },
      orders: Object.fromEntries(orders.map(({ group, count }) => [group ?? 'none', count])),
      lines: { ordered: sumOf(orders, 'ordered'), goods: sumOf(orders, 'goods'), charges: sumOf(orders, 'charges') },
      exceptions,
      progress: Object.fromEntries(SHOWN.map((stage) => [stage, sumOf(orders, stage)])),
      returnsPosted: ofStatus(returns, 'credited'),
    };
  }

  private async exceptions(tenant: string, key: string): Promise<Readonly<Record<string, number>>> {
    const counts: Record<string, number> = {};
    for await (const { state } of this.queries.scan<CaseState>(tenant, 'case', ['case:open', key]))
      counts[state.reason] = (counts[state.reason] ?? 0) + 1;
    return counts;
  }
}
