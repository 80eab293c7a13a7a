/** The four suites of jest.config.mjs, run one after the other, and their counts. */
import { readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../stack/files.ts';
import { runCommand } from './command.ts';
import { sum, type Tally } from './tally.ts';

export interface Suite {
  name: string;
  needsServers: boolean;
  workers: number;
  /** its deadline: far beyond what it takes on a busy machine */
  minutes: number;
  /** A run without a pattern in which this suite has no test fails. */
  mustHaveTests: boolean;
}

export const SUITES: readonly Suite[] = [
  { name: 'unit', needsServers: false, workers: 2, minutes: 10, mustHaveTests: true },
  { name: 'int', needsServers: true, workers: 2, minutes: 20, mustHaveTests: true },
  { name: 'sim', needsServers: true, workers: 2, minutes: 15, mustHaveTests: true },
  // Each starts the whole system: two at once would measure each other.
  { name: 'e2e', needsServers: true, workers: 1, minutes: 25, mustHaveTests: true },
];

/** What countReporter.mjs hands over. */
export interface JestCounts {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  numRuntimeErrorTestSuites: number;
}

interface Progress {
  counts: JestCounts;
  /** the files that run, with the test that was begun last */
  running: string[];
  done: boolean;
}

export interface SuiteRun {
  /** folder of the jest.config.mjs */
  rootDir?: string;
  deadlineMs?: number;
  /** how long jest may take to end after its last test */
  graceMs?: number;
  say: (text: Buffer | string) => void;
}

export async function runSuite(suite: Suite, patterns: readonly string[], run: SuiteRun): Promise<Tally> {
  const file = join(tmpdir(), `crossdock-${process.pid}-${suite.name}.json`);
  const deadlineMs = run.deadlineMs ?? suite.minutes * 60_000;
  const ran = await runCommand({
    command: process.execPath,
    args: jestArguments(suite, patterns, run.rootDir ?? ROOT),
    env: {
      NODE_OPTIONS: `${process.env['NODE_OPTIONS'] ?? ''} --experimental-vm-modules --no-warnings`.trim(),
      CROSSDOCK_TEST_COUNTS: file,
    },
    deadlineMs,
    ...(run.graceMs === undefined ? {} : { graceMs: run.graceMs }),
    isDone: () => progressIn(file)?.done ?? false,
    onOutput: run.say,
  });
  const progress = progressIn(file);
  await rm(file, { force: true });
  for (const { pid, command } of ran.left) run.say(`${suite.name}: left running, now killed: ${pid} ${command}\n`);
  if (ran.ending === 'late') return cutOff(suite, progress, deadlineMs);
  const counted = progress?.done
    ? tallyOf(progress.counts, suite, patterns.length > 0)
    : { passed: 0, failed: 1, complaints: [`${suite.name}: jest ended with ${ran.exitCode} and no count`] };
  return ran.ending === 'ended' ? counted : sum([counted, keptOpen(suite)]);
}

function jestArguments(suite: Suite, patterns: readonly string[], rootDir: string): string[] {
  const jest = join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js');
  const workers = suite.workers === 1 ? ['--runInBand'] : [`--maxWorkers=${suite.workers}`];
  const reporters = ['--reporters=default', `--reporters=${join(import.meta.dirname, 'countReporter.mjs')}`];
  const which = ['--config', join(rootDir, 'jest.config.mjs'), '--selectProjects', suite.name];
  return [jest, ...which, ...workers, ...reporters, '--passWithNoTests', ...patterns];
}

/** What had passed by then has passed all the same. */
function cutOff({ name }: Suite, progress: Progress | undefined, deadlineMs: number): Tally {
  const where = progress?.running.length ? `in ${progress.running.join(', ')}` : 'before any test';
  const complaint = `${name}: killed after ${deadlineMs / 1000} s, its deadline; it hung ${where}`;
  const { numPassedTests = 0, numFailedTests = 0 } = progress?.counts ?? {};
  return { passed: numPassedTests, failed: numFailedTests + 1, complaints: [complaint] };
}

const keptOpen = ({ name }: Suite): Tally => ({
  passed: 0,
  failed: 1,
  complaints: [`${name}: a test left something open that kept jest from ending (--detectOpenHandles shows what)`],
});

function progressIn(file: string): Progress | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Progress;
  } catch {
    return undefined;
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
