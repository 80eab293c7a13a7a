/** What the drills came to, kept beside the table that is made from it. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Drill } from './drill.ts';

/** Seconds. */
export interface Spread {
  readonly median: number;
  readonly max: number;
}
export interface Result {
  readonly drill: string;
  readonly seed: string;
  readonly minutes: number;
  readonly orders: number;
  readonly strikes: number;
  /** of the invariants that were checked */
  readonly held: number;
  readonly checked: number;
  readonly deadLetters: number;
  /** from a strike's end until every service was at work again; absent where it was not measured like that */
  readonly recovery?: Spread;
  /** from the start of a service's new process until the service was at work; absent when none was started */
  readonly sinceStart?: Spread;
  /** empty: passed */
  readonly wrong: readonly string[];
}

const FILE = join(import.meta.dirname, 'results.json');
const README = join(import.meta.dirname, 'README.md');
const BEGIN = '<!-- generated:results -->';
const END = '<!-- /generated -->';

export const readResults = (): readonly Result[] =>
  existsSync(FILE) ? (JSON.parse(readFileSync(FILE, 'utf8')) as Result[]) : [];

/** The newest result of a drill takes the place of its last one. */
export function keepResult(result: Result, drills: readonly Drill[]): void {
  const others = readResults().filter(({ drill }) => drill !== result.drill);
  const order = drills.map(({ name }) => name);
  const results = [...others, result].toSorted((a, b) => order.indexOf(a.drill) - order.indexOf(b.drill));
  writeFileSync(FILE, `${JSON.stringify(results, null, 2)}\n`);
  const readme = readFileSync(README, 'utf8');
  const before = readme.slice(0, readme.indexOf(BEGIN) + BEGIN.length);
  const after = readme.slice(readme.indexOf(END));
  writeFileSync(README, `${before}\n${tableOf(drills, results)}\n${after}`);
}

/** Every drill has a row; one that never ran says so. */
export const tableOf = (drills: readonly Drill[], results: readonly Result[]): string =>
  [
    '| drill | what is done | strikes | orders | recovery, s | since its start, s | invariants | result |',
    '| --- | --- | --- | --- | --- | --- | --- | --- |',
    ...drills.map(({ name, about }) => {
      const result = results.find(({ drill }) => drill === name);
      if (!result) return `| \`${name}\` | ${about} | | | | | | not run yet |`;
      const { strikes, orders, recovery, sinceStart, held, checked, wrong } = result;
      const verdict = wrong.length === 0 ? 'passed' : wrong.join('; ');
      const cells = [strikes, orders, shown(recovery), shown(sinceStart), `${held} of ${checked}`, verdict];
      return `| \`${name}\` | ${about} | ${cells.join(' | ')} |`;
    }),
  ].join('\n');

/** median / largest */
const shown = (spread: Spread | undefined): string =>
  spread && spread.max > 0 ? `${spread.median.toFixed(1)} / ${spread.max.toFixed(1)}` : '';
