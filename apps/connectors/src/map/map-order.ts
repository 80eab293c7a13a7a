/** A canonical order in our own numbers. Pure: what can't be mapped is a fault that names the code and its list. */
import { Decimal } from 'decimal.js';
import {
  keyOf,
  OrderDocument,
  type Address,
  type Agreement,
  type DocumentFault,
  type MappingRules,
  type ReferenceList,
  type SubmittedLine,
} from '@crossdock/contracts';
import type { CanonicalOrder, CanonicalOrderLine } from '../canonical/order.js';
import type { Party } from '../canonical/shapes.js';
import { amountText } from '../translate/amounts.js';
import { codesOfItem, codesOfParty } from './codes.js';
import { itemMissing, misfits } from './faults.js';
import { orderNumberOf } from './order-number.js';

export interface MappingContext {
  readonly rules: MappingRules;
  readonly agreement: Agreement | undefined;
  /** our code for theirs, as it held on the day of receipt */
  readonly ours: (list: ReferenceList, theirs: string) => string | undefined;
}
export interface MappedOrder {
  /** absent when there are faults */
  readonly order?: OrderDocument;
  readonly faults: readonly DocumentFault[];
}

const firstOf = <T>(found: readonly (T | undefined)[]): T | undefined => found.find((one) => one !== undefined);

const accountOf = (order: CanonicalOrder, { rules, agreement, ours }: MappingContext): string | undefined => {
  const parties = order as unknown as Readonly<Record<string, Party | undefined>>;
  const codes = rules.customerFrom.flatMap((party) => codesOfParty(parties[party]));
  return firstOf(codes.map((code) => ours('customers', code))) ?? agreement?.account;
};

export const itemOf = (
  { item }: Pick<CanonicalOrderLine, 'item'>,
  { rules, ours }: MappingContext,
): string | undefined => {
  const sources: Readonly<Record<string, () => string | undefined>> = {
    references: () => firstOf(codesOfItem(item).map((code) => ours('items', code))),
    sellerItem: () => item.sellerItem,
    buyerItem: () => item.buyerItem,
    gtin: () => item.gtin,
    manufacturerItem: () => item.manufacturerItem,
  };
  return firstOf(rules.itemFrom.map((source) => sources[source]?.()));
};

/** Our location for a party's, by any of its codes. */
export const nodeOf = (party: Party | undefined, { ours }: Pick<MappingContext, 'ours'>): string | undefined =>
  firstOf(codesOfParty(party).map((code) => ours('locations', code)));

/** Our unit; undefined for a single piece, which is an item's base unit. */
export const unitOf = (
  { quantity }: Pick<CanonicalOrderLine, 'quantity'>,
  { rules, ours }: MappingContext,
): string | undefined => {
  const sent = quantity.sentUnit ?? quantity.unit;
  const known = ours('units', sent);
  if (known) return known;
  return rules.pieces.includes(sent) || rules.pieces.includes(quantity.unit) ? undefined : quantity.unit;
};

/**
 * Price of one, up to 6 places, rounded once, half up. What is taken off or put on a line is in its amount: where it has
 * both, the amount is what one costs.
 */
export const priceOf = (line: CanonicalOrderLine): string | undefined => {
  const { unitPrice, per, amount, quantity, allowanceCharges = [] } = line;
  if (unitPrice === undefined) return undefined;
  if (amount && allowanceCharges.length > 0 && Number(quantity.value) !== 0)
    return new Decimal(amountText(amount)).div(quantity.value).toDecimalPlaces(6, Decimal.ROUND_HALF_UP).toFixed();
  if (per === undefined || per === '1') return new Decimal(unitPrice).toFixed();
  return new Decimal(unitPrice).div(per).toDecimalPlaces(6, Decimal.ROUND_HALF_UP).toFixed();
};

const lineNoOf = (sent: string, place: number, taken: ReadonlySet<number>): number => {
  const number = /^\d{1,6}$/.test(sent) ? Number(sent) : 0;
  return number > 0 && !taken.has(number) ? number : place + 1;
};

const linesOf = (order: CanonicalOrder, context: MappingContext, faults: DocumentFault[]): SubmittedLine[] => {
  const taken = new Set<number>();
  // A number sent twice, or none at all, would leave two lines with one: then all are counted by place.
  const sent = order.lines.map(({ lineNo }) => lineNo);
  const counted = new Set(sent).size < sent.length || sent.some((one) => !/^0*[1-9]\d{0,5}$/.test(one));
  return order.lines.flatMap((line, place) => {
    const item = itemOf(line, context);
    if (!item) {
      faults.push(itemMissing(line, place));
      return [];
    }
    const lineNo = counted ? place + 1 : lineNoOf(line.lineNo, place, taken);
    taken.add(lineNo);
    const unit = unitOf(line, context);
    const unitPrice = context.agreement?.prices === 'sent' ? priceOf(line) : undefined;
    return [
      {
        lineNo,
        item,
        quantity: line.quantity.value,
        ...(unit ? { unit } : {}),
        ...(unitPrice === undefined ? {} : { unitPrice }),
        ...(line.lineNo ? { customerLineNo: keyOf(line.lineNo) } : {}),
        ...(line.item.description ? { description: line.item.description.slice(0, 500) } : {}),
      },
    ];
  });
};

/** By what two parties are told apart: their numbers, else their name and address. */
const placeOf = (party: Party): string => {
  const codes = codesOfParty(party);
  return codes.length > 0 ? codes.join(' / ') : [party.name, ...Object.values(party.address ?? {})].flat().join(', ');
};
/**
 * Where an order goes, as our orders do: to one place. Lines may name it as well as the header; lines that name another
 * one, or share their quantity out over several, are faults, for goods must not go where nobody wants them.
 */
export const destinationOf = (
  order: Pick<CanonicalOrder, 'deliverTo' | 'buyer' | 'lines'>,
  faults: DocumentFault[],
): Party | undefined => {
  const named = order.lines.find(({ deliverTo }) => deliverTo !== undefined)?.deliverTo;
  const one = order.deliverTo ?? named;
  order.lines.forEach(({ deliverTo, deliveries = [], lineNo }, at) => {
    const others = [...(deliverTo ? [deliverTo] : []), ...deliveries.map((part) => part.deliverTo)].filter(
      (party) => one === undefined || placeOf(party) !== placeOf(one),
    );
    const [other] = others;
    if (!other) return;
    const text = `line ${lineNo} goes to ${placeOf(other)}${others.length > 1 ? ` and ${others.length - 1} more` : ''}, the order to ${one ? placeOf(one) : 'no place of its own'}: an order goes to one place`;
    faults.push({ code: 'value-unmappable', path: `lines[${at}].deliverTo`, text });
  });
  return one ?? order.buyer;
};

export const shipToOf = (party: Party | undefined, context: MappingContext): Address => {
  const { agreement } = context;
  const { lines, city, postcode, country } = party?.address ?? {};
  const gln = nodeOf(party, context) ?? party?.gln;
  return {
    ...(party?.name ? { name: party.name.slice(0, 200) } : {}),
    ...(lines && lines.length > 0 ? { lines: lines.slice(0, 6).map((line) => line.slice(0, 200)) } : {}),
    ...(city ? { city: city.slice(0, 80) } : {}),
    ...(postcode ? { postcode: postcode.slice(0, 20) } : {}),
    country: country ?? agreement?.country ?? 'ZZ',
    ...(gln ? { gln } : {}),
  };
};

export const mapOrder = (order: CanonicalOrder, context: MappingContext): MappedOrder => {
  const { agreement, rules } = context;
  const faults: DocumentFault[] = [];
  const account = accountOf(order, context);
  if (!account) {
    const codes = [order.deliverTo, order.billTo, order.buyer].flatMap(codesOfParty);
    const text = `none of ${codes.join(', ') || 'the parties'} is among the partner's customers`;
    faults.push({ code: 'customer-unmapped', path: 'buyer', text });
  }
  const currency = order.currency ?? agreement?.currency;
  if (!currency) faults.push({ code: 'currency-missing', path: 'currency', text: 'no currency is named or agreed' });
  const lines = linesOf(order, context, faults);
  const destination = destinationOf(order, faults);
  if (faults.length > 0 || !account || !currency) return { faults };
  const mapped: OrderDocument = {
    documentNo: orderNumberOf(order.number, order.references),
    account,
    customerPo: keyOf(order.number),
    currency,
    ...(order.issued ? { orderDate: order.issued } : {}),
    ...(rules.requestedDate && order.requestedDate ? { requestedDate: order.requestedDate } : {}),
    shipTo: shipToOf(destination, context),
    lines,
  };
  const unfit = misfits(OrderDocument, mapped);
  return unfit.length === 0 ? { order: mapped, faults } : { faults: unfit };
};
