/** Sendle: tracking of a parcel (tracking_events) and the webhook that tells one event of it. */
import { momentOf } from '../moment.js';
import { eventOf, packageOf, readingOf, refusal, summaryOf, type TrackingEvent } from '../reading.js';
import type { CarrierTranslation } from '../translation.js';
import { all, text } from '../tree.js';
import { table } from './table.js';

const eventIn = (event: unknown, day?: string): TrackingEvent => {
  const reason = text(event, 'reason');
  return eventOf(
    table,
    {
      codes: [text(event, 'event_type')],
      words: [text(event, 'description'), reason].filter((part) => part !== '').join('. '),
      // display_time has the offset of the place, scan_time is UTC, local_scan_time has none
      at:
        momentOf({ date: text(event, 'display_time') }) ??
        momentOf({ date: text(event, 'scan_time') }) ??
        momentOf({ date: text(event, 'local_scan_time') }),
      place: text(event, 'location'),
    },
    day,
  );
};

export const sendle: CarrierTranslation = {
  table,
  names: ['sendle-au', 'sendle-us'],
  recognises: (tree) =>
    all(tree, 'tracking_events').length > 0 ||
    (all(tree, 'sendle_reference').length > 0 && all(tree, 'event_type').length > 0) ||
    (text(tree, 'error') !== '' && all(tree, 'error_description').length > 0 && all(tree, 'error_uri').length === 0),
  read: (tree, day) => {
    const told = all(tree, 'tracking_events');
    const pushed = text(tree, 'event_type') === '' ? [] : [tree];
    const state = text(tree, 'state');
    if (told.length === 0 && pushed.length === 0 && state === '')
      return readingOf(table, [], [refusal(text(tree, 'error'), text(tree, 'error_description'))]);
    return readingOf(table, [
      packageOf({
        trackingNo: text(tree, 'sendle_reference') || text(tree, 'tracking_number'),
        events: [...told, ...pushed].map((event) => eventIn(event, day)),
        // the state says less than the last event, but for what no event tells
        summary:
          told.length + pushed.length > 0 && /transit|pickup/i.test(state)
            ? undefined
            : summaryOf(table, state ? [`state:${state}`] : []),
        estimatedDelivery: momentOf({ date: text(tree, 'scheduling', 'estimated_delivery_date_minimum') }),
      }),
    ]);
  },
};
