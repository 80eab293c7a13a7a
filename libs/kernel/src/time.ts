/** Time as data: an instant is an RFC 3339 UTC string with milliseconds, a day is `YYYY-MM-DD`. */
export type Instant = string;
export type Day = string;

export const plusMs = (instant: Instant, ms: number): Instant => new Date(Date.parse(instant) + ms).toISOString();
/** Milliseconds from `from` to `to`; negative when `to` is earlier. */
export const msBetween = (from: Instant, to: Instant): number => Date.parse(to) - Date.parse(from);
export const dayOf = (instant: Instant): Day => instant.slice(0, 10);
/** Negative when `a` is earlier. Both in the one form `Instant` allows, so text order is time order. */
export const compareInstants = (a: Instant, b: Instant): number => (a < b ? -1 : a > b ? 1 : 0);
/** True for RFC 3339 UTC with milliseconds that names a real moment. */
export const isInstant = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/.test(text) &&
  !Number.isNaN(Date.parse(text)) &&
  new Date(text).toISOString() === text;
export const isDay = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text) && isInstant(`${text}T00:00:00.000Z`);

export const seconds = (n: number): number => n * 1000;
export const minutes = (n: number): number => n * 60_000;
export const hours = (n: number): number => n * 3_600_000;

/** Days on which something holds, both included; open where left out. */
export interface Validity {
  readonly validFrom?: Day;
  readonly validTo?: Day;
}
export const holdsOn = ({ validFrom, validTo }: Validity, day: Day): boolean =>
  (validFrom === undefined || validFrom <= day) && (validTo === undefined || day <= validTo);
