/** IDoc ORDERS and ORDCHG (ORDERS01 to ORDERS05): header E1EDK.., lines E1EDP01. */
import type { CanonicalDocument } from '../../canonical/document.js';
import { filled, filledOrNothing } from '../../canonical/filled.js';
import type { CanonicalOrderCancellation } from '../../canonical/order-cancellation.js';
import type { CanonicalOrderChange, CanonicalOrderChangeLine, LineAction } from '../../canonical/order-change.js';
import type { CanonicalOrder, CanonicalOrderLine } from '../../canonical/order.js';
import type { AllowanceCharge, Reference } from '../../canonical/shapes.js';
import { moneyOf } from '../amounts.js';
import { NO_CURRENCY } from '../edi/reading.js';
import { OWN, type CodeTable } from '../code-table.js';
import { childrenOf, elementAt, textAt, type XmlElement } from '../xml/element.js';
import { decimalAt, meansOf, missing, type Reading } from '../xml/typed.js';
import {
  ADDED,
  CHANGED,
  dayAt,
  itemOf,
  lineNoteOf,
  notesOf,
  partnerOf,
  qualified,
  quantityAt,
  DELETED,
} from './segments.js';

const currencyOf = (reading: Reading, document: XmlElement): string | undefined =>
  textAt(document, 'E1EDK01', 'CURCY') ??
  textAt(document, 'E1EDP01', 'CURCY') ??
  textAt(document, 'E1EDP01', 'WAERS') ??
  reading.context.currency;

/** Condition types (KSCHL) of SAP's own pricing that are the price itself. */
const PRICES = /^(PR0\d|PPR0|PMP0|PB00|PBXX|PN\d\d)$/;
/** Taxes, which have segments of their own, and the cash discount, which is only taken when it is paid early. */
const OTHERS = /^(MW..|SKTO)$/;
const isOnTop = (condition: XmlElement): boolean => {
  const type = textAt(condition, 'KSCHL') ?? '';
  return !PRICES.test(type) && !OTHERS.test(type);
};

/** E1EDK05 and E1EDP05: ALCKZ + is a charge, - an allowance. */
export const conditionsOf = (
  reading: Reading,
  parent: XmlElement,
  name: string,
  currency: string | undefined,
): readonly AllowanceCharge[] =>
  childrenOf(parent, name).flatMap((one) => {
    const amount = moneyOf(decimalAt(reading, one, 'BETRG'), currency ?? NO_CURRENCY);
    if (!amount || amount.minor === 0 || !isOnTop(one)) return [];
    return filled<AllowanceCharge>({
      charge: textAt(one, 'ALCKZ') !== '-',
      code: textAt(one, 'KSCHL'),
      reason: textAt(one, 'KOTXT'),
      amount: { ...amount, minor: Math.abs(amount.minor) },
    });
  });

/** Price of an E1EDP01 (VPREI for PEINH), else that of its price condition (KRATE for UPRBS). */
export const priceOf = (reading: Reading, line: XmlElement): { readonly unitPrice?: string; readonly per?: string } => {
  const own = decimalAt(reading, line, 'VPREI');
  const condition = childrenOf(line, 'E1EDP05').find((one) => PRICES.test(textAt(one, 'KSCHL') ?? ''));
  const [unitPrice, per] =
    own === undefined
      ? [decimalAt(reading, condition, 'KRATE'), decimalAt(reading, condition, 'UPRBS')]
      : [own, decimalAt(reading, line, 'PEINH')];
  return filled({ unitPrice, per: per === '1' || per === '0' ? undefined : per });
};

const lineOf = (reading: Reading, line: XmlElement, index: number, currency: string | undefined) => {
  const quantity = quantityAt(reading, line, 'MENGE', 'MENEE');
  if (!quantity) {
    if (textAt(line, 'MENGE') === undefined) missing(reading, line, 'MENGE');
    return undefined;
  }
  return filled<CanonicalOrderLine>(
    {
      lineNo: textAt(line, 'POSEX') ?? String(index + 1),
      item: itemOf(line, 'buyerItem'),
      quantity,
      ...priceOf(reading, line),
      amount: moneyOf(decimalAt(reading, line, 'NETWR'), currency ?? NO_CURRENCY),
      requestedDate: dayAt(reading, elementAt(line, 'E1EDP20'), 'EDATU'),
      deliverTo: partnerOf(line, 'WE'),
      allowanceCharges: conditionsOf(reading, line, 'E1EDP05', currency),
      note: lineNoteOf(line),
    },
    'item',
  );
};

/** What ACTION of the header is about; a header without one is an order. */
export const PURPOSES: CodeTable<string> = {
  ...OWN,
  list: 'purposes',
  codeSet: 'SAP ACTION, ORDERS05',
  source: 'IDoc type ORDERS05, segment E1EDK01: ACTION',
  example: { sent: '<ACTION>002</ACTION>', code: '002', means: 'change' },
  rows: { [ADDED]: 'original', [CHANGED]: 'change', [DELETED]: 'cancel' },
};

const orderIn = (reading: Reading, document: XmlElement, lines: readonly XmlElement[]): CanonicalOrder => {
  const head = elementAt(document, 'E1EDK01');
  const currency = currencyOf(reading, document);
  const ofCustomer = qualified(document, 'E1EDK02', 'QUALF', '001');
  const customer = textAt(ofCustomer, 'BELNR');
  const own = textAt(head, 'BELNR');
  const number = customer ?? own;
  if (number === undefined) missing(reading, document, 'E1EDK01', 'BELNR');
  const total = qualified(document, 'E1EDS01', 'SUMID', '002');
  const references: Reference[] = own !== undefined && own !== number ? [{ kind: 'order', number: own }] : [];
  return filled<CanonicalOrder>(
    {
      number: number ?? '',
      purpose: meansOf(reading, PURPOSES, textAt(head, 'ACTION')) ?? 'original',
      type: textAt(head, 'BSART'),
      issued:
        dayAt(reading, qualified(document, 'E1EDK03', 'IDDAT', '012', '025'), 'DATUM') ??
        dayAt(reading, ofCustomer, 'DATUM'),
      requestedDate: dayAt(reading, qualified(document, 'E1EDK03', 'IDDAT', '002'), 'DATUM'),
      currency,
      buyer: partnerOf(document, 'AG'),
      seller: partnerOf(document, 'LF'),
      deliverTo: partnerOf(document, 'WE'),
      billTo: partnerOf(document, 'RE', 'RG'),
      references,
      lines: lines.flatMap((line, index) => lineOf(reading, line, index, currency) ?? []),
      allowanceCharges: conditionsOf(reading, document, 'E1EDK05', currency),
      totals: filledOrNothing<NonNullable<CanonicalOrder['totals']>>({
        lines: moneyOf(
          decimalAt(reading, total, 'SUMME'),
          textAt(total, 'WAERQ') ?? textAt(total, 'SUNIT') ?? currency ?? NO_CURRENCY,
        ),
      }),
      notes: notesOf(document),
    },
    'lines',
  );
};

export const readOrders = (reading: Reading, document: XmlElement): CanonicalDocument => {
  const all = childrenOf(document, 'E1EDP01');
  if (all.length === 0) missing(reading, document, 'E1EDP01');
  // An item that was deleted in the sender's order is sent along, and is not ordered.
  const lines = all.filter((line) => textAt(line, 'ACTION') !== DELETED);
  return { kind: 'order', data: orderIn(reading, document, lines) };
};

export const ACTIONS: CodeTable<LineAction> = {
  ...OWN,
  list: 'actions',
  codeSet: 'SAP ACTION, ORDERS05',
  source: 'IDoc type ORDERS05, segment E1EDP01: ACTION',
  example: { sent: '<ACTION>003</ACTION>', code: '003', means: 'delete' },
  rows: { [ADDED]: 'add', [CHANGED]: 'change', [DELETED]: 'delete' },
};
/** ORDCHG holds the order as it is now; ACTION of an item says what became of it. The IDoc's number tells changes apart. */
export const readOrdchg = (reading: Reading, document: XmlElement): CanonicalDocument => {
  const all = childrenOf(document, 'E1EDP01');
  const order = orderIn(reading, document, all);
  const idoc = textAt(document, 'EDI_DC40', 'DOCNUM')?.replace(/^0+(?=.)/, '');
  if (textAt(document, 'E1EDK01', 'ACTION') === DELETED) {
    const { number, issued, buyer, seller, references, notes } = order;
    const data = { number, orderNumber: number, issued, buyer, seller, references, notes };
    return { kind: 'order-cancellation', data: filled<CanonicalOrderCancellation>(data) };
  }
  const lines = order.lines.map((line) => {
    const sent = all.find((one, at) => (textAt(one, 'POSEX') ?? String(at + 1)) === line.lineNo);
    const sentAction = textAt(sent, 'ACTION');
    return filled<CanonicalOrderChangeLine>(
      { ...line, action: meansOf(reading, ACTIONS, sentAction), sentAction },
      'item',
    );
  });
  const number = idoc === undefined ? order.number : `${order.number}/${idoc}`;
  const data = filled<CanonicalOrderChange>(
    { ...order, number, orderNumber: order.number, purpose: 'change', lines },
    'lines',
  );
  return { kind: 'order-change', data };
};
