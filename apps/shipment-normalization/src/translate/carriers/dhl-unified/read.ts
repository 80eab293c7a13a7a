/** DHL Shipment Tracking - Unified, answers (shipments) and push (the same shipment, alone or in a list). */
import { dayOn, momentOf } from '../moment.js';
import type { Fault } from '../payload.js';
import {
  eventOf,
  inOrder,
  packageOf,
  readingOf,
  refusal,
  type PackageReading,
  type TrackingEvent,
} from '../reading.js';
import { milestoneOf, type Mapped } from '../table.js';
import type { CarrierTranslation } from '../translation.js';
import { all, joined, text } from '../tree.js';
import { table } from './table.js';

/** What the words may say within a code: where on the way, or how it failed. Words never overrule a code. */
const REFINES: ReadonlyMap<string, readonly string[]> = new Map([
  ['transit', ['OUT_FOR_DELIVERY', 'AVAILABLE_FOR_PICKUP', 'PICKED_UP', 'ON_HOLD', 'RETURNING']],
  ['failure', ['RETURNING', 'ON_HOLD', 'AVAILABLE_FOR_PICKUP']],
]);
const mappedBy = (status: unknown, day?: string): Mapped => {
  const code = text(status, 'statusCode').toLowerCase();
  const byCode = milestoneOf(table, [code], '', day);
  const words = [text(status, 'status'), text(status, 'description'), text(status, 'remark')].join(' ');
  const byWords = milestoneOf(table, [], words, day);
  return REFINES.get(code)?.includes(byWords.milestone) ? byWords : byCode;
};
const rawOf = (status: unknown): string =>
  [text(status, 'statusCode') || '-', text(status, 'status')].filter((part) => part !== '').join('/');

const eventIn = (status: unknown, day?: string): TrackingEvent => {
  const address = all(status, 'location', 'address')[0];
  const at = momentOf({ date: text(status, 'timestamp') });
  return eventOf(
    table,
    {
      codes: [rawOf(status)],
      words: text(status, 'description') || text(status, 'status'),
      at,
      place: joined(text(address, 'addressLocality'), text(address, 'postalCode'), text(address, 'countryCode')),
      mapped: mappedBy(status, dayOn(at, day)),
    },
    day,
  );
};
/** One status in two fields that exclude each other; the code counts. */
const contradictionIn = (status: unknown, trackingNo: string): readonly Fault[] => {
  const [code, word] = [text(status, 'statusCode').toLowerCase(), text(status, 'status').toLowerCase()];
  if (!Object.hasOwn(table.codeSets[0]?.codes ?? {}, word) || word === code || word === 'unknown') return [];
  return [{ code: 'carrier-contradicts', path: 'status', text: `${trackingNo}: statusCode ${code}, status ${word}` }];
};

const shipmentIn = (shipment: unknown, day?: string): PackageReading => {
  const trackingNo = text(shipment, 'id');
  const status = all(shipment, 'status')[0];
  const told = all(shipment, 'events');
  const events = (told.length > 0 ? told : status === undefined ? [] : [status]).map((each) => eventIn(each, day));
  // a code without words says less than the scan that it stands for
  const newest = inOrder(events).at(-1);
  const isBare = rawOf(status) === newest?.rawCode && text(status, 'description') + text(status, 'remark') === '';
  return packageOf({
    trackingNo,
    events,
    summary: status === undefined || isBare ? undefined : { ...mappedBy(status, day), rawCode: rawOf(status) },
    estimatedDelivery: momentOf({ date: text(shipment, 'estimatedTimeOfDelivery') }),
    faults: [status, ...told].flatMap((each) => contradictionIn(each, trackingNo)).slice(0, 1),
  });
};
const shipmentsIn = (tree: unknown): readonly unknown[] =>
  [...all(tree, 'shipments'), ...all(tree, 'shipment'), ...all(tree)].filter(
    (each) => text(each, 'id') !== '' && all(each, 'status').length + all(each, 'events', 'statusCode').length > 0,
  );

export const dhlUnified: CarrierTranslation = {
  table,
  names: ['dhl-universal', 'dhl-parcel', 'dhl-ecommerce'],
  recognises: (tree) =>
    shipmentsIn(tree).some(
      (each) => all(each, 'status', 'statusCode').length + all(each, 'events', 'statusCode').length > 0,
    ) ||
    (text(tree, 'instance').startsWith('/shipment') && text(tree, 'title') !== ''),
  read: (tree, day) => {
    const packages = shipmentsIn(tree).map((shipment) => shipmentIn(shipment, day));
    const isProblem = packages.length === 0 && text(tree, 'title') !== '';
    const problem = isProblem ? [refusal(text(tree, 'status'), text(tree, 'detail') || text(tree, 'title'))] : [];
    return readingOf(table, packages, problem);
  },
};
