/** INVRPT: what is in stock where. */
import type {
  CanonicalInventoryLine,
  CanonicalInventoryReport,
  ReportedQuantity,
} from '../../../canonical/inventory-report.js';
import { all, codesFor, meantBy, OWN, type CodeTable } from '../../code-table.js';
import { compact } from '../../edi/compact.js';
import { loop } from '../../edi/layout.js';
import { writerOf, type EdifactMessageType, type Group } from '../message.js';
import { currencyOf, currencySegment } from '../parts/charges.js';
import { dayBy, daySegment, momentBy, momentSegment } from '../parts/dates.js';
import { itemOf, itemSegments } from '../parts/items.js';
import { quantitySegment } from '../parts/lines.js';
import { ISSUED } from '../parts/orders.js';
import { PARTY, partyIn, partySegments } from '../parts/parties.js';
import { noteSegments, notesOf, REFERENCE, referenceSegments, referencesOf } from '../parts/references.js';
import type { EdifactReading } from '../reading.js';
import type { EdifactSegment } from '../segment.js';
import { segment, type Written } from '../writing.js';

const INVENTORY_REPORT = '35';
/** What QTY counts. ZZZ, mutually defined, is what may be sold: EANCOM has no code. */
export const KINDS: CodeTable<string> = {
  ...OWN,
  list: 'quantities',
  codeSet: 'EDIFACT 6063, D.01B',
  source: 'UN/EDIFACT code list 6063, quantity type, as EANCOM uses it in INVRPT',
  example: { sent: 'QTY+145:148', code: '145', means: 'on-hand' },
  rows: {
    ...all('on-hand', '145 17 257'),
    ...all('in-transit', '198 57'),
    ...all('sold', '212 25'),
    ...{ '66': 'committed', '89': 'quality-control', '124': 'damaged', '97': 'minimum', '98': 'maximum' },
    ...{ '21': 'on-order', '61': 'returned', ZZZ: 'available' },
  },
};
/** Where several codes mean the same, the one that EANCOM lists for INVRPT is written. */
const CODES = new Map([...codesFor(KINDS), ['on-hand', '145'], ['in-transit', '198'], ['sold', '212']]);
const codeOf = ({ kind, sentKind }: ReportedQuantity): string =>
  sentKind !== undefined && (meantBy(KINDS, sentKind) ?? sentKind) === kind ? sentKind : (CODES.get(kind) ?? kind);
/** DTM: as of; stock-taking day. */
const AS_OF = ['366', '194', '179', '7', '91'];

const quantitiesOf = (reading: EdifactReading, qtys: readonly EdifactSegment[]): readonly ReportedQuantity[] =>
  qtys.flatMap((qty) => {
    const sentKind = reading.text(qty, 1, 1);
    const quantity = reading.quantity(qty, [1, 2], [1, 3]);
    return sentKind === undefined || quantity === undefined
      ? []
      : [{ kind: reading.means(KINDS, sentKind) ?? sentKind, sentKind, quantity }];
  });

const lineOf = (reading: EdifactReading, line: Group, at: number): CanonicalInventoryLine => {
  const qtys = [
    ...line.all('QTY'),
    ...line.of('INV').flatMap((inv) => inv.all('QTY')),
    ...line.of('QTY').map((one) => one.opening),
  ];
  return compact<CanonicalInventoryLine>({
    lineNo: reading.text(line.opening, 1) ?? String(at + 1),
    item: itemOf(reading, line),
    quantities: quantitiesOf(reading, qtys),
    location: placeOf(reading, line) ?? partyIn(reading, line, 'location'),
    lot: reading.text(
      [...line.deep('GIN')].find((gin) => gin.at(1).trim() === 'BX'),
      2,
      1,
    ),
  });
};
/** LOC: a place of storage by its number. */
const placeOf = (reading: EdifactReading, line: Group): CanonicalInventoryLine['location'] => {
  const [loc] = [...line.deep('LOC')];
  const id = reading.text(loc, 2, 1);
  if (id === undefined) return undefined;
  const agency = reading.text(loc, 2, 3);
  return agency === '9' ? { gln: id } : { ids: [{ ...(agency !== undefined && { scheme: agency }), value: id }] };
};

const locationSegment = ({ gln, ids = [] }: NonNullable<CanonicalInventoryLine['location']>): readonly Written[] => {
  if (gln !== undefined) return [segment('LOC', '18', [gln, undefined, '9'])];
  return ids.slice(0, 1).map(({ value, scheme }) => segment('LOC', '18', [value, undefined, scheme]));
};
const write = (report: CanonicalInventoryReport): readonly Written[] => [
  segment('BGM', INVENTORY_REPORT, report.number, '9'),
  ...daySegment('137', report.issued),
  ...momentSegment('366', report.asOf),
  ...noteSegments(report.notes),
  ...referenceSegments(report.references),
  ...partySegments('sender', report.reporter),
  ...partySegments('receiver', report.receiver),
  ...partySegments('location', report.location),
  ...currencySegment(report.currency, '9'),
  ...report.lines.flatMap((line) => [
    ...itemSegments(line.lineNo, undefined, line.item),
    ...line.quantities.flatMap((one) => quantitySegment(codeOf(one), one.quantity)),
    ...(line.lot === undefined ? [] : [segment('GIN', 'BX', line.lot)]),
    ...(line.location ? locationSegment(line.location) : []),
  ]),
];

export const inventoryReport: EdifactMessageType = {
  type: 'INVRPT',
  required: { BGM: [], DTM: [] },
  layout: loop(
    'UNH',
    'BGM DTM FTX',
    REFERENCE,
    PARTY,
    loop('CUX', 'DTM'),
    loop(
      'LIN',
      'PIA IMD MEA QTY ALI GIN LOC DTM FTX STS',
      REFERENCE,
      PARTY,
      loop('INV', 'QTY GIN LOC DTM STS', loop('RFF', 'DTM'), PARTY),
      loop('PRI', 'CUX'),
    ),
    loop('CNT'),
  ),
  read: (message, reading) => {
    const bgm = message.first('BGM');
    const currency = currencyOf(reading, message);
    const lines = message.of('LIN');
    for (const { opening } of message.of('CNT'))
      if (opening.at(1) === '2') reading.counted(opening, 1, 2, 'LIN lines', lines.length);
    const data = compact<CanonicalInventoryReport>({
      number: reading.needed(bgm, 'BGM', 2),
      issued: dayBy(reading, message.all('DTM'), ...ISSUED),
      asOf: momentBy(reading, message.all('DTM'), ...AS_OF),
      currency,
      reporter: partyIn(reading, message, 'sender'),
      receiver: partyIn(reading, message, 'receiver'),
      location: partyIn(reading, message, 'location'),
      references: referencesOf(reading, message),
      lines: lines.map((line, at) => lineOf(reading, line, at)),
      notes: notesOf(reading, message.all('FTX')),
    });
    return { kind: 'inventory-report', data };
  },
  writer: writerOf('EAN004', ['inventory-report'], write),
};
