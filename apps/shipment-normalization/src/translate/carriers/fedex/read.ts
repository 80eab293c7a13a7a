/** FedEx: Track Web Service (TrackReply v5 to v20, plain or in SOAP) and Track API v1 (completeTrackResults). */
import { momentOf } from '../moment.js';
import type { Fault } from '../payload.js';
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

const placeIn = (address: unknown): string =>
  joined(
    text(address, 'City') || text(address, 'city'),
    text(address, 'StateOrProvinceCode') || text(address, 'stateOrProvinceCode'),
    text(address, 'PostalCode') || text(address, 'postalCode'),
    text(address, 'CountryCode') || text(address, 'countryCode'),
  );

const soapEvent = (event: unknown, day?: string): TrackingEvent => {
  const type = text(event, 'EventType');
  const exception = text(event, 'StatusExceptionCode');
  const words = [text(event, 'EventDescription'), text(event, 'StatusExceptionDescription')].filter(Boolean).join('. ');
  return eventOf(
    table,
    {
      codes: exception ? [`${type}/${exception}`, type] : [type],
      words,
      at: momentOf({ date: text(event, 'Timestamp') }),
      place: placeIn(all(event, 'Address')[0]),
    },
    day,
  );
};
const isError = (severity: string): boolean => severity === 'ERROR' || severity === 'FAILURE';
const errorIn = (notices: readonly unknown[]): Fault | undefined => {
  const notice = notices.find((each) => isError(text(each, 'Severity')));
  if (notice === undefined) return undefined;
  return refusal(text(notice, 'Code'), text(notice, 'Message') || text(notice, 'LocalizedMessage'));
};
const soapPackage = (details: unknown, day?: string): PackageReading => {
  const events = all(details, 'Events').map((event) => soapEvent(event, day));
  const code = text(details, 'StatusDetail', 'Code') || text(details, 'StatusCode');
  const words = text(details, 'StatusDetail', 'Description') || text(details, 'StatusDescription');
  const error = errorIn([...all(details, 'Notification'), ...all(details, 'Notifications')]);
  return packageOf({
    trackingNo: text(details, 'TrackingNumber'),
    events,
    summary: summaryOf(table, [code], words),
    estimatedDelivery: momentOf({ date: text(details, 'EstimatedDeliveryTimestamp') }),
    refused: events.length === 0 && code === '' ? error : undefined,
  });
};

const restEvent = (event: unknown, day?: string): TrackingEvent => {
  const type = text(event, 'eventType');
  const exception = text(event, 'exceptionCode');
  return eventOf(
    table,
    {
      codes: [...(exception ? [`${type}/${exception}`] : []), type, text(event, 'derivedStatusCode')],
      words: [text(event, 'eventDescription'), text(event, 'exceptionDescription')].filter(Boolean).join('. '),
      at: momentOf({ date: text(event, 'date') }),
      place: placeIn(all(event, 'scanLocation')[0]),
    },
    day,
  );
};
const estimateIn = (result: unknown): string =>
  text(
    all(result, 'dateAndTimes').find((each) => text(each, 'type') === 'ESTIMATED_DELIVERY'),
    'dateTime',
  ) || text(result, 'estimatedDeliveryTimeWindow', 'window', 'ends');

const restPackage = (trackingNo: string, result: unknown, day?: string): PackageReading => {
  const events = all(result, 'scanEvents').map((event) => restEvent(event, day));
  const latest = all(result, 'latestStatusDetail')[0];
  const summary = summaryOf(table, [text(latest, 'code'), text(latest, 'derivedCode')], text(latest, 'description'));
  const error = all(result, 'error')[0];
  return packageOf({
    trackingNo: trackingNo || text(result, 'trackingNumberInfo', 'trackingNumber'),
    events,
    summary,
    estimatedDelivery: momentOf({ date: estimateIn(result) }),
    refused:
      events.length === 0 && !summary && error !== undefined
        ? refusal(text(error, 'code'), text(error, 'message'))
        : undefined,
  });
};

const repliesIn = (tree: unknown): readonly unknown[] => [
  ...all(tree, 'TrackReply'),
  ...all(tree, 'Envelope', 'Body', 'TrackReply'),
];
const errorsIn = (tree: unknown): readonly Fault[] => {
  const reply = repliesIn(tree)[0];
  const found = errorIn([...all(reply, 'Notifications'), ...all(reply, 'CompletedTrackDetails', 'Notifications')]);
  return [
    ...(found ? [found] : []),
    ...all(tree, 'errors').map((error) => refusal(text(error, 'code'), text(error, 'message'))),
  ];
};

export const fedex: CarrierTranslation = {
  table,
  names: ['fedex-ws', 'fedex-express', 'fedex-ground'],
  recognises: (tree) =>
    repliesIn(tree).length > 0 ||
    all(tree, 'output', 'completeTrackResults').length > 0 ||
    (all(tree, 'transactionId').length > 0 && all(tree, 'errors').length + all(tree, 'output').length > 0),
  read: (tree, day) => {
    const [reply] = repliesIn(tree);
    const details = [...all(reply, 'CompletedTrackDetails', 'TrackDetails'), ...all(reply, 'TrackDetails')];
    const packages = [
      ...details.map((each) => soapPackage(each, day)),
      ...all(tree, 'output', 'completeTrackResults').flatMap((complete) =>
        all(complete, 'trackResults').map((result) => restPackage(text(complete, 'trackingNumber'), result, day)),
      ),
    ];
    const isAmbiguous = all(reply, 'CompletedTrackDetails', 'DuplicateWaybill').some((told) => told === 'true');
    if (isAmbiguous && packages.every(({ events, status }) => events.length === 0 && status === 'UNKNOWN')) {
      const ids = details.map((each) => text(each, 'TrackingNumberUniqueIdentifier')).join(', ');
      return readingOf(table, [], [refusal('duplicate-waybill', `several shipments have this number: ${ids}`)]);
    }
    return readingOf(table, packages, packages.length > 0 ? [] : errorsIn(tree));
  },
};
