/** UPS: XML Track (TrackResponse/Shipment), its SOAP form, and the Tracking API's JSON (trackResponse). */
import { dayOn, momentOf, type Moment } from '../moment.js';
import {
  eventOf,
  packageOf,
  readingOf,
  refusal,
  summaryOf,
  type PackageReading,
  type TrackingEvent,
} from '../reading.js';
import { milestoneOf, type Mapped } from '../table.js';
import type { CarrierTranslation } from '../translation.js';
import { all, joined, text } from '../tree.js';
import { table } from './table.js';

const momentIn = (activity: unknown): Moment | undefined => {
  const utc = momentOf({ date: text(activity, 'gmtDate'), time: text(activity, 'gmtTime'), offset: 'Z' });
  const offset = text(activity, 'gmtOffset');
  const date = text(activity, 'date') || text(activity, 'Date');
  const told = momentOf({ date, time: text(activity, 'time') || text(activity, 'Time'), offset });
  return told ?? utc;
};

const placeIn = (activity: unknown): string => {
  const [location] = [...all(activity, 'location'), ...all(activity, 'ActivityLocation')];
  const [address] = [...all(location, 'address'), ...all(location, 'Address'), location];
  const part = (...names: readonly string[]): string =>
    names.map((name) => text(address, name)).find((found) => found !== '') ?? '';
  return joined(
    part('city', 'City'),
    part('stateProvince', 'StateProvinceCode', 'StateProvince'),
    part('postalCode', 'PostalCode'),
    part('countryCode', 'CountryCode', 'country'),
  );
};

const ENDS: readonly string[] = ['DELIVERED', 'RETURNED'];
const TROUBLES: readonly string[] = ['ON_HOLD', 'DELAYED', 'DELIVERY_FAILED'];
/**
 * The package status code says more than the type, unless the two exclude each other (type X with "shipment ready"):
 * then the type counts, which UPS calls the status of the activity.
 */
const mappedBy = (type: string, code: string, statusCode: string, words: string, day?: string): Mapped => {
  const byWords = milestoneOf(table, [], words, day);
  if (type === 'I' && byWords.milestone === 'OUT_FOR_DELIVERY') return byWords;
  const byActivity = milestoneOf(table, [`${type}/${code}`], '', day);
  if (byActivity.milestone !== 'UNKNOWN') return byActivity;
  const told = milestoneOf(table, [type], type === '' ? words : '', day);
  // an exception without a status code is refined by its words: what holds it up
  const isTrouble = type === 'X' && statusCode === '' && TROUBLES.includes(byWords.milestone);
  const byType = isTrouble ? byWords : told;
  const byStatus = statusCode ? milestoneOf(table, [`#${statusCode}`], '', day) : byType;
  if (type === '' || byType.reason === 'code-not-mapped')
    return byStatus.reason === 'code-not-mapped' ? byType : byStatus;
  const isEnd = ENDS.includes(byStatus.milestone);
  const isBack = byStatus.milestone === 'RETURNED' && (type === 'RS' || type === 'X');
  const excludes =
    (type === 'D' ? !isEnd && byStatus.milestone !== 'AVAILABLE_FOR_PICKUP' : isEnd && !isBack) ||
    (type === 'M') !== (byStatus.milestone === 'PRE_TRANSIT');
  return byStatus.milestone === 'UNKNOWN' || (excludes && byStatus.milestone !== 'CANCELLED') ? byType : byStatus;
};

const eventIn = (activity: unknown, day?: string): TrackingEvent => {
  const [status] = [...all(activity, 'status'), ...all(activity, 'Status')];
  const type = text(status, 'type') || text(status, 'StatusType', 'Code') || text(status, 'Type');
  const code = text(status, 'code') || text(status, 'StatusCode', 'Code') || text(status, 'Code');
  const words = text(status, 'description') || text(status, 'StatusType', 'Description') || text(status, 'Description');
  const at = momentIn(activity);
  const mapped = mappedBy(type, code, text(status, 'statusCode'), words, dayOn(at, day));
  const raw = [type, code].filter((part) => part !== '').join('/');
  return eventOf(table, { codes: [raw], words, at, place: placeIn(activity), mapped }, day);
};

const errorsIn = (tree: unknown): readonly unknown[] => [
  ...all(tree, 'response', 'errors'),
  ...all(tree, 'TrackResponse', 'Response', 'Error'),
  ...all(tree, 'Envelope', 'Body', 'Fault', 'detail', 'Errors', 'ErrorDetail', 'PrimaryErrorCode'),
];
const refusedBy = (error: unknown) =>
  refusal(
    text(error, 'code') || text(error, 'ErrorCode') || text(error, 'Code'),
    text(error, 'message') || text(error, 'ErrorDescription') || text(error, 'Description'),
  );

const packageIn = (shipment: unknown, parcel: unknown, day?: string): PackageReading => {
  const events = [...all(parcel, 'activity'), ...all(parcel, 'Activity')].map((each) => eventIn(each, day));
  const [current] = [...all(parcel, 'currentStatus'), ...all(shipment, 'CurrentStatus')];
  const type = text(current, 'type');
  const code = text(current, 'statusCode') || text(current, 'Code');
  const words = text(current, 'description') || text(current, 'Description');
  const summary =
    type || code
      ? { ...mappedBy(type, text(current, 'code'), code, words, day), rawCode: [type, code].filter(Boolean).join('#') }
      : summaryOf(table, [], '');
  const [warning] = all(shipment, 'warnings');
  const isEmpty = events.length === 0 && !summary;
  return packageOf({
    trackingNo:
      text(parcel, 'trackingNumber') ||
      text(parcel, 'TrackingNumber') ||
      text(shipment, 'inquiryNumber') ||
      text(shipment, 'ShipmentIdentificationNumber'),
    events,
    summary,
    estimatedDelivery: momentOf({
      date:
        text(parcel, 'RescheduledDeliveryDate') ||
        text(shipment, 'ScheduledDeliveryDate') ||
        text(parcel, 'deliveryDate', 'date'),
    }),
    refused: isEmpty && warning !== undefined ? refusedBy(warning) : undefined,
  });
};

export const ups: CarrierTranslation = {
  table,
  names: ['united-parcel-service'],
  recognises: (tree) =>
    all(tree, 'trackResponse').length > 0 ||
    all(tree, 'response', 'errors').length > 0 ||
    all(tree, 'TrackResponse', 'Response', 'ResponseStatusCode').length > 0 ||
    all(tree, 'TrackResponse', 'Shipment').length > 0 ||
    all(tree, 'Envelope', 'Body', 'TrackResponse', 'Shipment').length > 0 ||
    all(tree, 'Envelope', 'Body', 'Fault', 'detail', 'Errors', 'ErrorDetail').length > 0,
  read: (tree, day) => {
    const shipments = [
      ...all(tree, 'trackResponse', 'shipment'),
      ...all(tree, 'TrackResponse', 'Shipment'),
      ...all(tree, 'Envelope', 'Body', 'TrackResponse', 'Shipment'),
    ];
    const packages = shipments.flatMap((shipment) => {
      const parcels = [...all(shipment, 'package'), ...all(shipment, 'Package')];
      return (parcels.length > 0 ? parcels : [shipment]).map((parcel) => packageIn(shipment, parcel, day));
    });
    return readingOf(table, packages, packages.length > 0 ? [] : errorsIn(tree).map(refusedBy));
  },
};
