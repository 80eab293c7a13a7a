/** Teleship: tracking of a shipment over several carriers. */
import { momentOf } from '../moment.js';
import { eventOf, packageOf, readingOf, refusal, summaryOf } from '../reading.js';
import type { CarrierTranslation } from '../translation.js';
import { all, text } from '../tree.js';
import { table } from './table.js';

export const teleship: CarrierTranslation = {
  table,
  names: ['tele-ship'],
  recognises: (tree) =>
    (text(tree, 'trackingNumber') !== '' && text(tree, 'shipmentId') !== '' && text(tree, 'status') !== '') ||
    (all(tree, 'messages', 'code').length > 0 && all(tree, 'messages', 'timestamp').length > 0),
  read: (tree, day) => {
    if (all(tree, 'events').length === 0 && text(tree, 'status') === '')
      return readingOf(
        table,
        [],
        all(tree, 'messages').map((each) => refusal(text(each, 'code'), text(each, 'message'))),
      );
    return readingOf(table, [
      packageOf({
        trackingNo: text(tree, 'trackingNumber'),
        events: all(tree, 'events').map((event) =>
          eventOf(
            table,
            {
              codes: [text(event, 'code')],
              words: text(event, 'description'),
              at: momentOf({ date: text(event, 'timestamp') }),
              place: text(event, 'location'),
            },
            day,
          ),
        ),
        summary: summaryOf(table, [text(tree, 'status')]),
        estimatedDelivery: momentOf({ date: text(tree, 'estimatedDelivery') }),
      }),
    ]);
  },
};
