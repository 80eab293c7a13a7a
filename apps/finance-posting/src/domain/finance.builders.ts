/** Test data in business words: everything has a default, a test names what it is about. Entity CD-UK, GBP, 20 % VAT. */
import { derivedId, lineAmount, percentOf, type Input } from '@crossdock/kernel';
import {
  EntityChanged,
  ItemChanged,
  MovementRecorded,
  NodeChanged,
  OrderAccepted,
  PostingAnswer,
  ReturnReceived,
  ShipmentDispatched,
  type CreditedLine,
  type LineKind,
  type Message,
  type MovementLine,
  type MovementRecordedData,
  type OrderAcceptedData,
  type PostingAnswerData,
  type PricedLine,
  type PostToErpData,
  type ReturnReceivedData,
  type ShipmentDispatchedData,
} from '@crossdock/contracts';

export const MORNING = '2026-03-02T09:00:00.000Z';
export const BATCH = 'batch-1';

/** A message as the road hands it over. Its id is of its content: the same fact under another id takes `more.id`. */
export const heard = <D>(contract: Message<D>, data: D, more: Partial<Input<D>> = {}): Input<D> => ({
  id: derivedId('test', contract.type, JSON.stringify(data)),
  type: contract.type,
  version: contract.version,
  tenant: 'acme',
  key: contract.key(data),
  data,
  at: MORNING,
  actor: { kind: 'system', id: 'wms' },
  correlationId: 'correlation-1',
  batchId: BATCH,
  entityVersion: 1,
  ...more,
});

export const anEntityChanged = (entity = 'CD-UK', currency = 'GBP') =>
  heard(EntityChanged, {
    entity,
    legalName: 'Crossdock UK Ltd',
    country: 'GB',
    currency,
    taxRates: [{ country: '*', category: 'zero', percent: '0' }],
    invoicePrefix: 'UK-I',
    creditMemoPrefix: 'UK-C',
    version: 1,
  });
export const anItemChanged = (item: string, cost: string, version = 1) =>
  heard(ItemChanged, {
    item,
    description: item,
    baseUnit: 'EA',
    units: [],
    status: 'active',
    cost,
    nodes: ['LDN'],
    prices: [],
    channels: [],
    version,
  });
export const aNodeChanged = (node = 'LDN', entity = 'CD-UK') =>
  heard(NodeChanged, { node, name: node, entity, country: 'GB', status: 'active', version: 1 });

interface LineOf {
  readonly item?: string;
  readonly quantity?: number;
  readonly unitPrice?: string;
  readonly taxPercent?: string;
  readonly kind?: LineKind;
}
/** An order line; net and tax follow from quantity, price and rate. */
export const aLine = (lineNo: number, line: LineOf = {}): PricedLine => {
  const { item = `ITEM-${lineNo}`, quantity = 10, unitPrice = '25.00', taxPercent = '20', kind = 'goods' } = line;
  const net = lineAmount(unitPrice, String(quantity));
  const tax = percentOf(net, taxPercent);
  return { lineNo, kind, item, quantity, unit: 'EA', unitPrice, net, taxPercent, tax };
};
export const aFreightLine = (lineNo: number, amount: string, taxPercent = '0'): PricedLine =>
  aLine(lineNo, { item: 'POST', kind: 'freight', quantity: 1, unitPrice: amount, taxPercent });
export const aChargeLine = (lineNo: number, amount: string, taxPercent = '0'): PricedLine =>
  aLine(lineNo, { item: 'M', kind: 'charge', quantity: 1, unitPrice: amount, taxPercent });

export const anOrderAccepted = (data: Partial<OrderAcceptedData> = {}, more: Partial<Input<OrderAcceptedData>> = {}) =>
  heard(
    OrderAccepted,
    {
      orderId: 'order-1',
      orderNo: '536365',
      account: '17850',
      entity: 'CD-UK',
      currency: 'GBP',
      orderDate: '2010-12-01',
      country: 'GB',
      erpOrderNos: ['SO-1'],
      lines: [aLine(1)],
      ...data,
    },
    more,
  );

/** `left` is what went out: line number to quantity. */
export const aShipmentDispatched = (
  left: Readonly<Record<number, number>>,
  data: Partial<ShipmentDispatchedData> = {},
  more: Partial<Input<ShipmentDispatchedData>> = {},
) => {
  const contents = Object.entries(left).map(([lineNo, quantity]) => ({ lineNo: Number(lineNo), quantity }));
  return heard(
    ShipmentDispatched,
    {
      shipmentId: 'shipment-1',
      fulfilmentId: 'fulfilment-1',
      orderId: 'order-1',
      orderNo: '536365',
      account: '17850',
      node: 'LDN',
      dispatchedAt: MORNING,
      packages: [{ trackingNo: 'T1', carrier: 'easypost', contents }],
      lines: contents.map((line) => ({ ...line, item: `ITEM-${line.lineNo}` })),
      ...data,
    },
    more,
  );
};

const credited = ({ lineNo, kind, item, quantity, unitPrice, net, taxPercent, tax }: PricedLine): CreditedLine => ({
  lineNo,
  kind,
  item,
  quantity,
  unitPrice,
  net,
  taxPercent,
  tax,
});
export const aReturnReceived = (
  lines: readonly PricedLine[] = [aLine(1, { quantity: 2 })],
  data: Partial<ReturnReceivedData> = {},
  more: Partial<Input<ReturnReceivedData>> = {},
) =>
  heard(
    ReturnReceived,
    {
      returnId: 'return-1',
      returnNo: 'C536379',
      account: '17850',
      entity: 'CD-UK',
      currency: 'GBP',
      returnDate: '2010-12-01',
      node: 'LDN',
      referenced: false,
      lines: lines.map(credited),
      ...data,
    },
    more,
  );

export const aMovementLine = (lineNo: number, line: Partial<MovementLine> = {}): MovementLine => ({
  lineNo,
  item: `ITEM-${lineNo}`,
  sellable: 0,
  picked: 0,
  quarantine: 0,
  inTransit: 0,
  ...line,
});
export const aMovementRecorded = (
  data: Partial<MovementRecordedData> = {},
  more: Partial<Input<MovementRecordedData>> = {},
) =>
  heard(
    MovementRecorded,
    {
      movementId: 'movement-1',
      movement: 'receipt-posted',
      node: 'LDN',
      documentNo: 'R-1',
      occurredAt: MORNING,
      postingDate: '2010-12-01',
      lines: [aMovementLine(1, { sellable: 100 })],
      ...data,
    },
    more,
  );

/** The ERP's answer to a question that was asked. */
export const anAnswerTo = (
  question: PostToErpData,
  answer: Partial<PostingAnswerData> = {},
  more: Partial<Input<PostingAnswerData>> = {},
) =>
  heard(
    PostingAnswer,
    {
      documentId: question.documentId,
      entity: question.entity,
      documentDate: question.documentDate,
      lineCount: question.lines.length,
      outcome: 'done',
      erpDocumentNo: `ERP-${question.documentNo}`,
      ...answer,
    },
    more,
  );
