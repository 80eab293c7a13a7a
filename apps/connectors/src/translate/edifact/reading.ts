import type { Day, LocalDateTime } from '../../canonical/shapes.js';
import { dateTimeOf, dayOf, type Zone } from '../edi/calendar.js';
import { withPoint } from '../edi/decimal.js';
import { EDIFACT_PURPOSES } from '../edi/purposes.js';
import { Reading } from '../edi/reading.js';
import { unitOfEdifact } from '../edi/units.js';
import type { EdifactSegment } from './segment.js';

/** Formats of DTM (code list 2379): how many digits of day and time begin the value. Of a period the beginning is read. */
const FORMATS: ReadonlyMap<string, readonly [day: number, time: number]> = new Map([
  ['101', [6, 0]],
  ['102', [8, 0]],
  ['201', [6, 4]],
  ['202', [6, 6]],
  ['203', [8, 4]],
  ['204', [8, 6]],
  ['205', [8, 4]],
  ['301', [6, 4]],
  ['302', [6, 6]],
  ['303', [8, 4]],
  ['304', [8, 6]],
  ['711', [8, 0]],
  ['713', [6, 4]],
  ['717', [6, 0]],
  ['718', [8, 0]],
  ['719', [8, 4]],
]);
/** Formats that carry a time zone after day and time. */
const ZONED = new Set(['205', '301', '302', '303', '304']);
/** Formats without a day: 103 to 110 weeks, days and months alone, 305 to 501 times, 600 to 716 longer periods, 800 on counts. */
const NO_DAY = /^(10[3-9]|110|30[56]|4\d\d|501|6\d\d|70\d|71[056]|8\d\d)$/;
/** DDMMYY, MMDDYY and DDMMCCYY (codes 2, 3 and 4): turned around. */
const TURNED: Readonly<Record<string, readonly [pattern: RegExp, day: string]>> = {
  '2': [/^(..)(..)(..)$/, '$3$2$1'],
  '3': [/^(..)(..)(..)$/, '$3$1$2'],
  '4': [/^(..)(..)(....)$/, '$3$2$1'],
};
/** `UTC`, `Z`, `+01`, `-0500`; any other name of a zone leaves the time local. */
const zoneOf = (sent: string): Zone => {
  if (/^(UTC|GMT|Z|[+-]?00(?:00)?)$/.test(sent)) return 'Z';
  const offset = /^([+-])((?:0\d|1[0-4]))([0-5]\d)?$/.exec(sent);
  return offset ? `${offset[1] as '+' | '-'}${offset[2]}:${offset[3] ?? '00'}` : '';
};
const turned = (value: string, format: string): string => {
  const turn = Object.hasOwn(TURNED, format) ? TURNED[format] : undefined;
  return turn ? value.replace(...turn) : value;
};

export class EdifactReading extends Reading<EdifactSegment> {
  /** DTM: C507 qualifier, value, format. */
  dateTime(dtm: EdifactSegment | undefined): LocalDateTime | undefined {
    const sent = this.text(dtm, 1, 2);
    if (sent === undefined || !dtm) return undefined;
    const format = this.text(dtm, 1, 3) ?? '102';
    if (NO_DAY.test(format)) return undefined;
    const value = turned(sent, format);
    const [day, time] = FORMATS.get(format) ?? (value.length > 8 ? [8, value.length - 8] : [value.length, 0]);
    const zone = ZONED.has(format) ? zoneOf(value.slice(day + time)) : '';
    const read = dateTimeOf(value.slice(0, day), value.slice(day, day + time), zone);
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
  protected readonly purposes = EDIFACT_PURPOSES;
  protected unitOf(code: string): string | undefined {
    return unitOfEdifact(code, this.context);
  }
  protected numberText(text: string): string {
    return withPoint(text);
  }
}
