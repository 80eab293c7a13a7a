/** Everything that taking an order checks, once more for the order as a change would leave it. */
import { percentOf, type Instant, type Refusal } from '@crossdock/kernel';
import type { Address, OrderChange, PricedLine } from '@crossdock/contracts';
import { changedLines } from './change-lines.js';
import {
  checkHeader,
  checkStock,
  demandOf,
  pricedLines,
  pricingOf,
  summed,
  type Checked,
  type Known,
} from './checks.js';
import { unitsAt } from './counters.js';
import type { Order } from './order.js';
import type { Outcome } from './price.js';
import type { TermsState } from './terms.js';

const MOST_LINES = 5000;
export interface CheckedChange extends Checked {
  readonly shipTo: Address;
  readonly requestedDate?: string;
  /** the change says nothing that was not so before */
  readonly isIdle: boolean;
}

/** A destination that says no more than is known changes nothing: a document often names it by its number alone. */
const destination = (known: Address, sent: Address | undefined): Address => {
  const says = Object.entries(sent ?? {}) as [keyof Address, unknown][];
  const isNews = says.some(([name, value]) => JSON.stringify(value) !== JSON.stringify(known[name]));
  return sent && isNews ? sent : known;
};

/** Units of an item that the order has already, so they are not asked for twice. */
const heldUnits = ({ counters }: Order, { lines }: TermsState, item: string): number =>
  lines.reduce(
    (sum, line, at) =>
      line.item === item ? sum + unitsAt(counters, 'reserved', at) + unitsAt(counters, 'allocated', at) : sum,
    0,
  );

/** Lines of a customer who may not wait: what is asked for beyond what the order has must be there. */
const shortOf = (
  order: Order,
  terms: TermsState,
  {
    lines,
    wanted,
  }: { readonly lines: readonly PricedLine[]; readonly wanted: readonly { item: string; place: number }[] },
  known: Known,
): readonly Refusal[] => {
  if (!known.customer.known || (order.backorders ?? known.customer.backorders) !== 'refused') return [];
  const places = new Map(wanted.map(({ item, place }) => [item, place] as const).reverse());
  const more = [...demandOf(lines)].flatMap(([item, units]): [string, number][] => {
    const beyond = units - heldUnits(order, terms, item);
    return places.has(item) && beyond > 0 ? [[item, beyond]] : [];
  });
  return checkStock(new Map(more), order.channel, known, (item) => `lines[${places.get(item) ?? 0}].quantity`);
};

/** The order as it would be after the change, or every check that the change fails. */
export const checkChange = (
  order: Order,
  terms: TermsState,
  { change, at }: { readonly change: OrderChange; readonly at: Instant },
  known: Known,
): Outcome<CheckedChange> => {
  const { customer, account } = known;
  if (!customer.known) return { ok: false, refusals: [{ reason: 'unknown-customer', field: 'account' }] };
  const { currency } = order;
  const { requestedDate } = change;
  const shipTo = destination(terms.shipTo, change.shipTo);
  const header = { currency, shipTo, ...(requestedDate ? { requestedDate } : {}) };
  const refusals = checkHeader({ data: header, at }, customer);
  if (change.currency !== undefined && change.currency !== currency)
    refusals.push({ reason: 'wrong-currency', field: 'currency', text: `the order is in ${currency}` });
  const { standing, wanted, agreed, refusals: unfit } = changedLines(terms.lines, change, customer);
  refusals.push(...unfit);
  if (standing.length + wanted.length > MOST_LINES) refusals.push({ reason: 'too-many-lines', field: 'lines' });
  const pricing = { ...pricingOf({ currency, shipTo }, customer, known, refusals), agreed };
  const taxPercent = pricing.taxPercent ?? '0';
  const taxed = standing.map((line) => ({ ...line, taxPercent, tax: percentOf(line.net, taxPercent) }));
  const lines = [...taxed, ...pricedLines(wanted, ({ place }) => place, known, pricing, refusals)];
  // What the order takes up now is free again once it is changed.
  const free = account && { ...account, openOrders: account.openOrders - order.creditOpen };
  const short = shortOf(order, terms, { lines, wanted }, known);
  const outcome = summed(lines, customer, free, { refusals, short });
  if (!outcome.ok) return outcome;
  const date = requestedDate ?? order.requestedDate;
  const isIdle = shipTo === terms.shipTo && date === order.requestedDate && isSame(outcome.value.lines, terms.lines);
  return { ok: true, value: { ...outcome.value, shipTo, isIdle, ...(date ? { requestedDate: date } : {}) } };
};

const COMPARED = ['lineNo', 'kind', 'item', 'quantity', 'unit', 'unitPrice', 'net', 'tax', 'node'] as const;
const isSame = (a: readonly PricedLine[], b: readonly PricedLine[]): boolean =>
  a.length === b.length && a.every((line, at) => COMPARED.every((name) => line[name] === b[at]?.[name]));
