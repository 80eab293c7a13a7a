/** Days and times as X12 and EDIFACT write them. Local stays local: only a sender that says where gets a zone. */
import type { Day, LocalDateTime } from '../../canonical/shapes.js';

/** Years of two digits from here on are of the last century: no EDI is older. */
const CENTURY_TURNS_AT = 70;

const withCentury = (digits: string): string => {
  if (digits.length !== 6) return digits;
  return `${Number(digits.slice(0, 2)) >= CENTURY_TURNS_AT ? '19' : '20'}${digits}`;
};

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;
const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
/** Documents hold tens of thousands of days: no object is made for one. */
const isInCalendar = (year: number, month: number, day: number): boolean => {
  const days = month === 2 && isLeap(year) ? 29 : (DAYS[month - 1] ?? 0);
  return year > 0 && day >= 1 && day <= days;
};

/** `20260912` and `260912` to `2026-09-12`; undefined when there is no such day. */
export const dayOf = (text: string): Day | undefined => {
  if (!/^(\d{6}|\d{8})$/.test(text)) return undefined;
  const digits = withCentury(text);
  const [year, month, day] = [digits.slice(0, 4), digits.slice(4, 6), digits.slice(6, 8)];
  return isInCalendar(Number(year), Number(month), Number(day)) ? `${year}-${month}-${day}` : undefined;
};

/** `0830`, `083015`, `08301500` (hundredths) to `08:30:15`; undefined when there is no such time. */
export const timeOf = (text: string): string | undefined => {
  if (!/^\d{4}(\d{2}){0,2}$/.test(text)) return undefined;
  const [hour, minute, second] = [text.slice(0, 2), text.slice(2, 4), text.slice(4, 6) || '00'];
  return Number(hour) < 24 && Number(minute) < 60 && Number(second) < 60 ? `${hour}:${minute}:${second}` : undefined;
};

/** What a moment ends in: nothing where its zone is not told, `Z`, or an offset from UTC such as `-05:00`. */
export type Zone = '' | 'Z' | `${'+' | '-'}${string}`;
/** Day and time; the day alone when no time was sent, undefined when either is unreadable. */
export const dateTimeOf = (day: string, time: string, zone: Zone = ''): LocalDateTime | undefined => {
  const date = dayOf(day);
  if (date === undefined || time === '') return date;
  const clock = timeOf(time);
  return clock === undefined ? undefined : `${date}T${clock}${zone}`;
};

/** `2026-09-12...` to `20260912`. */
export const digitsOfDay = (day: string): string => day.slice(0, 10).replaceAll('-', '');
/** `2026-09-12T08:30:15` to `083015`, without seconds when they are none; '' of a day. */
export const digitsOfTime = (dateTime: string): string => {
  const digits = (/T(\d{2}:\d{2}(?::\d{2})?)/.exec(dateTime)?.[1] ?? '').replaceAll(':', '');
  return digits.endsWith('00') ? digits.slice(0, 4) : digits;
};
export const isUtc = (dateTime: string): boolean => dateTime.endsWith('Z');
