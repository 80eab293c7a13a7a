/** One order and one invoice in every standard that carries them: read, they are the same but for what names their source. */
import type { CanonicalInvoice } from '../canonical/invoice.js';
import type { CanonicalOrder } from '../canonical/order.js';
import { NO_CONTEXT, type TranslatedDocument } from './translation.js';
import { translateBytes } from './translate-bytes.js';
import type { CanonicalDocument } from '../canonical/document.js';
import { writeEdifact } from './edifact/write.js';
import { writeInvoice } from './ubl/write/invoice.js';
import { writeX12 } from './x12/write.js';

const AT = '2026-01-06T09:30:00';
const x12 = (type: string, document: CanonicalDocument): string => {
  const addressing = { sender: { id: 'CROSSDOCK' }, receiver: { id: 'ACME' }, control: 1, at: AT };
  return writeX12([{ type, document }], addressing).text;
};
const edifact = (type: string, document: CanonicalDocument): string => {
  const addressing = { sender: { id: 'CROSSDOCK' }, receiver: { id: 'ACME' }, control: '1', at: AT };
  return writeEdifact([{ type, document }], addressing).text;
};

const UBL = 'urn:oasis:names:specification:ubl:schema:xsd';
const read = (body: string | Uint8Array): TranslatedDocument => {
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
  const { interchanges, faults } = translateBytes(bytes, NO_CONTEXT);
  const documents = interchanges.flatMap((one) => one.documents);
  const [document] = documents;
  if (!document || documents.length > 1) throw new Error(`${documents.length} documents; ${JSON.stringify(faults)}`);
  return document;
};
const orderIn = (body: string): CanonicalOrder => {
  const { canonical, faults } = read(body);
  if (canonical?.kind !== 'order') throw new Error(`no order: ${JSON.stringify(faults)}`);
  return canonical.data;
};
const invoiceIn = (body: string | Uint8Array): CanonicalInvoice => {
  const { canonical, faults } = read(body);
  if (canonical?.kind !== 'invoice') throw new Error(`no invoice: ${JSON.stringify(faults)}`);
  return canonical.data;
};

const JSON_ORDER = JSON.stringify({
  documentNo: 'PO-4711',
  account: 'C10001',
  currency: 'USD',
  orderDate: '2026-01-05',
  shipTo: { name: 'DC North', lines: ['1 Dock Road'], city: 'Canton', postcode: '48817', country: 'US' },
  lines: [
    { lineNo: 1, item: 'TEA', description: 'Tea', quantity: '12', unit: 'EA', unitPrice: '1.25' },
    { lineNo: 2, item: 'CUP', description: 'Cup', quantity: '2.5', unit: 'EA', unitPrice: '40' },
  ],
});
const SHOPIFY_ORDER = JSON.stringify({
  order: {
    id: 450789469,
    name: 'PO-4711',
    currency: 'USD',
    created_at: '2026-01-05T09:30:00-05:00',
    financial_status: 'paid',
    customer: { id: 10001 },
    shipping_address: { name: 'DC North', address1: '1 Dock Road', city: 'Canton', zip: '48817', country_code: 'US' },
    line_items: [
      { id: 1, sku: 'TEA', name: 'Tea', quantity: 12, price: '1.25' },
      { id: 2, sku: 'CUP', name: 'Cup', quantity: 2.5, price: '40.00' },
    ],
  },
});
const X12_ORDER = [
  'ISA*00*          *00*          *ZZ*ACME           *ZZ*CROSSDOCK      *260105*0930*U*00401*000000001*0*P*>',
  'GS*PO*ACME*CROSSDOCK*20260105*0930*1*X*004010',
  'ST*850*0001',
  'BEG*00*SA*PO-4711**20260105',
  'CUR*BY*USD',
  'N1*ST*DC North',
  'N3*1 Dock Road',
  'N4*Canton**48817*US',
  'PO1*1*12*EA*1.25**VP*TEA',
  'PID*F****Tea',
  'PO1*2*2.5*EA*40**VP*CUP',
  'PID*F****Cup',
  'CTT*2',
  'SE*12*0001',
  'GE*1*1',
  'IEA*1*000000001',
  '',
].join('~');
const EDIFACT_ORDER = [
  "UNA:+.? '",
  "UNB+UNOC:3+ACME:14+CROSSDOCK:14+260105:0930+1'",
  "UNH+1+ORDERS:D:96A:UN:EAN008'",
  "BGM+220+PO-4711+9'",
  "DTM+137:20260105:102'",
  "NAD+DP+++DC North+1 Dock Road+Canton++48817+US'",
  "CUX+2:USD:9'",
  "LIN+1++TEA:SA'",
  "IMD+F++:::Tea'",
  "QTY+21:12:EA'",
  "PRI+AAA:1.25'",
  "LIN+2++CUP:SA'",
  "IMD+F++:::Cup'",
  "QTY+21:2,5:EA'",
  "PRI+AAA:40'",
  "UNS+S'",
  "CNT+2:2'",
  "UNT+16+1'",
  "UNZ+1+1'",
].join('');
const ublLine = (no: number, item: string, name: string, quantity: string, price: string): string =>
  `<cac:OrderLine><cac:LineItem><cbc:ID>${no}</cbc:ID><cbc:Quantity unitCode="EA">${quantity}</cbc:Quantity><cac:Price><cbc:PriceAmount currencyID="USD">${price}</cbc:PriceAmount></cac:Price><cac:Item><cbc:Name>${name}</cbc:Name><cac:SellersItemIdentification><cbc:ID>${item}</cbc:ID></cac:SellersItemIdentification></cac:Item></cac:LineItem></cac:OrderLine>`;
const UBL_ORDER = `<Order xmlns="${UBL}:Order-2" xmlns:cac="${UBL}:CommonAggregateComponents-2" xmlns:cbc="${UBL}:CommonBasicComponents-2"><cbc:ID>PO-4711</cbc:ID><cbc:IssueDate>2026-01-05</cbc:IssueDate><cbc:DocumentCurrencyCode>USD</cbc:DocumentCurrencyCode>
  <cac:BuyerCustomerParty><cac:Party/></cac:BuyerCustomerParty><cac:SellerSupplierParty><cac:Party/></cac:SellerSupplierParty>
  <cac:Delivery><cac:DeliveryLocation><cac:Address><cbc:StreetName>1 Dock Road</cbc:StreetName><cbc:CityName>Canton</cbc:CityName><cbc:PostalZone>48817</cbc:PostalZone><cac:Country><cbc:IdentificationCode>US</cbc:IdentificationCode></cac:Country></cac:Address></cac:DeliveryLocation><cac:DeliveryParty><cac:PartyName><cbc:Name>DC North</cbc:Name></cac:PartyName></cac:DeliveryParty></cac:Delivery>
  ${ublLine(1, 'TEA', 'Tea', '12', '1.25')}${ublLine(2, 'CUP', 'Cup', '2.50', '40.00')}</Order>`;

/**
 * What names the source and not the order: who sends it under which of its own numbers, what it calls the document, its
 * codes as sent, when to the minute it was written, ids of its own rows.
 */
const SOURCE = ['buyer', 'seller', 'type', 'purpose', 'issuedAt', 'references', 'sentUnit', 'ids', 'totals'];
const withoutSource = (order: CanonicalOrder): unknown =>
  JSON.parse(JSON.stringify(order), (key, value: unknown) => (SOURCE.includes(key) ? undefined : value)) as unknown;

describe('one order', () => {
  const ours = withoutSource(orderIn(JSON_ORDER));
  it('as JSON is what the others are compared with', () => {
    expect(ours).toEqual({
      number: 'PO-4711',
      issued: '2026-01-05',
      currency: 'USD',
      deliverTo: {
        name: 'DC North',
        address: { lines: ['1 Dock Road'], city: 'Canton', postcode: '48817', country: 'US' },
      },
      lines: [
        {
          lineNo: '1',
          item: { sellerItem: 'TEA', description: 'Tea' },
          quantity: { value: '12', unit: 'EA' },
          unitPrice: '1.25',
        },
        {
          lineNo: '2',
          item: { sellerItem: 'CUP', description: 'Cup' },
          quantity: { value: '2.5', unit: 'EA' },
          unitPrice: '40',
        },
      ],
    });
  });
  it.each([
    ['Shopify', SHOPIFY_ORDER],
    ['X12 850', X12_ORDER],
    ['EDIFACT ORDERS', EDIFACT_ORDER],
    ['UBL Order', UBL_ORDER],
    ['X12 850 that we write', x12('850', { kind: 'order', data: orderIn(JSON_ORDER) })],
    ['EDIFACT ORDERS that we write', edifact('ORDERS', { kind: 'order', data: orderIn(JSON_ORDER) })],
  ])('as %s is the same order', (_, body) => {
    expect(withoutSource(orderIn(body))).toEqual(ours);
    expect(read(body).faults).toEqual([]);
  });
});

const eur = (minor: number) => ({ minor, currency: 'EUR' });
const INVOICE: CanonicalInvoice = {
  number: 'INV-1',
  type: '380',
  issued: '2026-01-06',
  currency: 'EUR',
  seller: { name: 'Crossdock' },
  buyer: { name: 'Acme' },
  orderNumber: 'PO-4711',
  lines: [
    {
      lineNo: '1',
      item: { sellerItem: 'TEA' },
      quantity: { value: '12', unit: 'EA' },
      unitPrice: '1.25',
      amount: eur(1500),
    },
    {
      lineNo: '2',
      item: { sellerItem: 'CUP' },
      quantity: { value: '2.5', unit: 'EA' },
      unitPrice: '40',
      amount: eur(10_000),
    },
  ],
  taxes: [{ category: 'S', percent: '20', taxable: eur(11_500), tax: eur(2300) }],
  totals: { lines: eur(11_500), net: eur(11_500), tax: eur(2300), gross: eur(13_800), payable: eur(13_800) },
};
const X12_INVOICE = [
  'ISA*00*          *00*          *ZZ*CROSSDOCK      *ZZ*ACME           *260106*0930*U*00401*000000001*0*P*>',
  'GS*IN*CROSSDOCK*ACME*20260106*0930*1*X*004010',
  'ST*810*0001',
  'BIG*20260106*INV-1**PO-4711',
  'CUR*SE*EUR',
  'IT1*1*12*EA*1.25**VP*TEA',
  'IT1*2*2.5*EA*40**VP*CUP',
  'TDS*13800',
  'TXI*VA*23*20',
  'CTT*2',
  'SE*9*0001',
  'GE*1*1',
  'IEA*1*000000001',
  '',
].join('~');
const EDIFACT_INVOICE = [
  "UNB+UNOC:3+CROSSDOCK:14+ACME:14+260106:0930+1'",
  "UNH+1+INVOIC:D:96A:UN:EAN008'",
  "BGM+380+INV-1+9'",
  "DTM+137:20260106:102'",
  "RFF+ON:PO-4711'",
  "CUX+2:EUR:4'",
  "LIN+1++TEA:SA'",
  "QTY+47:12:EA'",
  "MOA+203:15'",
  "PRI+AAA:1.25'",
  "LIN+2++CUP:SA'",
  "QTY+47:2.5:EA'",
  "MOA+203:100'",
  "PRI+AAA:40'",
  "UNS+S'",
  "CNT+2:2'",
  "MOA+79:115'",
  "MOA+125:115'",
  "MOA+77:138'",
  "MOA+9:138'",
  "TAX+7+VAT+++:::20+S'",
  "MOA+125:115'",
  "MOA+124:23'",
  "UNT+23+1'",
  "UNZ+1+1'",
].join('');

/** What every standard can say: X12 has no sum of lines, and no net amount. */
const amountsOf = ({ totals, lines }: CanonicalInvoice) => ({
  lines: lines.map(({ item, quantity, unitPrice }) => [item.sellerItem, quantity.value, unitPrice]),
  sum: lines.every(({ amount }) => amount)
    ? lines.reduce((all, { amount }) => all + (amount?.minor ?? 0), 0)
    : undefined,
  tax: totals?.tax,
  payable: totals?.payable,
});

describe('one invoice', () => {
  it.each([
    ['UBL Invoice that we write', writeInvoice(INVOICE)],
    ['X12 810', X12_INVOICE],
    ['EDIFACT INVOIC', EDIFACT_INVOICE],
    ['X12 810 that we write', x12('810', { kind: 'invoice', data: INVOICE })],
    ['EDIFACT INVOIC that we write', edifact('INVOIC', { kind: 'invoice', data: INVOICE })],
  ])('as %s has the totals that it has as JSON', (_, body) => {
    const read = invoiceIn(body);
    expect({ ...amountsOf(read), sum: amountsOf(read).sum ?? 11_500 }).toEqual(amountsOf(INVOICE));
    expect([read.number, read.issued, read.currency, read.orderNumber]).toEqual([
      'INV-1',
      '2026-01-06',
      'EUR',
      'PO-4711',
    ]);
  });
});
