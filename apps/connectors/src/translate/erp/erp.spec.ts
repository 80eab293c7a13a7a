import type { CanonicalKind } from '../../canonical/document.js';
import { dataOfKind } from '../canonical.builders.js';
import { NO_CONTEXT, type Translation, type TranslationContext } from '../translation.js';
import { readNetSuite } from './netsuite.js';
import { readQuickBooks } from './quickbooks.js';

const read = (translation: Translation, text: string, context: TranslationContext = NO_CONTEXT) =>
  translation(new TextEncoder().encode(text), context);
const dataOf = <K extends CanonicalKind>(translation: Translation, text: string, kind: K, context = NO_CONTEXT) => {
  const [document] = read(translation, text, context).documents;
  return dataOfKind(document?.canonical, kind);
};

const LINE =
  '<Line><Id>1</Id><Description>Tea</Description><Amount>20.00</Amount><SalesItemLineDetail><ItemRef name="Tea">31</ItemRef><UnitPrice>10</UnitPrice><Qty>2</Qty></SalesItemLineDetail></Line>';
const invoice = (name: string, content: string) =>
  `<${name}><Id>7</Id><DocNumber>1001</DocNumber><TxnDate>2026-01-05</TxnDate><CurrencyRef>USD</CurrencyRef>${content}<TotalAmt>20.00</TotalAmt></${name}>`;

describe('QuickBooks', () => {
  it('an invoice has lines of goods only: no subtotals, and the lines of a group', () => {
    const group = `<Line><Id>2</Id><GroupLineDetail>${LINE.replace('<Id>1<', '<Id>3<')}</GroupLineDetail></Line>`;
    const subtotal = '<Line><Amount>20.00</Amount><SubTotalLineDetail/></Line>';
    const data = dataOf(readQuickBooks, invoice('Invoice', LINE + subtotal + group), 'invoice');
    expect(data).toMatchObject({
      number: '1001',
      issued: '2026-01-05',
      totals: { payable: { minor: 2000, currency: 'USD' } },
    });
    expect(data.lines.map(({ lineNo, item, quantity }) => [lineNo, item.sellerItem, quantity.value])).toEqual([
      ['1', '31', '2'],
      ['3', '31', '2'],
    ]);
  });
  it('the same in JSON is the same invoice', () => {
    const json = JSON.stringify({
      Invoice: {
        Id: '7',
        DocNumber: '1001',
        TxnDate: '2026-01-05',
        CurrencyRef: { value: 'USD' },
        Line: [
          {
            Id: '1',
            Description: 'Tea',
            Amount: 20,
            SalesItemLineDetail: { ItemRef: { value: '31', name: 'Tea' }, UnitPrice: 10, Qty: 2 },
          },
        ],
        TotalAmt: 20,
      },
    });
    expect(dataOf(readQuickBooks, json, 'invoice')).toEqual(
      dataOf(readQuickBooks, invoice('Invoice', LINE), 'invoice'),
    );
  });
  it('several entities of one answer are several documents', () => {
    const body = `<IntuitResponse xmlns="http://schema.intuit.com/finance/v3"><QueryResponse>${invoice('Invoice', LINE)}${invoice('CreditMemo', LINE)}</QueryResponse></IntuitResponse>`;
    expect(read(readQuickBooks, body).documents.map(({ canonical }) => canonical?.kind)).toEqual([
      'invoice',
      'credit-note',
    ]);
  });
  it('a deleted document is a notification, not a document', () => {
    expect(
      dataOf(readQuickBooks, '<CreditMemo status="Deleted"><Id>39</Id></CreditMemo>', 'notification'),
    ).toMatchObject({ subjectId: '39', what: 'deleted' });
  });
  it('a purchase order names its vendor as the seller', () => {
    const body = `<PurchaseOrder><Id>8</Id><VendorRef name="Brown">24</VendorRef>${LINE.replaceAll('SalesItemLineDetail', 'ItemBasedExpenseLineDetail')}</PurchaseOrder>`;
    expect(dataOf(readQuickBooks, body, 'order')).toMatchObject({
      number: '8',
      seller: { name: 'Brown' },
      lines: [{ unitPrice: '10' }],
    });
  });
  it('a journal entry has two sides, and a payment what it settles', () => {
    const side = (type: string) =>
      `<Line><Id>0</Id><Amount>20.00</Amount><JournalEntryLineDetail><PostingType>${type}</PostingType><AccountRef>65</AccountRef></JournalEntryLineDetail></Line>`;
    const journal = dataOf(
      readQuickBooks,
      `<JournalEntry><Id>1</Id><CurrencyRef>CAD</CurrencyRef>${side('Debit')}${side('Credit')}</JournalEntry>`,
      'journal',
    );
    expect(journal.lines.map((line) => [line.side, line.amount.minor])).toEqual([
      ['debit', 2000],
      ['credit', 2000],
    ]);
    const payment = `<Payment><Id>9</Id><TotalAmt>40.00</TotalAmt><Line><Amount>40.00</Amount><LinkedTxn><TxnId>7</TxnId><TxnType>Invoice</TxnType></LinkedTxn></Line></Payment>`;
    const context = { ...NO_CONTEXT, currency: 'GBP' };
    expect(dataOf(readQuickBooks, payment, 'remittance-advice', context)).toMatchObject({
      amount: { minor: 4000, currency: 'GBP' },
      lines: [{ documentNumber: '7', documentType: 'invoice', paid: { minor: 4000 } }],
    });
  });
});

const soap = (content: string) =>
  `<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><soapenv:Body>${content}</soapenv:Body></soapenv:Envelope>`;
const record = (type: string, content: string) =>
  soap(
    `<readResponse><status isSuccess="true"/><record internalId="439" xsi:type="t:${type}" xmlns:t="urn:t">${content}</record></readResponse>`,
  );

describe('NetSuite', () => {
  const LINES =
    '<t:itemList><t:item><t:item internalId="217"><name>TEA</name></t:item><t:line>1</t:line><t:quantity>2.0</t:quantity><t:rate>10.0</t:rate><t:amount>20.0</t:amount></t:item></t:itemList>';
  it('an invoice is of the day that is written, in a currency with an ISO code', () => {
    const body = record(
      'Invoice',
      `<t:tranId>2187</t:tranId><t:tranDate>2026-01-05T00:00:00.000-08:00</t:tranDate><t:currency><name>USD</name></t:currency><t:total>20.0</t:total>${LINES}`,
    );
    expect(dataOf(readNetSuite, body, 'invoice')).toMatchObject({
      number: '2187',
      issued: '2026-01-05',
      currency: 'USD',
      lines: [
        {
          item: { sellerItem: 'TEA' },
          quantity: { value: '2' },
          unitPrice: '10',
          amount: { minor: 2000, currency: 'USD' },
        },
      ],
    });
  });
  it('a sales order is an order, and an item fulfilment a despatch', () => {
    expect(
      dataOf(
        readNetSuite,
        record('SalesOrder', `<t:tranId>SO1</t:tranId><t:otherRefNum>PO-9</t:otherRefNum>${LINES}`),
        'order',
      ),
    ).toMatchObject({
      number: 'SO1',
      references: [{ kind: 'order', number: 'PO-9' }],
    });
    expect(
      dataOf(readNetSuite, record('ItemFulfillment', `<t:tranId>IF1</t:tranId>${LINES}`), 'despatch-advice').lines,
    ).toHaveLength(1);
  });
  it('a country of its enumeration is an ISO code', () => {
    const book =
      '<t:addressbookList><t:addressbook><t:defaultShipping>true</t:defaultShipping><t:city>Chicago</t:city><t:country>_unitedStates</t:country></t:addressbook></t:addressbookList>';
    expect(
      dataOf(readNetSuite, record('Customer', `<t:entityId>C1</t:entityId>${book}`), 'party-record').party.address
        ?.country,
    ).toBe('US');
  });
  it('availability may be negative, and says each kind of stock', () => {
    const body = soap(
      '<getItemAvailabilityResult><status isSuccess="true"/><itemAvailabilityList><itemAvailability><item internalId="57"><name>CD-R</name></item><quantityOnHand>-1.0</quantityOnHand><quantityAvailable>0.0</quantityAvailable></itemAvailability></itemAvailabilityList></getItemAvailabilityResult>',
    );
    expect(
      dataOf(readNetSuite, body, 'inventory-report').lines[0]?.quantities.map(({ kind, quantity }) => [
        kind,
        quantity.value,
      ]),
    ).toEqual([
      ['on-hand', '-1'],
      ['available', '0'],
    ]);
  });
  it('a refusal is a fault with the message that it gives', () => {
    const body = soap(
      '<readResponse><status isSuccess="false"><statusDetail type="ERROR"><code>RCRD_DSNT_EXIST</code><message>no such record</message></statusDetail></status></readResponse>',
    );
    const { documents, faults } = read(readNetSuite, body);
    expect([documents, faults.map(({ code, text }) => `${code}: ${text}`)]).toEqual([
      [],
      ['refused-by-partner: NetSuite refused: RCRD_DSNT_EXIST, no such record'],
    ]);
  });
  it('a record that nobody mapped says so', () => {
    expect(read(readNetSuite, record('Opportunity', '')).documents[0]?.faults.map(({ code }) => code)).toEqual([
      'message-unsupported',
    ]);
  });
});
