/** Progress of a day as text: a line per stage for a terminal, one line for everybody else. Pure. */
import { STAGES, type Counts, type Stage, type Standing } from './standing.ts';

export interface ProgressView {
  readonly standing: Standing;
  readonly elapsedMs: number;
  readonly backlog: number;
  /** orders that reach a stage a second, lately */
  readonly rates: Readonly<Record<Stage, number>>;
  /** what else is going on, such as a service that is coming back */
  readonly note?: string;
}

const BAR = 24;

export const grouped = (value: number): string => Math.round(value).toLocaleString('en-GB');
export const seconds = (ms: number): string => `${Math.round(ms / 1000)} s`;

const bar = (share: number): string => {
  const full = Math.round(Math.min(1, Math.max(0, share)) * BAR);
  return `${'#'.repeat(full)}${'.'.repeat(BAR - full)}`;
};
const exceptionsOf = (exceptions: Counts): string => {
  const all = Object.entries(exceptions).filter(([, count]) => count > 0);
  const sum = all.reduce((total, [, count]) => total + count, 0);
  return sum === 0 ? 'no exceptions' : `exceptions ${sum} (${all.map(([reason, n]) => `${reason} ${n}`).join(', ')})`;
};
const rateOf = (rate: number): string => (rate >= 0.05 ? `${rate.toFixed(1)}/s` : '');

const foot = ({ standing, elapsedMs, backlog, note }: ProgressView): string => {
  const { orders, returns, adjustments, parked, alreadyKnown } = standing.documents;
  const documents = [
    `${grouped(orders)} orders`,
    `${grouped(returns)} returns`,
    ...(adjustments > 0 ? [`${grouped(adjustments)} adjustments`] : []),
    ...(parked > 0 ? [`${grouped(parked)} parked`] : []),
    ...(alreadyKnown > 0 ? [`${grouped(alreadyKnown)} already known`] : []),
  ];
  const state = `backlog ${grouped(backlog)} messages, ${exceptionsOf(standing.exceptions)}`;
  return [seconds(elapsedMs), documents.join(', '), state, ...(note ? [note] : [])].join(' | ');
};

/** A line per stage and one below. */
export const stageLines = (view: ProgressView): readonly string[] => {
  const total = view.standing.documents.orders;
  const width = grouped(total).length;
  const lines = STAGES.map((stage) => {
    const count = view.standing.progress[stage];
    const share = total === 0 ? 0 : count / total;
    return `${stage.padEnd(10)} ${bar(share)} ${grouped(count).padStart(width)} of ${grouped(total)}  ${rateOf(view.rates[stage])}`.trimEnd();
  });
  return [...lines, foot(view)];
};

export const plainLine = (view: ProgressView): string =>
  `${STAGES.map((stage) => `${stage} ${grouped(view.standing.progress[stage])}`).join('  ')} | ${foot(view)}`;

const WINDOW_MS = 5_000;

/** Rates over the last seconds. */
export class Rates {
  readonly #looks: { readonly atMs: number; readonly progress: Standing['progress'] }[] = [];

  next(progress: Standing['progress'], atMs: number): ProgressView['rates'] {
    this.#looks.push({ atMs, progress });
    while (this.#looks.length > 2 && (this.#looks[1]?.atMs ?? atMs) <= atMs - WINDOW_MS) this.#looks.shift();
    const first = this.#looks[0] as { atMs: number; progress: Standing['progress'] };
    const over = Math.max(1, atMs - first.atMs) / 1000;
    const rate = (stage: Stage): number => (progress[stage] - first.progress[stage]) / over;
    return Object.fromEntries(STAGES.map((stage) => [stage, rate(stage)])) as ProgressView['rates'];
  }
}
