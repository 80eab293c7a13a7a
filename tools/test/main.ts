/**
 * `npm test`: everything that must hold. Checks, then the four suites on real servers; the last line is the count.
 * `npm test -- <pattern>` runs the tests whose path matches, without the checks.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { Command } from 'commander';
import { ensureTestServers, type TestServers } from '../stack/forTests.ts';
import { checks, type Check } from './checks.ts';
import { killRunning } from './command.ts';
import { runSuite, SUITES } from './suites.ts';
import { lastLine, sum, type Tally } from './tally.ts';

const SERVERS_MS = 5 * 60_000;

let servers: TestServers | undefined;

const say = (line: string) => process.stderr.write(`${line}\n`);

const command = new Command('npm test --')
  .argument('[patterns...]', 'run only test files whose path matches one of these')
  .option(
    '--suite <name...>',
    `run only these suites, without the checks (${SUITES.map(({ name }) => name).join(', ')})`,
  )
  .option('--checks', 'run only the checks');

async function runCheck({ name, run }: Check): Promise<Tally> {
  const startedAt = Date.now();
  const wrong = await run().catch((error: unknown) => (error instanceof Error ? error.stack : String(error)));
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
  say(`${wrong === undefined ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)${wrong === undefined ? '' : `\n${wrong}`}`);
  return wrong === undefined
    ? { passed: 1, failed: 0, complaints: [] }
    : { passed: 0, failed: 1, complaints: [`check failed: ${name}`] };
}

async function runSuites(names: readonly string[], patterns: readonly string[]): Promise<Tally[]> {
  const chosen = SUITES.filter(({ name }) => names.includes(name));
  const needed = chosen.some(({ needsServers }) => needsServers);
  if (needed) servers = await within(SERVERS_MS, 'starting the servers', ensureTestServers(say));
  try {
    const tallies: Tally[] = [];
    for (const suite of chosen) {
      say(`\n== ${suite.name}`);
      tallies.push(await runSuite(suite, patterns, { say: (text) => process.stderr.write(text) }));
    }
    return tallies;
  } finally {
    if (servers) await within(SERVERS_MS, 'stopping the servers', servers.stop());
    servers = undefined;
  }
}

/** An answer that never comes is a failure with a name, not a run without end. */
async function within<T>(deadlineMs: number, what: string, work: Promise<T>): Promise<T> {
  const late = Symbol(what);
  const first = await Promise.race([work, pause(deadlineMs, late, { ref: false })]);
  if (first === late) throw new Error(`${what} did not end within ${deadlineMs / 1000} s`);
  return first as T;
}

async function runAll(): Promise<Tally> {
  const patterns = command.parse().args;
  const { suite, checks: checksOnly } = command.opts<{ suite?: string[]; checks?: true }>();
  const unknown = (suite ?? []).filter((name) => !SUITES.some((known) => known.name === name));
  if (unknown.length > 0) return { passed: 0, failed: 1, complaints: [`no such suite: ${unknown.join(', ')}`] };
  const tallies: Tally[] = [];
  if (!suite && patterns.length === 0) for (const check of checks()) tallies.push(await runCheck(check));
  if (!checksOnly) tallies.push(...(await runSuites(suite ?? SUITES.map(({ name }) => name), patterns)));
  const all = sum(tallies);
  if (all.passed + all.failed > 0) return all;
  return { passed: 0, failed: 1, complaints: [`no test file matches ${patterns.join(' ')}`] };
}

/** The servers are in a process group of their own: nobody but us ends them when a person stops the run. */
function stopAll(): void {
  void Promise.allSettled([killRunning(), servers?.stop()]).then(() => process.exit(130));
}
// `on`, not `once`: execa ends this process by itself when it finds no other listener left.
process.on('SIGINT', stopAll).on('SIGTERM', stopAll).on('SIGHUP', stopAll);

const total = await runAll().catch((error: unknown): Tally => {
  const text = error instanceof Error ? (error.name === 'SetUpFailure' ? error.message : error.stack) : String(error);
  return { passed: 0, failed: 1, complaints: [text ?? 'failed'] };
});
for (const complaint of total.complaints) say(complaint);
// Ends at once, whatever a check or a server client has left open: the line before is the last.
process.stdout.write(`${lastLine(total)}\n`, () => process.exit(total.failed > 0 ? 1 : 0));
