/** Test data in the words of the business. */
import type {
  AnsweredLine,
  DocumentMappedData,
  OrderAcceptedData,
  OrderCreatedData,
  OrderDocument,
  PartnerProfile,
  PricedLine,
  SavePartnerData,
  TakeDocumentData,
} from '@crossdock/contracts';

export const DAY = '2026-03-02';
export const NOON = `${DAY}T12:00:00.000Z`;

export const aProfile = (more: Partial<PartnerProfile> = {}): PartnerProfile => ({
  name: 'Acme Stores',
  status: 'active',
  identifiers: [{ scheme: 'ZZ', value: 'ACMESTORES' }],
  agreements: [{ standard: 'X12', types: ['850'], direction: 'in', account: 'C1', currency: 'GBP', country: 'GB' }],
  ...more,
});
export const aPartner = (more: Partial<SavePartnerData> = {}): SavePartnerData => ({
  partner: 'ACME',
  author: 'ann',
  validFrom: '2026-01-01',
  profile: aProfile(),
  ...more,
});
export const aDocument = (more: Partial<TakeDocumentData> = {}): TakeDocumentData => ({
  documentId: 'D1',
  fileId: 'F1',
  partner: 'ACME',
  place: 0,
  standard: 'X12',
  type: '850',
  release: '004010',
  control: '0001',
  group: '1',
  interchange: '000000905',
  number: 'PO-1',
  kind: 'order',
  canonical: 'hash-of-it',
  tables: '2026-11-22',
  receivedAt: NOON,
  faults: [],
  ...more,
});
export const anOrder = (more: Partial<OrderDocument> = {}): OrderDocument => ({
  documentNo: 'PO-1',
  account: 'C1',
  currency: 'GBP',
  shipTo: { country: 'GB' },
  lines: [{ lineNo: 1, item: 'TEA', quantity: '6' }],
  ...more,
});
export const aMapping = (more: Partial<DocumentMappedData> = {}): DocumentMappedData => ({
  documentId: 'D1',
  partner: 'ACME',
  outcome: 'done',
  mappingVersion: 0,
  order: anOrder(),
  faults: [],
  ...more,
});
export const aFault = (code = 'cross-reference-missing', text = 'item 4711 is not known') => ({
  code,
  path: 'x',
  text,
});
export const anAnsweredLine = (more: Partial<AnsweredLine> = {}): AnsweredLine => ({
  lineNo: 1,
  item: 'TEA',
  ordered: 6,
  backordered: 0,
  unit: 'EA',
  unitPrice: '2.55',
  ...more,
});

const OF = { orderId: 'O1', orderNo: 'PO-1', account: 'C1' };
const TERMS = { entity: 'UK', currency: 'GBP', orderDate: DAY };
export const aPricedLine = (more: Partial<PricedLine> = {}): PricedLine => ({
  lineNo: 1,
  kind: 'goods',
  item: 'TEA',
  quantity: 6,
  unit: 'EA',
  unitPrice: '2.55',
  net: 1530,
  taxPercent: '20',
  tax: 306,
  ...more,
});
export const anOrderCreated = (channel: string): OrderCreatedData => ({
  ...OF,
  ...TERMS,
  channel,
  shipTo: { country: 'GB' },
  lines: [aPricedLine()],
  net: 1530,
  tax: 306,
  gross: 1836,
});
export const anOrderAccepted = (more: Partial<OrderAcceptedData> = {}): OrderAcceptedData => ({
  ...OF,
  ...TERMS,
  country: 'GB',
  erpOrderNos: ['E1'],
  lines: [aPricedLine()],
  ...more,
});
