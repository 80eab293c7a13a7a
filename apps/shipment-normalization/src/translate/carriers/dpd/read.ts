/** DPD: ParcelLifeCycleService (SOAP). Steps that are not reached yet are a plan, not scans. */
import { momentOf } from '../moment.js';
import { eventOf, packageOf, readingOf, refusal, summaryOf, type TrackingEvent } from '../reading.js';
import type { CarrierTranslation } from '../translation.js';
import { all, text } from '../tree.js';
import { table } from './table.js';

/** A text is a label with content, or content with content. */
const contentOf = (node: unknown, ...path: readonly string[]): string =>
  text(node, ...path, 'content', 'content') || text(node, ...path, 'content');

const eventIn = (info: unknown, day?: string): TrackingEvent =>
  eventOf(
    table,
    {
      codes: [text(info, 'status')],
      words: contentOf(info, 'description') || contentOf(info, 'label'),
      at: momentOf({ date: contentOf(info, 'date') }),
      place: contentOf(info, 'location'),
    },
    day,
  );

const resultsIn = (tree: unknown): readonly unknown[] => [
  ...all(tree, 'Envelope', 'Body', 'getTrackingDataResponse', 'trackingresult'),
  ...all(tree, 'getTrackingDataResponse', 'trackingresult'),
];
const faultsIn = (tree: unknown): readonly unknown[] => all(tree, 'Envelope', 'Body', 'Fault');
const isOfDpd = (fault: unknown): boolean =>
  all(fault, 'detail', 'authenticationFault').length > 0 ||
  /DELICOM|LOGIN|DPD/i.test(text(fault, 'detail', 'faults', 'faultCodeField'));

export const dpd: CarrierTranslation = {
  table,
  names: ['dpd-be', 'dpd-nl', 'dpd-de'],
  recognises: (tree) => resultsIn(tree).length > 0 || faultsIn(tree).some(isOfDpd),
  read: (tree, day) => {
    const packages = resultsIn(tree).map((result) => {
      const told = all(result, 'statusInfo').filter((info) => text(info, 'statusHasBeenReached') !== 'false');
      const current = told.find((info) => text(info, 'isCurrentStatus') === 'true');
      return packageOf({
        trackingNo: contentOf(result, 'parcelLabelNumber') || text(result, 'parcellabelnumber'),
        events: told.map((info) => eventIn(info, day)),
        summary:
          current === undefined ? undefined : summaryOf(table, [text(current, 'status')], contentOf(current, 'label')),
      });
    });
    const refused = faultsIn(tree).map((fault) => {
      const detail = all(fault, 'detail', 'authenticationFault')[0] ?? all(fault, 'detail', 'faults')[0];
      const code = text(detail, 'errorCode') || text(detail, 'faultCodeField') || text(fault, 'faultcode');
      return refusal(code, text(detail, 'errorMessage') || text(detail, 'messageField') || text(fault, 'faultstring'));
    });
    return readingOf(table, packages, packages.length > 0 ? [] : refused);
  },
};
