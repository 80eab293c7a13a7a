import type { Day, LocalDateTime } from '../../canonical/shapes.js';
import { dateTimeOf, dayOf } from '../edi/calendar.js';
import { withPoint } from '../edi/decimal.js';
import { Reading } from '../edi/reading.js';
import { unitOfEdifact } from '../edi/units.js';
import type { EdifactSegment } from './segment.js';

/** Formats of DTM (code list 2379): how many digits of day and time begin the value. */
const FORMATS: Readonly<Record<string, readonly [day: number, time: number]>> = {
  '101': [6, 0],
  '102': [8, 0],
  '201': [6, 4],
  '202': [6, 6],
  '203': [8, 4],
  '204': [8, 6],
  '303': [8, 4],
  '304': [8, 6],
  '718': [8, 0],
};
/** Formats that carry a time zone after day and time. */
const ZONED = new Set(['303', '304']);
/** Formats without a day: weeks, months, periods. */
const NO_DAY = new Set(['602', '609', '610', '616', '615', '713', '719', '801', '802', '803', '804']);
/** DDMMYY and DDMMCCYY (codes 2 and 4): turned around. */
const turned = (value: string): string =>
  value.length === 8 ? value.replace(/^(..)(..)(....)$/, '$3$2$1') : value.replace(/^(..)(..)(..)$/, '$3$2$1');

export class EdifactReading extends Reading<EdifactSegment> {
  /** DTM: C507 qualifier, value, format. */
  dateTime(dtm: EdifactSegment | undefined): LocalDateTime | undefined {
    const sent = this.text(dtm, 1, 2);
    if (sent === undefined || !dtm) return undefined;
    const format = this.text(dtm, 1, 3) ?? '102';
    if (NO_DAY.has(format)) return undefined;
    const value = format === '2' || format === '4' ? turned(sent) : sent;
    const [day, time] = FORMATS[format] ?? (value.length > 8 ? [8, value.length - 8] : [value.length, 0]);
    const isUtc = ZONED.has(format) && /^(UTC|GMT|Z|\+?00)$/.test(value.slice(day + time));
    const read = dateTimeOf(value.slice(0, day), value.slice(day, day + time), isUtc);
    if (read === undefined) this.unreadable('date', dtm, 1, 2, sent);
    return read;
  }
  day(dtm: EdifactSegment | undefined): Day | undefined {
    return this.dateTime(dtm)?.slice(0, 10);
  }
  /** `260315` and `20260315` of an element that is no DTM. */
  dayAt(segment: EdifactSegment | undefined, element: number, component?: number): Day | undefined {
    const text = this.text(segment, element, component);
    return text === undefined ? undefined : dayOf(text);
  }
  protected unitOf(code: string): string | undefined {
    return unitOfEdifact(code);
  }
  protected numberText(text: string): string {
    return withPoint(text);
  }
}
