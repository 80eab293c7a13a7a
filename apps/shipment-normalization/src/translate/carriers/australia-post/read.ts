/** Australia Post: Track Items. A consignment has items, an article stands alone; both have events. */
import { momentOf } from '../moment.js';
import { eventOf, packageOf, readingOf, refusal, summaryOf, type PackageReading } from '../reading.js';
import type { CarrierTranslation } from '../translation.js';
import { all, text } from '../tree.js';
import { table } from './table.js';

/** Statuses are written with any capitals. */
const statusOf = (told: string): string =>
  Object.keys(table.codeSets[0]?.codes ?? {}).find((code) => code.toLowerCase() === told.toLowerCase()) ?? told;

const resultIn = (result: unknown, day?: string): PackageReading => {
  const trackable = all(result, 'trackable_items');
  const articles = trackable.flatMap((item) => (all(item, 'items').length > 0 ? all(item, 'items') : [item]));
  const error = all(result, 'errors')[0];
  const trackingNo = text(result, 'tracking_id');
  if (articles.length === 0 && error !== undefined)
    return packageOf({
      trackingNo,
      events: [],
      refused: refusal(text(error, 'code') || text(error, 'error_code'), text(error, 'message')),
    });
  const status = text(result, 'status') || text(articles[0], 'status');
  const events = articles
    .flatMap((article) => all(article, 'events'))
    .map((event) =>
      eventOf(
        table,
        {
          codes: [],
          words: text(event, 'description'),
          at: momentOf({ date: text(event, 'date') }),
          place: text(event, 'location'),
        },
        day,
      ),
    );
  const summary = summaryOf(table, [statusOf(status)]);
  // `In transit` is coarser than a scan that says where, or that it goes back
  const isCoarse = summary?.milestone === 'IN_TRANSIT' && events.some(({ milestone }) => milestone !== 'UNKNOWN');
  return packageOf({ trackingNo, events, summary: isCoarse ? undefined : summary });
};

export const australiaPost: CarrierTranslation = {
  table,
  names: ['australiapost', 'auspost', 'startrack'],
  recognises: (tree) => all(tree, 'tracking_results').length > 0 || all(tree, 'errors', 'error_code').length > 0,
  read: (tree, day) => {
    const packages = all(tree, 'tracking_results').map((result) => resultIn(result, day));
    const refused = all(tree, 'errors').map((error) =>
      refusal(text(error, 'error_code') || text(error, 'code'), text(error, 'message') || text(error, 'name')),
    );
    return readingOf(table, packages, packages.length > 0 ? [] : refused);
  },
};
