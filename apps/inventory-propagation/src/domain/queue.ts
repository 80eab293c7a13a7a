/**
 * Who gets what is free and who gives way: backorders are filled by priority, then age; what is claimed above stock is
 * taken back from the youngest claims. Both in the decision that made stock free or short, so a queue stands only where
 * nothing is free.
 */
import { plusMs, type Instant } from '@crossdock/kernel';
import { NO_EFFECT, positionIn, putClaim, tell, type Books } from './books.js';
import { byTurn, claimedBy, withLines, youngestFirst, type Claim, type ClaimLine } from './claim.js';
import { claimsOf, freeOf } from './position.js';

interface Taken {
  readonly kind: 'soft' | 'hard';
  readonly lineNo: number;
  readonly quantity: number;
}

/**
 * Takes units back from a claim into the queue: soft before hard, later lines before earlier ones. What was hard stays
 * with its fulfilment order, which the warehouse may pick all the same: until it says, nobody else picks it for the order.
 */
export const takeFrom = (claim: Claim, units: number): { readonly claim: Claim; readonly taken: readonly Taken[] } => {
  const lines = new Map(claim.lines.map((line) => [line.lineNo, line]));
  const taken: Taken[] = [];
  let left = units;
  for (const kind of ['soft', 'hard'] as const) {
    for (const { lineNo } of claim.lines.toReversed()) {
      const line = lines.get(lineNo) as ClaimLine;
      const quantity = Math.min(left, line[kind]);
      if (quantity === 0) continue;
      const recalled = line.recalled + (kind === 'hard' ? quantity : 0);
      lines.set(lineNo, { ...line, [kind]: line[kind] - quantity, waiting: line.waiting + quantity, recalled });
      taken.push({ kind, lineNo, quantity });
      left -= quantity;
    }
  }
  return { claim: withLines(claim, [...lines.values()]), taken };
};

interface Given {
  readonly claim: Claim;
  /** `hard`: of the quantity, given back to the fulfilment order that it was taken from */
  readonly lines: readonly { readonly lineNo: number; readonly quantity: number; readonly hard: number }[];
  readonly units: number;
}
/** Gives units to what waits in a claim, earlier lines first; in a line first to the fulfilment order that lost them. */
export const giveTo = (claim: Claim, units: number, at: Instant): Given => {
  const given: { lineNo: number; quantity: number; hard: number }[] = [];
  let left = units;
  const lines = claim.lines.map((line) => {
    const quantity = Math.min(left, line.waiting);
    if (quantity === 0) return line;
    left -= quantity;
    const hard = Math.min(quantity, line.recalled);
    given.push({ lineNo: line.lineNo, quantity, hard });
    return {
      ...line,
      soft: line.soft + quantity - hard,
      hard: line.hard + hard,
      waiting: line.waiting - quantity,
      recalled: line.recalled - hard,
    };
  });
  const until = plusMs(at, claim.holdMs);
  return {
    claim: { ...claim, until: until > claim.until ? until : claim.until, lines },
    lines: given,
    units: units - left,
  };
};

/** Puts what a claim got into the books, to be told to its order. */
export const bookGiven = (books: Books, item: string, { claim, lines }: Given): void => {
  putClaim(books, item, claim);
  const order = books.filled.get(claim.orderId) ?? { account: claim.account, until: claim.until, lines: [] };
  books.filled.set(claim.orderId, order);
  if (claim.until > order.until) order.until = claim.until;
  order.lines.push(
    ...lines.map(({ lineNo, quantity, hard }) => ({
      lineNo,
      item,
      reserved: quantity,
      short: 0,
      ...(hard > 0 ? { hard } : {}),
    })),
  );
};

/** Puts what a claim lost into the books, to be told to its order. */
export const bookTaken = (books: Books, item: string, claim: Claim, taken: readonly Taken[], reason: string): void => {
  putClaim(books, item, claim);
  const { orderId, account } = claim;
  for (const { kind, lineNo, quantity } of taken) {
    const key = `${orderId} ${kind}`;
    const entry = books.freed.get(key) ?? { orderId, account, claim: kind, reason, lines: [] };
    books.freed.set(key, entry);
    entry.lines.push({ lineNo, item, quantity });
  }
};

const fill = (books: Books, item: string): void => {
  let free = freeOf(positionIn(books, item));
  if (free <= 0 || positionIn(books, item).backordered === 0) return;
  const queue = claimsOf(positionIn(books, item)).filter((claim) => claimedBy(claim).waiting > 0);
  for (const claim of queue.sort(byTurn)) {
    if (free === 0) return;
    const given = giveTo(claim, free, books.at);
    bookGiven(books, item, given);
    free -= given.units;
  }
};

const takeBack = (books: Books, item: string, over: number, reason: string): void => {
  let left = over;
  for (const youngest of claimsOf(positionIn(books, item)).sort(youngestFirst)) {
    if (left === 0) return;
    const { claim, taken } = takeFrom(youngest, left);
    if (taken.length > 0) bookTaken(books, item, claim, taken, reason);
    left -= taken.reduce((sum, { quantity }) => sum + quantity, 0);
  }
  // What is left is claimed by nobody: units that could not be found, of which there are fewer now.
  const effect = { ...NO_EFFECT, unfound: -left };
  if (left > 0) tell(books, item, { type: 'stock-moved', effect, occurredAt: books.at, at: books.at, seen: true });
};

/** After stock or claims of an item changed. */
export const settle = (books: Books, item: string, reason: string): void => {
  const over = -freeOf(positionIn(books, item));
  if (over > 0) takeBack(books, item, over, reason);
  else fill(books, item);
};
