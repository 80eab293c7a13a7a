/** What ORDERS and ORDCHG share: header and lines of an order, read and written. */
import type { CanonicalOrder, CanonicalOrderLine } from '../../../canonical/order.js';
import { compact, filled, some } from '../../edi/compact.js';
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
import { countSegment, orderedOf, quantityOf, quantitySegment } from './lines.js';
import { locationOf, partyIn, partySegments } from './parties.js';
import { noteSegments, notesOf, referenceSegments, referencesOf } from './references.js';

/** DTM: document date; delivery requested, latest, earliest, promised, despatch requested. */
export const ISSUED = ['137', '4', '3'];
const REQUESTED = ['2', '63', '64', '69', '10', '76'];
/** MOA: total of line items, of tax, of the message. */
const [LINES, TAXES, TOTAL] = ['79', '176', '86'] as const;

/** LOC of a place that goods of a line are delivered to, QTY of its part of them. */
const [PLACE_OF_DELIVERY, SPLIT] = ['7', '11'] as const;
/** Where goods of a line go: to the party or the one place that it names, or to several places, each with its part. */
const destinationsOf = (
  reading: EdifactReading,
  line: Group,
  places: readonly Group[],
): Pick<CanonicalOrderLine, 'deliverTo' | 'deliveries'> => {
  const deliverTo = partyIn(reading, line, 'deliverTo');
  const parts = places.flatMap((place) => {
    const [location, quantity] = [locationOf(reading, place.opening), quantityOf(reading, place.all('QTY'), SPLIT)];
    return location ? [{ deliverTo: location, quantity }] : [];
  });
  const [only, ...others] = parts;
  if (others.length === 0) return compact({ deliverTo: deliverTo ?? only?.deliverTo });
  const deliveries = parts.flatMap(({ deliverTo: to, quantity }) => (quantity ? [{ deliverTo: to, quantity }] : []));
  return compact({ deliverTo, deliveries: some(deliveries) });
};

export const orderLineOf = (reading: EdifactReading, line: Group, at: number): CanonicalOrderLine => {
  const pris = line.of('PRI').map(({ opening }) => opening);
  const places = line.of('LOC').filter(({ opening }) => opening.at(1).trim() === PLACE_OF_DELIVERY);
  return compact<CanonicalOrderLine>({
    lineNo: reading.text(line.opening, 1) ?? String(at + 1),
    item: itemOf(reading, line),
    quantity: orderedOf(reading, line.all('QTY'), '21', '1', '113'),
    ...priceOf(reading, pris),
    amount: amountOf(reading, line.all('MOA'), '203', '128', '66'),
    requestedDate:
      dayBy(reading, line.all('DTM'), ...REQUESTED) ?? dayBy(reading, places[0]?.all('DTM') ?? [], ...REQUESTED),
    ...destinationsOf(reading, line, places),
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
