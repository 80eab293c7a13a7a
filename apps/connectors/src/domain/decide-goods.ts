/** What left of partners' orders, and what was billed and credited: heard in the account's lane, told in the partner's. */
import { accept, change, defer, ignore, say, type Decision, type Input, type Ref } from '@crossdock/kernel';
import {
  GUEST,
  NoteCredit,
  type BillingPostedData,
  type CreditedLine,
  type InvoicedLine,
  type NotedInvoice,
  type PostedLine,
  type PricedLine,
  type ReturnReceivedData,
  type ShipmentDispatchedData,
  type ShippedLine,
} from '@crossdock/contracts';
import { NOBODYS, note, seen, type Fates } from './decide-fate.js';
import {
  partnerAccountRefs,
  partnerOrderRef,
  partnerReturnRef,
  partnerTermsRef,
  type PartnersOrder,
} from './partner-order.js';

const byNumber = <L extends { readonly lineNo: number }>(lines: readonly L[]): ReadonlyMap<number, L> =>
  new Map(lines.map((line) => [line.lineNo, line]));

/**
 * The partner's order, once its partner knows what became of its lines: streams of several services come in any order,
 * and nobody is told of a shipment before the answer to the order.
 */
const toldOrder = (orderId: string, states: Fates): PartnersOrder | Decision => {
  const known = states.partnerOrder(orderId);
  if (known.status === 'none') return defer('order-unknown-yet', partnerOrderRef(orderId));
  if (known.status === 'foreign') return NOBODYS;
  return known.status === 'told' ? known : defer('counter-not-ready', partnerOrderRef(orderId));
};
const isDecision = (found: PartnersOrder | Decision): found is Decision => 'kind' in found;

export const touchesDispatched = ({ data }: Input<ShipmentDispatchedData>): readonly Ref[] => [
  partnerOrderRef(data.orderId),
  partnerTermsRef(data.orderId),
];
const shippedLine = ({ lineNo, customerLineNo, item, quantity, unit }: PricedLine): ShippedLine => ({
  lineNo,
  ...(customerLineNo ? { customerLineNo } : {}),
  item,
  ordered: quantity,
  unit,
});
export const dispatched = ({ data }: Input<ShipmentDispatchedData>, states: Fates): Decision => {
  const { orderId, shipmentId, node, dispatchedAt, packages } = data;
  const known = toldOrder(orderId, states);
  if (isDecision(known)) return known;
  if (known.shipments.includes(shipmentId)) return ignore('already-known');
  const left = new Set(data.lines.map(({ lineNo }) => lineNo));
  const lines = states
    .partnerTerms(orderId)
    .lines.filter(({ lineNo }) => left.has(lineNo))
    .map(shippedLine);
  return accept(
    seen(orderId, { type: 'shipment-told', shipmentId }),
    note(data, known.partner, 'shipped', { shipment: { shipmentId, node, dispatchedAt, packages, lines } }),
  );
};

const invoiceOf = (data: BillingPostedData, lines: InvoicedLine[]): NotedInvoice => {
  const { documentId, documentNo, billing, documentDate, currency, shipmentId, net, tax, gross } = data;
  const about = { documentId, documentNo, billing, documentDate, currency, lines, net, tax, gross };
  return shipmentId ? { ...about, shipmentId } : about;
};
const invoicedLine = (
  { lineNo, quantity, net, tax }: PostedLine,
  { customerLineNo, kind, item, description, quantity: ordered, unit, unitPrice, taxPercent }: PricedLine,
): InvoicedLine => ({
  lineNo,
  ...(customerLineNo ? { customerLineNo } : {}),
  kind,
  item,
  ...(description ? { description } : {}),
  quantity,
  ordered,
  unit,
  unitPrice,
  net,
  taxPercent,
  tax,
});

export const touchesInvoice = ({ data: { orderId } }: Input<BillingPostedData>): readonly Ref[] =>
  orderId === undefined ? [] : [partnerOrderRef(orderId), partnerTermsRef(orderId)];
export const invoiced = ({ data }: Input<BillingPostedData>, states: Fates): Decision => {
  const { orderId, orderNo = '', shipmentId } = data;
  if (orderId === undefined) return NOBODYS;
  const known = toldOrder(orderId, states);
  if (isDecision(known)) return known;
  if (shipmentId !== undefined && !known.shipments.includes(shipmentId))
    return defer('counter-not-ready', partnerOrderRef(orderId));
  const terms = byNumber(states.partnerTerms(orderId).lines);
  const lines = data.lines.flatMap((line) => {
    const agreed = terms.get(line.lineNo);
    return agreed ? [invoicedLine(line, agreed)] : [];
  });
  return accept(note({ orderId, orderNo }, known.partner, 'invoiced', { invoice: invoiceOf(data, lines) }));
};

const partnersOf = (account: string, states: Fates): readonly string[] =>
  partnerAccountRefs(account).flatMap(({ id }) => states.partnerAccount(id).partners);

export const touchesReturn = ({ data }: Input<ReturnReceivedData>): readonly Ref[] => [
  partnerReturnRef(data.returnId),
  ...partnerAccountRefs(data.account),
];
export const returned = ({ data }: Input<ReturnReceivedData>, states: Fates): Decision => {
  const { returnId, returnNo, account, lines } = data;
  if (account === GUEST) return NOBODYS;
  if (states.partnerReturn(returnId).status !== 'none') return ignore('already-known');
  const on = partnerReturnRef(returnId);
  // Known all the same, so that its credit memo waits for nothing when a partner buys for the account from now on.
  if (partnersOf(account, states).length === 0) return accept(change(on, { type: 'return-foreign' }));
  return accept(change(on, { type: 'return-seen', returnNo, lines }));
};

export const touchesCredit = ({ data: { returnId, account } }: Input<BillingPostedData>): readonly Ref[] =>
  returnId === undefined ? [] : [partnerReturnRef(returnId), ...partnerAccountRefs(account)];

/** One (UN/ECE Rec 20): a return tells its quantities in base units and does not name them. */
const ONE = 'C62';
const creditedLine = (
  { lineNo, quantity, net, tax }: PostedLine,
  { kind, item, unitPrice, taxPercent }: CreditedLine,
): InvoicedLine => ({
  ...{ lineNo, kind, item, quantity, ordered: quantity, unit: ONE, unitPrice },
  ...{ net, taxPercent, tax },
});
export const credited = ({ data }: Input<BillingPostedData>, states: Fates): Decision => {
  const { returnId, account } = data;
  if (returnId === undefined) return NOBODYS;
  const partners = partnersOf(account, states);
  if (partners.length === 0) return NOBODYS;
  const known = states.partnerReturn(returnId);
  if (known.status === 'foreign') return NOBODYS;
  if (known.status === 'credited') return ignore('already-known');
  if (known.status !== 'known') return defer('counter-not-ready', partnerReturnRef(returnId));
  const terms = byNumber(known.lines);
  const lines = data.lines.flatMap((line) => {
    const agreed = terms.get(line.lineNo);
    return agreed ? [creditedLine(line, agreed)] : [];
  });
  const credit = { ...invoiceOf(data, lines), returnNo: known.returnNo };
  const shared = partners.length > 1;
  return accept(
    change(partnerReturnRef(returnId), { type: 'return-credited' }),
    partners.map((partner) => say(NoteCredit, { partner, account, shared, credit })),
  );
};
