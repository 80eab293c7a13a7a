/** Test data in the words of the business: master data, orders, and the answers that an order gets. */
import { derivedId, type Input } from '@crossdock/kernel';
import {
  CancelOrder,
  CreditMemoPosted,
  ErpAnswer,
  InvoicePosted,
  PickConfirmed,
  ShipmentDelivered,
  ShipmentDispatched,
  StockAllocated,
  StockHoldExpired,
  StockHoldFreed,
  StockHoldRestored,
  StockReserved,
  SubmitOrder,
  type BillingPostedData,
  type CustomerChangedData,
  type EntityChangedData,
  type ErpAnswerData,
  type ItemChangedData,
  type Message,
  type NodeChangedData,
  type SubmitOrderData,
  type SubmittedLine,
} from '@crossdock/contracts';

export const ACCOUNT = '17850';
export const NODE = 'DC1';
export const NOW = '2026-03-02T09:00:00.000Z';

/** A message as the road hands it over; everything but contract and data has a default. */
const input = <D>(contract: Message<D>, data: D, more: Partial<Input<D>> = {}): Input<D> => ({
  id: derivedId('test', contract.type, JSON.stringify(data)),
  type: contract.type,
  version: contract.version,
  tenant: 'acme',
  key: contract.key(data),
  data,
  at: NOW,
  actor: { kind: 'system', id: 'test' },
  correlationId: 'correlation-1',
  entityVersion: 1,
  ...more,
});

export const aCustomer = (more: Partial<CustomerChangedData> = {}): CustomerChangedData => ({
  account: ACCOUNT,
  legalName: 'Lantern & Sons',
  status: 'active',
  entity: 'CD-UK',
  currency: 'GBP',
  creditLimit: 1_000_000,
  priceList: 'STANDARD',
  pricing: 'as-sent',
  taxCategory: 'standard',
  shipToCountries: [],
  backorders: 'allowed',
  version: 1,
  ...more,
});
export const anItem = (item: string, more: Partial<ItemChangedData> = {}): ItemChangedData => ({
  item,
  description: item,
  baseUnit: 'EA',
  units: [{ unit: 'CS', numerator: 12, denominator: 1 }],
  status: 'active',
  cost: '1.20',
  nodes: [NODE],
  prices: [{ priceList: 'STANDARD', currency: 'GBP', price: '2.50' }],
  channels: [],
  version: 1,
  ...more,
});
export const aNode = (node: string, more: Partial<NodeChangedData> = {}): NodeChangedData => ({
  node,
  name: node,
  entity: 'CD-UK',
  country: 'GB',
  status: 'active',
  version: 1,
  ...more,
});
export const anEntity = (more: Partial<EntityChangedData> = {}): EntityChangedData => ({
  entity: 'CD-UK',
  legalName: 'Crossdock UK Ltd',
  country: 'GB',
  currency: 'GBP',
  taxRates: [
    { country: 'GB', category: 'standard', percent: '20' },
    { country: '*', category: 'standard', percent: '0' },
  ],
  invoicePrefix: 'INV-',
  creditMemoPrefix: 'CM-',
  version: 1,
  ...more,
});

export const line = (
  lineNo: number,
  item: string,
  quantity: number | string,
  more: Partial<SubmittedLine> = {},
): SubmittedLine => ({
  lineNo,
  item,
  quantity: String(quantity),
  unitPrice: '2.50',
  ...more,
});
export const orderIdOf = (documentNo: string): string => derivedId('acme', 'web', documentNo);

export const anOrder = (
  documentNo = '536365',
  more: Partial<SubmitOrderData> = {},
  about: Partial<Input> = {},
): Input<SubmitOrderData> => {
  const data: SubmitOrderData = {
    orderId: orderIdOf(documentNo),
    channel: 'web',
    contentHash: derivedId('content', documentNo, JSON.stringify(more)),
    documentNo,
    account: ACCOUNT,
    currency: 'GBP',
    shipTo: { country: 'GB' },
    lines: [line(1, 'TEA', 6), line(2, 'POT', 4)],
    ...more,
  };
  return input(SubmitOrder, data, { at: NOW, ...(about as Partial<Input<SubmitOrderData>>) });
};

interface OfOrder {
  readonly documentNo?: string;
  readonly account?: string;
  readonly node?: string;
}
const of = ({ documentNo = '536365', account = ACCOUNT, node = NODE }: OfOrder) => ({
  orderId: orderIdOf(documentNo),
  account,
  node,
});
/** `[line number, item, units]`, and for answers the units that are missing */
export type Units = readonly [lineNo: number, item: string, units: number, missing?: number];
const quantities = (lines: readonly Units[]) => lines.map(([lineNo, item, quantity]) => ({ lineNo, item, quantity }));

export const stockHeld = (lines: readonly Units[], about: OfOrder & { round?: number } = {}) =>
  input(StockReserved, {
    ...of(about),
    answers: 'reserve',
    round: about.round ?? 1,
    lines: lines.map(([lineNo, item, reserved, short = 0]) => ({ lineNo, item, reserved, short })),
  });
/** `[line number, item, units, of them hard]` */
export const backorderFilled = (movementId: string, lines: readonly Units[], about: OfOrder = {}) =>
  input(StockReserved, {
    ...of(about),
    answers: 'backorder',
    movementId,
    lines: lines.map(([lineNo, item, reserved, hard = 0]) => ({
      lineNo,
      item,
      reserved,
      short: 0,
      ...(hard > 0 ? { hard } : {}),
    })),
  });
export const stockAllocated = (fulfilmentId: string, lines: readonly Units[], about: OfOrder = {}) =>
  input(StockAllocated, {
    ...of(about),
    fulfilmentId,
    lines: lines.map(([lineNo, item, quantity, missing = 0]) => ({ lineNo, item, quantity, missing })),
  });
export const holdExpired = (lines: readonly Units[], about: OfOrder = {}) =>
  input(StockHoldExpired, { ...of(about), lines: quantities(lines) });
export const holdFreed = (claim: 'soft' | 'hard', lines: readonly Units[], about: OfOrder = {}) =>
  input(StockHoldFreed, { ...of(about), claim, reason: 'stock-adjusted', lines: quantities(lines) });
/** units that the pick found, and units that it missed, of what had been taken back */
export const holdRestored = (fulfilmentId: string, lines: readonly Units[], about: OfOrder = {}) =>
  input(StockHoldRestored, {
    ...of(about),
    fulfilmentId,
    lines: lines.map(([lineNo, item, quantity, missed = 0]) => ({
      lineNo,
      item,
      quantity,
      ...(missed > 0 ? { missed } : {}),
    })),
  });

export const erpAnswered = (
  outcome: ErpAnswerData['outcome'] = 'done',
  about: OfOrder & { question?: 'register' | 'cancel' } = {},
) => {
  const { orderId, account } = of(about);
  const isRegistered = outcome === 'done' && about.question !== 'cancel';
  const numbers = isRegistered ? { erpOrderNos: ['4500000001'] } : { text: 'the ERP says so' };
  return input(ErpAnswer, { orderId, account, question: about.question ?? 'register', outcome, ...numbers });
};
export const cancelled = (about: OfOrder = {}) => {
  const { orderId, account } = of(about);
  return input(CancelOrder, { orderId, account, reason: 'the customer changed their mind' });
};

export const picked = (fulfilmentId: string, lines: readonly Units[], about: OfOrder & { documentNo2?: string } = {}) =>
  input(PickConfirmed, {
    ...of(about),
    fulfilmentId,
    documentNo: about.documentNo2 ?? 'PICK-1',
    occurredAt: NOW,
    lines: lines.map(([lineNo, item, units, short = 0]) => ({ lineNo, item, picked: units, short })),
  });
export const shipped = (shipmentId: string, fulfilmentId: string, lines: readonly Units[], about: OfOrder = {}) =>
  input(ShipmentDispatched, {
    ...of(about),
    fulfilmentId,
    shipmentId,
    orderNo: about.documentNo ?? '536365',
    dispatchedAt: NOW,
    packages: [
      {
        trackingNo: `T-${shipmentId}`,
        carrier: 'CARRIER',
        contents: lines.map(([lineNo, , quantity]) => ({ lineNo, quantity })),
      },
    ],
    lines: quantities(lines),
  });
export const arrived = (shipmentId: string, fulfilmentId: string, lines: readonly Units[], about: OfOrder = {}) =>
  input(ShipmentDelivered, { ...of(about), fulfilmentId, shipmentId, deliveredAt: NOW, lines: quantities(lines) });

/** A posted invoice of units at 2.50 with 20 % tax, unless amounts are given. */
export const invoiced = (
  documentId: string,
  lines: readonly (readonly [lineNo: number, units: number])[],
  about: OfOrder & { net?: number; tax?: number } = {},
) => {
  const { orderId, account } = of(about);
  const net = about.net ?? lines.reduce((sum, [, units]) => sum + units * 250, 0);
  const tax = about.tax ?? net / 5;
  const data: BillingPostedData = {
    documentId,
    billing: 'invoice',
    entity: 'CD-UK',
    account,
    currency: 'GBP',
    documentDate: '2026-03-02',
    orderId,
    orderNo: about.documentNo ?? '536365',
    net,
    tax,
    gross: net + tax,
    documentNo: `INV-${documentId}`,
    erpDocumentNo: `9${documentId}`,
    postedAt: NOW,
    lines: lines.map(([lineNo, quantity]) => ({ lineNo, quantity, net: 0, tax: 0 })),
  };
  return input(InvoicePosted, data);
};
export const creditMemoPosted = (returnId: string, gross: number, account = ACCOUNT) =>
  input(CreditMemoPosted, {
    documentId: `memo-${returnId}`,
    billing: 'credit-memo',
    entity: 'CD-UK',
    account,
    currency: 'GBP',
    documentDate: '2026-03-02',
    returnId,
    net: gross,
    tax: 0,
    gross,
    documentNo: 'CM-1',
    erpDocumentNo: '95',
    postedAt: NOW,
    lines: [{ lineNo: 1, quantity: 1, net: gross, tax: 0 }],
  });
