/** IFTSTA: where consignments and their goods are. */
import type { CanonicalTransportationStatus, TransportEvent } from '../../../canonical/transportation-status.js';
import { compact } from '../../edi/compact.js';
import { loop } from '../../edi/layout.js';
import type { EdifactMessageType, Group } from '../message.js';
import { dayBy, momentBy, timeBy } from '../parts/dates.js';
import { ISSUED } from '../parts/orders.js';
import { PARTY, partyIn } from '../parts/parties.js';
import { notesOf, REFERENCE, referenceOf, referencesOf } from '../parts/references.js';
import type { EdifactReading } from '../reading.js';

/** DTM of an event: status change, effective, arrival, departure, delivery. */
const HAPPENED = ['334', '78', '7', '178', '186', '35', '40E', '140', '17'];
/** LOC of an event: where it happened, before where goods come from or go to. */
const PLACES = ['175', '14', '12', '60', '11', '9', '16E', '8', '7', '5'];

const placeOf = (reading: EdifactReading, status: Group): string | undefined => {
  const locs = [...status.deep('LOC')];
  const found = PLACES.map((code) => locs.find((loc) => loc.at(1).trim() === code)).find((loc) => loc) ?? locs[0];
  return reading.text(found, 2, 4) ?? reading.text(found, 2, 1);
};

/** DE 3055 of the UN/ECE, whose Recommendation 24 a transport status is by default. */
const UNECE = '6';
/** The carrier's number of a consignment. */
const carrierNumberIn = (reading: EdifactReading, rffs: readonly Group['opening'][]): string | undefined =>
  reading.text(
    rffs.find((rff) => rff.at(1, 1).trim() === 'CN'),
    1,
    2,
  );
/** STS: category, event, reason. The event may be of one package alone, whose number then stands in GIN. */
const eventOf = (reading: EdifactReading, status: Group, consignment: string | undefined): TransportEvent => {
  const sts = status.opening;
  const gin = [...status.deep('GIN')][0];
  const reason = reading.text(sts, 3, 1);
  const event = reading.text(sts, 2, 1);
  const agency = reading.text(sts, 2, 3);
  return compact<TransportEvent>({
    code: event ?? reading.text(sts, 1, 1),
    codeList: event === undefined ? 'category' : agency === UNECE ? undefined : agency,
    reasonCode: reason,
    text: reading.text(sts, 2, 4) ?? reading.text(sts, 3, 4) ?? notesOf(reading, status.all('FTX'))?.join(' '),
    at: momentBy(reading, status.all('DTM'), ...HAPPENED) ?? reading.dateTime(status.first('DTM')),
    place: placeOf(reading, status),
    subject: reading.text(gin, 2, 1) ?? carrierNumberIn(reading, status.all('RFF')) ?? consignment,
  });
};

/** By the carrier's number, else by the shipper's (CNI). */
const consignmentOf = (reading: EdifactReading, cni: Group): string | undefined =>
  carrierNumberIn(
    reading,
    cni.of('RFF').map(({ opening }) => opening),
  ) ?? reading.text(cni.opening, 2, 1);

/** A status and what it says of places, transport and goods. */
const STATUS = loop(
  'STS',
  'RFF DTM DOC FTX NAD LOC PCI',
  loop('TDT', 'DTM', loop('LOC', 'DTM')),
  loop('EQD', 'MEA SEL', loop('EQA', 'SEL')),
  loop('GID', 'HAN DGS', loop('SGP', 'MEA'), loop('MEA', 'EQN'), loop('PCI', 'GIN')),
);

export const transportStatus: EdifactMessageType = {
  type: 'IFTSTA',
  required: { BGM: [] },
  layout: loop(
    'UNH',
    'BGM DTM TSR FTX CNT',
    PARTY,
    REFERENCE,
    loop('LOC', 'DTM'),
    STATUS,
    loop('CNI', 'LOC CNT', STATUS, loop('RFF', 'DTM'), PARTY),
  ),
  read: (message, reading) => {
    const bgm = message.first('BGM');
    const consignments = message.of('CNI');
    const [first] = consignments;
    const data = compact<CanonicalTransportationStatus>({
      number: reading.needed(bgm, 'BGM', 2),
      issued: dayBy(reading, message.all('DTM'), ...ISSUED),
      issuedAt: timeBy(reading, message.all('DTM'), ...ISSUED),
      shipmentNumber: consignments.length === 1 ? reading.text(first?.opening, 2, 1) : undefined,
      trackingNumber: referenceOf(reading, message, 'CN', 'CU'),
      carrierCode: reading.text([...message.deep('TDT')][0], 5, 1),
      type: reading.text(bgm, 1),
      shipper: partyIn(reading, message, 'consignor'),
      consignee: partyIn(reading, message, 'consignee'),
      references: referencesOf(reading, message),
      events: [
        ...message.of('STS').map((status) => eventOf(reading, status, undefined)),
        ...consignments.flatMap((cni) =>
          cni.of('STS').map((status) => eventOf(reading, status, consignmentOf(reading, cni))),
        ),
      ],
      notes: notesOf(reading, message.all('FTX')),
    });
    return { kind: 'transportation-status', data };
  },
};
