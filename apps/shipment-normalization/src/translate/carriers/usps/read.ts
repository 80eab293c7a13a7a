/** USPS: Web Tools TrackResponse (fields, or a sentence each) and the Tracking API v3. */
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
import { all, isObject, joined, text } from '../tree.js';
import { table } from './table.js';

/** A sentence is short; what is longer is no sentence, and no pattern goes through it. */
const head = (words: string): string => words.slice(0, 300);

/** `... was delivered at 12:24 pm on February 13, 2014 in CHICAGO, IL 60610.`; without a year there is no moment. */
const DATED = /(?<day>[A-Z][a-z]{2,8} \d{1,2}, \d{4})(?:,? (?<time>\d{1,2}:\d{2} [ap]m))?/;
const TIMED = /at (?<time>\d{1,2}:\d{2} [ap]m) on (?<day>[A-Z][a-z]{2,8} \d{1,2}, \d{4})/;
const momentInWords = (words: string): Moment | undefined => {
  const groups = (TIMED.exec(head(words)) ?? DATED.exec(head(words)))?.groups;
  return groups && momentOf({ date: groups['day'] ?? '', time: groups['time'] ?? '' });
};

/** What the words of a scan may say within its code: to whom it was delivered, or how late it is. */
const REFINES: ReadonlyMap<string, string> = new Map([
  ['01', 'RETURNED'],
  ['NT', 'DELAYED'],
]);
const refined = (code: string, words: string, day?: string): { readonly mapped?: Mapped } => {
  const byWords = milestoneOf(table, [], words, day);
  return byWords.milestone === REFINES.get(code) ? { mapped: byWords } : {};
};

const xmlEvent = (event: unknown, day?: string): TrackingEvent => {
  const words = isObject(event) ? text(event, 'Event') || text(event) : text(event);
  const code = text(event, 'EventCode');
  const attribute = text(event, 'DeliveryAttributeCode');
  const at = momentOf({ date: text(event, 'EventDate'), time: text(event, 'EventTime') }) ?? momentInWords(words);
  return eventOf(
    table,
    {
      codes: [...(code && attribute ? [`${code}/${attribute}`] : []), code],
      words,
      ...refined(code, words, dayOn(at, day)),
      at,
      place:
        joined(
          text(event, 'EventCity'),
          text(event, 'EventState'),
          text(event, 'EventZIPCode'),
          text(event, 'EventCountry'),
        ) || placeInWords(words),
    },
    day,
  );
};
const restEvent = (event: unknown, day?: string): TrackingEvent => {
  const [date, offset] = [text(event, 'eventTimestamp'), text(event, 'GMTOffset')];
  const code = text(event, 'eventCode');
  const words = text(event, 'eventType') || text(event, 'name');
  const at = momentOf({ date, offset }) ?? momentOf({ date: text(event, 'GMTTimestamp') });
  return eventOf(
    table,
    {
      codes: [code],
      words,
      ...refined(code, words, dayOn(at, day)),
      at,
      place: joined(
        text(event, 'eventCity'),
        text(event, 'eventState'),
        text(event, 'eventZIP') || text(event, 'eventZIPCode'),
        text(event, 'eventCountry'),
      ),
    },
    day,
  );
};

/** `... in CHICAGO, IL 60610.`, `..., 10:16 am, BROOKLYN, NY 11201` */
const PLACED = /(?: in |[ap]m, |\d{4}, )(?<place>[A-Z][A-Za-z .'-]*, [A-Z]{2}(?: \d{5})?)\.?$/;
const placeInWords = (words: string): string => PLACED.exec(head(words))?.groups?.['place'] ?? '';

/** The words of the status say more than its category (`Out for Delivery` is `In Transit`). */
const summaryIn = (status: string, category: string) => {
  const byWords = summaryOf(table, [], status);
  if (byWords && byWords.milestone !== 'UNKNOWN') return byWords;
  return category ? summaryOf(table, [`category:${category}`]) : undefined;
};

/** Without structure, USPS tells an error as the summary of a tracking that it has not. */
const NOT_FOUND =
  /no record of (?:that|this) mail item|could not locate|not included in this Test Server|status information is not available|status update is not yet available/i;

const xmlPackage = (info: unknown, day?: string): PackageReading => {
  const trackingNo = text(info, '@ID');
  const told = [...all(info, 'TrackSummary'), ...all(info, 'TrackDetail')];
  const summary = text(info, 'TrackSummary');
  const error = all(info, 'Error')[0];
  if (error !== undefined)
    return packageOf({ trackingNo, events: [], refused: refusal(text(error, 'Number'), text(error, 'Description')) });
  if (told.length <= 1 && NOT_FOUND.test(summary || text(info, 'StatusSummary')))
    return packageOf({ trackingNo, events: [], refused: refusal('', summary || text(info, 'StatusSummary')) });
  return packageOf({
    trackingNo,
    events: told.map((event) => xmlEvent(event, day)),
    // USPS' summary is its newest scan: a status that no scan bears out is not believed
    scansDecide: true,
    summary: summaryIn(text(info, 'Status'), text(info, 'StatusCategory')),
    estimatedDelivery: momentOf({ date: text(info, 'PredictedDeliveryDate') || text(info, 'ExpectedDeliveryDate') }),
  });
};
const restPackage = (info: unknown, day?: string): PackageReading => {
  const error = all(info, 'error')[0];
  const events = all(info, 'trackingEvents').map((event) => restEvent(event, day));
  return packageOf({
    trackingNo: text(info, 'trackingNumber'),
    events,
    // USPS' summary is its newest scan: a status that no scan bears out is not believed
    scansDecide: true,
    summary: summaryIn(text(info, 'status'), text(info, 'statusCategory')),
    estimatedDelivery: momentOf({
      date:
        text(info, 'predictedDeliveryDate') ||
        text(info, 'expectedDeliveryDate') ||
        text(info, 'deliveryDateExpectation', 'predictedDeliveryDate'),
    }),
    refused:
      events.length === 0 && error !== undefined ? refusal(text(error, 'code'), text(error, 'message')) : undefined,
  });
};

const refusalsIn = (tree: unknown) => [
  ...all(tree, 'Error').map((error) => refusal(text(error, 'Number'), text(error, 'Description'))),
  ...all(tree, 'error').map((error) =>
    isObject(error)
      ? refusal(text(error, 'code'), text(error, 'message'))
      : refusal(text(error), text(tree, 'error_description')),
  ),
];
const isRest = (each: unknown): boolean => all(each, 'trackingEvents').length + all(each, 'statusCategory').length > 0;

export const usps: CarrierTranslation = {
  table,
  names: ['us-postal-service'],
  recognises: (tree) =>
    all(tree, 'TrackResponse', 'TrackInfo').length > 0 ||
    (all(tree, 'Error', 'Number').length > 0 && all(tree, 'Error', 'Source').length > 0) ||
    (all(tree, 'trackingNumber').length > 0 && all(tree, 'statusCategory').length > 0) ||
    (all(tree, 'apiVersion').length > 0 && all(tree, 'error').length > 0) ||
    (all(tree, 'error_uri').length > 0 && text(tree, 'error') !== ''),
  read: (tree, day) => {
    const rest = all(tree).filter(isRest);
    const packages = [
      ...all(tree, 'TrackResponse', 'TrackInfo').map((info) => xmlPackage(info, day)),
      ...rest.map((info) => restPackage(info, day)),
    ];
    return readingOf(table, packages, packages.length > 0 ? [] : refusalsIn(tree));
  },
};
