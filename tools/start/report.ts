/** What a day came to, as `--report` writes it. Shape: report.schema.json. */
import { writeWhole } from '../stack/files.ts';
import type { Counts, Documents, Lines, Money, Standing } from './standing.ts';
import type { ProcessUsage } from './usage.ts';

export interface Invariant {
  readonly id: string;
  readonly holds: boolean;
  readonly checked: number;
  readonly violations: readonly string[];
}
/** Durations of the three parts of a run. */
export interface Seconds {
  /** packages, build, servers, databases */
  readonly setup: number;
  /** from there until streams are provisioned and every service takes requests */
  readonly ready: number;
  /** from the first document handed in until nothing was open */
  readonly drained: number;
}
export interface Report {
  readonly version: 1;
  readonly documents: Documents;
  readonly orders: Counts;
  readonly lines: Lines;
  readonly money: Money;
  readonly invariants: readonly Invariant[];
  readonly seconds: Seconds;
  readonly linesPerSecond: number;
  readonly processes: readonly ProcessUsage[];
  readonly deadLetters: number;
  readonly exceptions: Counts;
}

export interface Outcome {
  readonly standing: Standing;
  readonly invariants: readonly Invariant[];
  readonly seconds: Seconds;
  readonly processes: readonly ProcessUsage[];
  readonly deadLetters: number;
}

const positive = (counts: Counts): Counts =>
  Object.fromEntries(
    Object.entries(counts)
      .filter(([, count]) => count > 0)
      .toSorted(([a], [b]) => a.localeCompare(b)),
  );
const hundredths = (value: number): number => Math.round(value * 100) / 100;

export const reportOf = ({ standing, invariants, seconds, processes, deadLetters }: Outcome): Report => {
  const { orders, returns, adjustments, parked, alreadyKnown } = standing.documents;
  const { ordered, goods, charges } = standing.lines;
  const { setup, ready, drained } = seconds;
  return {
    version: 1,
    documents: { orders, returns, adjustments, parked, alreadyKnown },
    orders: positive(standing.orders),
    lines: { ordered, goods, charges },
    money: standing.money,
    invariants: invariants.map(({ id, holds, checked, violations }) => ({ id, holds, checked, violations })),
    seconds: { setup: hundredths(setup), ready: hundredths(ready), drained: hundredths(drained) },
    linesPerSecond: drained > 0 ? hundredths(ordered / drained) : 0,
    processes,
    deadLetters,
    exceptions: positive(standing.exceptions),
  };
};

export const writeReport = (file: string, report: Report): void =>
  writeWhole(file, `${JSON.stringify(report, null, 2)}\n`);
