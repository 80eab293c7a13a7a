/** UBL Invoice and CreditNote: one shape, other names of lines and quantities. */
import type { CanonicalDocument } from '../../canonical/document.js';
import { filled, filledOrNothing } from '../../canonical/filled.js';
import type { CanonicalInvoice, CanonicalInvoiceLine, InvoiceTotals } from '../../canonical/invoice.js';
import type { Money } from '../../canonical/shapes.js';
import { moneyOf } from '../amounts.js';
import { sum } from '../edi/decimal.js';
import { childrenOf, elementAt, textAt, type XmlElement } from '../xml/element.js';
import { dayAt, decimalAt, type Reading } from '../xml/typed.js';
import {
  allowanceChargesOf,
  DEFAULT_UNIT,
  moneyAt,
  priceAt,
  quantityAt,
  taxOf,
  taxSubtotalsOf,
  withheldOf,
} from './amounts.js';
import { deliverToOf, itemOf, notesOf, partyOf, referencesOf } from './parties.js';
import { totalsFaults } from './totals.js';

interface Names {
  readonly line: string;
  readonly quantity: string;
  readonly type: string;
}
const NAMES: Readonly<Record<'invoice' | 'credit-note', Names>> = {
  invoice: { line: 'InvoiceLine', quantity: 'InvoicedQuantity', type: 'InvoiceTypeCode' },
  'credit-note': { line: 'CreditNoteLine', quantity: 'CreditedQuantity', type: 'CreditNoteTypeCode' },
};

/** An invoice line of a service may come without a quantity: it is one. */
const lineOf = (reading: Reading, line: XmlElement, index: number, names: Names): CanonicalInvoiceLine => {
  const tax = elementAt(line, 'Item', 'ClassifiedTaxCategory');
  return filled<CanonicalInvoiceLine>(
    {
      lineNo: textAt(line, 'ID') ?? String(index + 1),
      item: itemOf(elementAt(line, 'Item')),
      quantity: quantityAt(reading, line, names.quantity) ?? { value: '1', unit: DEFAULT_UNIT },
      ...priceAt(reading, line),
      amount: moneyAt(reading, line, 'LineExtensionAmount'),
      orderLineNo: textAt(line, 'OrderLineReference', 'LineID'),
      orderNumber: textAt(line, 'OrderLineReference', 'OrderReference', 'ID'),
      allowanceCharges: allowanceChargesOf(reading, line),
      taxCategory: textAt(tax, 'ID'),
      taxPercent: decimalAt(reading, tax, 'Percent'),
    },
    'item',
  );
};

/** OIOUBL 2 puts the sum of the taxes where others put the amount without them. */
const isTaxedByName = (root: XmlElement): boolean => textAt(root, 'CustomizationID')?.startsWith('OIOUBL-2') === true;

const totalsOf = (reading: Reading, root: XmlElement): InvoiceTotals | undefined => {
  const total = elementAt(root, 'LegalMonetaryTotal');
  return filledOrNothing<InvoiceTotals>({
    lines: moneyAt(reading, total, 'LineExtensionAmount'),
    allowances: moneyAt(reading, total, 'AllowanceTotalAmount'),
    charges: moneyAt(reading, total, 'ChargeTotalAmount'),
    net: isTaxedByName(root) ? undefined : moneyAt(reading, total, 'TaxExclusiveAmount'),
    tax: taxOf(reading, root),
    gross: moneyAt(reading, total, 'TaxInclusiveAmount'),
    prepaid: moneyAt(reading, total, 'PrepaidAmount'),
    rounding: moneyAt(reading, total, 'PayableRoundingAmount'),
    payable: moneyAt(reading, total, 'PayableAmount'),
  });
};

/** Exact, from what stands there; undefined when a line has no amount. */
const sumOfLines = (data: CanonicalInvoice, lines: readonly XmlElement[]): Money | undefined => {
  const texts = lines.flatMap((line) => textAt(line, 'LineExtensionAmount') ?? []);
  const currency = data.totals?.lines?.currency;
  return data.lines.every(({ amount }) => amount) ? moneyOf(sum(texts), currency) : undefined;
};

const read =
  (kind: 'invoice' | 'credit-note') =>
  (reading: Reading, root: XmlElement): CanonicalDocument => {
    const names = NAMES[kind];
    const lines = childrenOf(root, names.line);
    const data = filled<CanonicalInvoice>(
      {
        number: textAt(root, 'ID') ?? '',
        type: textAt(root, names.type),
        issued: dayAt(reading, root, 'IssueDate'),
        due: dayAt(reading, root, 'DueDate') ?? dayAt(reading, root, 'PaymentMeans', 'PaymentDueDate'),
        currency: textAt(root, 'DocumentCurrencyCode'),
        buyer: partyOf(elementAt(root, 'AccountingCustomerParty')),
        seller: partyOf(elementAt(root, 'AccountingSupplierParty')),
        deliverTo: deliverToOf(elementAt(root, 'Delivery')),
        billTo: partyOf(elementAt(root, 'BuyerCustomerParty')),
        remitTo: partyOf(elementAt(root, 'PayeeParty')),
        orderNumber: textAt(root, 'OrderReference', 'ID'),
        references: referencesOf(reading, root),
        lines: lines.map((line, index) => lineOf(reading, line, index, names)),
        allowanceCharges: allowanceChargesOf(reading, root),
        taxes: taxSubtotalsOf(reading, root),
        totals: totalsOf(reading, root),
        terms: textAt(root, 'PaymentTerms', 'Note'),
        notes: notesOf(root),
      },
      'lines',
    );
    const sums = { sumOfLines: sumOfLines(data, lines), withheld: withheldOf(reading, root) };
    reading.faults.push(...totalsFaults(data, root.name, sums));
    return { kind, data };
  };
export const readInvoice = read('invoice');
export const readCreditNote = read('credit-note');
