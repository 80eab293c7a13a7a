/** AfterShip: a tracking (data.tracking, data.trackings, or data itself) and the webhook that carries one (msg). */
import { momentOf } from '../moment.js';
import { eventOf, packageOf, readingOf, refusal, summaryOf, type PackageReading } from '../reading.js';
import type { CarrierTranslation } from '../translation.js';
import { all, joined, text } from '../tree.js';
import { table } from './table.js';

const codesIn = (node: unknown): readonly string[] => [text(node, 'subtag'), text(node, 'tag')].filter(Boolean);

const trackingIn = (tracking: unknown, day?: string): PackageReading =>
  packageOf({
    trackingNo: text(tracking, 'tracking_number'),
    events: all(tracking, 'checkpoints').map((checkpoint) =>
      eventOf(
        table,
        {
          codes: codesIn(checkpoint),
          words: text(checkpoint, 'message'),
          at: momentOf({ date: text(checkpoint, 'checkpoint_time') }),
          place:
            text(checkpoint, 'location') ||
            joined(
              text(checkpoint, 'city'),
              text(checkpoint, 'state'),
              text(checkpoint, 'zip') || text(checkpoint, 'postal_code'),
              text(checkpoint, 'country_iso3') || text(checkpoint, 'country_region'),
            ),
        },
        day,
      ),
    ),
    summary: summaryOf(table, codesIn(tracking)),
    estimatedDelivery: momentOf({
      date:
        text(tracking, 'expected_delivery') ||
        text(tracking, 'courier_estimated_delivery_date', 'estimated_delivery_date'),
    }),
  });

const trackingsIn = (tree: unknown): readonly unknown[] =>
  [
    ...all(tree, 'data', 'tracking'),
    ...all(tree, 'data', 'trackings'),
    ...all(tree, 'data'),
    ...all(tree, 'msg'),
    ...all(tree, 'tracking'),
    ...all(tree),
  ].filter((each) => text(each, 'tracking_number') !== '' && text(each, 'tag') !== '');

export const aftership: CarrierTranslation = {
  table,
  names: ['after-ship'],
  recognises: (tree) =>
    trackingsIn(tree).length > 0 || (all(tree, 'meta', 'code').length > 0 && all(tree, 'meta', 'message').length > 0),
  read: (tree, day) => {
    const packages = trackingsIn(tree).map((tracking) => trackingIn(tracking, day));
    const code = text(tree, 'meta', 'code');
    const refused = code && !code.startsWith('2') ? [refusal(code, text(tree, 'meta', 'message'))] : [];
    return readingOf(table, packages, packages.length > 0 ? [] : refused);
  },
};
