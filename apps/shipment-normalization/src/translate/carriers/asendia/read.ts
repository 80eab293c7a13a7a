/** Asendia Sync: tracking of a parcel (trackingEvents), and problem documents. */
import { momentOf } from '../moment.js';
import { eventOf, packageOf, readingOf, refusal } from '../reading.js';
import type { CarrierTranslation } from '../translation.js';
import { all, joined, text } from '../tree.js';
import { table } from './table.js';

export const asendia: CarrierTranslation = {
  table,
  names: ['asendia-sync'],
  recognises: (tree) =>
    all(tree, 'trackingEvents', 'carrierEventDescription').length > 0 ||
    (all(tree, 'trackingNumber').length > 0 && all(tree, 'trackingEvents', 'locationCountry').length > 0) ||
    text(tree, 'type').includes('asendia'),
  read: (tree, day) => {
    const found = all(tree).filter((each) => all(each, 'trackingEvents').length > 0);
    const packages = found.map((parcel) =>
      packageOf({
        trackingNo: text(parcel, 'trackingNumber'),
        events: all(parcel, 'trackingEvents').map((event) =>
          eventOf(
            table,
            {
              codes: [text(event, 'code')],
              words: text(event, 'carrierEventDescription'),
              at: momentOf({ date: text(event, 'time') }),
              place: joined(text(event, 'locationName'), text(event, 'locationCountry')),
            },
            day,
          ),
        ),
      }),
    );
    const problem = text(tree, 'title')
      ? [refusal(text(tree, 'status'), text(tree, 'detail') || text(tree, 'title'))]
      : [];
    return readingOf(table, packages, packages.length > 0 ? [] : problem);
  },
};
