/** A document in our own numbers goes on its way: an order is handed on, a change of one asked for. */
import {
  accept,
  change,
  derivedId,
  ignore,
  say,
  type Decision,
  type Input,
  type Output,
  type Ref,
} from '@crossdock/kernel';
import {
  AmendOrder,
  documentIdOf,
  keyOf,
  partnerChannel,
  partnerOf,
  TakeOrder,
  TakeInboundAdvice,
  TakeReceipt,
  TakeShippingAdvice,
  TakeStockReport,
  TakeTracking,
  type DocumentBookedData,
  type DocumentMappedData,
  type MadeBy,
  type MappedAmendment,
  type MappedInbound,
  type MappedReceipt,
  type MappedReport,
  type MappedTracking,
  type OrderDocument,
  type ShippingAdvice,
} from '@crossdock/contracts';
import { documentRef, sentOrderRef, type KnownDocument, type SentOrder } from './document.js';
import {
  applied,
  caseOver,
  documentCase,
  documentChange,
  faultsOf,
  madeByOf,
  quarantine,
  stepped,
} from './document-course.js';
import type { PartnerStates } from './touched.js';

type Mapped = Input<DocumentMappedData>;
/** The order under the partner's number for it. */
const orderIdOf = ({ tenant, data }: Mapped, orderNumber: string): string =>
  documentIdOf(tenant, partnerChannel(data.partner), orderNumber);

export const touchesMapped = (input: Mapped): readonly Ref[] => {
  const { documentId, order, amendment } = input.data;
  const number = order?.documentNo ?? amendment?.orderNumber;
  return [
    documentRef(documentId),
    documentCase(documentId),
    ...(number === undefined ? [] : [sentOrderRef(orderIdOf(input, number))]),
  ];
};

/** Kinds that always ask something of us. */
const ASKING = new Set(['order', 'order-change', 'order-cancellation']);

export const mapped = (input: Mapped, states: PartnerStates): Decision => {
  const { data, at } = input;
  const { documentId, outcome, faults, order, amendment, receipt, inbound, report, shipping, tracking, idle } = data;
  const document = states.document(documentId);
  if (document.status !== 'validated') return ignore('nothing-to-do');
  if (outcome === 'unanswered') return ignore('still-asked');
  if (faults.length > 0) return accept(quarantine(document, at, faults));
  if (order) return handOn(input, document, order, states.sentOrder(orderIdOf(input, order.documentNo)));
  if (amendment) return amend(input, document, amendment, states.sentOrder(orderIdOf(input, amendment.orderNumber)));
  if (receipt) return book(input, document, receipt);
  if (inbound) return awaitGoods(input, document, inbound);
  if (report) return compare(input, document, report);
  if (shipping) return ship(input, document, shipping);
  if (tracking) return track(input, document, tracking);
  if (ASKING.has(document.kind ?? '') && idle === undefined) {
    const failed = { code: 'mapping-failed', path: '', text: 'the mapping gave nothing' };
    return accept(quarantine(document, at, [failed]));
  }
  // Nothing is agreed to come of it, or nothing is to be done: kept for those who ask for it.
  const { mappingVersion } = data;
  return accept(
    documentChange(documentId, { type: 'document-mapped', at, mappingVersion, ...(idle ? { text: idle } : {}) }),
    caseOver(documentId, { how: 'resolved', at }),
    stepped({ ...document, mappingVersion }, 'mapped'),
  );
};

const handOn = (input: Mapped, document: KnownDocument, order: OrderDocument, sent: SentOrder): Decision => {
  const { data, at } = input;
  const { documentId, partner, mappingVersion } = data;
  const orderId = orderIdOf(input, order.documentNo);
  const contentHash = derivedId('order', JSON.stringify(order));
  if ((sent.status === 'sent' || sent.status === 'taken') && sent.documentId !== documentId) {
    if (sent.contentHash !== contentHash) {
      const text = `order ${order.documentNo} came by document ${sent.documentId} with other content`;
      return accept(quarantine(document, at, [{ code: 'document-changed', path: 'number', text }]));
    }
    const text = `order ${order.documentNo} came by document ${sent.documentId} already`;
    const about = { ...document, orderId };
    return accept(
      documentChange(documentId, { type: 'document-known-before', at, text }),
      caseOver(documentId, { how: 'resolved', at }),
      stepped(about, 'deduplicated', 'already-known'),
    );
  }
  const channel = partnerChannel(partner);
  return accept(
    documentChange(documentId, { type: 'document-mapped', at, mappingVersion, orderId }),
    change(sentOrderRef(orderId), { type: 'order-sent', documentId, contentHash, account: order.account }),
    say(TakeOrder, {
      ...{ ...order, orderId, channel, contentHash, source: `document ${documentId}` },
      ...madeByOf({ ...document, mappingVersion }),
    }),
    stepped({ ...document, orderId, mappingVersion }, 'mapped'),
  );
};

/** Whether it can still be done, the order alone knows; here it is only found. */
const amend = (
  input: Mapped,
  document: KnownDocument,
  { orderNumber, wish, reason, change: wanted }: MappedAmendment,
  sent: SentOrder,
): Decision => {
  const { data, at } = input;
  const { documentId, partner, mappingVersion } = data;
  if (sent.status === 'none' || sent.status === 'refused' || sent.account === undefined) {
    const text = `${orderNumber} is no order that was taken from ${partner}`;
    return accept(quarantine(document, at, [{ code: 'order-not-found', path: 'orderNumber', text }]));
  }
  const orderId = orderIdOf(input, orderNumber);
  return accept(
    documentChange(documentId, { type: 'document-mapped', at, mappingVersion, orderId }),
    say(AmendOrder, {
      ...{ amendmentId: documentId, orderId, account: sent.account },
      ...{ channel: partnerChannel(partner), wish, reason },
      ...(wanted ? { change: wanted } : {}),
      ...madeByOf({ ...document, mappingVersion }),
    }),
    stepped({ ...document, orderId, mappingVersion }, 'mapped'),
  );
};

/** It goes to whoever decides about it, under the partner's name, and waits for the answer that names this document. */
const handed = (
  { data: { documentId, partner, mappingVersion }, at }: Mapped,
  document: KnownDocument,
  told: (from: { occurredAt: string; channel: string; sourceId: string; madeBy?: MadeBy }) => Output,
  orderId?: string,
): Decision => {
  const order = orderId === undefined ? {} : { orderId };
  return accept(
    documentChange(documentId, { type: 'document-mapped', at, mappingVersion, ...order }),
    told({
      ...{ occurredAt: document.receivedAt, channel: partnerChannel(partner), sourceId: documentId },
      ...madeByOf({ ...document, mappingVersion }),
    }),
    stepped({ ...document, ...order, mappingVersion }, 'mapped'),
  );
};
/** Two partners may give the same number. */
const numberOf = ({ data }: Mapped, { documentNo }: { readonly documentNo: string }): string =>
  keyOf(data.partner, documentNo);

/** Goods are booked at their node under the partner's name and number, once, and answered by `document-booked`. */
const book = (input: Mapped, document: KnownDocument, receipt: MappedReceipt): Decision => {
  const documentNo = numberOf(input, receipt);
  const receiptId = derivedId('receipt', input.tenant, receipt.node, documentNo);
  return handed(input, document, (from) => say(TakeReceipt, { ...receipt, receiptId, documentNo, ...from }));
};

/** Goods on their way are expected at their node until a receipt names them, and answered as a receipt is. */
const awaitGoods = (input: Mapped, document: KnownDocument, inbound: MappedInbound): Decision =>
  handed(input, document, (from) =>
    say(TakeInboundAdvice, { ...inbound, documentNo: numberOf(input, inbound), ...from }),
  );

/** Stock of ours that the partner has is held against the books, and answered as a receipt is. */
const compare = (input: Mapped, document: KnownDocument, report: MappedReport): Decision =>
  handed(input, document, (from) => say(TakeStockReport, { ...report, documentNo: numberOf(input, report), ...from }));

/** What left of a warehouse order is picked and shipped there, all of it or nothing, and answered by `shipping-advice-answered`. */
const ship = (input: Mapped, document: KnownDocument, shipping: ShippingAdvice): Decision =>
  handed(input, document, (from) => say(TakeShippingAdvice, { ...shipping, ...from }), shipping.orderId);

/** What a carrier says of packages is kept for each of them, known or not yet: nobody has to answer. */
const track = ({ data, at }: Mapped, document: KnownDocument, tracking: readonly MappedTracking[]): Decision => {
  const { documentId, partner, mappingVersion } = data;
  return accept(
    documentChange(documentId, { type: 'document-mapped', at, mappingVersion }),
    tracking.map((told) => say(TakeTracking, { ...told, source: partnerChannel(partner), deliveryId: documentId })),
    applied({ ...document, mappingVersion }, at),
  );
};

/** The answer of whoever booked it. */
type Booked = Pick<DocumentBookedData, 'sourceId' | 'channel' | 'outcome' | 'refusals'>;
export const touchesBooked = ({ data }: Input<Booked>): readonly Ref[] => [
  documentRef(data.sourceId),
  documentCase(data.sourceId),
];
/** `then`: what comes of it besides, once it is booked. */
export const bookedOf = (
  { data, at }: Input<Booked>,
  states: PartnerStates,
  then: (document: KnownDocument) => readonly Output[] = () => [],
): Decision => {
  const { sourceId, channel, outcome, refusals } = data;
  if (partnerOf(channel) === undefined) return ignore('not-of-a-partner');
  const document = states.document(sourceId);
  if (document.status !== 'mapped') return ignore('nothing-to-do');
  if (outcome === 'refused') return accept(quarantine(document, at, faultsOf(refusals)));
  return accept(applied(document, at), then(document));
};
