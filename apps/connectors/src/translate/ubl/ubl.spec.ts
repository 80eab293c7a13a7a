import type { CanonicalKind } from '../../canonical/document.js';
import { dataOfKind } from '../canonical.builders.js';
import { NO_CONTEXT, type TranslatedDocument, type TranslationContext } from '../translation.js';
import { readUbl } from './ubl.js';

const NS = 'urn:oasis:names:specification:ubl:schema:xsd';
/** A document by its content, with prefixes as they come. */
const ubl = (name: string, content: string): Uint8Array =>
  new TextEncoder().encode(
    `<${name} xmlns="${NS}:${name}-2" xmlns:cac="${NS}:CommonAggregateComponents-2" xmlns:cbc="${NS}:CommonBasicComponents-2">${content}</${name}>`,
  );
/** Roles that one schema or another wants: they stand in every document, empty, unless it says who they are. */
const ROLES = [
  ...['SellerSupplierParty', 'BuyerCustomerParty', 'DespatchSupplierParty', 'DeliveryCustomerParty', 'ProviderParty'],
  ...['AccountingSupplierParty', 'AccountingCustomerParty', 'RetailerCustomerParty', 'InventoryReportingParty'],
  'ReceiverParty',
];
const others = (content: string): string =>
  ROLES.filter((role) => !content.includes(`<cac:${role}>`))
    .map((role) => `<cac:${role}><cac:Party/></cac:${role}>`)
    .join('');
const readAlone = (name: string, content: string, context: TranslationContext = NO_CONTEXT): TranslatedDocument => {
  const [document] = readUbl(ubl(name, content), context).documents;
  if (!document) throw new Error('nothing was read');
  return document;
};
const read = (name: string, content: string, context?: TranslationContext): TranslatedDocument =>
  readAlone(name, content + others(content), context);
const dataOf = <K extends CanonicalKind>(document: TranslatedDocument, kind: K) => {
  return dataOfKind(document.canonical, kind);
};
const codes = ({ faults }: TranslatedDocument) => faults.map(({ code, path }) => `${code} ${path}`);

const HEAD = '<cbc:ID>O-1</cbc:ID><cbc:IssueDate>2026-01-05</cbc:IssueDate>';
const ORDER_REFERENCE = '<cac:OrderReference><cbc:ID>PO-9</cbc:ID></cac:OrderReference>';
const line = (content = '', item = '') =>
  `<cac:OrderLine><cac:LineItem><cbc:ID>1</cbc:ID><cbc:Quantity unitCode="EA">2</cbc:Quantity>${content}<cac:Item>${item}</cac:Item></cac:LineItem></cac:OrderLine>`;

describe('a UBL order', () => {
  it('is read with its parties, prices and wishes', () => {
    const document = read(
      'Order',
      `${HEAD}<cbc:IssueTime>12:30:00</cbc:IssueTime><cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>
       <cac:BuyerCustomerParty><cac:Party><cbc:EndpointID schemeID="0192">987</cbc:EndpointID>
         <cac:PartyIdentification><cbc:ID schemeID="0088">7300010000001</cbc:ID></cac:PartyIdentification>
         <cac:PartyName><cbc:Name>City Hospital</cbc:Name></cac:PartyName></cac:Party></cac:BuyerCustomerParty>
       <cac:Delivery><cac:RequestedDeliveryPeriod><cbc:StartDate>2026-01-09</cbc:StartDate><cbc:EndDate>2026-01-12</cbc:EndDate></cac:RequestedDeliveryPeriod></cac:Delivery>
       ${line(
         '<cbc:LineExtensionAmount currencyID="EUR">25.00</cbc:LineExtensionAmount><cac:Price><cbc:PriceAmount currencyID="EUR">1250.000</cbc:PriceAmount><cbc:BaseQuantity unitCode="EA">100</cbc:BaseQuantity></cac:Price>',
         '<cbc:Name>Tea</cbc:Name><cac:SellersItemIdentification><cbc:ID>TEA</cbc:ID></cac:SellersItemIdentification><cac:StandardItemIdentification><cbc:ID schemeID="0160">4006381333931</cbc:ID></cac:StandardItemIdentification>',
       )}`,
    );
    expect(document.faults).toEqual([]);
    expect(dataOf(document, 'order')).toEqual({
      number: 'O-1',
      purpose: 'original',
      issued: '2026-01-05',
      issuedAt: '2026-01-05T12:30:00',
      requestedDate: '2026-01-12',
      currency: 'EUR',
      buyer: { ids: [{ scheme: '0192', value: '987' }], gln: '7300010000001', name: 'City Hospital' },
      lines: [
        {
          lineNo: '1',
          item: { sellerItem: 'TEA', gtin: '4006381333931', description: 'Tea' },
          quantity: { value: '2', unit: 'EA' },
          unitPrice: '1250',
          per: '100',
          amount: { minor: 2500, currency: 'EUR' },
        },
      ],
    });
  });

  it('may carry any prefix, and stand in an envelope that says who sends it', () => {
    const body = `<sh:StandardBusinessDocument xmlns:sh="http://www.unece.org/cefact/namespaces/StandardBusinessDocumentHeader">
      <sh:StandardBusinessDocumentHeader><sh:Sender><sh:Identifier Authority="iso6523-actorid-upis">0088:1</sh:Identifier></sh:Sender>
      <sh:Receiver><sh:Identifier Authority="iso6523-actorid-upis">0088:2</sh:Identifier></sh:Receiver>
      <sh:DocumentIdentification><sh:InstanceIdentifier>I-1</sh:InstanceIdentifier></sh:DocumentIdentification></sh:StandardBusinessDocumentHeader>
      <o:Order xmlns:o="${NS}:Order-2" xmlns:x="${NS}:CommonBasicComponents-2"><x:ID>O-2</x:ID></o:Order></sh:StandardBusinessDocument>`;
    const interchange = readUbl(new TextEncoder().encode(body), NO_CONTEXT);
    expect([interchange.sender, interchange.receiver, interchange.control]).toEqual(['0088:1', '0088:2', 'I-1']);
    expect(interchange.documents[0]?.number).toBe('O-2');
  });

  it("reads a partner's own units by the agreement", () => {
    const context = { ...NO_CONTEXT, units: { EA: 'CS' } };
    expect(dataOf(read('Order', `${HEAD}${line()}`, context), 'order').lines[0]?.quantity).toEqual({
      value: '2',
      unit: 'CS',
      sentUnit: 'EA',
    });
  });

  it.each([
    ['no number', HEAD.replace('O-1', '') + line(), 'element-missing /Order/ID'],
    ['no day', HEAD.replace('2026-01-05', '') + line(), 'element-missing /Order/IssueDate'],
    ['no line', HEAD, 'element-missing /Order/OrderLine'],
    [
      'no quantity',
      `${HEAD}<cac:OrderLine><cac:LineItem/></cac:OrderLine>`,
      'element-missing /Order/OrderLine/LineItem/Quantity',
    ],
    [
      'a quantity that is none',
      `${HEAD}${line().replace('>2<', '>two<')}`,
      'number-unreadable /Order/OrderLine/LineItem/Quantity',
    ],
    [
      'a decimal comma',
      `${HEAD}${line().replace('>2<', '>2,5<')}`,
      'number-unreadable /Order/OrderLine/LineItem/Quantity',
    ],
    ['a day that does not exist', `${HEAD.replace('01-05', '02-30')}${line()}`, 'date-unreadable /Order/IssueDate'],
  ])('with %s belongs in quarantine, and the rest is still read', (_, content, code) => {
    const document = read('Order', content);
    expect(codes(document)).toEqual([code]);
    expect(document.canonical?.kind).toBe('order');
  });
});

describe('the parties that a schema wants', () => {
  it.each([
    ['Order', 'SellerSupplierParty', 'BuyerCustomerParty'],
    ['OrderChange', 'SellerSupplierParty', 'BuyerCustomerParty'],
    ['OrderCancellation', 'SellerSupplierParty', 'BuyerCustomerParty'],
    ['OrderResponse', 'SellerSupplierParty', 'BuyerCustomerParty'],
    ['OrderResponseSimple', 'SellerSupplierParty', 'BuyerCustomerParty'],
    ['DespatchAdvice', 'DespatchSupplierParty', 'DeliveryCustomerParty'],
    ['ReceiptAdvice', 'DespatchSupplierParty', 'DeliveryCustomerParty'],
    ['Invoice', 'AccountingSupplierParty', 'AccountingCustomerParty'],
    ['CreditNote', 'AccountingSupplierParty', 'AccountingCustomerParty'],
    ['RemittanceAdvice', 'AccountingSupplierParty', 'AccountingCustomerParty'],
    ['Catalogue', 'ProviderParty', 'ReceiverParty'],
    ['InventoryReport', 'RetailerCustomerParty', 'InventoryReportingParty'],
  ])('of %s are %s and %s', (name, ...roles) => {
    const empty = `<cac:${roles[0] ?? ''}/>`;
    const lacking = codes(readAlone(name, HEAD + empty)).filter((code) => code.endsWith('Party'));
    expect(lacking).toEqual(roles.map((role) => `element-missing /${name}/${role}`));
  });
});

describe('changes, cancellations and answers', () => {
  it('a change says what it does to each line', () => {
    const data = dataOf(
      read('OrderChange', `${HEAD}${ORDER_REFERENCE}${line('<cbc:LineStatusCode>2</cbc:LineStatusCode>')}`),
      'order-change',
    );
    expect([data.orderNumber, data.lines[0]?.action, data.lines[0]?.sentAction]).toEqual(['PO-9', 'delete', '2']);
  });
  it('a change in words of UBL 2.0 is read, by the tables of before as they read it then', () => {
    const sent = HEAD + ORDER_REFERENCE + line('<cbc:LineStatusCode>Revised</cbc:LineStatusCode>');
    const action = (context: TranslationContext) =>
      dataOf(read('OrderChange', sent, context), 'order-change').lines[0]?.action;
    expect([action(NO_CONTEXT), action({ ...NO_CONTEXT, tables: '2026-11-22' })]).toEqual(['change', undefined]);
  });
  it('a cancellation says of which order and why', () => {
    const document = read(
      'OrderCancellation',
      `${HEAD}<cbc:CancellationNote>closed</cbc:CancellationNote>${ORDER_REFERENCE}`,
    );
    expect(dataOf(document, 'order-cancellation')).toMatchObject({ orderNumber: 'PO-9', reason: 'closed' });
    expect(codes(read('OrderCancellation', HEAD))).toEqual(['element-missing /OrderCancellation/OrderReference/ID']);
    expect(codes(read('InventoryReport', HEAD))).toEqual(['element-missing /InventoryReport/InventoryReportLine']);
    expect(codes(read('RemittanceAdvice', ''))).toEqual([
      'element-missing /RemittanceAdvice/ID',
      'element-missing /RemittanceAdvice/IssueDate',
      'element-missing /RemittanceAdvice/RemittanceAdviceLine',
    ]);
  });
  it.each([
    ['OrderResponse', '<cbc:OrderResponseCode>CA</cbc:OrderResponseCode>', 'changed'],
    ['OrderResponse', '<cbc:OrderResponseCode>RE</cbc:OrderResponseCode>', 'rejected'],
    ['OrderResponse', '<cbc:ProfileID>urn:fdc:peppol.eu:poacc:bis:order_agreement:3</cbc:ProfileID>', 'accepted'],
    ['OrderResponse', '<cbc:OrderResponseCode>XX</cbc:OrderResponseCode>', undefined],
    ['OrderResponseSimple', '<cbc:AcceptedIndicator>false</cbc:AcceptedIndicator>', 'rejected'],
    ['OrderResponseSimple', '<cbc:AcceptedIndicator>true</cbc:AcceptedIndicator>', 'accepted'],
  ])('an %s with %s means %s', (name, content, status) => {
    expect(dataOf(read(name, `${HEAD}${content}${ORDER_REFERENCE}`), 'order-response').status).toBe(status);
  });
});

describe('goods, money and stock', () => {
  it('a despatch advice tells packages, lots and what is still to come', () => {
    const document = read(
      'DespatchAdvice',
      `${HEAD}${ORDER_REFERENCE}<cac:Shipment><cbc:ID>1</cbc:ID><cac:Delivery><cbc:TrackingID>T1</cbc:TrackingID></cac:Delivery></cac:Shipment>
       <cac:DespatchLine><cbc:ID>1</cbc:ID><cbc:DeliveredQuantity unitCode="EA">8</cbc:DeliveredQuantity><cbc:OutstandingQuantity unitCode="EA">2</cbc:OutstandingQuantity>
       <cac:Item><cac:ItemInstance><cac:LotIdentification><cbc:LotNumberID>L1</cbc:LotNumberID></cac:LotIdentification></cac:ItemInstance></cac:Item>
       <cac:Shipment><cbc:ID>NA</cbc:ID><cac:TransportHandlingUnit><cbc:ID>106141411234567897</cbc:ID></cac:TransportHandlingUnit></cac:Shipment></cac:DespatchLine>`,
    );
    expect(dataOf(document, 'despatch-advice')).toMatchObject({
      orderNumber: 'PO-9',
      trackingNumbers: ['T1'],
      packages: [{ id: '106141411234567897', sscc: '106141411234567897' }],
      lines: [{ outstanding: { value: '2' }, instances: [{ lot: 'L1' }], packages: ['106141411234567897'] }],
    });
  });

  it('a receipt advice tells what came, what was missing and what was refused', () => {
    const document = read(
      'ReceiptAdvice',
      `${HEAD}<cac:DespatchDocumentReference><cbc:ID>D-1</cbc:ID></cac:DespatchDocumentReference><cac:ReceiptLine><cbc:ID>1</cbc:ID><cbc:ReceivedQuantity unitCode="EA">9</cbc:ReceivedQuantity><cbc:ShortQuantity unitCode="EA">1</cbc:ShortQuantity><cbc:RejectedQuantity unitCode="EA">2</cbc:RejectedQuantity></cac:ReceiptLine>`,
    );
    expect(dataOf(document, 'receipt-advice')).toMatchObject({
      despatchNumber: 'D-1',
      lines: [{ received: { value: '9' }, short: { value: '1' }, rejected: { value: '2' } }],
    });
  });

  const invoice = (lines: string, net: string, tax: string, gross: string, payable: string) =>
    `${HEAD}<cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode><cac:TaxTotal><cbc:TaxAmount currencyID="EUR">${tax}</cbc:TaxAmount></cac:TaxTotal>
     <cac:LegalMonetaryTotal><cbc:LineExtensionAmount currencyID="EUR">${lines}</cbc:LineExtensionAmount><cbc:TaxExclusiveAmount currencyID="EUR">${net}</cbc:TaxExclusiveAmount>
     <cbc:TaxInclusiveAmount currencyID="EUR">${gross}</cbc:TaxInclusiveAmount><cbc:PayableAmount currencyID="EUR">${payable}</cbc:PayableAmount></cac:LegalMonetaryTotal>
     <cac:InvoiceLine><cbc:ID>1</cbc:ID><cbc:InvoicedQuantity unitCode="EA">1</cbc:InvoicedQuantity><cbc:LineExtensionAmount currencyID="EUR">100.00</cbc:LineExtensionAmount><cac:Item/></cac:InvoiceLine>`;
  it.each([
    ['add up', invoice('100', '100.00', '20', '120', '120'), []],
    ['miss the lines', invoice('99', '99', '20', '119', '119'), ['LineExtensionAmount']],
    ['miss the net', invoice('100', '90', '20', '110', '110'), ['TaxExclusiveAmount']],
    ['miss the tax', invoice('100', '100', '20', '121', '121'), ['TaxInclusiveAmount']],
    ['miss the payable', invoice('100', '100', '20', '120', '100'), ['PayableAmount']],
  ])('an invoice whose totals %s', (_, content, wrong) => {
    const document = read('Invoice', content);
    expect(codes(document)).toEqual(wrong.map((name) => `totals-differ /Invoice/LegalMonetaryTotal/${name}`));
    expect(document.figures.tax).toBe('20');
  });

  it('an invoice whose lines carry more places than its currency is rounded once', () => {
    const line =
      '<cac:InvoiceLine><cbc:ID>1</cbc:ID><cbc:LineExtensionAmount currencyID="EUR">0.333</cbc:LineExtensionAmount></cac:InvoiceLine>';
    const total =
      '<cac:LegalMonetaryTotal><cbc:LineExtensionAmount currencyID="EUR">1.00</cbc:LineExtensionAmount><cbc:PayableAmount currencyID="EUR">1.00</cbc:PayableAmount></cac:LegalMonetaryTotal>';
    expect(codes(read('Invoice', HEAD + total + line.repeat(3)))).toEqual([]);
  });

  it('a remittance advice names what it pays', () => {
    const document = read(
      'RemittanceAdvice',
      `${HEAD}<cac:RemittanceAdviceLine><cbc:ID>1</cbc:ID><cbc:DebitLineAmount currencyID="GBP">107.50</cbc:DebitLineAmount><cbc:CreditLineAmount currencyID="GBP">7.50</cbc:CreditLineAmount><cac:BillingReference><cac:InvoiceDocumentReference><cbc:ID>INV-1</cbc:ID></cac:InvoiceDocumentReference></cac:BillingReference></cac:RemittanceAdviceLine>`,
    );
    expect(dataOf(document, 'remittance-advice')).toMatchObject({
      amount: { minor: 10_000, currency: 'GBP' },
      lines: [{ documentNumber: 'INV-1', documentType: 'invoice', paid: { minor: 10_000 } }],
    });
  });

  it('a catalogue, an inventory report and a transportation status are read', () => {
    const catalogue = read(
      'Catalogue',
      `${HEAD}<cac:CatalogueLine><cbc:ID>1</cbc:ID><cbc:ActionCode>Update</cbc:ActionCode><cbc:OrderableIndicator>true</cbc:OrderableIndicator><cac:RequiredItemLocationQuantity><cac:Price><cbc:PriceAmount currencyID="EUR">9.50</cbc:PriceAmount></cac:Price></cac:RequiredItemLocationQuantity><cac:Item><cbc:Name>Tea</cbc:Name></cac:Item></cac:CatalogueLine>`,
    );
    expect(dataOf(catalogue, 'catalogue').lines).toEqual([
      {
        lineNo: '1',
        action: 'update',
        item: { description: 'Tea' },
        orderable: true,
        prices: [{ price: '9.5', currency: 'EUR' }],
      },
    ]);
    const stock = read(
      'InventoryReport',
      `${HEAD}<cac:InventoryReportLine><cbc:ID>1</cbc:ID><cbc:Quantity unitCode="EA">-3</cbc:Quantity><cac:Item/></cac:InventoryReportLine>`,
    );
    expect(dataOf(stock, 'inventory-report').lines[0]?.quantities).toEqual([
      { kind: 'on-hand', quantity: { value: '-3', unit: 'EA' } },
    ]);
    const status = read(
      'TransportationStatus',
      `${HEAD}<cac:Consignment><cbc:ID>C1</cbc:ID><cac:TransportHandlingUnit><cbc:ID>U1</cbc:ID><cac:Status><cbc:ConditionCode>4</cbc:ConditionCode></cac:Status></cac:TransportHandlingUnit></cac:Consignment>`,
    );
    expect(dataOf(status, 'transportation-status')).toMatchObject({
      shipmentNumber: 'C1',
      events: [{ code: '4', subject: 'U1' }],
    });
  });
});

describe('a UBL document that is not mapped or not readable', () => {
  it('still has its figures and says that nobody mapped it', () => {
    const document = read('Quotation', `${HEAD}<cac:QuotationLine/>`);
    expect(document.figures).toMatchObject({ type: 'Quotation', id: 'O-1', lines: 1 });
    expect(codes(document)).toEqual(['message-unsupported /Quotation']);
  });
  it('that is no XML is a fault of the file', () => {
    expect(readUbl(new TextEncoder().encode('<Order>'), NO_CONTEXT)).toMatchObject({
      documents: [],
      faults: [{ code: 'document-unreadable' }],
    });
  });
});
