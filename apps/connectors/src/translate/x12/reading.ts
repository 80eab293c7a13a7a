import type { Day, LocalDateTime } from '../../canonical/shapes.js';
import { dateTimeOf, dayOf } from '../edi/calendar.js';
import { Reading } from '../edi/reading.js';
import { unitOfX12 } from '../edi/units.js';
import type { X12Segment } from './segment.js';

/** Time codes (element 623) that say UTC; every other one is a wall clock somewhere and stays local. */
const UTC_CODES = new Set(['UT', 'GM']);

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
  /** Day and time of two elements; UTC only when a third, the time code, says so. */
  dateTime(
    segment: X12Segment | undefined,
    date: number,
    time: number,
    code: number | undefined = undefined,
  ): LocalDateTime | undefined {
    const day = this.text(segment, date);
    if (day === undefined || !segment || NO_DAY.test(day)) return undefined;
    const clock = this.text(segment, time) ?? '';
    const isUtc = code !== undefined && UTC_CODES.has(segment.at(code).trim());
    const read = dateTimeOf(day, clock, isUtc);
    if (read !== undefined) return read;
    this.unreadable('date', segment, date, undefined, `${day} ${clock}`.trim());
    return dayOf(day);
  }
  protected unitOf(code: string): string | undefined {
    return unitOfX12(code);
  }
  protected numberText(text: string): string {
    return text;
  }
}
