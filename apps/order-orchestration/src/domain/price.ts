/** A submitted line as it is agreed: in base units, priced, taxed, sourced. Or every reason why it can't be. */
import {
  lineAmount,
  percentOf,
  readDecimal,
  toBaseUnits,
  type BaseUnits,
  type Refusal,
  type UnitFactor,
} from '@crossdock/kernel';
import type { EntityChangedData, NodeChangedData, PricedLine, SubmittedLine } from '@crossdock/contracts';
import type { Customer, DirectoryState, ItemState } from './reference.js';

/** What a document's lines are priced by. */
export interface Pricing {
  readonly customer: Customer;
  readonly currency: string;
  readonly directory: DirectoryState;
  /** decimal percent; undefined when nobody knows the tax of the destination */
  readonly taxPercent: string | undefined;
  /** prices of a base unit that were agreed before and stand, by line number, where a line says none */
  readonly agreed?: ReadonlyMap<number, string>;
}
export type Outcome<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly refusals: readonly Refusal[] };
const no = (...refusals: readonly Refusal[]): Outcome<never> => ({ ok: false, refusals });
const yes = <T>(value: T): Outcome<T> => ({ ok: true, value });

/** Charges are counted in pieces. */
export const CHARGE_UNIT = 'EA';

/** Rate of a legal entity for a destination; an account that is zero-rated pays none anywhere. */
export const taxPercentOf = (
  entity: EntityChangedData | undefined,
  country: string,
  category: 'standard' | 'zero',
): string | undefined => {
  if (!entity) return undefined;
  const rates = entity.taxRates.filter((rate) => rate.category === category);
  const found = rates.find((rate) => rate.country === country) ?? rates.find((rate) => rate.country === '*');
  return found?.percent ?? (category === 'zero' ? '0' : undefined);
};

/** Whole base units that are more than none. */
export const positiveUnits = (
  value: string,
  unit: string,
  baseUnit: string,
  units: readonly UnitFactor[],
): BaseUnits | 'quantity-not-positive' => {
  const read = readDecimal(value);
  if (read && read.digits <= 0n) return 'quantity-not-positive';
  return toBaseUnits({ value, unit }, baseUnit, units);
};

/** Amount of a line, or undefined when it is beyond what minor units can hold. */
export const amountOf = (unitPrice: string, quantity: string, currency: string): number | undefined => {
  try {
    return lineAmount(unitPrice, quantity, currency);
  } catch {
    return undefined;
  }
};

const PLACES = 6;
/** Price of one base unit when so many of them make the unit that was priced: up to 6 decimals, rounded half up. */
export const pricePerBaseUnit = (price: string, { numerator, denominator }: Omit<UnitFactor, 'unit'>): string => {
  const read = readDecimal(price);
  if (!read || numerator === denominator) return price;
  const scaled = read.digits * BigInt(denominator) * 10n ** BigInt(PLACES);
  const divisor = BigInt(numerator) * 10n ** BigInt(read.scale);
  const digits = ((2n * scaled + divisor) / (2n * divisor)).toString().padStart(PLACES + 1, '0');
  return `${digits.slice(0, -PLACES)}.${digits.slice(-PLACES)}`.replace(/\.?0+$/, '');
};

const sameAmount = (a: string, b: string): boolean => {
  const [left, right] = [readDecimal(a), readDecimal(b)];
  if (!left || !right) return false;
  return left.digits * 10n ** BigInt(right.scale) === right.digits * 10n ** BigInt(left.scale);
};

/** The node a line is shipped from: the one it names, else the first open one that stocks the item. */
const nodeOf = (line: SubmittedLine, item: ItemState, { nodes }: DirectoryState): NodeChangedData | string => {
  const open = (id: string) => nodes.find(({ node, status }) => node === id && status === 'active');
  if (line.node) return open(line.node) ?? 'unknown-node';
  const found = item.known ? item.nodes.map(open).find((node) => node !== undefined) : undefined;
  return found ?? 'no-node-for-item';
};

/** Agreed price of one base unit: as sent, or from the customer's list, which a sent price must match. */
const agreedPrice = (line: SubmittedLine, item: ItemState, factor: UnitFactor, pricing: Pricing): string | Refusal => {
  const sent = line.unitPrice === undefined ? undefined : pricePerBaseUnit(line.unitPrice, factor);
  const { customer, currency } = pricing;
  const stands = sent === undefined ? pricing.agreed?.get(line.lineNo) : undefined;
  if (stands !== undefined) return stands;
  const isGoods = (line.kind ?? 'goods') === 'goods';
  if (sent !== undefined && (customer.pricing === 'as-sent' || !isGoods)) return sent;
  const prices = item.known ? item.prices : [];
  const listed = prices.find((price) => price.priceList === customer.priceList && price.currency === currency)?.price;
  if (listed === undefined)
    return { reason: 'price-not-eligible', text: `no price of ${line.item} is agreed in ${currency}` };
  if (sent !== undefined && !sameAmount(sent, listed))
    return { reason: 'price-not-agreed', text: `${line.unitPrice} was sent, ${listed} is agreed` };
  return listed;
};

interface Measure {
  readonly units: number;
  readonly unit: string;
  readonly factor: UnitFactor;
}
const measureOf = (line: SubmittedLine, item: ItemState): Measure | Refusal => {
  const known = item.known ? item : undefined;
  const baseUnit = known?.baseUnit ?? line.unit ?? CHARGE_UNIT;
  const unit = line.unit ?? baseUnit;
  const base = positiveUnits(line.quantity, unit, baseUnit, known?.units ?? []);
  if (base === 'quantity-not-positive') return { reason: base };
  if (!base.ok) return { reason: base.reason };
  const factor = known?.units.find((candidate) => candidate.unit === unit);
  return { units: base.units, unit: baseUnit, factor: factor ?? { unit, numerator: 1, denominator: 1 } };
};

const NO_ITEM: ItemState = { known: false };

/** Where a line ships from, and what speaks against its item or node. */
const sourced = (line: SubmittedLine, item: ItemState, pricing: Pricing) => {
  const kind = line.kind ?? 'goods';
  const node = kind === 'goods' ? nodeOf(line, item, pricing.directory) : undefined;
  const refusals: Refusal[] = [];
  if (item.known && item.status === 'blocked') refusals.push({ reason: 'item-blocked' });
  if (typeof node === 'string') refusals.push({ reason: node });
  return { refusals, ...(typeof node === 'object' ? { node: node.node } : {}) };
};

/** Checks and prices one line. Only goods are looked up: charges are billed under their code. */
export const priceLine = (
  line: SubmittedLine,
  itemOf: (item: string) => ItemState,
  pricing: Pricing,
): Outcome<PricedLine> => {
  const kind = line.kind ?? 'goods';
  const item = kind === 'goods' ? itemOf(line.item) : NO_ITEM;
  if (kind === 'goods' && !item.known) return no({ reason: 'unknown-item', text: `${line.item} is not known` });
  const { refusals, node } = sourced(line, item, pricing);
  const measure = measureOf(line, item);
  if ('reason' in measure) return no(...refusals, measure);
  const price = agreedPrice(line, item, measure.factor, pricing);
  if (typeof price !== 'string') return no(...refusals, price);
  const net = amountOf(price, String(measure.units), pricing.currency);
  if (net === undefined) return no(...refusals, { reason: 'amount-out-of-range' });
  const isConverted = measure.factor.numerator !== measure.factor.denominator;
  if (
    isConverted &&
    line.unitPrice !== undefined &&
    net !== amountOf(line.unitPrice, line.quantity, pricing.currency)
  ) {
    const text = `${line.unitPrice} per ${measure.factor.unit} is no exact price per ${measure.unit}`;
    refusals.push({ reason: 'price-not-agreed', text });
  }
  if (refusals.length > 0 || pricing.taxPercent === undefined) return no(...refusals);
  return yes({
    lineNo: line.lineNo,
    kind,
    item: line.item,
    ...(line.description ? { description: line.description } : {}),
    quantity: measure.units,
    unit: measure.unit,
    unitPrice: price,
    net,
    taxPercent: pricing.taxPercent,
    tax: percentOf(net, pricing.taxPercent),
    ...(node ? { node } : {}),
    ...(line.customerLineNo ? { customerLineNo: line.customerLineNo } : {}),
  });
};
