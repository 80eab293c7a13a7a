/** What a scenario is, what it measures, and what comes out. A figure whose run broke an invariant counts for nothing. */
import type { Say } from '../setup/failure.ts';
import type { Figure } from './figures.ts';

/** Numbers of a run, each with an option of its name: `runs` of each side, `seconds` of load, `rate` a second ... */
export const SIZES = ['runs', 'orders', 'lines', 'seconds', 'rate'] as const;
export type SizeName = (typeof SIZES)[number];

export interface ProcessShare {
  readonly name: string;
  readonly cpuSeconds: number;
  readonly maxRssMb: number;
  /** delay of the event loop, 99th percentile of the measured time; services and this process only */
  readonly loopDelayMs?: number;
}
/** One measured stretch of one side. */
export interface Run {
  /** order lines, requests or movements that it carried; what CPU is divided by */
  readonly work: number;
  readonly seconds: number;
  readonly processes: readonly ProcessShare[];
}
export interface Side {
  readonly name: string;
  /** one of its work, in the singular: line, webhook, read */
  readonly per: string;
  readonly runs: readonly Run[];
}

export interface Bound {
  readonly atLeast?: number;
  readonly atMost?: number;
}
/** A row of the table: the figure, what it must reach, and what it should. */
export interface Row {
  readonly what: string;
  readonly figure: Figure;
  readonly digits: number;
  readonly must?: Bound;
  readonly aim?: Bound;
}
export interface Series {
  readonly name: string;
  readonly points: readonly (readonly [x: number, y: number])[];
}
export interface Chart {
  readonly title: string;
  readonly x: string;
  readonly y: string;
  readonly logarithmic?: boolean;
  readonly series: readonly Series[];
}
export interface Outcome {
  readonly rows: readonly Row[];
  readonly sides: readonly Side[];
  readonly charts?: readonly Chart[];
  /** what has to be known to read the figures */
  readonly notes?: readonly string[];
  /** why the figures are VOID; none when every invariant held in every run */
  readonly faults: readonly string[];
}

export interface Scenario<N extends SizeName = SizeName> {
  readonly name: string;
  /** what it does, in one sentence */
  readonly about: string;
  /** in the whole run, which has to stay under 15 minutes; by itself; and just large enough to see that it works */
  readonly sizes: {
    /** absent: on demand only */
    readonly whole?: Readonly<Record<N, number>>;
    readonly alone: Readonly<Record<N, number>>;
    readonly tiny: Readonly<Record<N, number>>;
  };
  run(size: Readonly<Record<N, number>>, say: Say): Promise<Outcome>;
}

/** The sizes' names are the scenario's own; the table of all knows them by text. */
export const defineScenario = <N extends SizeName>(scenario: Scenario<N>): Scenario => scenario as unknown as Scenario;

export const met = (value: number, { atLeast = -Infinity, atMost = Infinity }: Bound): boolean =>
  value >= atLeast && value <= atMost;
export const bound = ({ atLeast, atMost }: Bound): string =>
  atLeast !== undefined ? `>= ${atLeast.toLocaleString('en')}` : `<= ${atMost?.toLocaleString('en')}`;

export const cpuOf = ({ processes }: Pick<Run, 'processes'>): number =>
  processes.reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0);
/** CPU time of all processes per line, request or movement. */
export const cpuMicrosOf = (run: Run): number => (cpuOf(run) * 1e6) / run.work;
export const perSecondOf = ({ work, seconds }: Run): number => work / seconds;
