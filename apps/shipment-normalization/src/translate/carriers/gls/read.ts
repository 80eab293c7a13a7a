/** GLS: Group Track And Trace API (parcels) and the public track and trace (tuStatus). */
import { momentOf } from '../moment.js';
import {
  eventOf,
  packageOf,
  readingOf,
  refusal,
  summaryOf,
  type PackageReading,
  type TrackingEvent,
} from '../reading.js';
import type { CarrierTranslation } from '../translation.js';
import { all, joined, text } from '../tree.js';
import { table } from './table.js';

const stepOf = (code: string): string => code.split('.')[0] ?? code;

const eventIn = (event: unknown, day?: string): TrackingEvent => {
  const code = text(event, 'code');
  return eventOf(
    table,
    {
      codes: [code, stepOf(code)],
      words: text(event, 'description'),
      at: momentOf({ date: text(event, 'eventDateTime') }),
      place: joined(text(event, 'city'), text(event, 'postalCode'), text(event, 'country')),
    },
    day,
  );
};
const parcelIn = (parcel: unknown, day?: string): PackageReading => {
  const trackingNo = text(parcel, 'unitno') || text(parcel, 'requested');
  const error = text(parcel, 'errorCode');
  if (error) return packageOf({ trackingNo, events: [], refused: refusal(error, text(parcel, 'errorMessage')) });
  return packageOf({
    trackingNo,
    events: all(parcel, 'events').map((event) => eventIn(event, day)),
    summary: summaryOf(table, [text(parcel, 'status')]),
  });
};
const unitIn = (unit: unknown, day?: string): PackageReading =>
  packageOf({
    trackingNo: text(unit, 'tuNo'),
    events: all(unit, 'history').map((entry) =>
      eventOf(
        table,
        {
          codes: [],
          words: text(entry, 'evtDscr'),
          at: momentOf({ date: text(entry, 'date'), time: text(entry, 'time') }),
          place: joined(text(entry, 'address', 'city'), text(entry, 'address', 'countryCode')),
        },
        day,
      ),
    ),
    summary: summaryOf(table, [text(unit, 'progressBar', 'statusInfo')]),
  });

export const gls: CarrierTranslation = {
  table,
  names: ['gls-group', 'gls-eu'],
  recognises: (tree) =>
    all(tree, 'parcels', 'requested').length + all(tree, 'parcels', 'unitno').length > 0 ||
    all(tree, 'tuStatus').length > 0,
  read: (tree, day) => {
    const packages = [
      ...all(tree, 'parcels').map((parcel) => parcelIn(parcel, day)),
      ...all(tree, 'tuStatus').map((unit) => unitIn(unit, day)),
    ];
    const refused = all(tree, 'errors').map((error) => refusal(text(error, 'code'), text(error, 'message')));
    return readingOf(table, packages, packages.length > 0 ? [] : refused);
  },
};
