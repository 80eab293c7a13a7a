/** DESADV: what was despatched, and how it is packed. */
import type {
  CanonicalDespatchAdvice,
  CanonicalDespatchLine,
  CanonicalPackage,
} from '../../../canonical/despatch-advice.js';
import type { Party, Quantity } from '../../../canonical/shapes.js';
import { compact, some } from '../../edi/compact.js';
import { loop } from '../../edi/layout.js';
import { purposeCode } from '../../edi/purposes.js';
import { writerOf, type EdifactMessageType, type Group } from '../message.js';
import {
  CONSIGNMENT,
  instancesOf,
  LINE_OF_CONSIGNMENT,
  measureOf,
  packingOf,
  type Packed,
} from '../parts/consignments.js';
import { dayBy, daySegment, momentBy, momentSegment, timeBy } from '../parts/dates.js';
import { itemOf, itemSegments } from '../parts/items.js';
import { checkTotals, countSegment, orderedOf, quantityOf, quantitySegment } from '../parts/lines.js';
import { ISSUED } from '../parts/orders.js';
import { PARTY, partyIn, partySegments } from '../parts/parties.js';
import {
  noteSegments,
  notesOf,
  REFERENCE,
  orderLineNoOf,
  referenceOf,
  referenceSegments,
  referencesOf,
} from '../parts/references.js';
import type { EdifactReading } from '../reading.js';
import { segment, when, type Written } from '../writing.js';

const DESPATCH_ADVICE = '351';
/** DTM: despatched, shipped; estimated and requested delivery. */
const DESPATCHED = ['11', '10', '171'];
const EXPECTED = ['17', '132', '358', '69', '2', '35'];
/** References of an advice that have a field of their own: order, bill of lading, tracking. */
const OWN = ['ON', 'BM', 'CN'];

/** QVR (QVA in D.93A) 4221: a part was despatched, the rest follows. */
const BACK_ORDERED = 'BP';
/** What follows: said by a quantity of its own, or as the variance of the one that was despatched. */
const outstandingOf = (reading: EdifactReading, line: Group): Quantity | undefined => {
  const said = quantityOf(reading, line.all('QTY'), '83', '73');
  const variance = line.first('QVR') ?? line.first('QVA') ?? line.one('QVA')?.opening;
  const value = reading.decimal(variance, 1, 1)?.replace('-', '');
  if (said || value === undefined || reading.text(variance, 2) !== BACK_ORDERED) return said;
  return { ...orderedOf(reading, line.all('QTY'), '12', '46', '113'), value };
};

const lineOf = (reading: EdifactReading, { line, packages }: Packed, at: number): CanonicalDespatchLine =>
  compact<CanonicalDespatchLine>({
    lineNo: reading.text(line.opening, 1) ?? String(at + 1),
    orderLineNo: orderLineNoOf(reading, line),
    orderNumber: referenceOf(reading, line, 'ON'),
    item: itemOf(reading, line),
    quantity: orderedOf(reading, line.all('QTY'), '12', '46', '113'),
    outstanding: outstandingOf(reading, line),
    instances: instancesOf(reading, line),
    packages,
    note: notesOf(reading, line.all('FTX'))?.join(' '),
  });

type Transport = Pick<
  CanonicalDespatchAdvice,
  'carrierCode' | 'service' | 'weight' | 'packageCount' | 'trackingNumbers'
>;
const transportOf = (reading: EdifactReading, message: Group): Transport => {
  const tdt = message.one('TDT')?.opening;
  const root = message.of('CPS')[0];
  const counts = (root?.of('PAC') ?? []).map(({ opening }) => reading.decimal(opening, 1));
  const tracking = message.of('RFF').filter(({ opening }) => opening.at(1).trim() === 'CN');
  const cnt = [...message.all('CNT')].find((one) => one.at(1).trim() === '11');
  return compact<Transport>({
    carrierCode: reading.text(tdt, 5, 1),
    service: reading.text(tdt, 3, 2),
    weight: measureOf(reading, [...message.all('MEA'), ...(root?.all('MEA') ?? [])], 'AAB', 'AAD', 'G'),
    packageCount:
      reading.decimal(cnt, 1, 2) ?? (root && !root.opening.at(2) && counts.length === 1 ? counts[0] : undefined),
    trackingNumbers: some(
      tracking.map(({ opening }) => reading.text(opening, 1, 2)).filter((number) => number !== undefined),
    ),
  });
};

/** C040 component 4 is the carrier's name, where no NAD has it. */
const carrierOf = (reading: EdifactReading, message: Group): Party | undefined => {
  const name = reading.text(message.one('TDT')?.opening, 5, 4);
  return name === undefined ? undefined : { name };
};

const read = (message: Group, reading: EdifactReading): CanonicalDespatchAdvice => {
  const bgm = message.first('BGM');
  const { packages, lines } = packingOf(reading, message);
  // Lines belong below a CPS; senders that pack nothing leave it out.
  const packed: readonly Packed[] = [...message.of('LIN').map((line) => ({ line, packages: undefined })), ...lines];
  const dtms = message.all('DTM');
  checkTotals(
    reading,
    message,
    packed.map(({ line }) => line),
  );
  return compact<CanonicalDespatchAdvice>({
    number: reading.needed(bgm, 'BGM', 2),
    purpose: reading.purpose(bgm, 3),
    issued: dayBy(reading, dtms, ...ISSUED),
    issuedAt: timeBy(reading, dtms, ...ISSUED),
    despatched: momentBy(reading, dtms, ...DESPATCHED),
    expected: momentBy(reading, dtms, ...EXPECTED),
    orderNumber: referenceOf(reading, message, 'ON'),
    buyer: partyIn(reading, message, 'buyer'),
    seller: partyIn(reading, message, 'seller'),
    shipFrom: partyIn(reading, message, 'shipFrom'),
    deliverTo: partyIn(reading, message, 'deliverTo'),
    carrier: partyIn(reading, message, 'carrier') ?? carrierOf(reading, message),
    ...transportOf(reading, message),
    billOfLading: referenceOf(reading, message, 'BM'),
    references: referencesOf(reading, message, OWN),
    packages: some(packages),
    lines: packed.map((line, at) => lineOf(reading, line, at)),
    notes: notesOf(reading, message.all('FTX')),
  });
};

const weightSegment = (weight: Quantity | undefined): readonly Written[] =>
  when(weight, segment('MEA', 'PD', 'AAB', [weight?.unit, weight?.value]));

const writeLine = (line: CanonicalDespatchLine, advice: CanonicalDespatchAdvice): readonly Written[] => {
  const { orderNumber, orderLineNo } = line;
  return [
    ...itemSegments(line.lineNo, undefined, line.item),
    ...quantitySegment('12', line.quantity),
    ...quantitySegment('83', line.outstanding),
    ...(line.instances ?? []).flatMap(({ serial }) => when(serial, segment('GIN', 'BN', serial))),
    ...when(line.instances?.[0]?.lot, segment('GIN', 'BX', line.instances?.[0]?.lot)),
    ...daySegment('361', line.instances?.[0]?.expires),
    ...noteSegments(line.note === undefined ? undefined : [line.note]),
    ...when(orderNumber ?? orderLineNo, segment('RFF', ['ON', orderNumber ?? advice.orderNumber, orderLineNo])),
  ];
};
/** A CPS for each package with its lines, parents first, and one before them for what is in none. */
const consignmentSegments = (advice: CanonicalDespatchAdvice): readonly Written[] => {
  const { packages = [], lines } = advice;
  const ids = new Map(packages.map(({ id }, at) => [id, String(at + 2)]));
  const linesOf = (one: CanonicalPackage | undefined): readonly CanonicalDespatchLine[] =>
    lines.filter((line) => (line.packages ?? []).find((id) => ids.has(id)) === one?.id);
  return [
    segment('CPS', '1'),
    ...linesOf(undefined).flatMap((line) => writeLine(line, advice)),
    ...packages.flatMap((one) => [
      segment('CPS', ids.get(one.id), ids.get(one.within ?? '') ?? '1'),
      segment('PAC', '1', undefined, one.type),
      ...weightSegment(one.weight),
      segment('PCI', '33E'),
      segment('GIN', 'BJ', one.sscc ?? one.id),
      ...linesOf(one).flatMap((line) => writeLine(line, advice)),
    ]),
  ];
};

const write = (advice: CanonicalDespatchAdvice): readonly Written[] => {
  const { number, purpose, orderNumber, billOfLading, carrierCode, service, packageCount, lines } = advice;
  return [
    segment('BGM', DESPATCH_ADVICE, number, purposeCode('edifact', purpose)),
    ...(advice.issuedAt ? momentSegment('137', advice.issuedAt) : daySegment('137', advice.issued)),
    ...momentSegment('11', advice.despatched),
    ...momentSegment('17', advice.expected),
    ...noteSegments(advice.notes),
    ...weightSegment(advice.weight),
    ...when(orderNumber, segment('RFF', ['ON', orderNumber])),
    ...when(billOfLading, segment('RFF', ['BM', billOfLading])),
    ...(advice.trackingNumbers ?? []).map((tracking) => segment('RFF', ['CN', tracking])),
    ...referenceSegments(advice.references),
    ...partySegments('buyer', advice.buyer),
    ...partySegments('seller', advice.seller),
    ...partySegments('shipFrom', advice.shipFrom),
    ...partySegments('deliverTo', advice.deliverTo),
    ...partySegments('carrier', advice.carrier),
    ...when(carrierCode ?? service, segment('TDT', '20', undefined, [undefined, service], undefined, carrierCode)),
    ...consignmentSegments(advice),
    countSegment(lines.length),
    ...when(packageCount, segment('CNT', ['11', packageCount])),
  ];
};

export const despatchAdvice: EdifactMessageType = {
  type: 'DESADV',
  required: { BGM: [] },
  layout: loop(
    'UNH',
    'BGM DTM ALI MEA MOA FTX CNT',
    REFERENCE,
    PARTY,
    loop('TOD', 'LOC FTX'),
    loop('TDT', 'PCD', loop('LOC', 'DTM'), loop('RFF', 'DTM')),
    loop('EQD', 'MEA SEL EQA'),
    LINE_OF_CONSIGNMENT,
    CONSIGNMENT,
  ),
  read: (message, reading) => ({ kind: 'despatch-advice', data: read(message, reading) }),
  writer: writerOf('EAN007', ['despatch-advice'], write),
};
