/** What 850 and 860 share: header, parties and lines of an order, read and written. */
import type { CanonicalOrder, CanonicalOrderLine } from '../../../canonical/order.js';
import type { DecimalText } from '../../../canonical/shapes.js';
import { digitsOfDay, digitsOfTime } from '../../edi/calendar.js';
import { compact, filled } from '../../edi/compact.js';
import { sum } from '../../edi/decimal.js';
import type { X12Loop } from '../message.js';
import type { X12Reading } from '../reading.js';
import type { X12Segment } from '../segment.js';
import { segment, type Written } from '../writing.js';
import {
  amountOf,
  amountSegment,
  chargeSegments,
  chargesOf,
  currencySegment,
  taxPercentOf,
  taxPercentSegment,
  taxSegments,
  taxesOf,
} from './charges.js';
import { descriptionSegments, descriptionsOf, itemCells, itemOf } from './items.js';
import {
  basisOf,
  dayBy,
  daySegment,
  lineAmountOf,
  perOf,
  priceOf,
  quantityCells,
  scheduledDay,
  storesOf,
  type StoreQuantity,
} from './lines.js';
import { partyIn, partySegments } from './parties.js';
import { noteSegments, notesOf, referenceSegments, referencesOf, referencesOfLoops } from './references.js';

/** Delivery requested, requested for delivery, requested ship, must arrive by, ship not before. */
const REQUESTED = ['002', '074', '063', '010', '118', '037'];
/** DTM with the moment of the order. */
const ORDERED = '004';

/** Where a line of an order has its number, quantity, price and item pairs. */
export interface LineElements {
  readonly quantity: number;
  readonly unit: readonly [element: number, component?: number];
  readonly price: number;
  readonly basis: number;
  readonly item: number;
  /** a line must say how many, if only by its schedules (SCH) or stores (SDQ) */
  readonly scheduled?: boolean;
}

const storesIn = (reading: X12Reading, line: X12Loop): readonly StoreQuantity[] =>
  line.all('SDQ').flatMap((sdq) => storesOf(reading, sdq));
/** Where the goods of a line go: to the one place that it names, or to several stores, each with its part. */
const destinationsOf = (reading: X12Reading, line: X12Loop): Pick<CanonicalOrderLine, 'deliverTo' | 'deliveries'> => {
  const deliverTo = partyIn(reading, line, 'deliverTo');
  const stores = storesIn(reading, line);
  const [only, ...others] = stores;
  if (!only) return deliverTo ? { deliverTo } : {};
  if (others.length === 0) return { deliverTo: deliverTo ?? only.location };
  return {
    ...(deliverTo ? { deliverTo } : {}),
    deliveries: stores.map(({ location, quantity }) => ({ deliverTo: location, quantity })),
  };
};

/** Sum of the stores or schedules of a line that has no quantity of its own; a fault when there are none. */
const scheduledOf = (reading: X12Reading, line: X12Loop, { quantity }: LineElements): DecimalText => {
  const stores = storesIn(reading, line).map((one) => one.quantity.value);
  const schedules = line.of('SCH').map(({ opening }) => reading.decimal(opening, 1));
  const said = [stores, schedules]
    .map((list) => list.filter((one) => one !== undefined))
    .find((list) => list.length > 0);
  if (said) return sum(said);
  reading.needed(line.opening, line.opening.tag, quantity);
  return '0';
};

export const orderLineOf = (
  reading: X12Reading,
  line: X12Loop,
  at: number,
  elements: LineElements,
): CanonicalOrderLine => {
  const { opening } = line;
  const quantity = reading.quantity(opening, elements.quantity, elements.unit) ?? {
    value: elements.scheduled ? scheduledOf(reading, line, elements) : '0',
    ...reading.unit(opening, ...elements.unit),
  };
  const [price, per] = [priceOf(reading, line, elements.price), perOf(reading, opening, elements.basis)];
  const descriptions = descriptionsOf(
    reading,
    line.of('PID').map((pid) => pid.opening),
  );
  return compact<CanonicalOrderLine>({
    lineNo: reading.text(opening, 1) ?? String(at + 1),
    item: itemOf(reading, [opening, ...line.all('LIN')], elements.item, descriptions),
    quantity,
    unitPrice: price,
    per,
    amount: lineAmountOf(reading, line),
    requestedDate: dayBy(reading, line.all('DTM'), ...REQUESTED) ?? scheduledDay(reading, line),
    ...destinationsOf(reading, line),
    allowanceCharges: chargesOf(reading, line, { quantity: quantity.value, price, per }),
    taxPercent: taxPercentOf(reading, line.first('TXI')),
    note: notesOf(reading, line)?.join(' '),
  });
};

type Header = Omit<CanonicalOrder, 'number' | 'lines' | 'purpose' | 'type' | 'issued'>;
export const orderHeaderOf = (reading: X12Reading, set: X12Loop): Header => {
  const summary = set.one('CTT');
  const amts = [...set.of('AMT'), ...(summary?.of('AMT') ?? [])].map(({ opening }) => opening);
  const amounts: readonly X12Segment[] = [...set.all('AMT'), ...(summary?.all('AMT') ?? []), ...amts];
  const ordered = set.all('DTM').find((dtm) => dtm.at(1).trim() === ORDERED);
  return compact<Header>({
    issuedAt: ordered && ordered.at(3) !== '' ? reading.dateTime(ordered, 2, 3, 4) : undefined,
    requestedDate: dayBy(reading, set.all('DTM'), ...REQUESTED),
    buyer: partyIn(reading, set, 'buyer'),
    seller: partyIn(reading, set, 'seller'),
    deliverTo: partyIn(reading, set, 'deliverTo'),
    billTo: partyIn(reading, set, 'billTo'),
    references: referencesOf(reading, [...set.all('REF'), ...referencesOfLoops(set)]),
    allowanceCharges: chargesOf(reading, set),
    taxes: taxesOf(reading, set.all('TXI')),
    totals: filled(
      compact<NonNullable<CanonicalOrder['totals']>>({
        lines: amountOf(reading, amounts, '1'),
        tax: amountOf(reading, amounts, 'T'),
        payable: amountOf(reading, amounts, 'TT'),
      }),
    ),
    notes: notesOf(reading, set),
  });
};

export const orderHeaderSegments = (order: Header): readonly Written[] => [
  ...currencySegment('BY', order.currency),
  ...referenceSegments(
    'REF',
    order.references?.filter(({ day }) => day === undefined),
  ),
  ...chargeSegments(order.allowanceCharges),
  ...daySegment('DTM', '002', order.requestedDate),
  ...momentSegments(order.issuedAt),
  ...taxSegments(order.taxes),
  ...referenceSegments(
    'REF',
    order.references?.filter(({ day }) => day !== undefined),
  ),
  ...noteSegments(order.notes),
  ...partySegments('buyer', order.buyer),
  ...partySegments('seller', order.seller),
  ...partySegments('deliverTo', order.deliverTo),
  ...partySegments('billTo', order.billTo),
];
/** The moment of an order or answer, beside the day that its first segment has. */
export const momentSegments = (at: string | undefined): readonly Written[] =>
  at === undefined ? [] : [segment('DTM', ORDERED, digitsOfDay(at), digitsOfTime(at), zone(at))];
const zone = (dateTime: string): string | undefined => (dateTime.endsWith('Z') ? 'UT' : undefined);

/** Elements of a PO1 (POC) from its quantity on; `per` other than a hundred or a thousand has no code in X12. */
export const pricedCells = (line: {
  readonly unitPrice?: DecimalText;
  readonly per?: DecimalText;
}): readonly (string | undefined)[] => [line.unitPrice, line.unitPrice && (basisOf(line.per) ?? 'PE')];

/** Segments of a line after its PO1 or POC. */
export const orderLineSegments = (line: CanonicalOrderLine): readonly Written[] => [
  ...descriptionSegments(line.item),
  ...daySegment('DTM', '002', line.requestedDate),
  ...taxPercentSegment(line.taxPercent),
  ...chargeSegments(line.allowanceCharges),
  ...noteSegments(line.note === undefined ? undefined : [line.note]),
  ...partySegments('deliverTo', line.deliverTo),
  ...amountSegment('1', line.amount),
];
export const orderLine = (tag: 'PO1', line: CanonicalOrderLine): readonly Written[] => [
  segment(tag, line.lineNo, ...quantityCells(line.quantity), ...pricedCells(line), ...itemCells(line.item)),
  ...orderLineSegments(line),
];
export const totalSegments = (totals: CanonicalOrder['totals']): readonly Written[] => [
  ...amountSegment('1', totals?.lines),
  ...amountSegment('T', totals?.tax),
  ...amountSegment('TT', totals?.payable),
];
