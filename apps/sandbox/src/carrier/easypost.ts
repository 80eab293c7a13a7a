/**
 * EasyPost's view of a package (docs: Trackers, Events, Webhooks): an Event with the whole Tracker as its result, the
 * whole history in every message, signed over the raw body.
 */
import { createHash, createHmac } from 'node:crypto';

/** Scans a package has, in their order. */
export const STAGES = ['pre_transit', 'in_transit', 'out_for_delivery', 'delivered'] as const;
export type Stage = (typeof STAGES)[number];

export interface Parcel {
  readonly trackingNo: string;
  readonly carrier: string;
  /** RFC 3339; scans follow it by a second each */
  readonly takenAt: string;
  readonly weightGrams: number;
  readonly country: string;
  readonly city?: string;
}

const SCANS: Readonly<Record<Stage, { readonly detail: string; readonly message: string; readonly code: string }>> = {
  pre_transit: {
    detail: 'label_created',
    message: 'Shipper created a label, carrier has not received the package yet',
    code: 'MP',
  },
  in_transit: { detail: 'arrived_at_facility', message: 'Arrived at facility', code: 'AR' },
  out_for_delivery: { detail: 'out_for_delivery', message: 'Out for delivery', code: 'OT' },
  delivered: { detail: 'arrived_at_destination', message: 'Delivered', code: 'KB' },
};
const GRAMS_PER_OUNCE = 28.349523125;
const LAST = STAGES.length;

const idOf = (prefix: string, ...parts: string[]): string =>
  `${prefix}_${createHash('sha256').update(parts.join('/')).digest('hex').slice(0, 32)}`;
/** EasyPost tells whole seconds. */
const secondsAfter = (instant: string, seconds: number): string =>
  `${new Date(Math.floor(Date.parse(instant) / 1000) * 1000 + seconds * 1000).toISOString().slice(0, 19)}Z`;

const placeOf = (parcel: Parcel, stage: Stage) => {
  const there = stage === 'out_for_delivery' || stage === 'delivered';
  const place = there
    ? { city: parcel.city?.toUpperCase() ?? null, country: parcel.country }
    : { city: 'COVENTRY', country: 'GB' };
  return {
    object: 'TrackingLocation',
    city: place.city,
    state: null,
    country: place.country === 'ZZ' ? null : place.country,
    zip: null,
  };
};

const detailOf = (parcel: Parcel, stage: Stage, at: number) => ({
  object: 'TrackingDetail',
  message: SCANS[stage].message,
  description: SCANS[stage].message,
  status: stage,
  status_detail: SCANS[stage].detail,
  datetime: secondsAfter(parcel.takenAt, at),
  source: parcel.carrier,
  carrier_code: SCANS[stage].code,
  tracking_location: placeOf(parcel, stage),
});

/** The message of the nth scan (1 to 4). The same scan gives the same bytes, whenever it is told. */
export const trackerEvent = (parcel: Parcel, scans: number): string => {
  const stage = STAGES[scans - 1] as Stage;
  const at = secondsAfter(parcel.takenAt, scans - 1);
  const tracker = idOf('trk', parcel.trackingNo);
  return JSON.stringify({
    id: idOf('evt', parcel.trackingNo, String(scans)),
    object: 'Event',
    created_at: at,
    updated_at: at,
    description: scans === 1 ? 'tracker.created' : 'tracker.updated',
    mode: 'test',
    previous_attributes: scans === 1 ? {} : { status: STAGES[scans - 2] },
    pending_urls: [],
    completed_urls: [],
    status: 'pending',
    result: {
      id: tracker,
      object: 'Tracker',
      mode: 'test',
      tracking_code: parcel.trackingNo,
      status: stage,
      status_detail: SCANS[stage].detail,
      created_at: secondsAfter(parcel.takenAt, 0),
      updated_at: at,
      signed_by: stage === 'delivered' ? 'Goods In' : null,
      weight: Math.round((parcel.weightGrams / GRAMS_PER_OUNCE) * 10) / 10,
      est_delivery_date: null,
      shipment_id: null,
      carrier: parcel.carrier,
      tracking_details: STAGES.slice(0, scans).map((one, nth) => detailOf(parcel, one, nth)),
      carrier_detail: null,
      finalized: scans === LAST,
      is_return: false,
      public_url: `https://track.easypost.com/${tracker}`,
      fees: [],
    },
  });
};

/** HMAC-SHA256 over the raw body; the secret in its NFKD form, as EasyPost's client libraries have it. */
export const signatureOf = (body: string | Buffer, secret: string): string =>
  `hmac-sha256-hex=${createHmac('sha256', secret.normalize('NFKD')).update(body).digest('hex')}`;
