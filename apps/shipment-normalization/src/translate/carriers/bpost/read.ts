/** bpost: itemTracking of the track and trace web service, one item or a list, and its exceptions. */
import { dayOn, momentOf } from '../moment.js';
import { eventOf, packageOf, readingOf, refusal, type PackageReading } from '../reading.js';
import { milestoneOf, type Mapped } from '../table.js';
import type { CarrierTranslation } from '../translation.js';
import { all, text } from '../tree.js';
import { table } from './table.js';

const EXCEPTIONS = ['systemException', 'businessException', 'invalidSelection', 'unknownItem'];

/** `NotDistributed` stands over many codes, one of them of an item that waits to be picked up: there the code says more. */
const isCoarse = (code: string, { milestone }: Mapped, day?: string): boolean =>
  milestone === 'UNKNOWN' ||
  (milestone === 'DELIVERY_FAILED' && milestoneOf(table, [code], '', day).milestone !== 'UNKNOWN');

const itemIn = (item: unknown, day?: string): PackageReading =>
  packageOf({
    trackingNo: text(item, 'itemCode') || text(item, 'trackingId'),
    otherNos: [text(item, 'trackingId')],
    events: all(item, 'stateInfo').map((state) => {
      const words = text(state, 'stateDescription');
      const at = momentOf({ date: text(state, 'time') });
      const on = dayOn(at, day);
      const byWords = milestoneOf(table, [], words, on);
      return eventOf(
        table,
        {
          codes: [text(state, 'stateCode')],
          words,
          at,
          ...(isCoarse(text(state, 'stateCode'), byWords, on) ? {} : { mapped: byWords }),
        },
        day,
      );
    }),
  });

export const bpost: CarrierTranslation = {
  table,
  names: ['bpost-be', 'belgian-post'],
  recognises: (tree) =>
    all(tree, 'itemTracking').length > 0 ||
    all(tree, 'itemTrackingList', 'itemTracking').length > 0 ||
    EXCEPTIONS.some((name) => all(tree, name).length > 0),
  read: (tree, day) => {
    const items = [...all(tree, 'itemTracking'), ...all(tree, 'itemTrackingList', 'itemTracking')];
    const refused = EXCEPTIONS.flatMap((name) =>
      all(tree, name).map((found) => refusal(text(found, 'code') || name, text(found, 'message') || text(found))),
    );
    return readingOf(
      table,
      items.map((item) => itemIn(item, day)),
      items.length > 0 ? [] : refused,
    );
  },
};
