/** Puts down what a channel may sell, in the partner's own item numbers: reads shelves and references, calls nobody. */
import { CompileReport, ReportCompiled, type CompileReportData, type ReportCompiledData } from '@crossdock/contracts';
import { dayOf, type Input } from '@crossdock/kernel';
import { defineAsk, type OutsideAndKept } from '@crossdock/runtime';
import type { CanonicalInventoryLine, CanonicalInventoryReport } from '../canonical/inventory-report.js';
import type { OurItem } from '../domain/our-item.js';
import type { Shelf } from '../domain/shelf.js';
import { itemIn, ONE, theirCodes } from './partner-codes.js';

const LIMIT_BYTES = 64 * 1024 * 1024;

type Known = Extract<Shelf, { readonly status: 'known' }>;
export interface Stock {
  readonly shelf: Known;
  readonly unit: string;
}
/** Items that the partner has numbers of its own for; all of the channel where it has none. */
export const reportOf = (
  stock: readonly Stock[],
  theirs: ReadonlyMap<string, string>,
  asOf: string,
): CanonicalInventoryReport => {
  const told = theirs.size === 0 ? stock : stock.filter(({ shelf }) => theirs.has(shelf.item));
  const lines = told.map(({ shelf: { item, available }, unit }, at): CanonicalInventoryLine => ({
    lineNo: String(at + 1),
    item: itemIn(theirs, item),
    quantities: [{ kind: 'available', quantity: { value: String(available), unit } }],
  }));
  const moment = `${asOf.slice(0, 19)}Z`;
  return { number: moment.replace(/\D/g, ''), issued: dayOf(asOf), asOf: moment, lines };
};

interface Compiled {
  readonly hash?: string;
  readonly lines: number;
}
const compile = async (
  { tenant, data: { partner, channel, asOf } }: Input<CompileReportData>,
  { kept }: OutsideAndKept,
): Promise<Compiled> => {
  const theirs = await theirCodes(kept.queries, tenant, partner, dayOf(asOf));
  const stock: Stock[] = [];
  for await (const { state } of kept.queries.scan<Shelf>(tenant, 'shelf', [`channel:${channel}`])) {
    if (state.status === 'none' || (theirs.size > 0 && !theirs.has(state.item))) continue;
    const item = await kept.queries.get<OurItem>(tenant, 'ourItem', state.item);
    stock.push({ shelf: state, unit: item?.state.status === 'known' ? item.state.baseUnit : ONE });
  }
  const data = reportOf(stock, theirs, asOf);
  if (data.lines.length === 0) return { lines: 0 };
  const json = Buffer.from(JSON.stringify({ kind: 'inventory-report', data }));
  return { hash: (await kept.archive.put(tenant, json, LIMIT_BYTES)).hash, lines: data.lines.length };
};

export const compileReport = defineAsk<CompileReportData, ReportCompiledData, Compiled, unknown>({
  asks: CompileReport,
  answers: ReportCompiled,
  system: 'archive',
  policy: { deadlineMs: 60_000, concurrency: 2, unansweredAfterMs: 180_000, backoffMs: [200, 10_000] },
  call: (question, outside) => compile(question, outside as OutsideAndKept),
  answer: ({ data: { partner, reportId, standard, type } }, said) => {
    const about = { partner, reportId, standard, type, outcome: said.outcome };
    if (said.outcome !== 'done') return about;
    const { hash, lines } = said.result;
    return { ...about, lines, ...(hash ? { canonical: hash } : {}) };
  },
});
