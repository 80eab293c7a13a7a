/** Claims of orders on stock: reserve (soft, with expiry), allocate (hard), release, expire, transfer to another order. */
import {
  accept,
  change,
  defer,
  ignore,
  later,
  msBetween,
  say,
  type Decision,
  type Input,
  type Output,
  type Ref,
} from '@crossdock/kernel';
import {
  ExpireHold,
  FreeClaims,
  StockAllocated,
  StockHoldExpired,
  StockReleased,
  StockReserved,
  type AllocatedLine,
  type AllocateStockData,
  type ExpireHoldData,
  type FreeClaimsData,
  type LineQuantity,
  type ReleaseStockData,
  type ReservedLine,
  type ReserveStockData,
} from '@crossdock/contracts';
import { allocationRef } from './allocation.js';
import { closeBooks, openBooks, positionIn, putClaim, type Books } from './books.js';
import { byItem, claimedBy, linesIn, withLines, type Claim, type ClaimLine } from './claim.js';
import { holdRef } from './hold.js';
import { positionsOf, type Stock } from './kinds.js';
import { claimOf, freeOf } from './position.js';
import { settle } from './queue.js';

/** Holds as much of an item as is free, earlier lines first; the rest waits. Lines of one item share one demand. */
const holdItem = (
  books: Books,
  data: ReserveStockData,
  item: string,
  lines: readonly LineQuantity[],
): ReservedLine[] => {
  const { orderId, account, priority, orderedAt, holdUntil } = data;
  const position = positionIn(books, item);
  const known = claimOf(position, orderId);
  let free = freeOf(position);
  const answers = lines.map(({ lineNo, quantity }) => {
    const reserved = Math.min(free, quantity);
    free -= reserved;
    return { lineNo, item, reserved, short: quantity - reserved };
  });
  const prolongs = holdUntil > (known?.until ?? '') && answers.some(({ reserved }) => reserved > 0);
  const holdMs = Math.max(0, msBetween(books.at, holdUntil));
  const claim: Claim = known
    ? { ...known, until: prolongs ? holdUntil : known.until }
    : { orderId, account, priority, orderedAt, until: holdUntil, holdMs, lines: [] };
  const before = linesIn(known);
  const claimed = answers.map(({ lineNo, reserved, short }) => {
    const line = before(lineNo);
    return { ...line, soft: line.soft + reserved, waiting: line.waiting + short };
  });
  putClaim(books, item, withLines(claim, claimed));
  return answers;
};

type Reserve = Input<ReserveStockData>;
export const reserveTouches = ({ node, orderId, lines, replaces }: ReserveStockData): readonly Ref[] => [
  holdRef(node, orderId),
  ...(replaces ? [holdRef(node, replaces.orderId)] : []),
  ...positionsOf(node, [...lines, ...(replaces?.items ?? []).map((item) => ({ item }))]),
];
/**
 * The hold of an order that was changed goes over to the one in its place: its claims are free in the same decision that
 * holds for the new one, so nobody else gets them in between. It stays as a tombstone, like any released hold.
 */
const takeOver = ({ data, at }: Reserve, books: Books, { hold }: Stock): readonly Output[] => {
  const { account, node, replaces } = data;
  if (!replaces) return [];
  const { orderId, items } = replaces;
  const on = holdRef(node, orderId);
  if (hold(on.id).status === 'released') return [];
  for (const item of items) dropClaim(books, item, orderId);
  return [
    change(on, { type: 'hold-released', account, reason: 'replaced', at }),
    say(StockReleased, { orderId, account, node }),
  ];
};
/** Whether there was any. */
const dropClaim = (books: Books, item: string, orderId: string): boolean => {
  const claim = claimOf(positionIn(books, item), orderId);
  if (claim) putClaim(books, item, { ...claim, lines: [] });
  return claim !== undefined;
};
/** What the new order leaves of them is the queue's. */
const settleRest = (books: Books, { replaces }: ReserveStockData): void => {
  for (const item of replaces?.items ?? []) settle(books, item, 'released');
};

export const reserve = (input: Reserve, states: Stock): Decision => {
  const { orderId, account, node, holdUntil, round = 1, lines } = input.data;
  const on = holdRef(node, orderId);
  const held = states.hold(on.id);
  if (held.status === 'held' && held.rounds.includes(round)) return ignore('duplicate-message');
  const books = openBooks(input, node, states.position);
  const over = takeOver(input, books, states);
  if (held.status === 'released') {
    // Cancelled or changed again before its stock was reserved: what it was to take over is nobody's all the same.
    if (over.length === 0) return ignore('released-before-reserve');
    settleRest(books, input.data);
    return accept(over, closeBooks(books, orderId));
  }
  const items = byItem(lines);
  const answers = [...items].flatMap(([item, same]) => holdItem(books, input.data, item, same));
  answers.sort((a, b) => a.lineNo - b.lineNo);
  settleRest(books, input.data);
  const given = [...new Set(answers.filter(({ reserved }) => reserved > 0).map(({ item }) => item))];
  return accept(
    over,
    change(on, { type: 'stock-held', account, round, items: [...items.keys()] }),
    say(StockReserved, { orderId, account, node, answers: 'reserve', round, lines: answers }),
    given.length > 0 ? [later(ExpireHold, { orderId, node, holdUntil, items: given }, holdUntil)] : [],
    closeBooks(books, orderId),
  );
};

/** Turns what the lines of an item still hold softly into hard claims. */
const allocateItem = (books: Books, orderId: string, item: string, lines: readonly LineQuantity[]): AllocatedLine[] => {
  const claim = claimOf(positionIn(books, item), orderId);
  const before = linesIn(claim);
  const hardened = new Map<number, ClaimLine>();
  const allocated = lines.map(({ lineNo, quantity }) => {
    const line = hardened.get(lineNo) ?? before(lineNo);
    const given = Math.min(quantity, line.soft);
    hardened.set(lineNo, { ...line, soft: line.soft - given, hard: line.hard + given });
    return { lineNo, item, quantity: given, missing: quantity - given };
  });
  if (claim && allocated.some(({ quantity }) => quantity > 0))
    putClaim(books, item, withLines(claim, [...hardened.values()]));
  return allocated;
};

export const allocate = (input: Input<AllocateStockData>, { hold, allocation, position }: Stock): Decision => {
  const { orderId, account, node, fulfilmentId, lines } = input.data;
  const holding = holdRef(node, orderId);
  const on = allocationRef(fulfilmentId);
  if (allocation(fulfilmentId).status === 'allocated') return ignore('duplicate-message');
  const held = hold(holding.id);
  if (held.status === 'none') return defer('hold-unknown-yet', holding);
  const books = openBooks(input, node, position);
  const released = held.status === 'released';
  const allocated = released
    ? lines.map((line) => ({ ...line, quantity: 0, missing: line.quantity }))
    : [...byItem(lines)].flatMap(([item, same]) => allocateItem(books, orderId, item, same));
  allocated.sort((a, b) => a.lineNo - b.lineNo);
  return accept(
    change(on, { type: 'stock-allocated', orderId, account, node, lines: allocated }),
    say(StockAllocated, { orderId, account, node, fulfilmentId, lines: allocated }),
    closeBooks(books, fulfilmentId),
  );
};

/** The release names no items: the tombstone is set at once, the claims are freed by the message that follows. */
export const release = ({ data, at }: Input<ReleaseStockData>, { hold }: Stock): Decision => {
  const { orderId, account, node, reason } = data;
  const on = holdRef(node, orderId);
  const held = hold(on.id);
  if (held.status === 'released') return ignore('duplicate-message');
  const released = change(on, { type: 'hold-released', account, reason, at });
  if (held.status === 'none') return accept(released, say(StockReleased, { orderId, account, node }));
  return accept(released, say(FreeClaims, { orderId, account, node, items: [...held.items] }));
};

export const freeClaims = (input: Input<FreeClaimsData>, { position }: Stock): Decision => {
  const { orderId, account, node, items } = input.data;
  const books = openBooks(input, node, position);
  for (const item of items) if (dropClaim(books, item, orderId)) settle(books, item, 'released');
  return accept(say(StockReleased, { orderId, account, node }), closeBooks(books, orderId));
};

/** Frees what is still soft and was not prolonged; what waits goes on waiting, what is hard stays. */
const expireItem = (books: Books, { orderId, holdUntil }: ExpireHoldData, item: string): LineQuantity[] => {
  const claim = claimOf(positionIn(books, item), orderId);
  if (!claim || claim.until > holdUntil || claimedBy(claim).soft === 0) return [];
  const soft = claim.lines.filter((line) => line.soft > 0);
  const hardened = soft.map((line) => ({ ...line, soft: 0 }));
  putClaim(books, item, withLines(claim, hardened));
  return soft.map((line) => ({ lineNo: line.lineNo, item, quantity: line.soft }));
};

export const expire = (input: Input<ExpireHoldData>, { hold, position }: Stock): Decision => {
  const { orderId, node, items } = input.data;
  const held = hold(holdRef(node, orderId).id);
  if (held.status !== 'held') return ignore('timer-moot');
  const books = openBooks(input, node, position);
  const lines = items.flatMap((item) => expireItem(books, input.data, item));
  if (lines.length === 0) return ignore('timer-moot');
  for (const item of items) settle(books, item, 'expired');
  const said: Output = say(StockHoldExpired, { orderId, account: held.account, node, lines });
  return accept(said, closeBooks(books, orderId));
};
