/** The four suites of jest.config.mjs, run one after the other, and their counts. */
import { readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { ROOT } from '../stack/files.ts';
import type { Tally } from './tally.ts';

export interface Suite {
  name: string;
  needsServers: boolean;
  workers: number;
  /** A run without a pattern in which this suite has no test fails. */
  mustHaveTests: boolean;
}

export const SUITES: readonly Suite[] = [
  { name: 'unit', needsServers: false, workers: 2, mustHaveTests: true },
  { name: 'int', needsServers: true, workers: 2, mustHaveTests: true },
  { name: 'sim', needsServers: true, workers: 2, mustHaveTests: true },
  // Each starts the whole system: two at once would measure each other.
  { name: 'e2e', needsServers: true, workers: 1, mustHaveTests: true },
];

/** What countReporter.mjs hands over. */
export interface JestCounts {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  numRuntimeErrorTestSuites: number;
}

export async function runSuite(suite: Suite, patterns: readonly string[]): Promise<Tally> {
  const counts = join(tmpdir(), `crossdock-${process.pid}-${suite.name}.json`);
  const jest = join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js');
  const workers = suite.workers === 1 ? ['--runInBand'] : [`--maxWorkers=${suite.workers}`];
  const reporters = ['--reporters=default', `--reporters=${join(import.meta.dirname, 'countReporter.mjs')}`];
  const args = ['--selectProjects', suite.name, ...workers, ...reporters, '--passWithNoTests', ...patterns];
  const ended = await execa(process.execPath, [jest, ...args], {
    cwd: ROOT,
    reject: false,
    stdio: ['ignore', process.stderr, 'inherit'],
    env: {
      NODE_OPTIONS: `${process.env['NODE_OPTIONS'] ?? ''} --experimental-vm-modules --no-warnings`.trim(),
      CROSSDOCK_TEST_COUNTS: counts,
    },
  });
  try {
    return tallyOf(JSON.parse(readFileSync(counts, 'utf8')) as JestCounts, suite, patterns.length > 0);
  } catch {
    return { passed: 0, failed: 1, complaints: [`${suite.name}: jest ended with ${ended.exitCode} and no count`] };
  } finally {
    await rm(counts, { force: true });
  }
}

/** A skipped or planned test is a failed one: what is not run is not known to hold. */
export function tallyOf(report: JestCounts, suite: Suite, narrowed: boolean): Tally {
  const unrun = report.numPendingTests + report.numTodoTests;
  const broken = report.numRuntimeErrorTestSuites;
  const complaints: string[] = [];
  if (unrun > 0) complaints.push(`${suite.name}: ${unrun} tests are skipped or planned; run them or delete them`);
  if (broken > 0) complaints.push(`${suite.name}: ${broken} files could not be run at all`);
  let failed = report.numFailedTests + unrun + broken;
  if (suite.mustHaveTests && !narrowed && report.numPassedTests + failed === 0) {
    complaints.push(`${suite.name}: no test was found`);
    failed = 1;
  }
  return { passed: report.numPassedTests, failed, complaints };
}
