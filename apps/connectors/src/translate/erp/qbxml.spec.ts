import type { CanonicalKind } from '../../canonical/document.js';
import { dataOfKind } from '../canonical.builders.js';
import { detect } from '../detect.js';
import { NO_CONTEXT } from '../translation.js';
import { readQuickBooks } from './quickbooks.js';

const bytes = (text: string) => new TextEncoder().encode(text);
const answer = (name: string, content: string, status = 'statusCode="0" statusSeverity="Info"') =>
  `<?xml version="1.0"?><QBXML><QBXMLMsgsRs><${name}Rs ${status}>${content}</${name}Rs></QBXMLMsgsRs></QBXML>`;
const read = (text: string) => readQuickBooks(bytes(text), NO_CONTEXT);
const dataOf = <K extends CanonicalKind>(text: string, kind: K) => dataOfKind(read(text).documents[0]?.canonical, kind);

const line = (kind: string, id: string, item: string, more: string) =>
  `<${kind}LineRet><TxnLineID>${id}</TxnLineID><ItemRef><ListID>80-${id}</ListID><FullName>${item}</FullName></ItemRef>${more}</${kind}LineRet>`;
const HEAD =
  '<TxnID>7D-1</TxnID><CustomerRef><ListID>80-1</ListID><FullName>Contoso</FullName></CustomerRef><TxnDate>2026-01-05</TxnDate><RefNumber>32</RefNumber><PONumber>PO-9</PONumber>';

describe('QBXML of QuickBooks Desktop', () => {
  it('a sales order has the lines of its items, those of groups in their place, and no texts', () => {
    const lines =
      line(
        'SalesOrder',
        '1',
        'Tea',
        '<Quantity>2</Quantity><UnitOfMeasure>cs</UnitOfMeasure><Rate>10.00</Rate><Amount>20.00</Amount>',
      ) +
      '<SalesOrderLineRet><TxnLineID>2</TxnLineID><Desc>Thank you</Desc></SalesOrderLineRet>' +
      `<SalesOrderLineGroupRet><TxnLineID>3</TxnLineID><Quantity>4</Quantity>${line('SalesOrder', '4', 'Cup', '<Quantity>4</Quantity><Rate>1</Rate><Amount>4.00</Amount>')}</SalesOrderLineGroupRet>` +
      line('SalesOrder', '5', 'Freight', '<Amount>7.50</Amount>');
    const ship =
      '<ShipAddress><Addr1>DC 4</Addr1><City>Austin</City><State>TX</State><Country>USA</Country></ShipAddress><ShipDate>2026-01-09</ShipDate>';
    const text = answer(
      'SalesOrderQuery',
      `<SalesOrderRet>${HEAD}${ship}<Subtotal>31.50</Subtotal><TotalAmount>34.10</TotalAmount>${lines}</SalesOrderRet>`,
    );
    expect(detect(bytes(text))).toBe('QuickBooks');
    const order = dataOf(text, 'order');
    expect(order).toMatchObject({
      ...{ number: '32', type: 'SalesOrder', issued: '2026-01-05', requestedDate: '2026-01-09' },
      buyer: { ids: [{ scheme: 'quickbooks', value: '80-1' }], name: 'Contoso' },
      deliverTo: { address: { lines: ['DC 4'], city: 'Austin', region: 'TX', country: 'US' } },
      references: [{ kind: 'order', number: 'PO-9' }],
      totals: { lines: { minor: 3150 }, payable: { minor: 3410 } },
    });
    expect(order.lines.map(({ lineNo, item, quantity }) => [lineNo, item.sellerItem, quantity.value])).toEqual([
      ['1', 'Tea', '2'],
      ['4', 'Cup', '4'],
      ['5', 'Freight', '1'],
    ]);
    expect(order.lines[0]?.quantity).toEqual({ value: '2', unit: 'CS', sentUnit: 'cs' });
  });

  it('an invoice says tax, what was paid and what is left', () => {
    const totals =
      '<Subtotal>100.00</Subtotal><SalesTaxPercentage>8.25</SalesTaxPercentage><SalesTaxTotal>8.25</SalesTaxTotal><AppliedAmount>-20.00</AppliedAmount><BalanceRemaining>88.25</BalanceRemaining>';
    const lines = line('Invoice', '1', 'Desk', '<Quantity>1</Quantity><Rate>100.00</Rate><Amount>100.00</Amount>');
    const text = answer(
      'InvoiceQuery',
      `<InvoiceRet>${HEAD}<CurrencyRef><FullName>USD</FullName></CurrencyRef>${totals}${lines}</InvoiceRet>`,
    );
    const usd = (minor: number) => ({ minor, currency: 'USD' });
    expect(dataOf(text, 'invoice')).toMatchObject({
      ...{ number: '32', orderNumber: 'PO-9', currency: 'USD' },
      taxes: [{ percent: '8.25', tax: usd(825) }],
      totals: { lines: usd(10000), tax: usd(825), prepaid: usd(2000), payable: usd(8825) },
      lines: [{ item: { sellerItem: 'Desk' }, amount: usd(10000) }],
    });
    expect(read(text).documents[0]?.figures).toEqual({ type: 'InvoiceRet', id: '32', lines: 1 });
  });

  it('a purchase order and a bill are from a vendor', () => {
    const vendor = HEAD.replaceAll('CustomerRef', 'VendorRef').replace('Contoso', 'Mill');
    const po = line('PurchaseOrder', '1', 'Tea', '<Quantity>5</Quantity><Rate>25.00</Rate><Amount>125.00</Amount>');
    const order = answer(
      'PurchaseOrderQuery',
      `<PurchaseOrderRet>${vendor}<ExpectedDate>2026-02-01</ExpectedDate><TotalAmount>125.00</TotalAmount>${po}</PurchaseOrderRet>`,
    );
    expect(dataOf(order, 'order')).toMatchObject({ seller: { name: 'Mill' }, requestedDate: '2026-02-01' });
    expect(dataOf(order, 'order').buyer).toBeUndefined();
    const items = line('Item', '1', 'Tea', '<Quantity>5</Quantity><Cost>25.00</Cost><Amount>125.00</Amount>');
    const bill = answer('BillQuery', `<BillRet>${vendor}<AmountDue>125.00</AmountDue>${items}</BillRet>`);
    expect(dataOf(bill, 'invoice')).toMatchObject({
      ...{ seller: { name: 'Mill' }, totals: { payable: { minor: 12500 } } },
      lines: [{ unitPrice: '25', quantity: { value: '5' } }],
    });
  });

  it('customers, items, payments and credits are read, each as what it is', () => {
    const kinds = (text: string) => read(text).documents.map(({ type, canonical }) => [type, canonical?.kind]);
    const customer = '<CustomerRet><ListID>1</ListID><FullName>Keith</FullName><IsActive>true</IsActive></CustomerRet>';
    const item =
      '<ItemInventoryRet><ListID>2</ListID><FullName>Tea</FullName><SalesPrice>85.00</SalesPrice></ItemInventoryRet>';
    const paid =
      '<AppliedToTxnRet><TxnID>9</TxnID><TxnType>Invoice</TxnType><RefNumber>OP1</RefNumber><Amount>112.35</Amount></AppliedToTxnRet>';
    const payment = `<ReceivePaymentRet>${HEAD}<TotalAmount>112.35</TotalAmount>${paid}</ReceivePaymentRet>`;
    const credit = `<CreditMemoRet>${HEAD}<TotalAmount>5.00</TotalAmount></CreditMemoRet>`;
    expect(kinds(answer('Any', customer + item + payment + credit))).toEqual([
      ['CustomerRet', 'party-record'],
      ['ItemInventoryRet', 'catalogue'],
      ['ReceivePaymentRet', 'remittance-advice'],
      ['CreditMemoRet', 'credit-note'],
    ]);
    expect(dataOf(answer('Any', payment), 'remittance-advice').lines).toEqual([
      { lineNo: '1', documentNumber: 'OP1', documentType: 'invoice', paid: { minor: 11235, currency: 'XXX' } },
    ]);
  });

  it('what was refused is a fault, and a document without a number is one', () => {
    const refused = answer(
      'SalesOrderAdd',
      '',
      'statusCode="3140" statusSeverity="Error" statusMessage="Invalid reference"',
    );
    expect(read(refused)).toMatchObject({
      documents: [],
      faults: [{ code: 'refused-by-partner', text: 'QuickBooks refused: 3140, Invalid reference' }],
    });
    const [nameless] = read(answer('SalesOrderQuery', '<SalesOrderRet/>')).documents;
    expect(nameless?.faults).toMatchObject([{ code: 'element-missing' }]);
  });
});
