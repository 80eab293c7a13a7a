/**
 * The books of one decision: positions as they become while it is decided, and what has to be said about the changes.
 * Lives within one decision; what stays is the facts in it.
 */
import { change, derivedId, later, say, type Change, type Input, type Instant, type Output } from '@crossdock/kernel';
import {
  ExpireHold,
  PositionChanged,
  ReviewStock,
  StockHoldFreed,
  StockReserved,
  type ReservedLine,
  type StockReview,
} from '@crossdock/contracts';
import type { Claim } from './claim.js';
import {
  freeOf,
  positionId,
  positionKind,
  positionRef,
  type Effect,
  type Position,
  type PositionFact,
} from './position.js';

/** What a claim got from the queue, by order. */
export interface Filled {
  readonly account: string;
  until: Instant;
  readonly lines: ReservedLine[];
}
/** What a claim lost, by order and kind. */
export interface Freed {
  readonly orderId: string;
  readonly account: string;
  readonly claim: 'soft' | 'hard';
  readonly reason: string;
  readonly lines: { lineNo: number; item: string; quantity: number }[];
}
export interface Books {
  readonly node: string;
  readonly at: Instant;
  /** names what filled the queue, so an order takes each fill once */
  readonly fillId: string;
  readonly load: (id: string) => Position;
  readonly before: Map<string, Position>;
  readonly now: Map<string, Position>;
  readonly changes: Change[];
  readonly filled: Map<string, Filled>;
  readonly freed: Map<string, Freed>;
}

export const NO_EFFECT: Effect = {
  sellable: 0,
  picked: 0,
  quarantine: 0,
  inTransit: 0,
  consigned: 0,
  vendorManaged: 0,
  unfound: 0,
};

/** `movementId`: the document that is booked; other decisions fill the queue under an id of their own. */
export const openBooks = (
  { at, id }: Pick<Input, 'at' | 'id'>,
  node: string,
  load: (id: string) => Position,
  movementId = derivedId('fill', id),
): Books => ({
  node,
  at,
  fillId: movementId,
  load,
  before: new Map(),
  now: new Map(),
  changes: [],
  filled: new Map(),
  freed: new Map(),
});

/** The position as it stands at this point of the decision. */
export const positionIn = (books: Books, item: string): Position => {
  const known = books.now.get(item);
  if (known) return known;
  const loaded = books.load(positionId(books.node, item));
  books.before.set(item, loaded);
  books.now.set(item, loaded);
  return loaded;
};
export const tell = (books: Books, item: string, fact: PositionFact): void => {
  books.now.set(item, positionKind.evolve(positionIn(books, item), fact));
  books.changes.push(change(positionRef(books.node, item), fact));
};
export const putClaim = (books: Books, item: string, claim: Claim): void =>
  tell(books, item, { type: 'claim-put', claim, at: books.at });

const sayFilled = (
  { node, fillId: movementId }: Books,
  orderId: string,
  { account, until, lines }: Filled,
): Output[] => {
  const soft = lines.filter(({ reserved, hard = 0 }) => reserved > hard);
  const items = [...new Set(soft.map(({ item }) => item))];
  return [
    say(StockReserved, { orderId, account, node, answers: 'backorder', movementId, lines }),
    ...(items.length > 0 ? [later(ExpireHold, { orderId, node, holdUntil: until, items }, until)] : []),
  ];
};

const changed = (before: Position, after: Position): Output[] => {
  if (freeOf(before) === freeOf(after)) return [];
  const { node, item, sellable, soft, allocated, picked, quarantine, inTransit, backordered, unfound, asOf } = after;
  const data = { item, node, sellable, soft, allocated, picked, quarantine, inTransit, backordered, unfound, asOf };
  return [say(PositionChanged, data, positionRef(node, item))];
};

const DOUBTS: Readonly<Record<StockReview, string>> = {
  'pick-short': 'a pick did not find all that the books have',
  'pick-above-books': 'a pick took more than the books had; the books follow the pick',
  'transfer-differs': 'another quantity arrived than was sent',
};
/** A case is raised for each new doubt and ended for each that is over, by a message: its lane knows the case. */
const reviews = (before: Position, after: Position, documentNo: string): Output[] =>
  (Object.keys(DOUBTS) as StockReview[])
    .filter((reason) => before.doubts.includes(reason) !== after.doubts.includes(reason))
    .map((reason) => {
      const { node, item } = after;
      const text = `${item} at ${node}: ${DOUBTS[reason]} (document ${documentNo})`;
      return say(ReviewStock, { node, item, reason, documentNo, text });
    });

/**
 * All that follows, in the order it is published: changes, claims taken back, queue entries filled, new values, reviews.
 * A position is said to its item's lane only when what may be sold of it has changed: allocating, picking and issuing
 * move stock that was sold before.
 */
export const closeBooks = (books: Books, documentNo: string): Output[] => {
  const { node, changes, freed, filled, now, before } = books;
  const pairs = [...now.values()].map((after) => [before.get(after.item) as Position, after] as const);
  return [
    ...changes,
    ...[...freed.values()].map(({ lines, ...whose }) => say(StockHoldFreed, { ...whose, node, lines })),
    ...[...filled].flatMap(([orderId, order]) => sayFilled(books, orderId, order)),
    ...pairs.flatMap(([was, is]) => changed(was, is)),
    ...pairs.flatMap(([was, is]) => reviews(was, is, documentNo)),
  ];
};
