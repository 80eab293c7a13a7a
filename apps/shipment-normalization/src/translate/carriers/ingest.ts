/** A reading -> our `ingest-tracking`, one per package. What has no tracking number, or no scan, is said and left out. */
import type { IngestTrackingData, TrackingEventData } from '@crossdock/contracts';
import { orderMs } from './moment.js';
import type { Fault } from './payload.js';
import type { PackageReading, TrackingEvent, TrackingReading } from './reading.js';
import { milestoneOf, UNMAPPED, type CarrierTable, type Mapped } from './table.js';

export interface Heard {
  /** the carrier by the name that our dispatches use; the table's name when left out */
  readonly carrier?: string;
  /** `carrier-webhook`, `poll` */
  readonly source: string;
  /** the sender's id of the delivery, or a hash of the payload */
  readonly deliveryId: string;
  /** stands in for a moment that nobody told; RFC 3339 UTC */
  readonly receivedAt: string;
  /** the number that was asked for; an answer may leave it out, or write it otherwise */
  readonly trackingNo?: string;
}
const plain = (no: string): string => no.replace(/[\s-]/g, '').toUpperCase();
/** The package's number; ours, where the answer calls the package by it among others. */
const numberOf = ({ trackingNo, otherNos = [] }: PackageReading, isOnly: boolean, asked = ''): string => {
  if (asked !== '' && [trackingNo, ...otherNos].some((no) => plain(no) === plain(asked))) return asked;
  return trackingNo || (isOnly ? asked : '');
};
const KEY = /^[^\s\u0000-\u001f](?:[^\u0000-\u001f]{0,62}[^\s\u0000-\u001f])?$/;
/** More scans than this of one package stand in no message (see the contract). */
const MAX_EVENTS = 1_000;

type When = Pick<TrackingEventData, 'occurredAt' | 'offsetKnown' | 'localTime'>;
const whenOf = (told: string): When => {
  const occurredAt = new Date(orderMs(told)).toISOString();
  const offsetKnown = told.includes('T') && /(?:Z|[+-]\d{2}:\d{2})$/.test(told);
  return { occurredAt, offsetKnown, ...(offsetKnown ? {} : { localTime: told }) };
};

const dataOf = (event: TrackingEvent, when: When): TrackingEventData => ({
  milestone: event.milestone,
  ...(event.detail ? { detail: event.detail } : {}),
  ...(event.reason ? { reason: event.reason } : {}),
  classifier: event.classifier,
  ...when,
  ...(event.location ? { location: event.location } : {}),
  rawCode: event.rawCode,
  ...(event.rawText ? { rawText: event.rawText } : {}),
});

const eventsOf = (
  { events, told, estimatedDelivery }: PackageReading,
  receivedAt: string,
): readonly TrackingEventData[] => {
  const newest = events.findLast(({ occurredAt }) => occurredAt !== '')?.occurredAt;
  const unknown: When = newest ? whenOf(newest) : { occurredAt: receivedAt, offsetKnown: false };
  return [
    ...events.map((event) => dataOf(event, event.occurredAt === '' ? unknown : whenOf(event.occurredAt))),
    // Its time is that of the newest scan, so the same status told again is the same event.
    ...(told ? [{ ...told, classifier: 'ACT' as const, ...unknown }] : []),
    ...(estimatedDelivery
      ? [
          {
            milestone: 'DELIVERED' as const,
            classifier: 'EST' as const,
            ...whenOf(estimatedDelivery),
            rawCode: 'estimated-delivery',
          },
        ]
      : []),
  ];
};

export interface Ingest {
  readonly messages: readonly IngestTrackingData[];
  readonly faults: readonly Fault[];
}
export const ingestOf = (reading: TrackingReading, heard: Heard): Ingest => {
  const messages: IngestTrackingData[] = [];
  const faults: Fault[] = [...reading.faults];
  for (const parcel of reading.packages) {
    const trackingNo = numberOf(parcel, reading.packages.length === 1, heard.trackingNo);
    const events = eventsOf(parcel, heard.receivedAt);
    if (parcel.status === 'ERROR' || events.length === 0) continue;
    if (!KEY.test(trackingNo)) {
      faults.push({
        code: 'schema-violation',
        path: 'trackingNo',
        text: `no tracking number: "${trackingNo.slice(0, 80)}"`,
      });
      continue;
    }
    for (let from = 0; from < events.length; from += MAX_EVENTS)
      messages.push({
        trackingNo,
        carrier: (heard.carrier ?? reading.carrier).slice(0, 64),
        source: heard.source,
        deliveryId: heard.deliveryId,
        mappingVersion: reading.mappingVersion,
        events: events.slice(from, from + MAX_EVENTS),
      });
  }
  return { messages, faults };
};

/** Reads a kept raw code again, with the rows of today for the day of its scan: the code whole, without its zeros, then its first parts. */
export const mappedAgain = (table: CarrierTable, rawCode: string, rawText: string, day?: string): Mapped => {
  const parts = rawCode.split('/');
  const heads = parts.slice(0, -1).map((_, at) => parts.slice(0, parts.length - 1 - at).join('/'));
  const codes = [rawCode, rawCode.replace(/^0+(?=\d)/, ''), ...heads, rawCode.split('.')[0] ?? ''];
  return rawCode === '' ? UNMAPPED : milestoneOf(table, codes, rawText, day);
};
