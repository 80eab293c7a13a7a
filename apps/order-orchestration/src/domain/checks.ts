/** Checks at order capture, each with a code of its own, all answered from local data (FEATURES, ORD-02). */
import { dayOf, formatMinor, hours, plusMs, type Day, type Input, type Instant, type Refusal } from '@crossdock/kernel';
import type { PricedLine, SubmitOrderData, SubmittedLine } from '@crossdock/contracts';
import { creditUsed, type AccountState } from './account.js';
import { priceLine, taxPercentOf, type Outcome, type Pricing } from './price.js';
import {
  availableTo,
  type ChannelStockState,
  type Customer,
  type CustomerState,
  type DirectoryState,
  type ItemState,
} from './reference.js';

/** What the checks look at; `account` is missing for guests. */
export interface Known {
  readonly customer: CustomerState;
  readonly account: AccountState | undefined;
  readonly directory: DirectoryState;
  readonly item: (id: string) => ItemState;
  readonly channelStock: (item: string) => ChannelStockState;
}
export interface Checked {
  readonly customer: Customer;
  /** by rising line number */
  readonly lines: readonly PricedLine[];
  readonly net: number;
  readonly tax: number;
  readonly gross: number;
}
type Order = Input<SubmitOrderData>;

const STANDING = { hold: 'customer-on-hold', blocked: 'customer-blocked', closed: 'customer-blocked' } as const;

type Header = Pick<SubmitOrderData, 'currency' | 'orderDate' | 'requestedDate' | 'shipTo' | 'daysAhead'>;
export const checkHeader = (
  { data, at }: { readonly data: Header; readonly at: Instant },
  customer: Customer,
): Refusal[] => {
  const refusals: Refusal[] = [];
  if (customer.status !== 'active') refusals.push({ reason: STANDING[customer.status], field: 'account' });
  if (data.currency !== customer.currency)
    refusals.push({ reason: 'wrong-currency', field: 'currency', text: `the account is kept in ${customer.currency}` });
  refusals.push(...checkAhead('orderDate', data.orderDate, at, data.daysAhead));
  if (data.requestedDate !== undefined && data.requestedDate < dayOf(at))
    refusals.push({ reason: 'requested-date-past', field: 'requestedDate' });
  const { country } = data.shipTo;
  if (customer.shipToCountries.length > 0 && !customer.shipToCountries.includes(country))
    refusals.push({ reason: 'ship-to-restricted', field: 'shipTo.country', text: `${country} is not allowed` });
  return refusals;
};

/** A business date is a day of books: one far ahead is a mistake that nobody would see until then. */
export const checkAhead = (
  field: string,
  day: Day | undefined,
  at: Instant,
  daysAhead: number | undefined,
): Refusal[] => {
  if (day === undefined || daysAhead === undefined) return [];
  const latest = dayOf(plusMs(at, hours(24 * daysAhead)));
  return day <= latest ? [] : [{ reason: 'date-too-far-ahead', field, text: `${latest} is the latest` }];
};

/** No two lines of one document have the same number: what is done for one would be taken for both. */
export const checkNumbers = (lines: readonly { readonly lineNo: number }[]): Refusal[] => {
  const seen = new Set<number>();
  return lines.flatMap(({ lineNo }, index) => {
    const isTwice = seen.has(lineNo);
    seen.add(lineNo);
    return isTwice
      ? [{ reason: 'duplicate-line-number', field: `lines[${index}].lineNo`, text: `line ${lineNo}` }]
      : [];
  });
};

/** What lines of an order to that country are priced by; a refusal when nobody knows its tax. */
export const pricingOf = (
  { currency, shipTo }: Pick<SubmitOrderData, 'currency' | 'shipTo'>,
  customer: Customer,
  { directory }: Pick<Known, 'directory'>,
  refusals: Refusal[],
): Pricing => {
  const entity = directory.entities.find((one) => one.entity === customer.entity);
  const taxPercent = taxPercentOf(entity, shipTo.country, customer.taxCategory);
  if (taxPercent === undefined) refusals.push({ reason: 'tax-context-missing', field: 'shipTo.country' });
  return { customer, currency, directory, taxPercent };
};
/** The lines that can be priced; `place`: of a line in the document that names it. */
export const pricedLines = <L extends SubmittedLine>(
  lines: readonly L[],
  place: (line: L, index: number) => number,
  { item }: Pick<Known, 'item'>,
  pricing: Pricing,
  refusals: Refusal[],
): PricedLine[] =>
  lines.flatMap((line, index) => {
    const outcome = priceLine(line, item, pricing);
    if (outcome.ok) return [outcome.value];
    for (const refusal of outcome.refusals)
      refusals.push({ ...refusal, field: `lines[${place(line, index)}].${fieldOf(refusal.reason)}` });
    return [];
  });
/** The field of a line that a reason is about. */
export const fieldOf = (reason: string): string => FIELD_OF[reason] ?? 'quantity';
const FIELD_OF: Readonly<Record<string, string>> = {
  'unknown-item': 'item',
  'item-blocked': 'item',
  'no-node-for-item': 'item',
  'unknown-node': 'node',
  'unit-unknown': 'unit',
  'price-not-eligible': 'unitPrice',
  'price-not-agreed': 'unitPrice',
  'amount-out-of-range': 'unitPrice',
};

const checkCredit = (customer: Customer, account: AccountState | undefined, gross: number): Refusal[] => {
  if (!account || customer.creditLimit === undefined) return [];
  const free = customer.creditLimit - creditUsed(account);
  if (gross <= free) return [];
  const money = (minor: number): string => `${formatMinor(minor, customer.currency)} ${customer.currency}`;
  const text = `${money(gross)} is asked for, ${money(free)} of ${money(customer.creditLimit)} is free`;
  return [{ reason: 'credit-limit-exceeded', field: 'account', text }];
};

/** Units by item: one item on several lines is one demand. */
export const demandOf = (lines: readonly PricedLine[]): Map<string, number> => {
  const demand = new Map<string, number>();
  for (const { kind, item, quantity } of lines)
    if (kind === 'goods') demand.set(item, (demand.get(item) ?? 0) + quantity);
  return demand;
};

/** Who may not wait needs everything now. `field`: names the line that an item is asked for by. */
export const checkStock = (
  demand: ReadonlyMap<string, number>,
  channel: string,
  { channelStock }: Pick<Known, 'channelStock'>,
  field: (item: string) => string,
): Refusal[] =>
  [...demand].flatMap(([item, quantity]) => {
    const available = availableTo(channelStock(item), channel);
    if (quantity <= available) return [];
    const text = `${quantity} of ${item} are asked for, ${available} are available`;
    return [{ reason: 'insufficient-availability', field: field(item), text }];
  });

const checkAvailability = (
  { data }: Order,
  customer: Customer,
  known: Known,
  lines: readonly PricedLine[],
): Refusal[] => {
  if ((data.backorders ?? customer.backorders) !== 'refused') return [];
  const firstLine = new Map(data.lines.map(({ item }, index) => [item, index] as const).reverse());
  return checkStock(demandOf(lines), data.channel, known, (item) => `lines[${firstLine.get(item) ?? 0}].quantity`);
};

/** The order as it would be taken, or every check that it fails. */
export const checkOrder = (order: Order, known: Known): Outcome<Checked> => {
  const { customer } = known;
  if (!customer.known) return { ok: false, refusals: [{ reason: 'unknown-customer', field: 'account' }] };
  const refusals = [...checkHeader(order, customer), ...checkNumbers(order.data.lines)];
  const pricing = pricingOf(order.data, customer, known, refusals);
  const lines = pricedLines(order.data.lines, (_line, index) => index, known, pricing, refusals);
  return summed(lines, customer, known.account, { refusals, short: checkAvailability(order, customer, known, lines) });
};

/** The lines with their sums, when nothing speaks against them and the account's credit is enough. */
export const summed = (
  lines: readonly PricedLine[],
  customer: Customer,
  account: AccountState | undefined,
  { refusals, short }: { readonly refusals: readonly Refusal[]; readonly short: readonly Refusal[] },
): Outcome<Checked> => {
  const net = lines.reduce((sum, line) => sum + line.net, 0);
  const tax = lines.reduce((sum, line) => sum + line.tax, 0);
  const gross = net + tax;
  const all = [...refusals];
  if (!Number.isSafeInteger(gross)) all.push({ reason: 'amount-out-of-range', field: 'lines' });
  all.push(...checkCredit(customer, account, gross), ...short);
  if (all.length > 0) return { ok: false, refusals: all };
  return { ok: true, value: { customer, lines: lines.toSorted((a, b) => a.lineNo - b.lineNo), net, tax, gross } };
};
