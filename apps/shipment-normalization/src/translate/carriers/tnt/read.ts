/** TNT: TrackResponse of ExpressConnect, a consignment each. */
import { momentOf } from '../moment.js';
import { eventOf, packageOf, readingOf, refusal, summaryOf, type PackageReading } from '../reading.js';
import type { CarrierTranslation } from '../translation.js';
import { all, joined, text } from '../tree.js';
import { table } from './table.js';

const consignmentIn = (consignment: unknown, day?: string): PackageReading => {
  const summary = text(consignment, 'SummaryCode');
  const trackingNo = text(consignment, 'ConsignmentNumber');
  const told = all(consignment, 'StatusData');
  if (summary === 'CNF' && told.length === 0)
    return packageOf({ trackingNo, events: [], refused: refusal(summary, 'Consignment not found') });
  const events = told.map((status) =>
    eventOf(
      table,
      {
        codes: [text(status, 'StatusCode')],
        words: text(status, 'StatusDescription'),
        at: momentOf({ date: text(status, 'LocalEventDate'), time: text(status, 'LocalEventTime') }),
        place: joined(text(status, 'Depot'), text(status, 'DepotName')),
      },
      day,
    ),
  );
  // `in transit` and `exception` are coarser than the newest scan
  const isEnd = summary === 'DEL' || events.length === 0;
  return packageOf({
    trackingNo,
    events,
    summary: summary && isEnd ? summaryOf(table, [`summary:${summary}`]) : undefined,
  });
};

export const tnt: CarrierTranslation = {
  table,
  names: ['tnt-express'],
  recognises: (tree) =>
    all(tree, 'TrackResponse', 'Consignment').length > 0 || all(tree, 'TrackResponse', 'Error', 'Code').length > 0,
  read: (tree, day) => {
    const packages = all(tree, 'TrackResponse', 'Consignment').map((each) => consignmentIn(each, day));
    const refused = all(tree, 'TrackResponse', 'Error').map((error) =>
      refusal(text(error, 'Code'), text(error, 'Message')),
    );
    return readingOf(table, packages, packages.length > 0 ? [] : refused);
  },
};
