/**
 * What a set of scans amounts to: where the package stands, and which milestones it has reached. Both are functions of
 * the set alone, so neither the order in which scans arrive nor how often they are repeated makes a difference.
 */
import type { Instant } from '@crossdock/kernel';
import type { Milestone } from '@crossdock/contracts';

/** One scan as kept: in our words, with the carrier's own code, and who told it when. */
export interface Scan {
  /** what makes two tellings the same scan (see `scanKey`) */
  readonly key: string;
  readonly milestone: Milestone;
  readonly classifier: 'PLN' | 'EST' | 'ACT';
  readonly occurredAt: Instant;
  readonly offsetKnown: boolean;
  /** as told, where no offset is known */
  readonly localTime?: string;
  readonly detail?: string;
  readonly reason?: string;
  readonly location?: string;
  readonly rawCode: string;
  readonly rawText?: string;
  /** a correction: takes back this milestone, as far as it was reached up to `occurredAt` */
  readonly voids?: Milestone;
  readonly source: string;
  readonly receivedAt: Instant;
  readonly mappingVersion: string;
}

/** On the way, by how far along; RETURNING outranks all of them: a package on its way back is no longer on its way out. */
const PROGRESS: Readonly<Partial<Record<Milestone, number>>> = {
  PRE_TRANSIT: 1,
  PICKED_UP: 2,
  IN_TRANSIT: 3,
  OUT_FOR_DELIVERY: 4,
  AVAILABLE_FOR_PICKUP: 5,
  RETURNING: 6,
};
/** Ends of the road, the one that counts first: a lost package that is delivered after all is delivered. */
const TERMINAL: readonly Milestone[] = ['DELIVERED', 'RETURNED', 'LOST', 'CANCELLED'];
const TROUBLE: readonly Milestone[] = ['DELAYED', 'ON_HOLD', 'DELIVERY_FAILED', 'EXCEPTION', 'EXPIRED'];

export const isTerminal = (milestone: Milestone): boolean => TERMINAL.includes(milestone);
export const isTrouble = (milestone: Milestone): boolean => TROUBLE.includes(milestone);
const rankOf = (milestone: Milestone): number => PROGRESS[milestone] ?? 0;

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
/** Event time, then progress, then key: a total order, the same whatever arrived first. */
export const compareScans = (a: Scan, b: Scan): number =>
  compareText(a.occurredAt, b.occurredAt) || rankOf(a.milestone) - rankOf(b.milestone) || compareText(a.key, b.key);

const isCorrection = (scan: Scan): boolean => scan.voids !== undefined;

/** Scans that say where the package is: actual ones, of a known status, that no correction has taken back. In order. */
const standingScans = (scans: readonly Scan[]): readonly Scan[] => {
  const corrections = scans.filter(isCorrection);
  const isVoided = (scan: Scan): boolean =>
    !isCorrection(scan) &&
    corrections.some(({ voids, occurredAt }) => voids === scan.milestone && scan.occurredAt <= occurredAt);
  return scans
    .filter(
      (scan) => scan.classifier === 'ACT' && (scan.milestone !== 'UNKNOWN' || isCorrection(scan)) && !isVoided(scan),
    )
    .sort(compareScans);
};

/**
 * The scan that decides where the package stands: a terminal one wherever it is in time; else the most advanced one
 * since the last trouble or correction; else that itself. Undefined: nothing known.
 */
export const standingOf = (scans: readonly Scan[]): Scan | undefined => {
  const standing = standingScans(scans).filter(({ milestone }) => milestone !== 'UNKNOWN');
  for (const terminal of TERMINAL) {
    const first = standing.find(({ milestone }) => milestone === terminal);
    if (first) return first;
  }
  const turn = standing.findLast((scan) => isTrouble(scan.milestone) || isCorrection(scan));
  let furthest: Scan | undefined;
  for (const scan of standing) {
    if (scan === turn || isTrouble(scan.milestone) || (turn && scan.occurredAt <= turn.occurredAt)) continue;
    if (!furthest || rankOf(scan.milestone) >= rankOf(furthest.milestone)) furthest = scan;
  }
  return furthest ?? turn;
};

/** A milestone reached: the n-th time, and the scan that tells of it. */
export interface Occurrence {
  /** `<milestone>#<n>`, or `void:<milestone>#<n>` for a correction */
  readonly id: string;
  readonly scan: Scan;
}

/**
 * Milestones reached, in event order. What counts as once more: progress after some trouble; a trouble after anything
 * else; a terminal milestone only after a correction took it back. More scans never make an occurrence disappear, so
 * those said already stay true.
 */
export const occurrencesOf = (scans: readonly Scan[]): readonly Occurrence[] => {
  const counts: Record<string, number> = {};
  const voided: Record<string, number> = {};
  let open: readonly Milestone[] = [];
  const found: Occurrence[] = [];
  const add = (name: string, n: number, scan: Scan): void => {
    counts[name] = n;
    found.push({ id: `${name}#${n}`, scan });
  };
  for (const scan of standingScans(scans)) {
    const { milestone, voids } = scan;
    if (voids) {
      voided[voids] = (voided[voids] ?? 0) + 1;
      add(`void:${voids}`, voided[voids], scan);
      open = open.filter((other) => other !== voids);
    } else if (!open.includes(milestone)) {
      add(milestone, isTerminal(milestone) ? (voided[milestone] ?? 0) + 1 : (counts[milestone] ?? 0) + 1, scan);
    }
    if (voids) continue;
    const staysOpen = isTrouble(milestone) ? isTerminal : (other: Milestone) => !isTrouble(other);
    open = [...open.filter((other) => other !== milestone && staysOpen(other)), milestone];
  }
  return found;
};
