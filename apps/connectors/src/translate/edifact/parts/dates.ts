/** DTM: days and moments by qualifier (code list 2005), read and written. */
import type { Day, LocalDateTime } from '../../../canonical/shapes.js';
import { digitsOfDay, digitsOfTime, isUtc } from '../../edi/calendar.js';
import type { EdifactReading } from '../reading.js';
import type { EdifactSegment } from '../segment.js';
import { segment, when, type Written } from '../writing.js';

const dtmOf = (dtms: readonly EdifactSegment[], qualifiers: readonly string[]): EdifactSegment | undefined => {
  for (const qualifier of qualifiers) {
    const found = dtms.find((dtm) => dtm.at(1).trim() === qualifier);
    if (found) return found;
  }
  return undefined;
};
/** Day of the first DTM with one of the qualifiers, in the order of the qualifiers. */
export const dayBy = (
  reading: EdifactReading,
  dtms: readonly EdifactSegment[],
  ...qualifiers: string[]
): Day | undefined => reading.day(dtmOf(dtms, qualifiers));
export const momentBy = (
  reading: EdifactReading,
  dtms: readonly EdifactSegment[],
  ...qualifiers: string[]
): LocalDateTime | undefined => reading.dateTime(dtmOf(dtms, qualifiers));
/** The moment of a DTM that says more than a day. */
export const timeBy = (
  reading: EdifactReading,
  dtms: readonly EdifactSegment[],
  ...qualifiers: string[]
): LocalDateTime | undefined => {
  const moment = momentBy(reading, dtms, ...qualifiers);
  return moment !== undefined && moment.length > 10 ? moment : undefined;
};

export const daySegment = (qualifier: string, day: Day | undefined): readonly Written[] =>
  when(day, segment('DTM', [qualifier, day && digitsOfDay(day), '102']));
/** Day, day and time, or with UTC said: formats 102, 203, 204, 303 and 304. */
export const momentSegment = (qualifier: string, at: LocalDateTime | undefined): readonly Written[] => {
  if (at === undefined) return [];
  const time = digitsOfTime(at);
  if (time === '') return daySegment(qualifier, at);
  const hasSeconds = time.length > 4;
  const format = isUtc(at) ? (hasSeconds ? '304' : '303') : hasSeconds ? '204' : '203';
  return [segment('DTM', [qualifier, `${digitsOfDay(at)}${time}${isUtc(at) ? 'UTC' : ''}`, format])];
};
