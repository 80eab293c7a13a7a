/** What one call of the bench came to, kept as JSON and as a page. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { pageOf } from './page.ts';
import type { Outcome } from './scenario.ts';

export interface Machine {
  readonly cores: number;
  readonly cpu: string;
  readonly memoryGb: number;
  readonly node: string;
}
export interface Results {
  readonly version: 1;
  /** RFC 3339 */
  readonly at: string;
  readonly machine: Machine;
  readonly scenarios: readonly {
    readonly name: string;
    readonly about: string;
    readonly size: Readonly<Record<string, number>>;
    readonly seconds: number;
    readonly outcome: Outcome;
  }[];
}

export const thisMachine = (): Machine => ({
  cores: cpus().length,
  cpu: cpus()[0]?.model ?? 'unknown',
  memoryGb: Math.round(totalmem() / 2 ** 30),
  node: process.version,
});

/** Writes `results.json` and `index.html`; answers the page's path. */
export function keepResults(dir: string, results: Results): string {
  mkdirSync(dir, { recursive: true });
  writeFileSync(join(dir, 'results.json'), `${JSON.stringify(results, null, 2)}\n`);
  const page = join(dir, 'index.html');
  writeFileSync(page, pageOf(results));
  return page;
}
