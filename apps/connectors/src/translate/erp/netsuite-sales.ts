/** Invoices, credit memos and orders of NetSuite. */
import type { CanonicalDocument } from '../../canonical/document.js';
import { filled, filledOrNothing } from '../../canonical/filled.js';
import type { CanonicalInvoice, CanonicalInvoiceLine, InvoiceTotals } from '../../canonical/invoice.js';
import type { CanonicalOrder, CanonicalOrderLine } from '../../canonical/order.js';
import type { AllowanceCharge, Party } from '../../canonical/shapes.js';
import { childrenOf, elementAt, textAt, textsOf, type XmlElement } from '../xml/element.js';
import { decimalAt, missing, type Reading } from '../xml/typed.js';
import { addressOf, itemAt, partyAt, referenceOf } from './netsuite-records.js';
import { erpDayAt, erpMoneyAt, piecesAt, PIECE } from './reading.js';

/** By xsi:type, or the name that REST gives it. */
const isOf = (record: XmlElement, type: string): boolean =>
  (record.attributes.type ?? record.name).toLowerCase().endsWith(type.toLowerCase());
const ISO_4217 = /^[A-Z]{3}$/;
/** The currency is a record of the account, named as its owner likes; only an ISO code can be used. */
const currencyOf = (record: XmlElement): string | undefined => {
  const name = textAt(record, 'currencyName') ?? textAt(record, 'currency', 'name');
  return name !== undefined && ISO_4217.test(name) ? name : undefined;
};
const billTo = (record: XmlElement) =>
  addressOf(elementAt(record, 'transactionBillAddress'), 'bill') ?? addressOf(elementAt(record, 'billingAddress'));
const shipTo = (record: XmlElement) =>
  addressOf(elementAt(record, 'transactionShipAddress'), 'ship') ?? addressOf(elementAt(record, 'shippingAddress'));
const linesOf = (record: XmlElement): readonly XmlElement[] => childrenOf(elementAt(record, 'itemList'), 'item');
const numberOf = (reading: Reading, record: XmlElement): string => {
  const number = textAt(record, 'tranId') ?? record.attributes.internalId;
  if (!number) missing(reading, record, 'tranId');
  return number ?? '';
};

const invoiceLineOf = (reading: Reading, line: XmlElement, index: number, currency: string | undefined) =>
  filled<CanonicalInvoiceLine>(
    {
      lineNo: textAt(line, 'line') ?? String(index + 1),
      item: itemAt(line),
      quantity: piecesAt(reading, line, 'quantity') ?? { value: '1', unit: PIECE },
      unitPrice: decimalAt(reading, line, 'rate'),
      amount: erpMoneyAt(reading, currency, line, 'amount'),
      orderLineNo: textAt(line, 'orderLine'),
      taxCategory: referenceOf(elementAt(line, 'taxCode')).name,
      taxPercent: decimalAt(reading, line, 'taxRate1'),
    },
    'item',
  );

const chargesOf = (reading: Reading, record: XmlElement, currency: string | undefined): readonly AllowanceCharge[] =>
  (
    [
      ['discountTotal', 'discount'],
      ['shippingCost', 'shipping'],
      ['handlingCost', 'handling'],
    ] as const
  ).flatMap(([field, reason]) => {
    const amount = erpMoneyAt(reading, currency, record, field);
    if (!amount || amount.minor === 0) return [];
    return [{ charge: amount.minor > 0, reason, amount: { ...amount, minor: Math.abs(amount.minor) } }];
  });

const readInvoice = (reading: Reading, record: XmlElement): CanonicalInvoice => {
  const currency = currencyOf(record);
  const isPurchase = isOf(record, 'VendorBill');
  const other = partyAt(record, 'entity', billTo(record));
  return filled<CanonicalInvoice>(
    {
      number: numberOf(reading, record),
      issued: erpDayAt(reading, record, 'tranDate'),
      due: erpDayAt(reading, record, 'dueDate'),
      currency,
      buyer: isPurchase ? undefined : other,
      seller: isPurchase ? other : undefined,
      deliverTo: filledOrNothing<Party>({ address: shipTo(record) }),
      orderNumber: textAt(record, 'otherRefNum') ?? referenceOf(elementAt(record, 'createdFrom')).name,
      lines: linesOf(record).map((line, index) => invoiceLineOf(reading, line, index, currency)),
      allowanceCharges: chargesOf(reading, record, currency),
      totals: filledOrNothing<InvoiceTotals>({
        lines: erpMoneyAt(reading, currency, record, 'subTotal'),
        tax: erpMoneyAt(reading, currency, record, 'taxTotal'),
        prepaid: erpMoneyAt(reading, currency, record, 'amountPaid'),
        gross: erpMoneyAt(reading, currency, record, 'total') ?? erpMoneyAt(reading, currency, record, 'userTotal'),
        payable:
          erpMoneyAt(reading, currency, record, 'amountRemaining') ?? erpMoneyAt(reading, currency, record, 'total'),
      }),
      terms: referenceOf(elementAt(record, 'terms')).name,
      notes: [...textsOf(record, 'memo'), ...textsOf(record, 'message')],
    },
    'lines',
  );
};
export const invoiceOf = (reading: Reading, record: XmlElement): CanonicalDocument => ({
  kind: 'invoice',
  data: readInvoice(reading, record),
});
export const creditMemoOf = (reading: Reading, record: XmlElement): CanonicalDocument => ({
  kind: 'credit-note',
  data: readInvoice(reading, record),
});

export const orderOf = (reading: Reading, record: XmlElement): CanonicalDocument => {
  const currency = currencyOf(record);
  const isPurchase = isOf(record, 'PurchaseOrder');
  const other = partyAt(record, 'entity', billTo(record));
  const po = textAt(record, 'otherRefNum');
  const lines = linesOf(record).flatMap((line, index): CanonicalOrderLine[] => {
    const quantity = piecesAt(reading, line, 'quantity');
    if (!quantity) return [];
    const { lineNo, item, unitPrice, amount, taxPercent } = invoiceLineOf(reading, line, index, currency);
    return [
      filled<CanonicalOrderLine>({ lineNo, item, quantity, unitPrice, amount, taxPercent, note: undefined }, 'item'),
    ];
  });
  const data = filled<CanonicalOrder>(
    {
      number: numberOf(reading, record),
      purpose: 'original',
      issued: erpDayAt(reading, record, 'tranDate'),
      requestedDate: erpDayAt(reading, record, 'shipDate') ?? erpDayAt(reading, record, 'dueDate'),
      currency,
      buyer: isPurchase ? undefined : other,
      seller: isPurchase ? other : undefined,
      deliverTo: filledOrNothing<Party>({ address: shipTo(record) }),
      references: po === undefined ? [] : [{ kind: 'order', number: po }],
      lines,
      allowanceCharges: chargesOf(reading, record, currency),
      totals: filledOrNothing<NonNullable<CanonicalOrder['totals']>>({
        lines: erpMoneyAt(reading, currency, record, 'subTotal'),
        tax: erpMoneyAt(reading, currency, record, 'taxTotal'),
        payable: erpMoneyAt(reading, currency, record, 'total'),
      }),
      notes: [...textsOf(record, 'memo'), ...textsOf(record, 'message')],
    },
    'lines',
  );
  return { kind: 'order', data };
};
