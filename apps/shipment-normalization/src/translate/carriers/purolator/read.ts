/** Purolator: TrackPackagesByPin (SOAP). */
import { dayOn, momentOf } from '../moment.js';
import { eventOf, packageOf, readingOf, refusal, type PackageReading } from '../reading.js';
import { milestoneOf, type Mapped } from '../table.js';
import type { CarrierTranslation } from '../translation.js';
import { all, joined, text } from '../tree.js';
import { table } from './table.js';

const bodyOf = (tree: unknown): unknown =>
  [...all(tree, 'Envelope', 'Body', 'TrackPackagesByPinResponse'), ...all(tree, 'TrackPackagesByPinResponse')][0];
const errorsIn = (node: unknown): readonly unknown[] => all(node, 'ResponseInformation', 'Errors', 'Error');

/**
 * Purolator puts what is no delivery under these types, a created shipment among them: the words say more. A hand-over
 * to a shipping centre comes as a delivery and is none.
 */
const LOOSE = new Set(['Undeliverable', 'Other']);
const mappedBy = (type: string, words: string, day?: string): Mapped => {
  const byWords = milestoneOf(table, [], words, day);
  if (type === 'Delivery' && byWords.milestone === 'IN_TRANSIT') return byWords;
  return LOOSE.has(type) && byWords.milestone !== 'UNKNOWN' ? byWords : milestoneOf(table, [type], words, day);
};

const packageIn = (info: unknown, day?: string): PackageReading => {
  const trackingNo = text(info, 'PIN', 'Value');
  const scans = all(info, 'Scans', 'Scan');
  const error = errorsIn(info)[0];
  if (scans.length === 0 && error !== undefined)
    return packageOf({ trackingNo, events: [], refused: refusal(text(error, 'Code'), text(error, 'Description')) });
  return packageOf({
    trackingNo,
    events: scans.map((scan) => {
      const [type, words] = [text(scan, 'ScanType'), text(scan, 'Description')];
      const at = momentOf({ date: text(scan, 'ScanDate'), time: text(scan, 'ScanTime') });
      return eventOf(
        table,
        {
          codes: [type],
          words,
          mapped: mappedBy(type, words, dayOn(at, day)),
          at,
          place: joined(text(scan, 'Depot', 'Name')),
        },
        day,
      );
    }),
  });
};

export const purolator: CarrierTranslation = {
  table,
  names: ['purolator-courier'],
  recognises: (tree) => bodyOf(tree) !== undefined,
  read: (tree, day) => {
    const body = bodyOf(tree);
    const packages = all(body, 'TrackingInformationList', 'TrackingInformation').map((info) => packageIn(info, day));
    const refused = errorsIn(body).map((error) => refusal(text(error, 'Code'), text(error, 'Description')));
    return readingOf(table, packages, packages.length > 0 ? [] : refused);
  },
};
