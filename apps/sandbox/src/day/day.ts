/** A generated trading day: from a seed, document by document in the order of their times. Nothing of it is stored. */
import { lineAmount } from '@crossdock/kernel';
import type { FileDocument } from '../file/document.js';
import { readCanonical } from '../file/ndjson.js';
import { dayName, type Day } from './identity.js';
import { BIG_ORDER_LINES, lineCounts, orderTimes } from './shape.js';
import { anAdjustment, anOrder, aReturn, type DayDocument } from './documents.js';
import { randomFrom, wholeFrom } from './random.js';

export interface Timed {
  /** RFC 3339 UTC */
  readonly at: string;
  readonly document: DayDocument;
}

/** Unreferenced returns to a hundred orders. */
const RETURNS_PERCENT = 8;
const ADJUSTMENTS = 2;

interface Slot {
  readonly ms: number;
  readonly type: DayDocument['type'];
  readonly nth: number;
}

const slotsOf = (day: Day): Slot[] => {
  const random = randomFrom(`times/${dayName(day)}`);
  const orders = orderTimes(random, day.orders).map((ms, nth): Slot => ({ ms, type: 'order', nth }));
  const returns = Array.from({ length: Math.round((day.orders * RETURNS_PERCENT) / 100) }, (_, nth): Slot => ({
    ms: wholeFrom(random, 13 * 3_600_000, 18 * 3_600_000),
    type: 'return',
    nth,
  }));
  const adjustments = Array.from({ length: ADJUSTMENTS }, (_, nth): Slot => ({
    ms: 18 * 3_600_000 + wholeFrom(random, 0, 1_800_000),
    type: 'adjustment',
    nth,
  }));
  return [...orders, ...returns, ...adjustments].toSorted((a, b) => a.ms - b.ms);
};

export function* documentsOf(day: Day): Generator<Timed> {
  const counts = lineCounts(randomFrom(`lines/${dayName(day)}`), day.orders);
  const orderAt = (nth: number) => anOrder(day, nth, counts[nth] as number);
  const midnight = Date.parse(`${day.date}T00:00:00.000Z`);
  for (const { ms, type, nth } of slotsOf(day)) {
    const at = new Date(midnight + ms).toISOString();
    if (type === 'order') yield { at, document: orderAt(nth) };
    else if (type === 'adjustment') yield { at, document: anAdjustment(day, nth) };
    else {
      // A return brings back part of a smaller order of the day.
      const small = counts.findIndex((count, order) => order > nth * 3 && count > 2 && count < BIG_ORDER_LINES);
      yield { at, document: aReturn(day, nth, orderAt(Math.max(0, small))) };
    }
  }
}

/** The day's documents as the ERP reads those of any file. */
export function* readDay(day: Day): Generator<FileDocument> {
  for (const { document } of documentsOf(day)) yield readCanonical(JSON.stringify(document)) as FileDocument;
}

/** What a day amounts to when every document is taken. Minor units, rounded once a line. */
export const summaryOf = (day: Day) => {
  const summary = {
    orders: 0,
    returns: 0,
    adjustments: 0,
    lines: { ordered: 0, goods: 0, charges: 0 },
    orderedNet: 0,
    returnedNet: 0,
  };
  for (const { document } of documentsOf(day)) {
    if (document.type === 'adjustment') {
      summary.adjustments += 1;
      continue;
    }
    const net = document.lines.reduce((sum, { unitPrice, quantity }) => sum + lineAmount(unitPrice, quantity), 0);
    if (document.type === 'return') {
      summary.returns += 1;
      summary.returnedNet += net;
      continue;
    }
    const goods = document.lines.filter(({ kind }) => kind === undefined).length;
    summary.orders += 1;
    summary.orderedNet += net;
    summary.lines.ordered += document.lines.length;
    summary.lines.goods += goods;
    summary.lines.charges += document.lines.length - goods;
  }
  return summary;
};
