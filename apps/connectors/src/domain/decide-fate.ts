/** What becomes of partners' orders, heard in their accounts' lanes and carried to the partners'. */
import {
  accept,
  change,
  ignore,
  say,
  type Change,
  type Decision,
  type Input,
  type Ref,
  type Touched,
} from '@crossdock/kernel';
import {
  AdvanceDocument,
  NoteOrder,
  partnerOf,
  type AmendmentAnsweredData,
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
import {
  type FATE_KINDS,
  partnerAccountRefs,
  partnerOrderRef,
  partnerTermsRef,
  type PartnerBuys,
  type PartnerOrderFact,
} from './partner-order.js';

export type Fates = Touched<typeof FATE_KINDS>;

export const touchesFate = ({ data }: Input<OrderEventData>): readonly Ref[] => [
  partnerOrderRef(data.orderId),
  partnerTermsRef(data.orderId),
];
export const touchesCreated = ({ data }: Input<OrderCreatedData>): readonly Ref[] => [
  partnerOrderRef(data.orderId),
  partnerTermsRef(data.orderId),
  ...partnerAccountRefs(data.account),
];

export const NOBODYS = ignore('not-of-a-partner');
type OfOrder = Pick<OrderEventData, 'orderId' | 'orderNo'>;
export const seen = (orderId: string, fact: PartnerOrderFact): Change => change(partnerOrderRef(orderId), fact);
export const note = (
  { orderId, orderNo }: OfOrder,
  partner: string,
  what: NoteOrderData['what'],
  more: Partial<Pick<NoteOrderData, 'refusals' | 'lines' | 'text' | 'shipment' | 'invoice' | 'replaces'>> = {},
) => say(NoteOrder, { partner, orderId, orderNo, what, refusals: [], lines: [], ...more });

export const created = ({ data }: Input<OrderCreatedData>, states: Fates): Decision => {
  const { orderId, account, channel, lines, replaces } = data;
  if (states.partnerOrder(orderId).status !== 'none') return ignore('already-known');
  const partner = partnerOf(channel);
  if (!partner) return accept(seen(orderId, { type: 'order-foreign' }));
  const buys: PartnerBuys = { type: 'partner-buys', partner };
  const accounts = partnerAccountRefs(account).filter(
    ({ id }) => !states.partnerAccount(id).partners.includes(partner),
  );
  return accept(
    seen(orderId, { type: 'order-seen', partner }),
    change(partnerTermsRef(orderId), { type: 'terms-agreed', lines }),
    accounts.map((one) => change(one, buys)),
    note(data, partner, 'taken', replaces ? { replaces } : {}),
  );
};

/** Refused by a check, before there was an order, or for good by the ERP afterwards. */
export const rejected = ({ data }: Input<OrderRejectedData>, states: Fates): Decision => {
  const known = states.partnerOrder(data.orderId);
  const partner = 'partner' in known ? known.partner : partnerOf(data.channel ?? '');
  if (!partner) return NOBODYS;
  const told = note(data, partner, 'refused', { refusals: data.refusals });
  return known.status === 'none' ? accept(told) : accept(seen(data.orderId, { type: 'order-told' }), told);
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
  const { orderId, lines } = data;
  const known = states.partnerOrder(orderId);
  if (!('partner' in known)) return NOBODYS;
  if (known.status === 'told' || known.priced) return ignore('nothing-to-do');
  const agreed = seen(orderId, { type: 'order-priced' });
  if (lines.some(({ kind }) => kind === 'goods')) return accept(agreed);
  // An order of charges only waits for no stock: this is all that will be said of it.
  return accept(agreed, told(data, known.partner, lines.map(answeredLine)));
};
const told = (data: OrderEventData, partner: string, lines: readonly AnsweredLine[]) => [
  seen(data.orderId, { type: 'order-told' }),
  note(data, partner, 'answered', { lines: [...lines] }),
];

/** What is told once, as soon as every line is held or waits. */
const answered = (data: OrderEventData, states: Fates, waiting: (lineNo: number) => number): Decision => {
  const known = states.partnerOrder(data.orderId);
  if (!('partner' in known)) return NOBODYS;
  if (known.status === 'told' || !known.priced) return ignore('nothing-to-do');
  const lines = states
    .partnerTerms(data.orderId)
    .lines.map(answeredLine)
    .map((line) => ({ ...line, backordered: Math.min(waiting(line.lineNo), line.ordered) }));
  return accept(told(data, known.partner, lines));
};
export const allocated = ({ data }: Input<OrderEventData>, states: Fates): Decision => answered(data, states, () => 0);
export const backordered = ({ data }: Input<BackorderCreatedData>, states: Fates): Decision =>
  answered(data, states, (lineNo) =>
    data.lines.reduce((sum, line) => (line.lineNo === lineNo ? sum + line.quantity : sum), 0),
  );

export const cancelled = ({ data }: Input<OrderCancelledData>, states: Fates): Decision => {
  const known = states.partnerOrder(data.orderId);
  if (!('partner' in known)) return NOBODYS;
  if (!data.replacedBy)
    return accept(
      seen(data.orderId, { type: 'order-told' }),
      note(data, known.partner, 'cancelled', { text: data.reason }),
    );
  if (known.status === 'told') return ignore('nothing-to-do');
  // It was changed before its stock was known: its lines were taken, and what is held is told of the one in its place.
  return accept(told(data, known.partner, states.partnerTerms(data.orderId).lines.map(answeredLine)));
};

/** What a partner wanted changed is answered by the order itself; the document that wanted it is named. */
export const touchesAmended = (): readonly Ref[] => [];
export const amended = ({ data }: Input<AmendmentAnsweredData>): Decision => {
  const { amendmentId: documentId, orderId, channel, outcome, refusals, replacedBy, lines = [] } = data;
  const partner = partnerOf(channel);
  if (!partner) return NOBODYS;
  const done = replacedBy ? 'replaced' : 'amended';
  const what = outcome === 'done' ? done : 'amendment-refused';
  return accept(say(AdvanceDocument, { documentId, partner, orderId, what, refusals, lines }));
};
