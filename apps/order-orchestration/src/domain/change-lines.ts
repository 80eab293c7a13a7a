/** The lines of an order as a change wants them: those that stand as they were agreed, and those to be priced anew. */
import type { Refusal } from '@crossdock/kernel';
import {
  plainLineNo,
  type ChangedLine,
  type OrderChange,
  type PricedLine,
  type SubmittedLine,
} from '@crossdock/contracts';
import type { Customer } from './reference.js';

/** A line to be priced, and its place in the change. */
export interface WantedLine extends SubmittedLine {
  readonly place: number;
}
export interface ChangedLines {
  readonly standing: readonly PricedLine[];
  readonly wanted: readonly WantedLine[];
  /** prices of a base unit that stand, by line number */
  readonly agreed: ReadonlyMap<number, string>;
  readonly refusals: readonly Refusal[];
}

export type Found = PricedLine | 'ambiguous' | undefined;
/** A line by our number, else by the customer's; a number that the customer gave to two lines finds none of them. */
export const lineFinder = (lines: readonly PricedLine[]): ((wish: ChangedLine) => Found) => {
  const ours = new Map(lines.map((line) => [line.lineNo, line]));
  const theirs = new Map<string, PricedLine | 'ambiguous'>();
  for (const line of lines) {
    if (line.customerLineNo === undefined) continue;
    const number = plainLineNo(line.customerLineNo);
    theirs.set(number, theirs.has(number) ? 'ambiguous' : line);
  }
  return ({ lineNo, customerLineNo }) => {
    if (lineNo !== undefined) return ours.get(lineNo);
    if (customerLineNo === undefined) return undefined;
    const byNumber = ours.get(Number(customerLineNo));
    return theirs.get(plainLineNo(customerLineNo)) ?? (byNumber?.customerLineNo === undefined ? byNumber : undefined);
  };
};

/** The number that a line is told apart by; undefined for one that has none. */
const numberOf = ({ lineNo, customerLineNo }: ChangedLine): string | undefined =>
  customerLineNo === undefined ? lineNo?.toString() : plainLineNo(customerLineNo);
const nameOf = ({ lineNo, customerLineNo }: ChangedLine): string => customerLineNo ?? String(lineNo ?? '(no number)');
const no = (place: number, field: string, reason: string, text: string): Refusal => ({
  reason,
  field: `lines[${place}].${field}`,
  text,
});

/** Why the line can't be changed in this way, before any price is looked at. */
const obstacle = (wish: ChangedLine, place: number, found: Found): Refusal | undefined => {
  const { action, item, quantity, unit, unitPrice } = wish;
  const name = nameOf(wish);
  if (found === 'ambiguous') return no(place, 'customerLineNo', 'line-unknown', `several lines have number ${name}`);
  if (action === 'add' && found) return no(place, 'lineNo', 'duplicate-line-number', `the order has a line ${name}`);
  if (!found) {
    if (action === 'change' || action === 'cancel')
      return no(place, 'lineNo', 'line-unknown', `the order has no line ${name}`);
    const missing = item === undefined ? 'item' : quantity === undefined ? 'quantity' : undefined;
    return missing && no(place, missing, 'schema-violation', `line ${name} is added and names no ${missing}`);
  }
  if (action !== 'set' && item !== undefined && item !== found.item)
    return no(place, 'item', 'line-item-differs', `line ${name} has ${found.item}, not ${item}`);
  if (action !== 'cancel' && item === undefined && found.kind === 'goods')
    return no(place, 'item', 'schema-violation', `line ${name} is changed and names no item`);
  if (quantity === undefined && unitPrice !== undefined && unit !== undefined && unit !== found.unit)
    return no(place, 'unit', 'change-not-possible', `line ${name} has a price per ${unit} and no quantity`);
  return undefined;
};

const MOST = 1_000_000;
/** A line number for an added line: its own where it is free, else the next one. */
const freeNumber = ({ lineNo, customerLineNo = '' }: ChangedLine, taken: Set<number>): number => {
  const own = lineNo ?? (/^\d{1,6}$/.test(customerLineNo) ? Number(customerLineNo) : 0);
  let free = own > 0 ? own : Math.max(0, ...taken) + 1;
  while (taken.has(free) || free > MOST) free = (free % MOST) + 1;
  taken.add(free);
  return free;
};

const given = <K extends keyof ChangedLine>(wish: ChangedLine, ...names: readonly K[]): Pick<ChangedLine, K> =>
  Object.fromEntries(names.flatMap((name) => (wish[name] === undefined ? [] : [[name, wish[name]]]))) as Pick<
    ChangedLine,
    K
  >;
const SAID = ['kind', 'description', 'quantity', 'unit', 'unitPrice', 'node', 'customerLineNo'] as const;

const added = (wish: ChangedLine, place: number, lineNo: number): WantedLine => ({
  quantity: '0',
  ...given(wish, ...SAID),
  lineNo,
  item: wish.item ?? '',
  place,
});
/** What it does not say stays; of another item nothing of the old one does. */
const changedLine = (wish: ChangedLine, place: number, line: PricedLine): WantedLine => {
  const { lineNo, item, kind, customerLineNo } = line;
  const own = customerLineNo === undefined ? {} : { customerLineNo };
  const units = wish.quantity === undefined ? { quantity: String(line.quantity), unit: line.unit } : {};
  const isSame = wish.item === undefined || wish.item === item;
  if (!isSame) return { ...added(wish, place, lineNo), ...own, ...units };
  const { description, node } = line;
  const kept = { ...(description ? { description } : {}), ...(node ? { node } : {}) };
  const { unit: _unit, ...said } = given(wish, ...SAID);
  const unit =
    wish.quantity === undefined ? {} : wish.unit ? { unit: wish.unit } : kind === 'goods' ? {} : { unit: line.unit };
  return { quantity: '0', ...kept, ...said, ...own, ...units, ...unit, lineNo, item, kind, place };
};

/** Prices as sent, and charges, stand until another is sent; prices of a list are looked up on the day of the change. */
const keepsPrice = ({ pricing }: Customer, wish: ChangedLine, { kind, item }: PricedLine): boolean =>
  (wish.item === undefined || wish.item === item) && (pricing === 'as-sent' || kind !== 'goods');

export const changedLines = (
  lines: readonly PricedLine[],
  { lines: wishes, replace = false }: OrderChange,
  customer: Customer,
): ChangedLines => {
  const find = lineFinder(lines);
  const taken = new Set(lines.map(({ lineNo }) => lineNo));
  const named = new Set<number>();
  const wanted: WantedLine[] = [];
  const agreed = new Map<number, string>();
  const refusals: Refusal[] = [];
  const news = new Set<string>();
  wishes.forEach((wish, place) => {
    const found = find(wish);
    const refusal = obstacle(wish, place, found);
    if (refusal) return void refusals.push(refusal);
    const twice = (is: string): Refusal =>
      no(place, 'lineNo', 'duplicate-line-number', `line ${nameOf(wish)} is ${is} twice`);
    if (!found || found === 'ambiguous') {
      const number = numberOf(wish);
      if (number !== undefined && news.has(number)) return void refusals.push(twice('added'));
      if (number !== undefined) news.add(number);
      return void wanted.push(added(wish, place, freeNumber(wish, taken)));
    }
    if (named.has(found.lineNo)) return void refusals.push(twice('changed'));
    named.add(found.lineNo);
    if (wish.action === 'cancel') return;
    if (keepsPrice(customer, wish, found)) agreed.set(found.lineNo, found.unitPrice);
    wanted.push(changedLine(wish, place, found));
  });
  const standing = replace ? [] : lines.filter(({ lineNo }) => !named.has(lineNo));
  return { standing, wanted, agreed, refusals };
};
