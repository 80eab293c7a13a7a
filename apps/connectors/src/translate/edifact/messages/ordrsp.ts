/** ORDRSP: the seller answers an order or a change. */
import type {
  CanonicalOrderResponse,
  CanonicalOrderResponseLine,
  LineStatus,
  ResponseStatus,
} from '../../../canonical/order-response.js';
import { all, meantBy, OWN, type CodeTable, type ReadBy } from '../../code-table.js';
import { compact } from '../../edi/compact.js';
import { loop } from '../../edi/layout.js';
import { writerOf, type EdifactMessageType, type Group } from '../message.js';
import { amountOf, amountSegment, currencyOf, priceOf, priceSegment } from '../parts/charges.js';
import { dayBy, daySegment } from '../parts/dates.js';
import { itemOf, itemSegments, substituteOf, substituteSegments } from '../parts/items.js';
import {
  checkTotals,
  HEADER_GROUPS,
  HEADER_OWN,
  LINE,
  orderedOf,
  quantityOf,
  quantitySegment,
  SUMMARY,
} from '../parts/lines.js';
import { orderHeaderOf, orderHeaderSegments, summarySegments } from '../parts/orders.js';
import { noteSegments, notesOf, orderLineNoOf, referenceOf } from '../parts/references.js';
import type { EdifactReading } from '../reading.js';
import { segment, type Written } from '../writing.js';

/** Message functions of answers (BGM03). */
export const STATUSES: CodeTable<ResponseStatus> = {
  ...OWN,
  list: 'answers',
  codeSet: 'EDIFACT 1225, D.96A',
  source: 'UN/EDIFACT code list 1225, message function',
  example: { sent: 'BGM+231+R-1+27', code: '27', means: 'rejected' },
  rows: {
    ...all('changed', '4 28 30 34'),
    ...all('accepted', '6 29 42 44'),
    ...all('rejected', '12 27'),
  },
};
/** Response types of answers (BGM04). */
export const RESPONSE_TYPES: CodeTable<ResponseStatus> = {
  ...OWN,
  list: 'answers',
  codeSet: 'EDIFACT 4343, D.96A',
  source: 'UN/EDIFACT code list 4343, response type',
  example: { sent: 'BGM+231+R-1+9+AB', code: 'AB', means: 'acknowledged' },
  rows: {
    ...{ AB: 'acknowledged', AC: 'changed', AI: 'changed' },
    ...{ AP: 'accepted', NA: 'acknowledged', RE: 'rejected' },
  },
};
const CODES: Readonly<Record<ResponseStatus, readonly [purpose: string, type?: string]>> = {
  acknowledged: ['9', 'AB'],
  accepted: ['29'],
  changed: ['4'],
  rejected: ['27'],
};
/** What LIN02 says of a line. */
export const LINE_STATUSES: CodeTable<LineStatus> = {
  ...OWN,
  list: 'answers',
  codeSet: 'EDIFACT 1229, D.96A',
  source: 'UN/EDIFACT code list 1229, action request/notification',
  example: { sent: 'LIN+1+7+4000001000012:EN', code: '7', means: 'rejected' },
  rows: {
    ...{ '1': 'added', '2': 'rejected', '3': 'changed', '5': 'accepted' },
    ...{ '6': 'changed', '7': 'rejected', '10': 'rejected' },
  },
};
const LINE_CODES: Readonly<Record<LineStatus, string>> = {
  accepted: '5',
  changed: '3',
  rejected: '7',
  backordered: '3',
  substituted: '3',
  added: '1',
  delivered: '5',
};
const ORDER_RESPONSE = '231';
/** DTM: promised delivery, estimated delivery, scheduled delivery, requested delivery. */
const PROMISED = ['69', '17', '76', '67', '2', '11'];
/** Senders put codes of either list into either element. */
const statusOf = (code: string | undefined, by: ReadBy): ResponseStatus | undefined =>
  meantBy(RESPONSE_TYPES, code, by) ?? meantBy(STATUSES, code, by);

/** What 83 (backorder) and PIA 4 (substituted by) say is said by no action code. */
/** `said` is what the action code says. */
const lineStatusOf = (
  said: LineStatus | undefined,
  backordered: unknown,
  substitute: unknown,
): LineStatus | undefined => {
  if (said !== 'changed') return said;
  return substitute ? 'substituted' : backordered ? 'backordered' : said;
};

const lineOf = (reading: EdifactReading, line: Group, index: number): CanonicalOrderResponseLine => {
  const lineNo = reading.text(line.opening, 1) ?? String(index + 1);
  const sentStatus = reading.text(line.opening, 2);
  const qtys = line.all('QTY');
  const backordered = quantityOf(reading, qtys, '83');
  const confirmed = qtys.filter((qty) => qty.at(1).trim() !== '83');
  const substitute = substituteOf(reading, line);
  const pris = line.of('PRI').map(({ opening }) => opening);
  return compact<CanonicalOrderResponseLine>({
    lineNo,
    orderLineNo: orderLineNoOf(reading, line) ?? lineNo,
    status: lineStatusOf(reading.means(LINE_STATUSES, sentStatus), backordered, substitute),
    sentStatus,
    item: itemOf(reading, line),
    substitute,
    quantity: confirmed.length > 0 ? orderedOf(reading, confirmed, '113', '12', '170', '21') : undefined,
    backordered,
    ...priceOf(reading, pris),
    amount: amountOf(reading, line.all('MOA'), '203', '128'),
    promisedDate: dayBy(reading, line.all('DTM'), ...PROMISED),
    note: notesOf(reading, line.all('FTX'))?.join(' '),
  });
};

const read = (message: Group, reading: EdifactReading): CanonicalOrderResponse => {
  const bgm = message.first('BGM');
  const currency = currencyOf(reading, message);
  const lines = message.of('LIN');
  checkTotals(reading, message, lines);
  const [purpose, type] = [reading.text(bgm, 3), reading.text(bgm, 4)];
  const number = reading.needed(bgm, 'BGM', 2);
  const { issued, issuedAt, buyer, seller, deliverTo, references, totals, notes } = orderHeaderOf(reading, message);
  const orderNumber = referenceOf(reading, message, 'ON');
  return compact<CanonicalOrderResponse>({
    number,
    orderNumber: orderNumber ?? number,
    issued,
    issuedAt,
    status: statusOf(type, reading.context) ?? statusOf(purpose, reading.context),
    sentStatus: type ?? purpose,
    currency,
    buyer,
    seller,
    deliverTo,
    promisedDate: dayBy(reading, message.all('DTM'), ...PROMISED),
    references: withoutOrder(references),
    lines: lines.map((line, index) => lineOf(reading, line, index)),
    totals,
    notes,
  });
};
/** The order stands in a field of its own. */
const withoutOrder = (references: CanonicalOrderResponse['references']): CanonicalOrderResponse['references'] => {
  const first = references?.findIndex(({ kind }) => kind === 'order') ?? -1;
  const rest = references?.filter((_, index) => index !== first);
  return rest && rest.length > 0 ? rest : undefined;
};

const writeLine = (line: CanonicalOrderResponseLine, orderNumber: string): readonly Written[] => {
  const { lineNo, orderLineNo, status, sentStatus, item, quantity, backordered } = line;
  const usual = status && LINE_CODES[status];
  const code = meantBy(LINE_STATUSES, sentStatus) === status && status !== undefined ? sentStatus : usual;
  return [
    ...itemSegments(lineNo, code, item),
    ...substituteSegments(line.substitute),
    ...quantitySegment('113', quantity),
    ...quantitySegment('83', backordered),
    ...daySegment('69', line.promisedDate),
    ...amountSegment('203', line.amount),
    ...noteSegments(line.note === undefined ? undefined : [line.note]),
    ...priceSegment(line),
    ...(orderLineNo === undefined || orderLineNo === lineNo ? [] : [segment('RFF', ['ON', orderNumber, orderLineNo])]),
  ];
};
const write = (response: CanonicalOrderResponse): readonly Written[] => {
  const { number, orderNumber, status, promisedDate, lines, totals, references = [] } = response;
  const [purpose, type] = CODES[status ?? 'acknowledged'];
  const [dates, rest] = partition(
    orderHeaderSegments({ ...response, references: [{ kind: 'order', number: orderNumber }, ...references] }),
  );
  return [
    segment('BGM', ORDER_RESPONSE, number, purpose, type),
    ...dates,
    ...daySegment('69', promisedDate),
    ...rest,
    ...lines.flatMap((line) => writeLine(line, orderNumber)),
    ...summarySegments(lines.length, totals),
  ];
};
/** Leading DTM segments and what follows them. */
const partition = (segments: readonly Written[]): readonly [readonly Written[], readonly Written[]] => {
  const first = segments.findIndex(([tag]) => tag !== 'DTM');
  return first < 0 ? [segments, []] : [segments.slice(0, first), segments.slice(first)];
};

export const orderResponse: EdifactMessageType = {
  type: 'ORDRSP',
  required: { BGM: [], DTM: [], UNS: [] },
  layout: loop('UNH', HEADER_OWN, ...HEADER_GROUPS, LINE, SUMMARY),
  read: (message, reading) => ({ kind: 'order-response', data: read(message, reading) }),
  writer: writerOf('EAN005', ['order-response'], write),
};
