/** What 855 and 865 share: the seller's answer to an order or a change, read and written. */
import type { LineAction } from '../../../canonical/order-change.js';
import type {
  CanonicalOrderResponse,
  CanonicalOrderResponseLine,
  LineStatus,
  ResponseStatus,
} from '../../../canonical/order-response.js';
import { all, meantBy, OWN, type CodeTable, type ReadBy } from '../../code-table.js';
import { digitsOfDay } from '../../edi/calendar.js';
import { compact, filled } from '../../edi/compact.js';
import { sum } from '../../edi/decimal.js';
import type { X12Loop } from '../message.js';
import type { X12Reading } from '../reading.js';
import type { X12Segment } from '../segment.js';
import { segment, type Cell, type Written } from '../writing.js';
import { amountSegment, currencySegment } from './charges.js';
import { descriptionSegments, descriptionsOf, itemCells, itemOf } from './items.js';
import { dayBy, daySegment, lineAmountOf, perOf, priceOf, quantityCells, scheduledDay } from './lines.js';
import { momentSegments, orderHeaderOf, pricedCells, totalSegments, type LineElements } from './orders.js';
import { partySegments } from './parties.js';
import { noteSegments, notesOf, referenceSegments } from './references.js';

/** What BAK02 and BCA02 say of the whole order. */
export const STATUSES: CodeTable<ResponseStatus> = {
  ...OWN,
  list: 'answers',
  codeSet: 'X12 587, 004010',
  source: 'X12 data element dictionary, acknowledgment type',
  example: { sent: 'BAK*00*AD*4501*20260105', code: 'AD', means: 'accepted' },
  rows: {
    ...all('accepted', 'AD AP AT'),
    ...all('changed', 'AC AE'),
    ...all('acknowledged', 'AH AK'),
    ...all('rejected', 'RD RF RJ'),
  },
};
const STATUS_CODES: Readonly<Record<ResponseStatus, string>> = {
  acknowledged: 'AK',
  accepted: 'AD',
  changed: 'AC',
  rejected: 'RD',
};
/** What ACK01 says of a line; every R is a rejection. */
export const LINE_STATUSES: CodeTable<LineStatus> = {
  ...OWN,
  list: 'answers',
  codeSet: 'X12 668, 004010',
  source: 'X12 data element dictionary, line item status code',
  example: { sent: 'ACK*IQ*30*EA*068*20260112', code: 'IQ', means: 'changed' },
  rows: {
    ...{ AC: 'delivered', IS: 'substituted' },
    ...all('accepted', 'AR IA IE SP'),
    ...all('backordered', 'BP IB'),
    ...all('changed', 'DR IC IP IQ'),
    ...all('rejected', 'ID IR'),
  },
};
const LINE_CODES: Readonly<Record<LineStatus, string>> = {
  accepted: 'IA',
  changed: 'IC',
  rejected: 'IR',
  backordered: 'IB',
  substituted: 'IS',
  added: 'IC',
  delivered: 'AC',
};
/** POC02 of an 865 line without an ACK. CA, changes to line items, says nothing of what becomes of the line. */
export const CHANGE_STATUSES: CodeTable<LineStatus> = {
  ...OWN,
  list: 'answers',
  codeSet: 'X12 670, 004010',
  source: 'X12 data element dictionary, change or response type code',
  example: { sent: 'POC*1*DI*5*5*EA', code: 'DI', means: 'rejected' },
  rows: { NC: 'accepted', DI: 'rejected', AI: 'added', ...all('changed', 'CT PC PQ PR QD QI RQ RS RZ') },
};
/** What the buyer wanted of the line that is answered (POC02); ACK01 says whether it is done. */
const ACTION_CODES: Readonly<Record<LineAction, string>> = { add: 'AI', change: 'CA', delete: 'DI', none: 'NC' };
/** Part is confirmed, the balance waits: the acknowledgement of the part. */
const PART_BACKORDERED = 'BP';
const BACKORDERED = 'IB';
/** Current schedule delivery; scheduled for shipment, estimated delivery, promised for delivery and for shipment. */
const PROMISED = ['067', '068', '017', '069', '070', '079', '002'];

export const responseStatusOf = (sent: string | undefined, by?: ReadBy): ResponseStatus | undefined =>
  meantBy(STATUSES, sent, by);
export const responseCode = ({ status, sentStatus }: CanonicalOrderResponse): string => {
  if (sentStatus !== undefined && responseStatusOf(sentStatus) === status) return sentStatus;
  return status === undefined ? 'AK' : STATUS_CODES[status];
};
const lineStatusOf = (sent: string | undefined, by?: ReadBy): LineStatus | undefined => {
  if (sent === undefined) return undefined;
  return meantBy(LINE_STATUSES, sent, by) ?? (/^R\d$/.test(sent) ? 'rejected' : undefined);
};

/** One line, and one more for each further part that is answered in another way (later, elsewhere, not at all). */
export const responseLinesOf = (
  reading: X12Reading,
  line: X12Loop,
  at: number,
  elements: LineElements,
): readonly CanonicalOrderResponseLine[] => {
  const acks = [...line.deep('ACK')];
  const whole = responseLineOf(reading, line, { at, acks, elements });
  const { lineNo, orderLineNo, item, unitPrice, per } = whole;
  const [, ...parts] = acks.filter((ack) => ack.at(1).trim() !== BACKORDERED && ack.at(2).trim() !== '');
  const others = parts.map((ack) => {
    const sentStatus = reading.text(ack, 1);
    return compact<CanonicalOrderResponseLine>({
      ...{ lineNo, orderLineNo, item, unitPrice, per, sentStatus },
      status: lineStatusOf(sentStatus, reading.context),
      substitute: ack.at(1).trim() === 'IS' ? filled(itemOf(reading, ack, 7)) : undefined,
      quantity: reading.quantity(ack, 2, [3]),
      promisedDate: reading.day(ack, 5),
    });
  });
  return [whole, ...others];
};

interface Acknowledged {
  readonly at: number;
  readonly acks: readonly X12Segment[];
  readonly elements: LineElements;
}
const responseLineOf = (
  reading: X12Reading,
  line: X12Loop,
  { at, acks, elements }: Acknowledged,
): CanonicalOrderResponseLine => {
  const { opening } = line;
  const main = acks.find((ack) => ack.at(1).trim() !== BACKORDERED);
  const waiting = acks.find((ack) => ack.at(1).trim() === BACKORDERED);
  const [first] = acks;
  const change = opening.tag === 'POC' && !first ? reading.text(opening, 2) : undefined;
  const changed = reading.means(CHANGE_STATUSES, change);
  const sentStatus = reading.text(first, 1) ?? (changed === undefined ? undefined : change);
  const lineNo = reading.text(opening, 1);
  const ordered = reading.quantity(opening, elements.quantity, elements.unit);
  const substitute = main?.at(1).trim() === 'IS' ? filled(itemOf(reading, main, 7)) : undefined;
  const promised = acks.find((ack) => ack.at(5).trim() !== '');
  return compact<CanonicalOrderResponseLine>({
    lineNo: lineNo ?? String(at + 1),
    orderLineNo: lineNo,
    status: lineStatusOf(reading.text(first, 1), reading.context) ?? changed,
    sentStatus,
    item: itemOf(
      reading,
      [opening, ...line.all('LIN')],
      elements.item,
      descriptionsOf(
        reading,
        line.of('PID').map((pid) => pid.opening),
      ),
    ),
    substitute,
    quantity: main ? (reading.quantity(main, 2, [3]) ?? ordered) : waiting ? undefined : ordered,
    backordered: reading.quantity(waiting, 2, [3]),
    unitPrice: priceOf(reading, line, elements.price),
    per: perOf(reading, opening, elements.basis),
    amount: lineAmountOf(reading, line),
    promisedDate: promised
      ? reading.day(promised, 5)
      : (dayBy(reading, line.all('DTM'), ...PROMISED) ?? scheduledDay(reading, line)),
    note: notesOf(reading, line)?.join(' '),
  });
};

type Header = Omit<CanonicalOrderResponse, 'number' | 'orderNumber' | 'issued' | 'status' | 'sentStatus' | 'lines'>;
export const responseHeaderOf = (reading: X12Reading, set: X12Loop): Header => {
  const { buyer, seller, deliverTo, references, totals, notes, issuedAt } = orderHeaderOf(reading, set);
  const promisedDate = dayBy(reading, set.all('DTM'), ...PROMISED);
  return compact<Header>({ buyer, seller, deliverTo, references, totals, notes, issuedAt, promisedDate });
};

const acknowledgements = (line: CanonicalOrderResponseLine): readonly Written[] => {
  const { status, sentStatus, quantity, backordered, promisedDate, substitute } = line;
  const day: readonly Cell[] = promisedDate ? [PROMISED[0], digitsOfDay(promisedDate)] : [undefined, undefined];
  const usual = status && (lineStatusOf(sentStatus) === status ? sentStatus : LINE_CODES[status]);
  const waits = backordered && segment('ACK', BACKORDERED, ...quantityCells(backordered), ...(quantity ? [] : day));
  const isPart = waits !== undefined && quantity !== undefined;
  const code = isPart && status === 'backordered' ? PART_BACKORDERED : usual;
  const isConfirmed = code !== undefined && (quantity !== undefined || !waits);
  const pairs = substitute ? [undefined, ...itemCells(substitute)] : [];
  const confirmed = isConfirmed ? [segment('ACK', code, ...quantityCells(quantity), ...day, ...pairs)] : [];
  return [...confirmed, ...(waits ? [waits] : [])];
};

/** Cells of the ordered quantity: what is confirmed and what waits. */
const orderedCells = ({ quantity, backordered }: CanonicalOrderResponseLine): readonly Cell[] => {
  const base = quantity ?? backordered;
  if (!base) return quantityCells(undefined);
  const parts = [quantity, backordered].filter((part) => part !== undefined).map(({ value }) => value);
  return quantityCells({ ...base, value: sum(parts) });
};

export const responseLine = (line: CanonicalOrderResponseLine): readonly Written[] => [
  segment('PO1', line.orderLineNo ?? line.lineNo, ...orderedCells(line), ...pricedCells(line), ...itemCells(line.item)),
  ...responseLineSegments(line),
];
export const changedLine = (line: CanonicalOrderResponseLine): readonly Written[] => {
  const [quantity, unit] = orderedCells(line);
  const number = line.orderLineNo ?? line.lineNo;
  return [
    segment(
      'POC',
      number,
      ACTION_CODES[line.action ?? 'change'],
      quantity,
      undefined,
      unit,
      ...pricedCells(line),
      ...itemCells(line.item),
    ),
    ...responseLineSegments(line),
  ];
};
const responseLineSegments = (line: CanonicalOrderResponseLine): readonly Written[] => {
  const hasAck = line.status !== undefined || line.backordered !== undefined;
  return [
    ...descriptionSegments(line.item),
    ...(hasAck ? [] : daySegment('DTM', '067', line.promisedDate)),
    ...acknowledgements(line),
    ...noteSegments(line.note === undefined ? undefined : [line.note]),
    ...amountSegment('1', line.amount),
  ];
};
export const responseHeaderSegments = (response: CanonicalOrderResponse): readonly Written[] => [
  ...currencySegment('SE', response.currency),
  ...daySegment('DTM', '067', response.promisedDate),
  ...momentSegments(response.issuedAt),
  ...referenceSegments('REF', response.references),
  ...noteSegments(response.notes),
  ...partySegments('buyer', response.buyer),
  ...partySegments('seller', response.seller),
  ...partySegments('deliverTo', response.deliverTo),
];
export const responseTrailerSegments = (response: CanonicalOrderResponse): readonly Written[] => [
  segment('CTT', String(response.lines.length)),
  ...totalSegments(response.totals),
];
