/**
 * When a scan was, as the carrier told it. A time without an offset stays a local time: it is never stamped Z, because
 * that would move a delivery by hours and at midnight by a day.
 */
export interface Moment {
  /** `2024-11-22T13:58:00` by the clock of the place, or `2024-11-22` where only the day was told */
  readonly local: string;
  /** `Z` or `+02:00`; absent when none was told */
  readonly offset?: string;
}

/** Carriers fill a day that they do not know with one of long ago (0001, 1900, 1970). */
const FIRST_DAY = '1990-01-01';
/** Day of a moment by the clock of its place; `otherwise` where nobody told when. */
export const dayOn = (at: Moment | undefined, otherwise?: string): string | undefined => {
  const day = at?.local.slice(0, 10);
  return day !== undefined && day >= FIRST_DAY ? day : otherwise;
};

const pad = (part: string | number, length = 2): string => String(part).padStart(length, '0');
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

const dayOf = (year: string, month: string | number, day: string): string | undefined => {
  const iso = `${pad(year, 4)}-${pad(month)}-${pad(day)}`;
  const at = Date.parse(`${iso}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(iso) ? iso : undefined;
};

/** Forms of a day: 2024-11-22, 20241122, November 22, 2024, 22 Nov 2024, 11/22/2024 (or day first, where the carrier says so). */
const readDay = (told: string, dayFirst: boolean): { readonly day: string; readonly rest: string } | undefined => {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})(?![\d])/.exec(told) ?? /^(\d{4})(\d{2})(\d{2})(?!\d)/.exec(told);
  const slashed = iso ? null : /^(\d{1,2})[/.](\d{1,2})[/.](\d{4})(?!\d)/.exec(told);
  const named =
    iso || slashed
      ? null
      : (/^(?<month>[A-Za-z]{3,9})\.? (?<day>\d{1,2}),? ?(?<year>\d{4})(?!\d)/.exec(told) ??
        /^(?<day>\d{1,2})[ -](?<month>[A-Za-z]{3,9})\.?[ -](?<year>\d{4})(?!\d)/.exec(told));
  let day: string | undefined;
  if (iso) day = dayOf(iso[1] ?? '', iso[2] ?? '', iso[3] ?? '');
  if (slashed) {
    const [first = '', second = '', year = ''] = slashed.slice(1);
    // 26.06.2013 is day first wherever it is written; 17/8/2021 can be nothing else
    const isDayFirst = dayFirst || slashed[0].includes('.');
    day =
      (isDayFirst ? dayOf(year, second, first) : undefined) ?? dayOf(year, first, second) ?? dayOf(year, second, first);
  }
  if (named?.groups) {
    const { month: name = '', day: date = '', year = '' } = named.groups;
    const month = MONTHS.indexOf(name.slice(0, 3).toLowerCase()) + 1;
    day = month > 0 ? dayOf(year, month, date) : undefined;
  }
  const match = iso ?? slashed ?? named;
  return day && match ? { day, rest: told.slice(match[0].length) } : undefined;
};

const CLOCK =
  /^[T ,]*(\d{1,2}):(\d{2})(?::(\d{2}))?(?:[.,]\d+)?\s*([AaPp]\.?[Mm]\.?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2})?$/;
const PACKED = /^[T ,]*(\d{2})(\d{2})(\d{2})?$/;

const readClock = (told: string): { readonly clock: string; readonly offset?: string } | undefined => {
  const match = CLOCK.exec(told) ?? PACKED.exec(told);
  if (!match) return undefined;
  const [, hours = '', minutes = '', seconds = '00', half = '', zone = ''] = match;
  let hour = Number(hours);
  if (half) {
    if (hour < 1 || hour > 12) return undefined;
    hour = (hour % 12) + (/^p/i.test(half) ? 12 : 0);
  }
  if (hour > 23 || Number(minutes) > 59 || Number(seconds) > 59) return undefined;
  const clock = `${pad(hour)}:${minutes}:${seconds}`;
  const offset = offsetOf(zone);
  return { clock, ...(offset ? { offset } : {}) };
};

/** `Z` or `+hh:mm` of what a carrier calls an offset; undefined when it is none (`EST` names a zone, not an offset). */
export const offsetOf = (told: string): string | undefined => {
  if (/^(?:Z|UTC|GMT)$/i.test(told)) return 'Z';
  const match = /^(?:UTC|GMT)?([+-])(\d{1,2}):?(\d{2})?$/i.exec(told);
  if (!match || Number(match[2]) > 14 || Number(match[3] ?? 0) > 59) return undefined;
  return `${match[1]}${pad(match[2] ?? '')}:${match[3] ?? '00'}`;
};

export interface Told {
  /** day, or day and time in one */
  readonly date: string;
  readonly time?: string;
  readonly offset?: string;
  /** 03/04/2024 is the third of April; without it the fourth of March, as Americans write */
  readonly dayFirst?: boolean;
}
/** Undefined when there is no day that exists. A time that can't be read leaves the day. */
export const momentOf = ({ date, time = '', offset = '', dayFirst = false }: Told): Moment | undefined => {
  const read = readDay(date, dayFirst);
  if (!read) return undefined;
  const clock = readClock(read.rest.trim() !== '' ? read.rest : time);
  if (!clock) return { local: read.day };
  const known = clock.offset ?? offsetOf(offset);
  return { local: `${read.day}T${clock.clock}`, ...(known ? { offset: known } : {}) };
};

/** As it stands in an event: with its offset when it has one, never with a Z that nobody told. */
export const written = ({ local, offset }: Moment): string => local + (local.includes('T') ? (offset ?? '') : '');

/** Where a written moment stands among others, ms; local ones as if at UTC, a day at its start. */
export const orderMs = (moment: string): number => {
  if (!moment.includes('T')) return Date.parse(`${moment}T00:00:00Z`);
  return Date.parse(/(?:Z|[+-]\d{2}:\d{2})$/.test(moment) ? moment : `${moment}Z`);
};
