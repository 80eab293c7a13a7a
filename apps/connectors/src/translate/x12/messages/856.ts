/** 856 Ship Notice/Manifest: shipment, orders, tares and packs, items, nested by HL. */
import type { CanonicalDespatchAdvice } from '../../../canonical/despatch-advice.js';
import type { Party } from '../../../canonical/shapes.js';
import { compact, some } from '../../edi/compact.js';
import { dateTimeOf, digitsOfDay, digitsOfTime, isUtc } from '../../edi/calendar.js';
import { loop } from '../../edi/layout.js';
import { purposeCode } from '../../edi/purposes.js';
import { writerOf, type X12Loop, type X12Message } from '../message.js';
import { PARTY, partyIn, partySegments, type Role } from '../parts/parties.js';
import { quantityCells } from '../parts/lines.js';
import {
  noteSegments,
  notesOf,
  referenceOf,
  referenceSegments,
  referencesOf,
  referencesOfLoops,
} from '../parts/references.js';
import { contentsOf } from '../parts/shipments.js';
import { levelSegments } from '../parts/shipment-levels.js';
import type { X12Reading } from '../reading.js';
import { segment, when, type Written } from '../writing.js';
import { NOTE } from '../parts/references.js';

/** References of a shipment that have a field of their own. */
const OWN_REFERENCES = ['BM', 'CN', '2I'];

type Transport = Pick<CanonicalDespatchAdvice, 'weight' | 'packageCount' | 'carrierCode' | 'service'>;
const transportOf = (reading: X12Reading, set: X12Loop, shipment: X12Loop | undefined): Transport => {
  const td1 = shipment?.first('TD1') ?? set.first('TD1');
  const td5 = shipment?.first('TD5') ?? set.first('TD5');
  return compact<Transport>({
    weight: reading.quantity(td1, 7, [8]),
    packageCount: reading.decimal(td1, 2),
    carrierCode: reading.text(td5, 3),
    service: reading.text(td5, 12) ?? reading.text(td5, 5),
  });
};
const moment = (reading: X12Reading, shipment: X12Loop | undefined, ...qualifiers: string[]): string | undefined => {
  for (const qualifier of qualifiers) {
    const found = shipment?.all('DTM').find((dtm) => dtm.at(1).trim() === qualifier);
    if (found) return reading.dateTime(found, 2, 3, 4);
  }
  return undefined;
};

const read = (set: X12Loop, reading: X12Reading): CanonicalDespatchAdvice => {
  const [bsn, levels] = [set.first('BSN'), set.of('HL')];
  const shipment = levels.find(({ opening }) => opening.at(3).trim() === 'S');
  const { lines, packages, orderNumbers } = contentsOf(reading, levels);
  // CTT01 is the number of HL by the standard, of items by many senders.
  reading.counted(set.one('CTT')?.opening, 1, undefined, 'HL levels', levels.length, lines.length);
  if (levels.length === 0) reading.needed(undefined, 'HL', 1);
  // Some senders put the shipment's segments before the first HL.
  const refs = [...(shipment?.all('REF') ?? []), ...set.all('REF')];
  const tracking = refs.filter((ref) => ref.at(1) === '2I' || ref.at(1) === 'CN').map((ref) => reading.text(ref, 2));
  const issued = reading.day(bsn, 3);
  const time = reading.text(bsn, 4);
  const at = (...qualifiers: string[]): string | undefined =>
    moment(reading, shipment, ...qualifiers) ?? moment(reading, set, ...qualifiers);
  const [orderNumber, ...others] = orderNumbers;
  const order = levels.find(({ opening }) => opening.at(3).trim() === 'O');
  // Retailers name buyer and store below the order, not the shipment.
  const party = (role: Role): Party | undefined => partyIn(reading, shipment, role) ?? partyIn(reading, order, role);
  return compact<CanonicalDespatchAdvice>({
    number: reading.needed(bsn, 'BSN', 2),
    purpose: reading.purpose(bsn, 1),
    issued,
    issuedAt: time && issued && dateTimeOf(bsn?.at(3).trim() ?? '', time),
    despatched: at('011', '111', '068'),
    expected: at('017', '067', '002'),
    orderNumber: others.length === 0 ? (orderNumber ?? referenceOf(reading, refs, 'PO')) : undefined,
    buyer: party('buyer'),
    seller: party('seller'),
    shipFrom: party('shipFrom'),
    deliverTo: party('deliverTo'),
    carrier: party('carrier'),
    ...transportOf(reading, set, shipment),
    trackingNumbers: some(tracking.filter((number) => number !== undefined)),
    billOfLading: referenceOf(reading, refs, 'BM'),
    references: referencesOf(reading, [...refs, ...(shipment ? referencesOfLoops(shipment) : [])], OWN_REFERENCES),
    packages: some(packages),
    lines,
    notes: shipment && notesOf(reading, shipment),
  });
};

const dateTimeSegment = (qualifier: string, at: string | undefined): readonly Written[] =>
  when(
    at,
    segment('DTM', qualifier, digitsOfDay(at ?? ''), digitsOfTime(at ?? ''), isUtc(at ?? '') ? 'UT' : undefined),
  );

const shipmentSegments = (advice: CanonicalDespatchAdvice): readonly Written[] => {
  const { weight, packageCount, carrierCode, service } = advice;
  const none = [undefined, undefined, undefined];
  return [
    ...when(
      weight ?? packageCount,
      segment('TD1', undefined, packageCount, ...none, weight && 'G', ...quantityCells(weight)),
    ),
    ...when(carrierCode ?? service, segment('TD5', undefined, carrierCode && '2', carrierCode, undefined, service)),
    ...when(advice.billOfLading, segment('REF', 'BM', advice.billOfLading)),
    ...(advice.trackingNumbers ?? []).map((number) => segment('REF', '2I', number)),
    ...dateTimeSegment('011', advice.despatched),
    ...dateTimeSegment('017', advice.expected),
    ...referenceSegments('REF', advice.references),
    ...partySegments('shipFrom', advice.shipFrom),
    ...partySegments('deliverTo', advice.deliverTo),
    ...partySegments('buyer', advice.buyer),
    ...partySegments('seller', advice.seller),
    ...partySegments('carrier', advice.carrier),
    ...noteSegments(advice.notes),
  ];
};

const write = (advice: CanonicalDespatchAdvice): readonly Written[] => {
  const { number, purpose, issued = '', issuedAt } = advice;
  const levels = levelSegments(advice, shipmentSegments(advice));
  const isPacked = (advice.packages ?? []).length > 0;
  const time = issuedAt ? digitsOfTime(issuedAt) : '';
  return [
    segment('BSN', purposeCode('x12', purpose), number, digitsOfDay(issued), time, isPacked ? '0001' : '0004'),
    ...levels,
    segment('CTT', String(levels.filter(([tag]) => tag === 'HL').length), undefined),
  ];
};

export const shipNotice: X12Message = {
  type: '856',
  required: { BSN: [1, 2, 3], HL: [1, 3] },
  layout: loop(
    'ST',
    'BSN DTM REF',
    loop(
      'HL',
      'LIN SN1 SLN PRF PO4 PID MEA PWK PKG TD1 TD3 TD4 TD5 TSD REF PER LFS MAN DTM FOB PAL CUR SDQ IT8 TS2 CSH CLD NTE',
      NOTE,
      PARTY,
      loop('SAC', 'CUR'),
    ),
    loop('CTT'),
  ),
  read: (set, reading) => ({ kind: 'despatch-advice', data: read(set, reading) }),
  writer: { ...writerOf('SH', ['despatch-advice'], write), required: { BSN: [4] } },
};
