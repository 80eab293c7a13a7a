/** A partner's report of stock against our books: a snapshot never overwrites, it is compared and, where agreed, adjusts. */
import { accept, change, ignore, say, type Decision, type Input, type Output, type Ref } from '@crossdock/kernel';
import {
  caseRef,
  endCase,
  raiseCase,
  StockCompared,
  type StockDifference,
  type TakeStockReportData,
} from '@crossdock/contracts';
import { closeBooks, openBooks, positionIn } from './books.js';
import { comparisonRef, differenceOf } from './comparison.js';
import { adjusting } from './decide-corrections.js';
import type { Stock } from './kinds.js';
import { contentOf, post, repeated } from './ledger.js';
import { movementIdOf, type MovementDocument } from './movement.js';
import { settle } from './queue.js';

const REASON = 'stock-differs';
export const reportId = ({ node, documentNo }: TakeStockReportData): string =>
  movementIdOf('stock-adjusted', node, `report ${documentNo}`);
export const comparisonTouches = ({ node, channel }: TakeStockReportData): readonly Ref[] => {
  const on = comparisonRef(node, channel);
  return [on, caseRef(on, REASON)];
};

/** Of one item several rows, such as lots, are added up. */
const reportedOf = (lines: TakeStockReportData['lines']): ReadonlyMap<string, number> => {
  const sums = new Map<string, number>();
  for (const { item, onHand } of lines) sums.set(item, (sums.get(item) ?? 0) + onHand);
  return sums;
};
/** The books follow only what nothing under way explains: that will be told, and would be booked twice. */
const followed = ({ cause }: StockDifference, sellable: number, difference: number): boolean =>
  (cause === 'unexplained' || cause === 'pick-short') && sellable + difference >= 0;

const TOLD = 20;
const caseOf = (
  { data, at, correlationId }: Input<TakeStockReportData>,
  differences: readonly StockDifference[],
  items: number,
  isOpen: boolean,
): readonly Output[] => {
  const { node, channel, documentNo } = data;
  const subject = comparisonRef(node, channel);
  if (differences.length === 0) return isOpen ? [endCase(subject, REASON, { how: 'resolved', at })] : [];
  const told = differences
    .slice(0, TOLD)
    .map(({ item, reported, onHand, cause }) => `${item}: ${reported} reported, ${onHand} on the books (${cause})`);
  const text = `${documentNo} at ${node}: ${differences.length} of ${items} items differ: ${told.join('; ')}`;
  const keys = [`node:${node}`, `channel:${channel}`, `document:${documentNo}`];
  return [raiseCase({ reason: REASON, subject, keys, text: text.slice(0, 1000), at, correlationId, lane: node })];
};

/** The newest report decides: its case is open while something differs, and ends with one that agrees. */
export const takeReport = (input: Input<TakeStockReportData>, stock: Stock): Decision => {
  const { data, at } = input;
  const { node, channel, documentNo, asOf, occurredAt, policy, lines } = data;
  const id = reportId(data);
  const contentHash = contentOf(policy, ...lines.flatMap(({ item, onHand }) => [item, onHand]));
  const before = repeated(stock.movement(id), contentHash);
  if (before) return before;
  const on = comparisonRef(node, channel);
  const newest = stock.comparison(on.id);
  if (asOf !== undefined && newest.asOf !== undefined && asOf < newest.asOf) return ignore('old-version');
  const books = openBooks(input, node, stock.position, id);
  const found = [...reportedOf(lines)].flatMap(([item, onHand]) => differenceOf(positionIn(books, item), onHand) ?? []);
  const isFollowed = (one: StockDifference): boolean =>
    policy === 'adjust' && followed(one, positionIn(books, one.item).sellable, one.difference);
  const adjusted = found.filter(isFollowed);
  const differences = found.filter((one) => !isFollowed(one));
  const document: MovementDocument = {
    ...{ movement: 'stock-adjusted' as const, node, documentNo, occurredAt, contentHash },
    reason: `reported by ${channel}`,
  };
  const rows = adjusted.map(({ item, difference: quantity }, place) => ({ lineNo: place + 1, item, quantity }));
  const recorded = post(books, input, id, document, adjusting(books, rows));
  for (const { item } of adjusted) settle(books, item, 'stock-adjusted');
  const told = { documentNo, items: new Set(lines.map(({ item }) => item)).size, adjusted: adjusted.length };
  const isOpen = stock.case(caseRef(on, REASON).id).status === 'open';
  return accept(
    recorded,
    change(on, { type: 'stock-compared', at, ...told, ...(asOf ? { asOf } : {}), differences }),
    caseOf(input, differences, told.items, isOpen),
    closeBooks(books, documentNo),
    say(StockCompared, { node, channel, ...told, differences: [...differences] }, on),
  );
};
