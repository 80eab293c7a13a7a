/** What ORDERS and ORDCHG share: header and lines of an order, read and written. */
import type { CanonicalOrder, CanonicalOrderLine } from '../../../canonical/order.js';
import { compact, filled } from '../../edi/compact.js';
import type { Group } from '../message.js';
import type { EdifactReading } from '../reading.js';
import { segment, type Written } from '../writing.js';
import {
  amountOf,
  amountSegment,
  chargeSegments,
  chargesOf,
  currencySegment,
  priceOf,
  priceSegment,
  taxesOf,
  taxPercentOf,
  taxSegment,
  taxSegments,
} from './charges.js';
import { dayBy, daySegment, momentSegment, timeBy } from './dates.js';
import { itemOf, itemSegments } from './items.js';
import { countSegment, orderedOf, quantitySegment } from './lines.js';
import { partyIn, partySegments } from './parties.js';
import { noteSegments, notesOf, referenceSegments, referencesOf } from './references.js';

/** DTM: document date; delivery requested, latest, earliest, promised, despatch requested. */
export const ISSUED = ['137', '4', '3'];
const REQUESTED = ['2', '63', '64', '69', '10', '76'];
/** MOA: total of line items, of tax, of the message. */
const [LINES, TAXES, TOTAL] = ['79', '176', '86'] as const;

export const orderLineOf = (reading: EdifactReading, line: Group, at: number): CanonicalOrderLine => {
  const pris = line.of('PRI').map(({ opening }) => opening);
  return compact<CanonicalOrderLine>({
    lineNo: reading.text(line.opening, 1) ?? String(at + 1),
    item: itemOf(reading, line),
    quantity: orderedOf(reading, line.all('QTY'), '21', '1', '113'),
    ...priceOf(reading, pris),
    amount: amountOf(reading, line.all('MOA'), '203', '128', '66'),
    requestedDate: dayBy(reading, line.all('DTM'), ...REQUESTED),
    deliverTo: partyIn(reading, line, 'deliverTo'),
    allowanceCharges: chargesOf(reading, line),
    taxPercent: taxPercentOf(reading, line),
    note: notesOf(reading, line.all('FTX'))?.join(' '),
  });
};

type Header = Omit<CanonicalOrder, 'number' | 'lines' | 'purpose' | 'type' | 'currency'>;
export const orderHeaderOf = (reading: EdifactReading, message: Group): Header => {
  const summary = message.one('UNS');
  const moas = [...message.all('MOA'), ...(summary?.all('MOA') ?? [])];
  return compact<Header>({
    issued: dayBy(reading, message.all('DTM'), ...ISSUED),
    issuedAt: timeBy(reading, message.all('DTM'), ...ISSUED),
    requestedDate: dayBy(reading, message.all('DTM'), ...REQUESTED),
    buyer: partyIn(reading, message, 'buyer'),
    seller: partyIn(reading, message, 'seller'),
    deliverTo: partyIn(reading, message, 'deliverTo'),
    billTo: partyIn(reading, message, 'billTo'),
    references: referencesOf(reading, message),
    allowanceCharges: chargesOf(reading, message),
    taxes: taxesOf(reading, [...message.of('TAX'), ...(summary?.of('TAX') ?? [])]),
    totals: filled(
      compact<NonNullable<CanonicalOrder['totals']>>({
        lines: amountOf(reading, moas, LINES),
        tax: amountOf(reading, moas, TAXES),
        payable: amountOf(reading, moas, TOTAL, '128', '39'),
      }),
    ),
    notes: notesOf(reading, message.all('FTX')),
  });
};

export const orderHeaderSegments = (order: Omit<CanonicalOrder, 'number' | 'lines'>): readonly Written[] => [
  ...(order.issuedAt ? momentSegment('137', order.issuedAt) : daySegment('137', order.issued)),
  ...daySegment('2', order.requestedDate),
  ...noteSegments(order.notes),
  ...referenceSegments(order.references),
  ...partySegments('buyer', order.buyer),
  ...partySegments('seller', order.seller),
  ...partySegments('deliverTo', order.deliverTo),
  ...partySegments('billTo', order.billTo),
  ...taxSegments(order.taxes),
  ...currencySegment(order.currency, '9'),
  ...chargeSegments(order.allowanceCharges),
];
export const orderLineSegments = (line: CanonicalOrderLine): readonly Written[] => [
  ...itemSegments(line.lineNo, undefined, line.item),
  ...quantitySegment('21', line.quantity),
  ...daySegment('2', line.requestedDate),
  ...amountSegment('203', line.amount),
  ...noteSegments(line.note === undefined ? undefined : [line.note]),
  ...priceSegment(line),
  ...taxSegment(line.taxPercent),
  ...partySegments('deliverTo', line.deliverTo),
  ...chargeSegments(line.allowanceCharges),
];
export const summarySegments = (lines: number, totals: CanonicalOrder['totals']): readonly Written[] => [
  segment('UNS', 'S'),
  ...amountSegment(LINES, totals?.lines),
  ...amountSegment(TAXES, totals?.tax),
  ...amountSegment(TOTAL, totals?.payable),
  countSegment(lines),
];
