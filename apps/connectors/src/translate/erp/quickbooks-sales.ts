/** Sales documents and purchase orders of QuickBooks: lines of several kinds, one currency per document. */
import type { CanonicalDocument } from '../../canonical/document.js';
import { filled, filledOrNothing } from '../../canonical/filled.js';
import type { CanonicalInvoice, CanonicalInvoiceLine, InvoiceTotals } from '../../canonical/invoice.js';
import type { CanonicalOrder, CanonicalOrderLine } from '../../canonical/order.js';
import type { AllowanceCharge, Item, Party, TaxSubtotal } from '../../canonical/shapes.js';
import { sumOf } from '../amounts.js';
import { childrenOf, elementAt, textAt, textsOf, type XmlElement } from '../xml/element.js';
import { decimalAt, missing, type Reading } from '../xml/typed.js';
import { addressOf } from './quickbooks-records.js';
import { erpDayAt, erpMoneyAt, piecesAt, PIECE } from './reading.js';

const DETAILS = ['SalesItemLineDetail', 'ItemBasedExpenseLineDetail', 'AccountBasedExpenseLineDetail'];
const detailOf = (line: XmlElement): XmlElement | undefined => line.children.find(({ name }) => DETAILS.includes(name));

/** Lines of items; a group is its own lines, and subtotals, discounts and texts are no lines of goods. */
const goodsIn = (document: XmlElement): readonly XmlElement[] =>
  childrenOf(document, 'Line').flatMap((line) => {
    const group = elementAt(line, 'GroupLineDetail');
    return group ? childrenOf(group, 'Line').filter(detailOf) : detailOf(line) ? [line] : [];
  });

const itemAt = (line: XmlElement): Item => {
  const reference = elementAt(detailOf(line), 'ItemRef');
  const name = reference?.attributes.name ?? textAt(reference, 'name');
  return filled<Item>({
    sellerItem: reference?.text.trim() || undefined,
    description: textAt(line, 'Description') ?? name,
  });
};

const invoiceLineOf = (reading: Reading, line: XmlElement, index: number, currency: string | undefined) => {
  const detail = detailOf(line);
  return filled<CanonicalInvoiceLine>(
    {
      // Ids are unique within a document; line numbers begin anew in each group.
      lineNo: textAt(line, 'Id') ?? String(index + 1),
      item: itemAt(line),
      quantity: piecesAt(reading, detail, 'Qty') ?? { value: '1', unit: PIECE },
      unitPrice: decimalAt(reading, detail, 'UnitPrice'),
      amount: erpMoneyAt(reading, currency, line, 'Amount'),
      taxCategory: textAt(detail, 'TaxCodeRef'),
    },
    'item',
  );
};

const discountsOf = (
  reading: Reading,
  document: XmlElement,
  currency: string | undefined,
): readonly AllowanceCharge[] =>
  childrenOf(document, 'Line').flatMap((line) => {
    const amount = elementAt(line, 'DiscountLineDetail') && erpMoneyAt(reading, currency, line, 'Amount');
    return amount ? [{ charge: false, reason: 'discount', amount }] : [];
  });
const taxesOf = (reading: Reading, document: XmlElement, currency: string | undefined): readonly TaxSubtotal[] =>
  childrenOf(elementAt(document, 'TxnTaxDetail'), 'TaxLine').flatMap((line) => {
    const tax = erpMoneyAt(reading, currency, line, 'Amount');
    const detail = elementAt(line, 'TaxLineDetail');
    if (!tax) return [];
    return filled<TaxSubtotal>({
      percent: decimalAt(reading, detail, 'TaxPercent'),
      taxable: erpMoneyAt(reading, currency, detail, 'NetAmountTaxable'),
      tax,
    });
  });

const partyOf = (document: XmlElement, reference: string, address: string): Party | undefined => {
  const ref = elementAt(document, reference);
  const value = ref?.text.trim();
  return filledOrNothing<Party>({
    ids: value ? [{ scheme: 'quickbooks', value }] : undefined,
    name: ref?.attributes.name ?? textAt(ref, 'name'),
    address: addressOf(elementAt(document, address)),
    email: textAt(document, 'BillEmail', 'Address'),
  });
};

const numberOf = (reading: Reading, document: XmlElement): string => {
  const number = textAt(document, 'DocNumber') ?? textAt(document, 'Id');
  if (number === undefined) missing(reading, document, 'DocNumber');
  return number ?? '';
};

const readInvoice = (reading: Reading, document: XmlElement): CanonicalInvoice => {
  const currency = textAt(document, 'CurrencyRef');
  const lines = goodsIn(document).map((line, index) => invoiceLineOf(reading, line, index, currency));
  const isPurchase = elementAt(document, 'VendorRef') !== undefined;
  const other = partyOf(document, isPurchase ? 'VendorRef' : 'CustomerRef', isPurchase ? 'VendorAddr' : 'BillAddr');
  const shipTo = addressOf(elementAt(document, 'ShipAddr'));
  return filled<CanonicalInvoice>(
    {
      number: numberOf(reading, document),
      type: document.name,
      issued: erpDayAt(reading, document, 'TxnDate'),
      due: erpDayAt(reading, document, 'DueDate'),
      currency,
      buyer: isPurchase ? undefined : other,
      seller: isPurchase ? other : undefined,
      deliverTo: shipTo && { address: shipTo },
      lines,
      allowanceCharges: discountsOf(reading, document, currency),
      taxes: taxesOf(reading, document, currency),
      totals: filledOrNothing<InvoiceTotals>({
        lines: sumOf(lines.map(({ amount }) => amount)),
        tax: erpMoneyAt(reading, currency, document, 'TxnTaxDetail', 'TotalTax'),
        prepaid: erpMoneyAt(reading, currency, document, 'Deposit'),
        payable: erpMoneyAt(reading, currency, document, 'TotalAmt'),
      }),
      terms: textAt(document, 'SalesTermRef'),
      notes: [...textsOf(document, 'CustomerMemo'), ...textsOf(document, 'PrivateNote')],
    },
    'lines',
  );
};
export const invoiceOf = (reading: Reading, document: XmlElement): CanonicalDocument => ({
  kind: 'invoice',
  data: readInvoice(reading, document),
});
export const creditMemoOf = (reading: Reading, document: XmlElement): CanonicalDocument => ({
  kind: 'credit-note',
  data: readInvoice(reading, document),
});

const readOrder = (reading: Reading, document: XmlElement, isPurchase: boolean): CanonicalOrder => {
  const currency = textAt(document, 'CurrencyRef');
  const lines = goodsIn(document).flatMap((line, index) => {
    const { quantity, ...rest } = invoiceLineOf(reading, line, index, currency);
    const { lineNo, item, unitPrice, amount } = rest;
    return filled<CanonicalOrderLine>({ lineNo, item, quantity, unitPrice, amount }, 'item');
  });
  const other = partyOf(document, isPurchase ? 'VendorRef' : 'CustomerRef', isPurchase ? 'VendorAddr' : 'BillAddr');
  const shipTo = addressOf(elementAt(document, 'ShipAddr'));
  return filled<CanonicalOrder>(
    {
      number: numberOf(reading, document),
      purpose: 'original',
      type: document.name,
      issued: erpDayAt(reading, document, 'TxnDate'),
      requestedDate: erpDayAt(reading, document, 'DueDate'),
      currency,
      buyer: isPurchase ? undefined : other,
      seller: isPurchase ? other : undefined,
      deliverTo: shipTo && { address: shipTo },
      lines,
      totals: filledOrNothing<NonNullable<CanonicalOrder['totals']>>({
        lines: sumOf(lines.map(({ amount }) => amount)),
        tax: erpMoneyAt(reading, currency, document, 'TxnTaxDetail', 'TotalTax'),
        payable: erpMoneyAt(reading, currency, document, 'TotalAmt'),
      }),
      notes: [...textsOf(document, 'CustomerMemo'), ...textsOf(document, 'Memo'), ...textsOf(document, 'PrivateNote')],
    },
    'lines',
  );
};
export const purchaseOrderOf = (reading: Reading, document: XmlElement): CanonicalDocument => ({
  kind: 'order',
  data: readOrder(reading, document, true),
});
export const estimateOf = (reading: Reading, document: XmlElement): CanonicalDocument => ({
  kind: 'order',
  data: readOrder(reading, document, false),
});
