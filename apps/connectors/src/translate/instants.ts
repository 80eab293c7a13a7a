/** Dates and times as systems write them. Local stays local: an offset is never made up, and never dropped. */
import { DateTime, FixedOffsetZone } from 'luxon';
import type { Day, LocalDateTime } from '../canonical/shapes.js';

const ISO = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*(Z|[+-]\d{2}:?\d{2})?)?$/;
const COMPACT = /^(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?)?$/;
/** .NET JSON: milliseconds since 1970 in UTC, the offset only says where the writer stood. */
const DOT_NET_JSON = /^\/?Date\((-?\d{1,15})(?:[+-]\d{2}:?\d{2})?\)\/?$/;
/** .NET ticks: 100 ns since the year 1; 18 digits from the year 318 to 3169. */
const TICKS = /^\d{18}$/;
const TICKS_AT_1970 = 621_355_968_000_000_000n;
const RFC_2822 = /^(?:[A-Z][a-z]{2},\s*)?\d{1,2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}/;

const exists = (iso: string): boolean => DateTime.fromISO(iso, { setZone: true }).isValid;
/** Midnight with an offset is a moment all the same; fractions only where they say something. */
const isoOf = (text: string): LocalDateTime | undefined => {
  const [, day, minutes, seconds = '00', fraction = '', zone = ''] = ISO.exec(text) ?? [];
  if (!day) return undefined;
  if (!minutes) return exists(day) ? day : undefined;
  const part = fraction.replace(/0+$/, '');
  const offset = zone.replace(/^([+-]\d{2}):?(\d{2})$/, '$1:$2');
  const whole = `${day}T${minutes}:${seconds}${part && `.${part}`}${offset}`;
  return exists(whole) ? whole : undefined;
};
const compactOf = (text: string): LocalDateTime | undefined => {
  const [, year, month, day, hour, minute, second = '00'] = COMPACT.exec(text) ?? [];
  if (!year) return undefined;
  const date = `${year}-${month}-${day}`;
  const whole = hour ? `${date}T${hour}:${minute}:${second}` : date;
  return exists(whole) ? whole : undefined;
};
const utcOf = (milliseconds: number): LocalDateTime | undefined => {
  const at = DateTime.fromMillis(milliseconds, { zone: FixedOffsetZone.utcInstance });
  return at.isValid ? (at.toISO({ suppressMilliseconds: true }) ?? undefined) : undefined;
};
const rfcOf = (text: string): LocalDateTime | undefined => {
  const at = DateTime.fromRFC2822(text, { setZone: true });
  return at.isValid ? (at.toISO({ suppressMilliseconds: true }) ?? undefined) : undefined;
};

/** A day, a local date-time, or an instant with its offset; undefined when it is no date. */
export const dateTimeOf = (text: string | undefined): LocalDateTime | undefined => {
  const trimmed = text?.trim();
  if (!trimmed || trimmed.length > 60) return undefined;
  const dotNet = DOT_NET_JSON.exec(trimmed);
  if (dotNet) return utcOf(Number(dotNet[1]));
  if (TICKS.test(trimmed)) return utcOf(Number((BigInt(trimmed) - TICKS_AT_1970) / 10_000n));
  if (RFC_2822.test(trimmed)) return rfcOf(trimmed);
  return isoOf(trimmed) ?? compactOf(trimmed);
};
/** The calendar day that the sender wrote. */
export const dayOf = (text: string | undefined): Day | undefined => dateTimeOf(text)?.slice(0, 10);
/** Day, and the time where one was sent. */
export const momentOf = (text: string | undefined): { issued?: Day; issuedAt?: LocalDateTime } => {
  const at = dateTimeOf(text);
  if (at === undefined) return {};
  return at.length > 10 ? { issued: at.slice(0, 10), issuedAt: at } : { issued: at };
};
