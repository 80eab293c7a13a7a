/** Goods that move: receipts, picks, issues, returns. What physically happened is booked; it is never clamped. */
import { accept, change, defer, ignore, reject, say, type Decision, type Input, type Output } from '@crossdock/kernel';
import {
  StockHoldRestored,
  type LineQuantity,
  type PickedLine,
  type RecordIssueData,
  type RecordPickData,
  type RecordReceiptData,
  type RecordReturnData,
  type RestoredLine,
} from '@crossdock/contracts';
import { allocationRef, type Allocation } from './allocation.js';
import { closeBooks, openBooks, positionIn, putClaim, type Books } from './books.js';
import { byItem, linesIn, withLines, type ClaimLine } from './claim.js';
import type { Stock } from './kinds.js';
import { booked, contentOf, post, repeated, type Entry } from './ledger.js';
import { movementIdOf, type MovementDocument } from './movement.js';
import { claimOf } from './position.js';
import { settle } from './queue.js';

const settleAll = (books: Books, lines: readonly { readonly item: string }[], reason: string): void => {
  for (const item of new Set(lines.map((line) => line.item))) settle(books, item, reason);
};
const linesContent = (lines: readonly LineQuantity[]): string =>
  contentOf(...lines.flatMap(({ lineNo, item, quantity }) => [lineNo, item, quantity]));

export const receiptId = ({ node, documentNo }: RecordReceiptData): string =>
  movementIdOf('receipt-posted', node, documentNo);

export const receipt = (input: Input<RecordReceiptData>, stock: Stock): Decision => receive(input, stock, NONE);

const NONE: ReadonlyMap<string, number> = new Map();
/** `shifts`: by item, what of it is no longer on its way. */
export const receive = (
  input: Input<RecordReceiptData>,
  { position, movement }: Stock,
  shifts: ReadonlyMap<string, number>,
): Decision => {
  const { node, documentNo, occurredAt, postingDate, lines } = input.data;
  const id = receiptId(input.data);
  const contentHash = contentOf(
    ...lines.flatMap(({ item, quantity, lot, unitCost, owner }) => [item, quantity, lot, unitCost, owner]),
  );
  const before = repeated(movement(id), contentHash);
  if (before) return before;
  const books = openBooks(input, node, position, id);
  const document: MovementDocument = { movement: 'receipt-posted', node, documentNo, occurredAt, contentHash };
  const arriving = new Map(shifts);
  const entries = lines.map(({ quantity, ...line }): Entry => {
    // An item's shift stands with its first line.
    const inTransit = arriving.get(line.item);
    arriving.delete(line.item);
    return { ...line, sellable: quantity, ...(inTransit === undefined ? {} : { inTransit }) };
  });
  const recorded = post(books, input, id, postingDate ? { ...document, postingDate } : document, entries);
  settleAll(books, lines, 'receipt-posted');
  return accept(recorded, closeBooks(books, documentNo), booked(id, document));
};

const pickContent = (lines: readonly PickedLine[]): string =>
  contentOf(linesContent(lines), ...lines.map(({ short }) => short));
/** A pick without a document number is known by its moment and by what it says. */
export const pickId = ({ node, fulfilmentId, documentNo, occurredAt, lines }: RecordPickData): string =>
  movementIdOf('pick-confirmed', node, `${fulfilmentId} ${documentNo ?? `${occurredAt} ${pickContent(lines)}`}`);

const unknownLines = (lines: readonly LineQuantity[], { lines: known }: Extract<Allocation, { status: 'allocated' }>) =>
  lines.flatMap(({ lineNo, item }, index) =>
    known[lineNo]?.item === item ? [] : [{ reason: 'line-unknown', field: `lines[${index}].lineNo` }],
  );

interface TakenLine {
  readonly line: PickedLine;
  /** off the queue or a later soft hold: its own claim had been taken back */
  readonly restored: number;
  /** what the pick did not find of what had been taken back: it goes on waiting, for any stock from now on */
  readonly missed: number;
  readonly unfound: number;
}
/**
 * What a picked line takes off the order's claim: first what is held hard. When that was taken back while the pick was
 * on its way, the goods are the order's all the same: off its place in the queue, then off what it holds softly. What
 * the pick did not find is first what was taken back, and known to be gone; the rest loses its claim and waits for
 * other stock, and its units stay on the books as unfound.
 */
const takeLine = (line: PickedLine, held: ClaimLine): { readonly taken: TakenLine; readonly left: ClaimLine } => {
  const { lineNo, quantity, short } = line;
  const hard = Math.min(quantity, held.hard);
  const waiting = Math.min(quantity - hard, held.waiting);
  const soft = Math.min(quantity - hard - waiting, held.soft);
  const recalled = Math.max(0, held.recalled - waiting);
  const missed = Math.min(short, recalled);
  const unfound = Math.min(short - missed, held.hard - hard);
  const left = {
    lineNo,
    hard: held.hard - hard - unfound,
    soft: held.soft - soft,
    waiting: held.waiting - waiting + unfound,
    recalled: recalled - missed,
  };
  return { taken: { line, restored: waiting + soft, missed, unfound }, left };
};
const pickItem = (books: Books, orderId: string, item: string, lines: readonly PickedLine[]): TakenLine[] => {
  const claim = claimOf(positionIn(books, item), orderId);
  if (!claim) return lines.map((line) => ({ line, restored: 0, missed: 0, unfound: 0 }));
  const before = linesIn(claim);
  const now = new Map<number, ClaimLine>();
  const taken = lines.map((line) => {
    const step = takeLine(line, now.get(line.lineNo) ?? before(line.lineNo));
    now.set(line.lineNo, step.left);
    return step.taken;
  });
  putClaim(books, item, withLines(claim, [...now.values()]));
  return taken;
};

const restoredOf = (taken: readonly TakenLine[]): RestoredLine[] =>
  taken
    .filter(({ restored, missed }) => restored + missed > 0)
    .map(({ line: { lineNo, item }, restored: quantity, missed }) => ({
      lineNo,
      item,
      quantity,
      ...(missed > 0 ? { missed } : {}),
    }));

export const pick = (input: Input<RecordPickData>, { position, allocation, movement }: Stock): Decision => {
  const { orderId, account, node, fulfilmentId, occurredAt, lines } = input.data;
  const documentNo = input.data.documentNo ?? fulfilmentId;
  const id = pickId(input.data);
  const contentHash = pickContent(lines);
  const before = repeated(movement(id), contentHash);
  if (before) return before;
  const on = allocationRef(fulfilmentId);
  const allocated = allocation(fulfilmentId);
  if (allocated.status === 'none') return defer('hold-unknown-yet', on);
  const unknown = unknownLines(lines, allocated);
  if (unknown.length > 0) return reject('line-unknown', unknown);
  const books = openBooks(input, node, position, id);
  const taken = [...byItem(lines)].flatMap(([item, same]) => pickItem(books, orderId, item, same));
  const entries = taken
    .filter(({ line, unfound }) => line.quantity > 0 || unfound > 0)
    .map(({ line: { lineNo, item, quantity }, unfound }): Entry => ({
      lineNo,
      item,
      sellable: -quantity,
      picked: quantity,
      unfound,
    }));
  const document: MovementDocument = { movement: 'pick-confirmed', node, documentNo, occurredAt, orderId, contentHash };
  const recorded = post(books, input, id, document, entries);
  settleAll(books, lines, 'pick-confirmed');
  const restored = restoredOf(taken);
  return accept(
    change(on, { type: 'stock-picked', lines }),
    recorded,
    restored.length > 0 ? [say(StockHoldRestored, { orderId, account, node, fulfilmentId, lines: restored })] : [],
    closeBooks(books, documentNo),
  );
};

export const issueId = ({ node, shipmentId }: RecordIssueData): string =>
  movementIdOf('shipment-confirmed', node, shipmentId);

/** Waits for a pick that is still on its way: more can't leave than was picked. */
export const issue = (input: Input<RecordIssueData>, { position, allocation, movement }: Stock): Decision => {
  const { orderId, node, fulfilmentId, shipmentId, occurredAt, lines } = input.data;
  const id = issueId(input.data);
  const contentHash = linesContent(lines);
  const before = repeated(movement(id), contentHash);
  if (before) return before;
  const on = allocationRef(fulfilmentId);
  const allocated = allocation(fulfilmentId);
  if (allocated.status === 'none') return defer('hold-unknown-yet', on);
  const unknown = unknownLines(lines, allocated);
  if (unknown.length > 0) return reject('line-unknown', unknown);
  const leaving = new Map<number, number>();
  for (const { lineNo, quantity } of lines) leaving.set(lineNo, (leaving.get(lineNo) ?? 0) + quantity);
  for (const [lineNo, quantity] of leaving) {
    const line = allocated.lines[lineNo];
    if (line && quantity > line.picked - line.issued) return defer('not-picked', on);
  }
  const books = openBooks(input, node, position, id);
  const entries = lines
    .filter(({ quantity }) => quantity > 0)
    .map(({ lineNo, item, quantity }): Entry => ({ lineNo, item, picked: -quantity }));
  const document: MovementDocument = {
    movement: 'shipment-confirmed',
    node,
    documentNo: shipmentId,
    occurredAt,
    orderId,
    contentHash,
  };
  const recorded = post(books, input, id, document, entries);
  return accept(change(on, { type: 'stock-issued', lines }), recorded, closeBooks(books, shipmentId));
};

export const returnId = ({ node, returnId: id }: RecordReturnData): string => movementIdOf('return-received', node, id);

export const takeReturn = (input: Input<RecordReturnData>, { position, movement }: Stock): Decision => {
  const { node, documentNo, occurredAt, lines } = input.data;
  const id = returnId(input.data);
  const contentHash = linesContent(lines);
  const before = repeated(movement(id), contentHash);
  if (before) return before;
  const goods = lines.filter(({ quantity }) => quantity > 0);
  if (goods.length === 0) return ignore('nothing-to-do');
  const books = openBooks(input, node, position, id);
  const entries = goods.map(({ lineNo, item, quantity }): Entry => ({ lineNo, item, quarantine: quantity }));
  const document: MovementDocument = { movement: 'return-received', node, documentNo, occurredAt, contentHash };
  const recorded: Output[] = post(books, input, id, document, entries);
  return accept(recorded, closeBooks(books, documentNo), booked(id, document));
};
