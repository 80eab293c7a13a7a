/** What a translation makes of a payload: packages with their scans in our words, in event order, and what was wrong. */
import type { Milestone } from '@crossdock/contracts';
import { dayOn, orderMs, written, type Moment } from './moment.js';
import type { Fault } from './payload.js';
import { mappingVersionOf, milestoneOf, type CarrierTable, type Mapped } from './table.js';

export interface TrackingEvent extends Mapped {
  readonly classifier: 'ACT' | 'EST' | 'PLN';
  /** with the offset that was told (`2024-11-22T13:58:00-05:00`); local without one, or the day alone; empty: no time told */
  readonly occurredAt: string;
  /** a named zone as told, such as EST: kept, not reckoned with */
  readonly zone?: string;
  readonly location?: string;
  readonly rawCode: string;
  readonly rawText?: string;
}
/** ERROR: the carrier answered with an error (not found, refused), so there is no status. */
export type Status = Milestone | 'ERROR';
export interface PackageReading {
  readonly trackingNo: string;
  /** further numbers that this answer gives the package, such as that of the last mile */
  readonly otherNos?: readonly string[];
  readonly status: Status;
  readonly events: readonly TrackingEvent[];
  readonly faults: readonly Fault[];
  readonly estimatedDelivery?: string;
  /** the carrier's own word for where the package is, when no scan says it */
  readonly told?: Mapped & { readonly rawCode: string };
}
/** Status and events of the first package; further packages of one answer stand in `packages`. */
export interface TrackingReading {
  readonly carrier: string;
  readonly status: Status;
  readonly events: readonly TrackingEvent[];
  readonly faults: readonly Fault[];
  readonly packages: readonly PackageReading[];
  readonly mappingVersion: string;
}

/** A scan as a translation finds it. */
export interface ScanTold {
  /** most telling code first; the first one is the raw code */
  readonly codes: readonly string[];
  readonly words?: string;
  readonly at?: Moment | undefined;
  readonly zone?: string;
  readonly place?: string;
  /** already in our words, where the carrier's table is another one */
  readonly mapped?: Mapped;
}
/** `day`: of our reading, by which a scan is mapped that tells no day of its own. */
export const eventOf = (table: CarrierTable, scan: ScanTold, day?: string): TrackingEvent => {
  const { codes, words = '', at, zone = '', place = '' } = scan;
  const filled = codes.filter((code) => code !== '');
  return {
    ...(scan.mapped ?? milestoneOf(table, filled, words, dayOn(at, day))),
    classifier: 'ACT',
    occurredAt: at ? written(at) : '',
    ...(zone && !at?.offset ? { zone } : {}),
    ...(place ? { location: place.slice(0, 200) } : {}),
    rawCode: (filled[0] ?? (words || '-')).slice(0, 120),
    ...(words ? { rawText: words.slice(0, 500) } : {}),
  };
};

/**
 * Event order whatever the payload's: by moment; what has the day alone, or the same moment, stays where the payload
 * has it. Payloads run newest first or oldest first, which the moments themselves tell.
 */
export const inOrder = (events: readonly TrackingEvent[]): readonly TrackingEvent[] => {
  const at = events.map(({ occurredAt }) => (occurredAt === '' ? Number.NaN : orderMs(occurredAt)));
  let steps = 0;
  for (let i = 1; i < at.length; i += 1) steps += Math.sign((at[i] ?? 0) - (at[i - 1] ?? 0)) || 0;
  const told = steps < 0 ? events.map((_, i) => events.length - 1 - i) : events.map((_, i) => i);
  let last = Number.NEGATIVE_INFINITY;
  const keyed = told.map((i, place) => {
    const event = events[i] as TrackingEvent;
    const own = at[i] ?? Number.NaN;
    const isDay = event.occurredAt !== '' && !event.occurredAt.includes('T');
    const key = Number.isNaN(own) || (isDay && last > own && last < own + 86_400_000) ? last : own;
    last = key;
    return { event, key, place };
  });
  return keyed.sort((a, b) => (a.key === b.key ? a.place - b.place : a.key - b.key)).map(({ event }) => event);
};

/** Ends, in the order in which they count when a carrier tells several. */
const ENDS: readonly Milestone[] = ['DELIVERED', 'RETURNED', 'LOST', 'CANCELLED'];
const isKnown = ({ milestone, classifier }: TrackingEvent): boolean => milestone !== 'UNKNOWN' && classifier === 'ACT';

/** What the scans say now: an end wherever it is in time, else the newest that we can read. */
export const latestOf = (events: readonly TrackingEvent[]): Milestone => {
  const known = events.filter(isKnown);
  const end = ENDS.find((milestone) => known.some((event) => event.milestone === milestone));
  return end ?? known.at(-1)?.milestone ?? 'UNKNOWN';
};

export interface PackageTold {
  readonly trackingNo: string;
  readonly otherNos?: readonly string[];
  readonly events: readonly TrackingEvent[];
  /** the carrier's own word for where the package is now, with its raw code */
  readonly summary?: (Mapped & { readonly rawCode: string }) | undefined;
  /** the carrier's own word counts only where no scan can be read */
  readonly scansDecide?: boolean;
  readonly estimatedDelivery?: Moment | undefined;
  readonly faults?: readonly Fault[];
  /** the carrier answered with an error */
  readonly refused?: Fault | undefined;
}

/** Two status fields that exclude each other: an end against no end. Which one counts is said, and a person is told. */
const contradictionOf = (trackingNo: string, told: Milestone, rawCode: string, latest: Milestone): readonly Fault[] => {
  const isEnd = (milestone: Milestone): boolean => ENDS.includes(milestone);
  if (told === latest || latest === 'UNKNOWN' || told === 'UNKNOWN' || (!isEnd(told) && !isEnd(latest))) return [];
  const text = `${trackingNo}: the carrier's status ${rawCode} says ${told}, its scans say ${latest}`;
  return [{ code: 'carrier-contradicts', path: 'status', text }];
};

export const packageOf = (told: PackageTold): PackageReading => {
  const { trackingNo, summary, refused, faults = [], estimatedDelivery } = told;
  const otherNos = (told.otherNos ?? []).filter((no) => no !== '' && no !== trackingNo);
  if (refused) return { trackingNo, status: 'ERROR', events: [], faults: [...faults, refused] };
  const events = inOrder(told.events);
  const latest = latestOf(events);
  const now = summary && summary.milestone !== 'UNKNOWN' ? summary : undefined;
  const isOverruled = told.scansDecide === true && latest !== 'UNKNOWN';
  const status =
    !now || isOverruled || (ENDS.includes(latest) && !ENDS.includes(now.milestone)) ? latest : now.milestone;
  const unmapped = [
    ...events.filter(({ reason }) => reason === 'code-not-mapped').map(({ rawCode }) => rawCode),
    ...(summary?.reason === 'code-not-mapped' ? [summary.rawCode] : []),
  ];
  return {
    trackingNo,
    ...(otherNos.length > 0 ? { otherNos } : {}),
    status,
    events,
    faults: [
      ...faults,
      ...(now ? contradictionOf(trackingNo, now.milestone, now.rawCode, latest) : []),
      ...[...new Set(unmapped)].map((code) => ({
        code: 'code-not-mapped',
        path: 'events',
        text: `${trackingNo}: no row for ${code}`,
      })),
    ],
    ...(estimatedDelivery ? { estimatedDelivery: written(estimatedDelivery) } : {}),
    ...(now && !isOverruled && !events.some(({ milestone }) => milestone === now.milestone) ? { told: now } : {}),
  };
};

export const summaryOf = (
  table: CarrierTable,
  codes: readonly string[],
  words = '',
): (Mapped & { readonly rawCode: string }) | undefined => {
  const filled = codes.filter((code) => code !== '');
  if (filled.length === 0 && words === '') return undefined;
  return { ...milestoneOf(table, filled, words), rawCode: (filled[0] ?? words).slice(0, 120) };
};

/** What the carrier refused, as a fault; its own code and words are kept. */
export const refusal = (code: string, words: string, path = ''): Fault => ({
  code: 'carrier-refused',
  path,
  text:
    [code, words]
      .filter((part) => part !== '')
      .join(': ')
      .slice(0, 500) || 'the carrier answered with an error',
});

export const readingOf = (
  table: CarrierTable,
  packages: readonly PackageReading[],
  faults: readonly Fault[] = [],
): TrackingReading => {
  const first = packages[0];
  const nobody = faults.length > 0 ? 'ERROR' : 'UNKNOWN';
  const empty = {
    code: 'no-tracking',
    path: '',
    text: `${table.carrier}: the answer has neither a package nor an error`,
  };
  return {
    carrier: table.carrier,
    status: first?.status ?? nobody,
    events: first?.events ?? [],
    faults: [...faults, ...packages.flatMap((each) => each.faults), ...(first || faults.length > 0 ? [] : [empty])],
    packages,
    mappingVersion: mappingVersionOf(table),
  };
};
