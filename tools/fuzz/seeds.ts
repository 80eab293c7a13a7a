/** Documents to start from: small ones of every standard, golden files of the translations, a folder of others' where there is one. */
import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { readFolder } from '../conformance/folder.ts';
import { ROOT } from '../stack/files.ts';

export interface Seed {
  readonly name: string;
  /** a carrier's payload, which goes to another door */
  readonly isTracking: boolean;
  readonly bytes: Buffer;
}

const UBL = 'urn:oasis:names:specification:ubl:schema:xsd';
const ubl = (name: string, content: string): string =>
  `<${name} xmlns="${UBL}:${name}-2" xmlns:cac="${UBL}:CommonAggregateComponents-2" xmlns:cbc="${UBL}:CommonBasicComponents-2"><cbc:ID>1</cbc:ID><cbc:IssueDate>2026-01-05</cbc:IssueDate><cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>${content}</${name}>`;
const LINE =
  '<cbc:ID>1</cbc:ID><cbc:InvoicedQuantity unitCode="EA">2</cbc:InvoicedQuantity><cbc:DeliveredQuantity unitCode="EA">2</cbc:DeliveredQuantity><cbc:LineExtensionAmount currencyID="EUR">2.50</cbc:LineExtensionAmount><cac:Item><cbc:Name>Tea</cbc:Name></cac:Item>';

const OWN: Readonly<Record<string, string>> = {
  'x12-850':
    'ISA*00*          *00*          *ZZ*BUYER          *ZZ*SELLER         *260105*1030*U*00401*000000001*0*P*>~GS*PO*BUYER*SELLER*20260105*1030*1*X*004010~ST*850*0001~BEG*00*SA*PO-1**20260105~N1*ST*DC North*92*N1~PO1*1*2*EA*1.25**VP*TEA~CTT*1~SE*6*0001~GE*1*1~IEA*1*000000001~',
  'edifact-orders':
    "UNA:+.? 'UNB+UNOC:3+BUYER:14+SELLER:14+260105:1030+1'UNH+1+ORDERS:D:96A:UN:EAN008'BGM+220+PO-1+9'DTM+137:20260105:102'NAD+BY+5412345000013::9'LIN+1++4006381333931:EN'QTY+21:2:PCE'PRI+AAA:1,25'UNS+S'CNT+2:1'UNT+10+1'UNZ+1+1'",
  'ubl-order': ubl(
    'Order',
    `<cac:BuyerCustomerParty><cac:Party/></cac:BuyerCustomerParty><cac:SellerSupplierParty><cac:Party/></cac:SellerSupplierParty><cac:OrderLine><cac:LineItem><cbc:Quantity unitCode="EA">2</cbc:Quantity>${LINE}</cac:LineItem></cac:OrderLine>`,
  ),
  'ubl-invoice': ubl(
    'Invoice',
    `<cac:LegalMonetaryTotal><cbc:PayableAmount currencyID="EUR">2.50</cbc:PayableAmount></cac:LegalMonetaryTotal><cac:InvoiceLine>${LINE}</cac:InvoiceLine>`,
  ),
  'ubl-despatch': ubl('DespatchAdvice', `<cac:DespatchLine>${LINE}</cac:DespatchLine>`),
  'epcis-json': JSON.stringify({
    type: 'EPCISDocument',
    epcisBody: {
      eventList: [
        {
          type: 'ObjectEvent',
          eventTime: '2026-01-05T10:00:00Z',
          eventTimeZoneOffset: '+00:00',
          action: 'ADD',
          bizStep: 'shipping',
          quantityList: [{ epcClass: 'urn:a', quantity: 2 }],
        },
      ],
    },
  }),
  'epcis-xml':
    '<e:EPCISDocument xmlns:e="urn:epcglobal:epcis:xsd:2"><EPCISBody><EventList><ObjectEvent><eventTime>2026-01-05T10:00:00Z</eventTime><eventTimeZoneOffset>+00:00</eventTimeZoneOffset><action>ADD</action></ObjectEvent></EventList></EPCISBody></e:EPCISDocument>',
  shopify: JSON.stringify({
    order: {
      id: 1,
      name: '#1',
      currency: 'EUR',
      created_at: '2026-01-05T10:00:00Z',
      financial_status: 'paid',
      line_items: [{ id: 2, sku: 'TEA', quantity: 2, price: '1.25' }],
    },
  }),
  woocommerce: JSON.stringify({
    id: 1,
    number: '1',
    currency: 'EUR',
    date_created: '2026-01-05T10:00:00',
    meta_data: [],
    line_items: [{ id: 2, sku: 'TEA', quantity: 2, subtotal: '2.50', total: '2.50' }],
  }),
  bigcommerce: JSON.stringify({
    scope: 'store/order/created',
    hash: 'h',
    created_at: 1767609000,
    data: { type: 'order', id: 250 },
  }),
  amazon: JSON.stringify({
    payload: {
      orders: [
        {
          purchaseOrderNumber: 'P1',
          orderDetails: { items: [{ orderedQuantity: { amount: 2, unitOfMeasure: 'Eaches' } }] },
        },
      ],
    },
  }),
  idoc: '<ORDERS05><IDOC BEGIN="1"><EDI_DC40><MESTYP>ORDERS</MESTYP></EDI_DC40><E1EDK01><BELNR>1</BELNR><CURCY>EUR</CURCY></E1EDK01><E1EDP01><MENGE>2</MENGE><MENEE>ST</MENEE></E1EDP01></IDOC></ORDERS05>',
  quickbooks:
    '<Invoice domain="QBO"><Id>1</Id><TxnDate>2026-01-05</TxnDate><Line><Amount>2.50</Amount><SalesItemLineDetail><Qty>2</Qty></SalesItemLineDetail></Line></Invoice>',
  netsuite:
    '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><s:Body><r xmlns="urn:messages.platform.webservices.netsuite.com"><record xsi:type="x:Invoice" internalId="1"><tranId>1</tranId><total>2.50</total></record></r></s:Body></s:Envelope>',
  crossdock: JSON.stringify({
    documentNo: 'A-1',
    account: 'C1',
    currency: 'EUR',
    shipTo: { country: 'DE' },
    lines: [{ lineNo: 1, item: 'TEA', quantity: '2' }],
  }),
};

/** Large documents mutate slowly and break no differently. */
const SEED_BYTES_MAX = 40_000;

const DOCUMENTS = 'apps/connectors/src/translate/**/golden/*.{edi,xml,x12}';
const PAYLOADS = 'apps/shipment-normalization/src/translate/carriers/*/golden/*.{json,xml}';

const seedOf =
  (folder: string, isTracking: boolean) =>
  (name: string): Seed => ({ name, isTracking, bytes: readFileSync(join(folder, name)) });
const golden = (pattern: string, isTracking: boolean): readonly Seed[] =>
  globSync(pattern, { cwd: ROOT })
    .filter((name) => !name.endsWith('.expected.json'))
    .toSorted()
    .map(seedOf(ROOT, isTracking));

/** Ours, and those of a folder; `generated` ones stand before the folder's, so that it may be left out. */
export const readSeeds = (fixtures: string | undefined, generated: readonly Seed[] = []): readonly Seed[] => {
  const own = [
    ...Object.entries(OWN).map(([name, text]): Seed => ({ name, isTracking: false, bytes: Buffer.from(text) })),
    ...golden(DOCUMENTS, false),
    ...golden(PAYLOADS, true),
    ...generated,
  ];
  if (fixtures === undefined || !existsSync(fixtures)) return own;
  const folder = readFolder(fixtures);
  const small = (file: string): boolean => statSync(join(fixtures, file)).size <= SEED_BYTES_MAX;
  return [
    ...own,
    ...folder.documents.filter(small).map(seedOf(fixtures, false)),
    ...folder.trackings.filter(small).map(seedOf(fixtures, true)),
  ];
};

const SENDERS = [/^ISA(.)(?:[^]*?\1){5}([^]{15})/, /UNB\+[^+]*\+([^+:']+)/, /<(?:\w+:)?EndpointID[^>]*>([^<]{1,60})</];
/** How envelopes call who sent them, each name once. */
export const sendersOf = (seeds: readonly Seed[]): readonly string[] => {
  const found = seeds.flatMap(({ bytes }) => {
    const text = bytes.toString('latin1');
    return SENDERS.flatMap((sign) => sign.exec(text)?.at(-1)?.trim() || []);
  });
  return [...new Set(found)].toSorted();
};
