/** 214 Transportation Carrier Shipment Status: where the goods are. */
import type { CanonicalTransportationStatus, TransportEvent } from '../../../canonical/transportation-status.js';
import { compact } from '../../edi/compact.js';
import { loop } from '../../edi/layout.js';
import type { X12Loop, X12Message } from '../message.js';
import { PARTY, partyIn } from '../parts/parties.js';
import { l11Of, referencesOfL11 } from '../parts/references.js';
import type { X12Reading } from '../reading.js';

/** City, state and country of MS1, or its coordinates. */
const placeOf = (reading: X12Reading, event: X12Loop): string | undefined => {
  const ms1 = event.first('MS1');
  const named = [1, 2, 3].map((at) => reading.text(ms1, at)).filter((part) => part !== undefined);
  const [longitude, latitude] = [4, 5].map((at) => reading.text(ms1, at));
  const coordinates = longitude && latitude ? `${longitude} ${latitude}` : undefined;
  return named.length > 0 ? named.join(', ') : coordinates;
};

const statusOf = (reading: X12Reading, event: X12Loop, subject: string | undefined): TransportEvent => {
  const at7 = event.opening;
  const isStatus = reading.text(at7, 1) !== undefined;
  return compact<TransportEvent>({
    code: reading.text(at7, 1) ?? reading.text(at7, 3),
    reasonCode: reading.text(at7, isStatus ? 2 : 4),
    at: reading.dateTime(at7, 5, 6, 7),
    place: placeOf(reading, event),
    subject,
    equipment: reading.text(event.first('MS2'), 2),
  });
};
/** Before AT7 came into the set (release 003070) one segment said it all: status, moment, reason, place and equipment. */
const olderStatusOf = (reading: X12Reading, { opening: q5 }: X12Loop, subject: string | undefined): TransportEvent => {
  const said = (...elements: readonly number[]): readonly string[] =>
    elements.map((at) => reading.text(q5, at)).filter((text) => text !== undefined);
  return compact<TransportEvent>({
    code: reading.text(q5, 1),
    reasonCode: reading.text(q5, 5),
    at: reading.dateTime(q5, 2, 3, 4),
    place: said(6, 7, 8).join(', ') || undefined,
    subject,
    equipment: said(9, 10).join('') || undefined,
  });
};
const eventsOf = (reading: X12Reading, parent: X12Loop, subject: string | undefined): readonly TransportEvent[] =>
  parent.loops.flatMap((one) => {
    if (one.opening.tag === 'AT7') return [statusOf(reading, one, subject)];
    return one.opening.tag === 'Q5' ? [olderStatusOf(reading, one, subject)] : [];
  });

/** L11 of an LX may stand before its status or after it, where it looks like a part of that. */
const trackingOf = (reading: X12Reading, lx: X12Loop): string | undefined =>
  reading.text(
    [...lx.deep('L11')].find((l11) => ['2I', 'CN'].includes(l11.at(2).trim())),
    1,
  );

/** AT5 to Q7: what else may stand in a status without ending it. */
const STATUS = loop('AT7', 'MS1 MS2 L11 Q7 K1 AT5 AT8');
const OLDER_STATUS = loop('Q5', 'L11 Q7 K1 AT8');

export const shipmentStatus: X12Message = {
  type: '214',
  required: { B10: [3] },
  layout: loop(
    'ST',
    'B10 L11 MAN K1 AT5 AT8 MS3 G62',
    loop('N1', 'N2 N3 N4 G62 L11 PER', loop('MS3')),
    STATUS,
    OLDER_STATUS,
    loop(
      'LX',
      'L11 MAN Q7 K1 AT5 AT8',
      STATUS,
      OLDER_STATUS,
      loop('CD3', 'L11 NM1 Q7'),
      loop('PRF', 'N1 N2 N3 N4'),
      PARTY,
    ),
  ),
  read: (set, reading) => {
    const b10 = set.first('B10');
    const data = compact<CanonicalTransportationStatus>({
      number: reading.text(b10, 1) ?? reading.needed(b10, 'B10', 2),
      shipmentNumber: reading.text(b10, 2),
      trackingNumber: reading.text(b10, 1) ?? l11Of(reading, set, '2I', 'CN'),
      carrierCode: reading.text(b10, 3),
      shipper: partyIn(reading, set, 'shipper'),
      consignee: partyIn(reading, set, 'consignee'),
      references: referencesOfL11(reading, set.all('L11')),
      events: [
        ...eventsOf(reading, set, undefined),
        ...set.of('LX').flatMap((lx) => eventsOf(reading, lx, trackingOf(reading, lx))),
      ],
    });
    return { kind: 'transportation-status', data };
  },
};
