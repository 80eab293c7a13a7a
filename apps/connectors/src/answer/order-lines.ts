/** Our order lines beside the partner's: which of its lines is meant, and our base units in the unit that it ordered by. */
import { Decimal } from 'decimal.js';
import { keyOf, plainLineNo } from '@crossdock/contracts';
import type { CanonicalOrder, CanonicalOrderLine } from '../canonical/order.js';
import type { Item, Quantity } from '../canonical/shapes.js';

interface OurLine {
  readonly lineNo: number;
  readonly customerLineNo?: string;
}
/** The line of the order that ours was made of: by the partner's number where each has its own, else by its place. */
export const lineFinder = (
  lines: readonly CanonicalOrderLine[],
): ((ours: OurLine) => CanonicalOrderLine | undefined) => {
  const byNumber = new Map(lines.map((line) => [keyOf(line.lineNo), line]));
  const isUnique = byNumber.size === lines.length;
  return ({ lineNo, customerLineNo }) =>
    (isUnique && customerLineNo !== undefined ? byNumber.get(customerLineNo) : undefined) ?? lines[lineNo - 1];
};

/** A line number as a key; with or without zeros before it, it is the same. */
export const plainNumber = (lineNo: string): string => keyOf(plainLineNo(lineNo));
/** As `lineFinder`, among the lines that a change names: by their numbers alone, for their places say nothing. */
export const changedLineFinder = <L extends { readonly lineNo: string }>(
  lines: readonly L[],
): ((ours: OurLine) => L | undefined) => {
  const byNumber = new Map(lines.map((line) => [plainNumber(line.lineNo), line]));
  return ({ lineNo, customerLineNo }) => byNumber.get(plainNumber(customerLineNo ?? String(lineNo)));
};

/** Places of quantities and prices that a partner is told. */
const PLACES = 6;
const isShort = (value: Decimal): boolean => value.decimalPlaces() <= PLACES;

export interface Told {
  readonly quantity: Quantity;
  /** price of one of that unit */
  readonly unitPrice?: string;
}
interface Units {
  readonly quantity: number;
  /** of the whole line, in the same base units */
  readonly ordered: number;
  readonly unit: string;
  /** of one base unit */
  readonly unitPrice?: string;
}
/** Told in the unit that was ordered where quantity and price come out even there, else in our base unit. */
export const toldAs = ({ quantity, ordered, unit, unitPrice }: Units, theirs: Quantity | undefined): Told => {
  const priced = (price: Decimal | string | undefined): Partial<Told> =>
    price === undefined ? {} : { unitPrice: new Decimal(price).toFixed() };
  if (theirs && ordered > 0 && !new Decimal(theirs.value).isZero()) {
    const value = new Decimal(theirs.value).mul(quantity).div(ordered);
    const price = unitPrice === undefined ? undefined : new Decimal(unitPrice).mul(ordered).div(theirs.value);
    if (isShort(value) && (price === undefined || isShort(price)))
      return { quantity: { ...theirs, value: value.toFixed() }, ...priced(price) };
  }
  return { quantity: { value: String(quantity), unit }, ...priced(unitPrice) };
};

/** The item as the partner named it, with our number beside. */
export const itemOf = (line: CanonicalOrderLine | undefined, ours: string, description?: string): Item => ({
  ...(description ? { description } : {}),
  ...line?.item,
  sellerItem: line?.item.sellerItem ?? ours,
});

/** Parties, currency and the order's number, as everything that follows an order repeats them. */
export const aboutOrder = ({ number, buyer, seller, deliverTo }: CanonicalOrder) => ({
  orderNumber: number,
  ...(buyer ? { buyer } : {}),
  ...(seller ? { seller } : {}),
  ...(deliverTo ? { deliverTo } : {}),
});
