import type { Day, LocalDateTime } from '../../canonical/shapes.js';
import { dateTimeOf, dayOf, type Zone } from '../edi/calendar.js';
import { X12_PURPOSES } from '../edi/purposes.js';
import { Reading } from '../edi/reading.js';
import { unitOfX12 } from '../edi/units.js';
import type { X12Segment } from './segment.js';

/**
 * Time codes (element 623) that say how far from UTC a clock is: standard and daylight times by name, 01 to 24 as ISO
 * offsets. Those that say a region alone (ET, CT ...) or nothing (LT) leave the time local.
 */
const ZONES: Readonly<Record<string, Zone>> = {
  ...{ UT: 'Z', GM: 'Z' },
  ...{ NS: '-03:30', ND: '-02:30', TS: '-04:00', TD: '-03:00', ES: '-05:00', ED: '-04:00', CS: '-06:00' },
  ...{ CD: '-05:00', MS: '-07:00', MD: '-06:00', PS: '-08:00', PD: '-07:00', AS: '-09:00', AD: '-08:00' },
  ...{ HS: '-10:00', HD: '-09:00' },
};
const zoneOf = (code: string): Zone => {
  if (Object.hasOwn(ZONES, code)) return ZONES[code] ?? '';
  if (!/^(0[1-9]|1\d|2[0-4])$/.test(code)) return '';
  // 01 is one hour ahead of UTC, 12 twelve; 13 is twelve behind, 24 one.
  const hours = Number(code) <= 12 ? Number(code) : Number(code) - 25;
  return `${hours > 0 ? '+' : '-'}${String(Math.abs(hours)).padStart(2, '0')}:00`;
};

/** Zeros stand for a day that is not known. */
const NO_DAY = /^0+$/;

export class X12Reading extends Reading<X12Segment> {
  day(segment: X12Segment | undefined, element: number): Day | undefined {
    const text = this.text(segment, element);
    if (text === undefined || !segment || NO_DAY.test(text)) return undefined;
    const day = dayOf(text);
    if (day === undefined) this.unreadable('date', segment, element, undefined, text);
    return day;
  }
  /** Day and time of two elements; in a zone only when a third, the time code, says which. */
  dateTime(
    segment: X12Segment | undefined,
    date: number,
    time: number,
    code: number | undefined = undefined,
  ): LocalDateTime | undefined {
    const day = this.text(segment, date);
    if (day === undefined || !segment || NO_DAY.test(day)) return undefined;
    const clock = this.text(segment, time) ?? '';
    const read = dateTimeOf(day, clock, code === undefined ? '' : zoneOf(segment.at(code).trim()));
    if (read !== undefined) return read;
    this.unreadable('date', segment, date, undefined, `${day} ${clock}`.trim());
    return dayOf(day);
  }
  protected readonly purposes = X12_PURPOSES;
  protected unitOf(code: string): string | undefined {
    return unitOfX12(code, this.context);
  }
  protected numberText(text: string): string {
    return text;
  }
}
