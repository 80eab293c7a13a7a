/** EasyPost's webhook Event with a Tracker in it -> our `ingest-tracking`. Pure; the source is EasyPost's documentation. */
import type { IngestTrackingData, Milestone, TrackingEventData } from '@crossdock/contracts';
import { dayOn } from './carriers/moment.js';
import { MAPPING_VERSION, milestoneOf, rawCodeOf, type RawCode } from './easypost-mapping.js';

/** What became of a webhook's body. */
export type Translated =
  | { readonly kind: 'tracking'; readonly data: IngestTrackingData }
  /** well-formed, but nothing about a package: batches, refunds, payments */
  | { readonly kind: 'other'; readonly about: string }
  | { readonly kind: 'broken'; readonly field: string; readonly text: string };

type Json = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const textOf = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');

/** Where a scan was, as far as told. */
const placeOf = (location: unknown): string => {
  if (!isObject(location)) return '';
  return ['city', 'state', 'zip', 'country']
    .map((part) => textOf(location[part]))
    .filter(Boolean)
    .join(', ');
};

interface Moment {
  readonly at: string;
  readonly offsetTold: boolean;
}
const MOMENT = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2})?)(?:\.\d+)?(Z|[+-]\d{2}:?\d{2})?)?$/i;
/** RFC 3339 with or without offset, or a day; a local time stands as told, and says so. */
const momentOf = (value: unknown): Moment | undefined => {
  const match = MOMENT.exec(textOf(value));
  if (!match) return undefined;
  const [text, day, time, offset] = match;
  const milliseconds = Date.parse(offset ? text.replace(' ', 'T') : `${day}T${time ?? '00:00'}Z`);
  return Number.isNaN(milliseconds)
    ? undefined
    : { at: new Date(milliseconds).toISOString(), offsetTold: offset !== undefined };
};

interface Context {
  readonly carrier: string;
  /** the tracker's own times, for what has none */
  readonly createdAt: string;
}

const mapped = (raw: RawCode, moment: Moment, place: string, rawText: string): TrackingEventData => ({
  ...milestoneOf(raw, dayOn({ local: moment.at })),
  classifier: 'ACT',
  occurredAt: moment.at,
  // EasyPost knows a scan's time zone by its place; without one it writes the local time as if it were UTC.
  offsetKnown: moment.offsetTold && place !== '',
  ...(place ? { location: place.slice(0, 200) } : {}),
  rawCode: rawCodeOf(raw),
  ...(rawText ? { rawText: rawText.slice(0, 500) } : {}),
});

const scanOf = (detail: Json, context: Context): TrackingEventData => {
  const raw = {
    status: textOf(detail['status']),
    statusDetail: textOf(detail['status_detail']),
    carrier: context.carrier,
    carrierCode: textOf(detail['carrier_code']),
  };
  const moment = momentOf(detail['datetime']) ?? { at: context.createdAt, offsetTold: false };
  return mapped(
    raw,
    moment,
    placeOf(detail['tracking_location']),
    textOf(detail['message']) || textOf(detail['description']),
  );
};

/**
 * The tracker's own status, when none of its scans has that milestone: a carrier may tell the status without a scan.
 * Its time is that of the newest scan, so the same status told again is the same event.
 */
const statusOf = (
  tracker: Json,
  scans: readonly TrackingEventData[],
  context: Context,
): readonly TrackingEventData[] => {
  const raw = {
    status: textOf(tracker['status']),
    statusDetail: textOf(tracker['status_detail']),
    carrier: context.carrier,
    carrierCode: '',
  };
  if (!raw.status) return [];
  const newest =
    scans.reduce((last, { occurredAt }) => (occurredAt > last ? occurredAt : last), '') || context.createdAt;
  const own = milestoneOf(raw, dayOn({ local: newest }));
  const isTold = scans.some(({ milestone }) => milestone === own.milestone);
  if (isTold || (own.milestone === 'UNKNOWN' && own.reason === undefined)) return [];
  // A detail that no scan carries, such as `expired` on the tracker, is told by the status alone.
  return [mapped(raw, { at: newest, offsetTold: false }, '', '')];
};

/** The estimated delivery: an estimate, never a status. */
const estimateOf = (tracker: Json): readonly TrackingEventData[] => {
  const moment = momentOf(tracker['est_delivery_date']);
  if (!moment) return [];
  const milestone: Milestone = 'DELIVERED';
  return [{ milestone, classifier: 'EST', occurredAt: moment.at, offsetKnown: false, rawCode: 'est_delivery_date' }];
};

/**
 * A correction: EasyPost says that the tracker was delivered (or at another end) before this update and is not now.
 * It takes back the earlier milestone as of the update.
 */
const correctionOf = (event: Json, tracker: Json, context: Context): readonly TrackingEventData[] => {
  const previous = event['previous_attributes'];
  if (!isObject(previous) || !textOf(previous['status'])) return [];
  const now = {
    status: textOf(tracker['status']),
    statusDetail: textOf(tracker['status_detail']),
    carrier: context.carrier,
    carrierCode: '',
  };
  const updated = momentOf(tracker['updated_at']) ?? momentOf(event['created_at']);
  if (!updated) return [];
  const day = dayOn({ local: updated.at });
  const before = milestoneOf({ ...now, status: textOf(previous['status']), statusDetail: '' }, day).milestone;
  const own = milestoneOf(now, day);
  if ((before !== 'DELIVERED' && before !== 'CANCELLED') || own.milestone === before) return [];
  return [
    {
      ...mapped(now, updated, '', ''),
      offsetKnown: true,
      voids: before,
      rawCode: `${rawCodeOf(now)}<${textOf(previous['status'])}`.slice(0, 120),
    },
  ];
};

const KEY = /^[^\s\u0000-\u001f](?:[^\u0000-\u001f]{0,62}[^\s\u0000-\u001f])?$/;

/** `deliveryId`: hash of the body, so copies are known. */
export const easypostTracking = (event: unknown, deliveryId: string): Translated => {
  if (!isObject(event)) return { kind: 'broken', field: '', text: 'the body must be an object' };
  const tracker = event['result'];
  const about = textOf(event['description']);
  if (textOf(event['object']) !== 'Event') return { kind: 'broken', field: 'object', text: 'object must be Event' };
  if (!about.startsWith('tracker.')) return { kind: 'other', about: about || 'nothing' };
  if (!isObject(tracker)) return { kind: 'broken', field: 'result', text: 'result must be a Tracker' };
  const trackingNo = textOf(tracker['tracking_code']);
  if (!KEY.test(trackingNo))
    return { kind: 'broken', field: 'result.tracking_code', text: 'tracking_code is missing or no tracking number' };
  const carrier = textOf(tracker['carrier']).slice(0, 64) || 'unknown';
  const createdAt = (momentOf(tracker['created_at']) ?? momentOf(event['created_at']))?.at;
  if (!createdAt) return { kind: 'broken', field: 'result.created_at', text: 'created_at is missing or no time' };
  const details = tracker['tracking_details'] ?? [];
  if (!Array.isArray(details) || !details.every(isObject))
    return { kind: 'broken', field: 'result.tracking_details', text: 'tracking_details must be a list of objects' };
  const context = { carrier, createdAt };
  const scans = details.map((detail: Json) => scanOf(detail, context));
  const events = [
    ...scans,
    ...statusOf(tracker, scans, context),
    ...estimateOf(tracker),
    ...correctionOf(event, tracker, context),
  ];
  return {
    kind: 'tracking',
    data: { trackingNo, carrier, source: 'easypost-webhook', deliveryId, mappingVersion: MAPPING_VERSION, events },
  };
};
