/** The books put right: adjustments, cycle counts, and the exception cases where books and world disagree. */
import { accept, compareInstants, defer, reject, type Decision, type Input, type Refusal } from '@crossdock/kernel';
import {
  endCase,
  raiseCase,
  type AdjustStockData,
  type RecordCountData,
  type ReviewStockData,
} from '@crossdock/contracts';
import { closeBooks, openBooks, positionIn, tell, type Books } from './books.js';
import type { Stock } from './kinds.js';
import { booked, contentOf, post, repeated, type Entry } from './ledger.js';
import { movementIdOf, type MovementDocument } from './movement.js';
import { movedAfter, positionId, positionRef, type Position } from './position.js';
import { settle } from './queue.js';

export const adjustmentId = ({ node, adjustmentId: id }: AdjustStockData): string =>
  movementIdOf('stock-adjusted', node, id);

const sumByItem = <L extends { readonly item: string }>(
  lines: readonly L[],
  units: (line: L) => number,
): Map<string, number> => {
  const sums = new Map<string, number>();
  for (const line of lines) sums.set(line.item, (sums.get(line.item) ?? 0) + units(line));
  return sums;
};
const seenBy = ({ counted }: Position, occurredAt: string): boolean =>
  counted !== null && compareInstants(occurredAt, counted.at) <= 0;

/** An item that the document would take below zero: it waits for the receipt that it has overtaken. */
const lackingIn = (books: Books, sums: ReadonlyMap<string, number>, occurredAt: string): string | undefined =>
  [...sums].find(([item, units]) => {
    const position = positionIn(books, item);
    return !seenBy(position, occurredAt) && position.sellable + units < 0;
  })?.[0];

/** What nobody could find is what the books lose first. */
export const adjusting = (books: Books, lines: AdjustStockData['lines']): Entry[] => {
  const lost = new Map<string, number>();
  return lines.map(({ lineNo, item, quantity }) => {
    const left = positionIn(books, item).unfound - (lost.get(item) ?? 0);
    const unfound = quantity < 0 ? Math.min(-quantity, left) : 0;
    lost.set(item, (lost.get(item) ?? 0) + unfound);
    return { lineNo, item, sellable: quantity, ...(unfound > 0 ? { unfound: -unfound } : {}) };
  });
};

/**
 * Below what is claimed it frees the youngest claims, in this decision. Below what is there it waits: a receipt is on
 * its way, or a count will tell.
 */
export const adjust = (input: Input<AdjustStockData>, { position, movement }: Stock): Decision => {
  const { node, documentNo, reason, postingDate, occurredAt, lines } = input.data;
  const id = adjustmentId(input.data);
  const contentHash = contentOf(reason, ...lines.flatMap(({ item, quantity }) => [item, quantity]));
  const before = repeated(movement(id), contentHash);
  if (before) return before;
  const zero = lines.findIndex(({ quantity }) => quantity === 0);
  if (zero >= 0) return reject('quantity-zero', [{ reason: 'quantity-zero', field: `lines[${zero}].quantity` }]);
  const books = openBooks(input, node, position, id);
  const sums = sumByItem(lines, ({ quantity }) => quantity);
  const lacking = lackingIn(books, sums, occurredAt);
  if (lacking !== undefined) return defer('not-enough-stock', positionRef(node, lacking));
  const document: MovementDocument = {
    movement: 'stock-adjusted',
    node,
    documentNo,
    occurredAt,
    postingDate,
    reason,
    contentHash,
  };
  const recorded = post(books, input, id, document, adjusting(books, lines));
  for (const item of sums.keys()) settle(books, item, 'stock-adjusted');
  return accept(recorded, closeBooks(books, documentNo), booked(id, document));
};

export const countId = ({ node, documentNo }: RecordCountData): string =>
  movementIdOf('count-adjusted', node, documentNo);

/** Why a count can't be placed among the movements of its items; nothing when it can. */
const unplaceable = (books: Books, counted: ReadonlyMap<string, number>, at: string): Refusal[] =>
  [...counted].flatMap(([item, units]) => {
    const position = positionIn(books, item);
    if (seenBy(position, at)) return [];
    if (at < position.recentFrom)
      return [{ reason: 'count-overtaken', field: 'occurredAt', text: `${item}: ${position.recentFrom}` }];
    return units + movedAfter(position, at) < 0 ? [{ reason: 'not-enough-stock', field: 'lines', text: item }] : [];
  });

/**
 * Compares what was found at a moment with what the books say of that moment; the difference is a movement. What moved
 * since is added, what comes in late was seen already (see `ledger.ts`), so the order of arrival does not matter. An
 * older count than the newest one says nothing any more.
 */
export const count = (input: Input<RecordCountData>, { position, movement }: Stock): Decision => {
  const { node, documentNo, occurredAt, lines } = input.data;
  const id = countId(input.data);
  const contentHash = contentOf(...lines.flatMap(({ item, counted }) => [item, counted]));
  const before = repeated(movement(id), contentHash);
  if (before) return before;
  const books = openBooks(input, node, position, id);
  const found = sumByItem(lines, ({ counted }) => counted);
  const refusals = unplaceable(books, found, occurredAt);
  const [first] = refusals;
  if (first) return reject(first.reason, refusals);
  const newest = [...found].filter(([item]) => !seenBy(positionIn(books, item), occurredAt));
  const entries = newest.flatMap(([item, units], index): Entry[] => {
    const books_ = positionIn(books, item);
    const sellable = units + movedAfter(books_, occurredAt) - books_.sellable;
    return sellable === 0 ? [] : [{ lineNo: index + 1, item, sellable }];
  });
  const document: MovementDocument = { movement: 'count-adjusted', node, documentNo, occurredAt, contentHash };
  const recorded = post(books, input, id, document, entries);
  for (const [item] of newest) {
    tell(books, item, { type: 'stock-counted', countedAt: occurredAt, documentNo, at: input.at });
    settle(books, item, 'count-adjusted');
  }
  return accept(recorded, closeBooks(books, documentNo), booked(id, document));
};

/** The exception case follows the position's doubts: open while there is one, ended when a count has looked. */
export const review = ({ data, at, correlationId, batchId }: Input<ReviewStockData>, { position }: Stock): Decision => {
  const { node, item, reason, documentNo, text } = data;
  const subject = positionRef(node, item);
  if (!position(positionId(node, item)).doubts.includes(reason))
    return accept(endCase(subject, reason, { how: 'resolved', at }));
  const keys = [`item:${item}`, `node:${node}`, `document:${documentNo}`];
  const raised = { reason, subject, keys, text, at, correlationId, lane: node };
  return accept(raiseCase(batchId ? { ...raised, batchId } : raised));
};
