/** What becomes of partners' orders, heard in their accounts' lanes and carried to the partners'. */
import { accept, change, ignore, say, type Decision, type Input, type Ref, type Touched } from '@crossdock/kernel';
import {
  NoteOrder,
  partnerOf,
  type AnsweredLine,
  type BackorderCreatedData,
  type NoteOrderData,
  type OrderAcceptedData,
  type OrderCancelledData,
  type OrderCreatedData,
  type OrderEventData,
  type OrderRejectedData,
  type PricedLine,
} from '@crossdock/contracts';
import { partnerOrderKind, partnerOrderRef, type PartnerOrder, type PartnerOrderFact } from './partner-order.js';

export const FATE_KINDS = { partnerOrder: partnerOrderKind };
type Fates = Touched<typeof FATE_KINDS>;

export const touchesFate = ({ data }: Input<OrderEventData>): readonly Ref[] => [partnerOrderRef(data.orderId)];

const NOBODYS = ignore('not-of-a-partner');
const seen = ({ orderId }: OrderEventData, fact: PartnerOrderFact) => change(partnerOrderRef(orderId), fact);
const note = (
  { orderId, orderNo }: OrderEventData,
  partner: string,
  what: NoteOrderData['what'],
  more: Partial<Pick<NoteOrderData, 'refusals' | 'lines' | 'text'>> = {},
) => say(NoteOrder, { partner, orderId, orderNo, what, refusals: [], lines: [], ...more });

export const created = ({ data }: Input<OrderCreatedData>, states: Fates): Decision => {
  const partner = partnerOf(data.channel);
  if (!partner) return NOBODYS;
  if (states.partnerOrder(data.orderId).status !== 'none') return ignore('already-known');
  return accept(seen(data, { type: 'order-seen', partner }), note(data, partner, 'taken'));
};

/** Refused by a check, before there was an order, or for good by the ERP afterwards. */
export const rejected = ({ data }: Input<OrderRejectedData>, states: Fates): Decision => {
  const known = states.partnerOrder(data.orderId);
  const partner = known.status === 'none' ? partnerOf(data.channel ?? '') : known.partner;
  if (!partner) return NOBODYS;
  const told = note(data, partner, 'refused', { refusals: data.refusals });
  return known.status === 'none' ? accept(told) : accept(seen(data, { type: 'order-told' }), told);
};

const answeredLine = ({ lineNo, customerLineNo, item, quantity, unit, unitPrice }: PricedLine): AnsweredLine => ({
  lineNo,
  ...(customerLineNo ? { customerLineNo } : {}),
  item,
  ordered: quantity,
  backordered: 0,
  unit,
  unitPrice,
});

export const accepted = ({ data }: Input<OrderAcceptedData>, states: Fates): Decision => {
  const known = states.partnerOrder(data.orderId);
  if (known.status === 'none') return NOBODYS;
  if (known.status === 'told') return ignore('nothing-to-do');
  const lines = data.lines.map(answeredLine);
  // An order of charges only waits for no stock: this is all that will be said of it.
  if (data.lines.every(({ kind }) => kind !== 'goods')) return told(data, known.partner, lines);
  return accept(seen(data, { type: 'order-priced', lines }));
};
const told = (data: OrderEventData, partner: string, lines: readonly AnsweredLine[]): Decision =>
  accept(seen(data, { type: 'order-told' }), note(data, partner, 'answered', { lines: [...lines] }));

const openLines = (state: PartnerOrder): { partner: string; lines: readonly AnsweredLine[] } | undefined =>
  state.status === 'open' && state.lines ? { partner: state.partner, lines: state.lines } : undefined;

export const allocated = ({ data }: Input<OrderEventData>, states: Fates): Decision => {
  const known = states.partnerOrder(data.orderId);
  if (known.status === 'none') return NOBODYS;
  const open = openLines(known);
  return open ? told(data, open.partner, open.lines) : ignore('nothing-to-do');
};

export const backordered = ({ data }: Input<BackorderCreatedData>, states: Fates): Decision => {
  const known = states.partnerOrder(data.orderId);
  if (known.status === 'none') return NOBODYS;
  const open = openLines(known);
  if (!open) return ignore('nothing-to-do');
  const waiting = (lineNo: number): number =>
    data.lines.reduce((sum, line) => (line.lineNo === lineNo ? sum + line.quantity : sum), 0);
  const lines = open.lines.map((line) => ({ ...line, backordered: Math.min(waiting(line.lineNo), line.ordered) }));
  return told(data, open.partner, lines);
};

export const cancelled = ({ data }: Input<OrderCancelledData>, states: Fates): Decision => {
  const known = states.partnerOrder(data.orderId);
  if (known.status === 'none') return NOBODYS;
  return accept(seen(data, { type: 'order-told' }), note(data, known.partner, 'cancelled', { text: data.reason }));
};
