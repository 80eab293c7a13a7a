/** EasyPost: a Tracker, a list of them, or an Event with one. The webhook's own door reads corrections besides. */
import { milestoneOf as easypostMilestone, rawCodeOf } from '../../easypost-mapping.js';
import { dayOn, momentOf } from '../moment.js';
import { eventOf, packageOf, readingOf, refusal, type PackageReading } from '../reading.js';
import type { CarrierTranslation } from '../translation.js';
import { all, joined, text } from '../tree.js';
import { table } from './table.js';

const trackerIn = (tracker: unknown, day?: string): PackageReading => {
  const carrier = text(tracker, 'carrier');
  const own = {
    status: text(tracker, 'status'),
    statusDetail: text(tracker, 'status_detail'),
    carrier,
    carrierCode: '',
  };
  const events = all(tracker, 'tracking_details').map((detail) => {
    const raw = {
      status: text(detail, 'status'),
      statusDetail: text(detail, 'status_detail'),
      carrier,
      carrierCode: text(detail, 'carrier_code'),
    };
    const location = all(detail, 'tracking_location')[0];
    const at = momentOf({ date: text(detail, 'datetime') });
    return eventOf(table, {
      codes: [rawCodeOf(raw)],
      words: text(detail, 'message') || text(detail, 'description'),
      at,
      place: joined(text(location, 'city'), text(location, 'state'), text(location, 'zip'), text(location, 'country')),
      mapped: easypostMilestone(raw, dayOn(at, day)),
    });
  });
  return packageOf({
    trackingNo: text(tracker, 'tracking_code'),
    events,
    summary: own.status ? { ...easypostMilestone(own, day), rawCode: rawCodeOf(own) } : undefined,
    estimatedDelivery: momentOf({ date: text(tracker, 'est_delivery_date') }),
  });
};
const trackersIn = (tree: unknown): readonly unknown[] =>
  [...all(tree), ...all(tree, 'result'), ...all(tree, 'trackers')].filter((each) => text(each, 'object') === 'Tracker');

export const easypost: CarrierTranslation = {
  table,
  names: ['easy-post'],
  recognises: (tree) => trackersIn(tree).length > 0 || /^(?:TRACKER|SHIPMENT)\./.test(text(tree, 'error', 'code')),
  read: (tree, day) => {
    const packages = trackersIn(tree).map((tracker) => trackerIn(tracker, day));
    const refused = all(tree, 'error').map((error) => refusal(text(error, 'code'), text(error, 'message')));
    return readingOf(table, packages, packages.length > 0 ? [] : refused);
  },
};
