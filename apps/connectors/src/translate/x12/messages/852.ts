/** 852 Product Activity Data: what a reseller sold, holds and has on order, by item and by store. */
import type {
  CanonicalInventoryLine,
  CanonicalInventoryReport,
  ReportedQuantity,
} from '../../../canonical/inventory-report.js';
import type { Party } from '../../../canonical/shapes.js';
import { compact, filled } from '../../edi/compact.js';
import { loop } from '../../edi/layout.js';
import type { X12Loop, X12Message } from '../message.js';
import { currencyOf } from '../parts/charges.js';
import { descriptionsOf, itemOf } from '../parts/items.js';
import { PARTY, partyIn, partyOf } from '../parts/parties.js';
import { notesOf, NOTE, referencesOf, referencesOfLoops } from '../parts/references.js';
import { kindOfActivity, takeStores, type ByStore } from '../parts/stock.js';
import type { X12Reading } from '../reading.js';

/** Every LIN, with the party before it where the parties stand between the lines. */
const placed = (
  reading: X12Reading,
  set: X12Loop,
): readonly { readonly line: X12Loop; readonly location?: Party }[] => {
  const first = set.loops.findIndex(({ opening }) => opening.tag === 'LIN');
  const isBetween = set.loops.some(({ opening }, at) => opening.tag === 'N1' && at > first);
  let location: Party | undefined;
  return set.loops.flatMap((one) => {
    if (one.opening.tag === 'N1' && isBetween) location = partyOf(reading, one);
    return one.opening.tag === 'LIN' ? [{ line: one, ...(location && { location }) }] : [];
  });
};

/** One line for the item, and one for each store that is told apart. */
const linesOf = (
  reading: X12Reading,
  { line, location }: { readonly line: X12Loop; readonly location?: Party },
  at: number,
): readonly CanonicalInventoryLine[] => {
  const texts = descriptionsOf(reading, line.all('PID'));
  const item = itemOf(reading, line.opening, 2, texts);
  const lineNo = reading.text(line.opening, 1) ?? String(at + 1);
  const own: ReportedQuantity[] = [];
  const stores: ByStore = new Map();
  for (const activity of line.of('ZA')) {
    const za = activity.opening;
    const sentKind = reading.text(za, 1) ?? '';
    const kind = kindOfActivity(sentKind, reading.context);
    const quantity = reading.quantity(za, 2, [3, 1]);
    if (quantity) own.push({ kind, sentKind, quantity });
    for (const sdq of activity.all('SDQ')) takeStores(reading, sdq, { kind, sentKind }, stores);
  }
  const whole = compact<CanonicalInventoryLine>({ lineNo, item, quantities: own, location });
  const split = [...stores.values()].map((store) => ({ lineNo, item, ...store }));
  return own.length > 0 || split.length === 0 ? [whole, ...split] : split;
};

export const productActivity: X12Message = {
  type: '852',
  required: { XQ: [1, 2], LIN: [] },
  layout: loop(
    'ST',
    'XQ XPO PER CUR DTM',
    NOTE,
    PARTY,
    loop('LIN', 'CTP PID PO4 CTB REF QTY N9 AMT SDQ', loop('ZA', 'CTP SDQ QTY REF')),
    loop('CTT', 'AMT'),
  ),
  read: (set, reading) => {
    const xq = set.first('XQ');
    const currency = currencyOf(reading, set);
    const lines = set.of('LIN');
    const named = referencesOfLoops(set);
    reading.counted(set.one('CTT')?.opening, 1, undefined, 'LIN lines', lines.length);
    const asOf = reading.day(xq, 3) ?? reading.day(xq, 2);
    const reporter = partyIn(reading, set, 'seller') ?? reseller(reading, set);
    const data = compact<CanonicalInventoryReport>({
      number: reading.text(xq, 4) ?? reading.text(named[0], 2) ?? set.opening.at(2).trim(),
      issued: reading.day(xq, 2),
      asOf,
      currency,
      reporter,
      references: referencesOf(reading, named),
      lines: placed(reading, set).flatMap((line, at) => linesOf(reading, line, at)),
      notes: notesOf(reading, set),
    });
    return { kind: 'inventory-report', data };
  },
};
const reseller = (reading: X12Reading, set: X12Loop): Party | undefined => {
  const found = partyIn(reading, set, 'buyer') ?? partyIn(reading, set, 'warehouse');
  return found && filled(found);
};
