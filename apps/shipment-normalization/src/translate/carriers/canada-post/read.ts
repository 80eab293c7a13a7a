/** Canada Post: Get Tracking Details (tracking-detail) and Get Tracking Summary (tracking-summary). */
import { dayOn, momentOf } from '../moment.js';
import { eventOf, packageOf, readingOf, refusal, type PackageReading, type TrackingEvent } from '../reading.js';
import { milestoneOf, type Mapped } from '../table.js';
import type { CarrierTranslation } from '../translation.js';
import { all, joined, text } from '../tree.js';
import { table } from './table.js';

/** What could not be delivered may be on its way back, which the words of some codes say; a warning of it is none. */
const refined = (code: string, words: string, day?: string): { readonly mapped?: Mapped } => {
  const [byCode, byWords] = [milestoneOf(table, [code], '', day), milestoneOf(table, [], words, day)];
  const isBack = /\breturn(?:ed|ing)? to sender\b/i.test(words) && !/\b(?:will|may) be returned\b/i.test(words);
  if (byCode.milestone !== 'DELIVERY_FAILED' || !isBack) return {};
  return { mapped: { ...byWords, milestone: 'RETURNING', reason: 'other' } };
};

const eventIn = (occurrence: unknown, day?: string): TrackingEvent => {
  const identifier = text(occurrence, 'event-identifier') || text(occurrence, 'event-type');
  const code = identifier.replace(/^0+(?=\d)/, '');
  const words = text(occurrence, 'event-description');
  const zone = text(occurrence, 'event-time-zone');
  const at = momentOf({ date: text(occurrence, 'event-date'), time: text(occurrence, 'event-time') });
  const event = eventOf(
    table,
    {
      codes: [code],
      words,
      ...refined(code, words, dayOn(at, day)),
      at,
      // EST is told in summer, too: the name of a zone, not an offset
      zone,
      place: joined(
        text(occurrence, 'event-retail-name'),
        text(occurrence, 'event-site') || text(occurrence, 'event-location'),
        text(occurrence, 'event-province'),
      ),
    },
    day,
  );
  return identifier ? { ...event, rawCode: identifier } : event;
};
/** `20110203:115959` of a summary. */
const summaryEvent = (pin: unknown, day?: string): TrackingEvent => {
  const [date = '', time = ''] = text(pin, 'event-date-time').split(':');
  return eventOf(
    table,
    {
      codes: [text(pin, 'event-type')],
      words: text(pin, 'event-description'),
      at: momentOf({ date, time }),
      place: text(pin, 'event-location'),
    },
    day,
  );
};
const estimateIn = (detail: unknown) =>
  momentOf({ date: text(detail, 'changed-expected-date') || text(detail, 'expected-delivery-date') });

const detailsIn = (tree: unknown): readonly unknown[] => [
  ...all(tree, 'tracking-detail'),
  ...all(tree, 'wrapper', 'tracking-detail'),
];
const summariesIn = (tree: unknown): readonly unknown[] => [
  ...all(tree, 'tracking-summary', 'pin-summary'),
  ...all(tree, 'wrapper', 'tracking-summary', 'pin-summary'),
];
const messagesIn = (tree: unknown): readonly unknown[] => [
  ...all(tree, 'messages', 'message'),
  ...all(tree, 'wrapper', 'messages', 'message'),
];

export const canadaPost: CarrierTranslation = {
  table,
  names: ['canadapost', 'canadapost-pws', 'postes-canada'],
  recognises: (tree) =>
    detailsIn(tree).length + summariesIn(tree).length > 0 ||
    messagesIn(tree).some((each) => text(each, 'code') !== '' && text(each, 'description') !== ''),
  read: (tree, day) => {
    const packages: readonly PackageReading[] = [
      ...detailsIn(tree).map((detail) =>
        packageOf({
          trackingNo: text(detail, 'pin'),
          events: all(detail, 'significant-events', 'occurrence').map((each) => eventIn(each, day)),
          estimatedDelivery: estimateIn(detail),
        }),
      ),
      ...summariesIn(tree).map((pin) =>
        packageOf({
          trackingNo: text(pin, 'pin'),
          events: [summaryEvent(pin, day)],
          estimatedDelivery: estimateIn(pin),
        }),
      ),
    ];
    const refused = messagesIn(tree).map((each) => refusal(text(each, 'code'), text(each, 'description')));
    return readingOf(table, packages, packages.length > 0 ? [] : refused);
  },
};
