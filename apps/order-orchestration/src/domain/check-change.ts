/** Everything that taking an order checks, once more for the order as a change would leave it. */
import { percentOf, type Instant, type Refusal } from '@crossdock/kernel';
import type { Address, OrderChange, PricedLine } from '@crossdock/contracts';
import { changedLines, type ChangedLines } from './change-lines.js';
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
import type { Order } from './order.js';
import type { Outcome } from './price.js';
import type { Customer } from './reference.js';
import type { TermsState } from './terms.js';

const MOST_LINES = 5000;
export interface CheckedChange extends Checked {
  readonly shipTo: Address;
  readonly requestedDate?: string;
  /** the change says nothing that was not so before */
  readonly isIdle: boolean;
}

/** Country of who names none and has none agreed (ISO 3166-1, user-assigned). */
const NO_COUNTRY = 'ZZ';
/** A destination that says no more than is known changes nothing: a document often names it by its number alone. */
const destination = (known: Address, sent: Address | undefined): Address => {
  if (!sent) return known;
  const said = sent.country === NO_COUNTRY ? { ...sent, country: known.country } : sent;
  const says = Object.entries(said) as [keyof Address, unknown][];
  const isNews = says.some(([name, value]) => JSON.stringify(value) !== JSON.stringify(known[name]));
  return isNews ? said : known;
};

/**
 * Lines of a customer who may not wait: what is asked for beyond what the order was taken with must be there. Its own
 * units are held or on their way to be, so they are not asked for twice.
 */
const shortOf = (
  order: Order,
  before: ReadonlyMap<string, number>,
  {
    lines,
    wanted,
  }: { readonly lines: readonly PricedLine[]; readonly wanted: readonly { item: string; place: number }[] },
  known: Known,
): readonly Refusal[] => {
  if (!known.customer.known || (order.backorders ?? known.customer.backorders) !== 'refused') return [];
  const places = new Map(wanted.map(({ item, place }) => [item, place] as const).reverse());
  const more = [...demandOf(lines)].flatMap(([item, units]): [string, number][] => {
    const beyond = units - (before.get(item) ?? 0);
    return places.has(item) && beyond > 0 ? [[item, beyond]] : [];
  });
  return checkStock(new Map(more), order.channel, known, (item) => `lines[${places.get(item) ?? 0}].quantity`);
};

const grossOf = (lines: readonly PricedLine[]): number => lines.reduce((sum, { net, tax }) => sum + net + tax, 0);
/** Charges that nobody asks for go with the goods that they are for: freight of nothing is not billed. */
const leavesNothing = ({ standing, wanted }: ChangedLines, before: readonly PricedLine[]): boolean =>
  wanted.length === 0 &&
  standing.every(({ kind }) => kind !== 'goods') &&
  (standing.length === 0 || before.some(({ kind }) => kind === 'goods'));

/** Whether the change wants an order with these lines to be over; not where a line of it can't be changed so. */
export const isCancelling = ({ lines }: TermsState, change: OrderChange, customer: Customer): boolean => {
  const changed = changedLines(lines, change, customer);
  return changed.refusals.length === 0 && leavesNothing(changed, lines);
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
  const changed = changedLines(terms.lines, change, customer);
  const { standing, wanted, agreed, refusals: unfit } = changed;
  // Whatever an account may not do any more, it may give an order up.
  const isOver = unfit.length === 0 && leavesNothing(changed, terms.lines);
  const refusals = isOver ? [] : checkHeader({ data: header, at }, customer);
  if (change.currency !== undefined && change.currency !== currency)
    refusals.push({ reason: 'wrong-currency', field: 'currency', text: `the order is in ${currency}` });
  if (isOver && refusals.length === 0)
    return { ok: true, value: { customer, lines: [], net: 0, tax: 0, gross: 0, shipTo, isIdle: false } };
  refusals.push(...unfit);
  if (standing.length + wanted.length > MOST_LINES) refusals.push({ reason: 'too-many-lines', field: 'lines' });
  const pricing = { ...pricingOf({ currency, shipTo }, customer, known, refusals), agreed };
  const taxPercent = pricing.taxPercent ?? '0';
  const taxed = standing.map((line) => ({ ...line, taxPercent, tax: percentOf(line.net, taxPercent) }));
  const lines = [...taxed, ...pricedLines(wanted, ({ place }) => place, known, pricing, refusals)];
  // What the order takes up now is free again once it is changed; who asks for no more than that needs no other credit.
  const grows = grossOf(lines) > order.creditOpen;
  const free = grows && account ? { ...account, openOrders: account.openOrders - order.creditOpen } : undefined;
  const short = shortOf(order, demandOf(terms.lines), { lines, wanted }, known);
  const outcome = summed(lines, customer, free, { refusals, short });
  if (!outcome.ok) return outcome;
  const date = requestedDate ?? order.requestedDate;
  const isIdle = shipTo === terms.shipTo && date === order.requestedDate && isSame(outcome.value.lines, terms.lines);
  return { ok: true, value: { ...outcome.value, shipTo, isIdle, ...(date ? { requestedDate: date } : {}) } };
};

const COMPARED = ['lineNo', 'kind', 'item', 'quantity', 'unit', 'unitPrice', 'net', 'tax', 'node'] as const;
const isSame = (a: readonly PricedLine[], b: readonly PricedLine[]): boolean =>
  a.length === b.length && a.every((line, at) => COMPARED.every((name) => line[name] === b[at]?.[name]));
