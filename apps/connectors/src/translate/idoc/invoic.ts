/** IDoc INVOIC (INVOIC01, INVOIC02): header E1EDK.., lines E1EDP01 with their amounts in E1EDP26. */
import type { CanonicalDocument } from '../../canonical/document.js';
import { filled, filledOrNothing } from '../../canonical/filled.js';
import type { CanonicalInvoice, CanonicalInvoiceLine, InvoiceTotals } from '../../canonical/invoice.js';
import type { Money, TaxSubtotal } from '../../canonical/shapes.js';
import { moneyOf } from '../amounts.js';
import { NO_CURRENCY } from '../edi/reading.js';
import { childrenOf, elementAt, textAt, type XmlElement } from '../xml/element.js';
import { decimalAt, missing, type Reading } from '../xml/typed.js';
import { conditionsOf, priceOf } from './orders.js';
import { dayAt, itemOf, notesOf, partnerOf, qualified, quantityAt } from './segments.js';

/** Billing types of SAP that give money back. */
const CREDITS = ['CRME', 'CRMA', 'G2', 'RE'];

const amountOf = (
  reading: Reading,
  parent: XmlElement,
  qualifiers: readonly string[],
  currency: string,
): Money | undefined =>
  moneyOf(decimalAt(reading, qualified(parent, 'E1EDP26', 'QUALF', ...qualifiers), 'BETRG'), currency);

const lineOf = (reading: Reading, line: XmlElement, index: number, currency: string): CanonicalInvoiceLine => {
  const order = qualified(line, 'E1EDP02', 'QUALF', '001');
  const tax = elementAt(line, 'E1EDP04');
  return filled<CanonicalInvoiceLine>(
    {
      lineNo: textAt(line, 'POSEX') ?? String(index + 1),
      item: itemOf(line, 'sellerItem'),
      quantity: quantityAt(reading, line, 'MENGE', 'MENEE') ?? { value: '1', unit: 'EA' },
      ...priceOf(reading, line),
      // 003 net value; 002 the gross of conditions where the sender leaves 003 out.
      amount: amountOf(reading, line, ['003', '002'], currency) ?? moneyOf(decimalAt(reading, line, 'NETWR'), currency),
      orderLineNo: textAt(order, 'ZEILE'),
      orderNumber: textAt(order, 'BELNR'),
      allowanceCharges: conditionsOf(reading, line, 'E1EDP05', currency),
      taxCategory: textAt(tax, 'MWSKZ'),
      taxPercent: decimalAt(reading, tax, 'MSATZ'),
    },
    'item',
  );
};

/** E1EDS01 SUMID: 010 net, 005 tax, 011 gross, 012 to be paid. */
const totalsOf = (reading: Reading, document: XmlElement, currency: string): InvoiceTotals | undefined => {
  const sum = (...ids: string[]) =>
    moneyOf(decimalAt(reading, qualified(document, 'E1EDS01', 'SUMID', ...ids), 'SUMME'), currency);
  return filledOrNothing<InvoiceTotals>({
    net: sum('010'),
    tax: sum('005'),
    gross: sum('011'),
    payable: sum('012', '011'),
  });
};

const taxesOf = (reading: Reading, document: XmlElement, currency: string): readonly TaxSubtotal[] =>
  childrenOf(document, 'E1EDK04').flatMap((one) => {
    const tax = moneyOf(decimalAt(reading, one, 'MWSBT'), currency);
    if (!tax) return [];
    const taxable = moneyOf(decimalAt(reading, one, 'BASWR'), currency);
    return filled<TaxSubtotal>({
      category: textAt(one, 'MWSKZ'),
      percent: decimalAt(reading, one, 'MSATZ'),
      taxable,
      tax,
    });
  });

export const readInvoic = (reading: Reading, document: XmlElement): CanonicalDocument => {
  const head = elementAt(document, 'E1EDK01');
  const currency = textAt(head, 'CURCY');
  const money = currency ?? reading.context.currency ?? NO_CURRENCY;
  const number = textAt(qualified(document, 'E1EDK02', 'QUALF', '009'), 'BELNR') ?? textAt(head, 'BELNR');
  if (number === undefined) missing(reading, document, 'E1EDK01', 'BELNR');
  const lines = childrenOf(document, 'E1EDP01');
  if (lines.length === 0) missing(reading, document, 'E1EDP01');
  const type = textAt(head, 'BSART') ?? textAt(head, 'FKTYP');
  const data = filled<CanonicalInvoice>(
    {
      number: number ?? '',
      type,
      issued: dayAt(reading, qualified(document, 'E1EDK03', 'IDDAT', '026', '012', '011'), 'DATUM'),
      due: dayAt(reading, qualified(document, 'E1EDK03', 'IDDAT', '028'), 'DATUM'),
      currency,
      buyer: partnerOf(document, 'AG', 'RE', 'RG'),
      seller: partnerOf(document, 'RS', 'LF'),
      deliverTo: partnerOf(document, 'WE'),
      billTo: partnerOf(document, 'RE', 'RG'),
      orderNumber: textAt(qualified(document, 'E1EDK02', 'QUALF', '001'), 'BELNR'),
      lines: lines.map((line, index) => lineOf(reading, line, index, money)),
      allowanceCharges: conditionsOf(reading, document, 'E1EDK05', money),
      taxes: taxesOf(reading, document, money),
      totals: totalsOf(reading, document, money),
      terms: textAt(document, 'E1EDK17', 'LKTEXT') ?? textAt(document, 'E1EDK18', 'ZTERM_TXT'),
      notes: notesOf(document),
    },
    'lines',
  );
  return { kind: type !== undefined && CREDITS.includes(type) ? 'credit-note' : 'invoice', data };
};
