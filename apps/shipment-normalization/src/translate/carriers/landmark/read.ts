/** Landmark Global: TrackResponse with packages. Times are local to the scan, 10/01/2025 03:02 PM or 2025-10-01 15:02:00. */
import { momentOf } from '../moment.js';
import { eventOf, packageOf, readingOf, refusal, type PackageReading } from '../reading.js';
import type { CarrierTranslation } from '../translation.js';
import { all, text } from '../tree.js';
import { table } from './table.js';

const packageIn = (parcel: unknown, day?: string): PackageReading =>
  packageOf({
    trackingNo: text(parcel, 'LandmarkTrackingNumber') || text(parcel, 'TrackingNumber'),
    otherNos: [text(parcel, 'TrackingNumber')],
    events: all(parcel, 'Events', 'Event').map((event) =>
      eventOf(
        table,
        {
          codes: [text(event, 'EventCode')],
          words: text(event, 'Status'),
          at: momentOf({ date: text(event, 'DateTime') }),
          place: text(event, 'Location'),
        },
        day,
      ),
    ),
    estimatedDelivery: momentOf({ date: text(parcel, 'ExpectedDelivery') }),
  });

export const landmark: CarrierTranslation = {
  table,
  names: ['landmark-global'],
  recognises: (tree) =>
    all(tree, 'TrackResponse', 'Result').length > 0 ||
    all(tree, 'TrackResponse', 'Errors', 'Error', 'ErrorCode').length > 0,
  read: (tree, day) => {
    const packages = all(tree, 'TrackResponse', 'Result', 'Packages', 'Package').map((each) => packageIn(each, day));
    const refused = all(tree, 'TrackResponse', 'Errors', 'Error').map((error) =>
      refusal(text(error, 'ErrorCode'), text(error, 'ErrorMessage')),
    );
    return readingOf(table, packages, packages.length > 0 ? [] : refused);
  },
};
