/**
 * `npm run fuzz -- [--runs N] [--seed S]`: mutated documents through every translation. None may throw, hang or vanish.
 * A failed run is written to `.crossdock/fuzz/` and comes back by `--only RUN` with the same seed and fixtures.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { Worker } from 'node:worker_threads';
import { Command } from 'commander';
import { CLONE_DIR, ROOT } from '../stack/files.ts';
import type { Failure, Told, Work } from './worker.ts';

interface Options {
  readonly runs: string;
  readonly seed: string;
  readonly only?: string;
  readonly fixtures: string;
  readonly jobs: string;
}
/** No document takes a reader longer than this, on however busy a machine. */
const HANG_MS = 60_000;
const SHOWN = 20;

const say = (text: string): void => void process.stdout.write(`${text}\n`);

const keep = ({ run, bytes }: Failure): string => {
  const folder = join(CLONE_DIR, 'fuzz');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `run-${run}`);
  writeFileSync(file, bytes);
  return file;
};

/** Runs of one thread; ends with the number done, or with the run that it hung in. */
const workOf = (work: Work, failures: Failure[]): Promise<number> =>
  new Promise((settle, fail) => {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: work });
    const under = new Float64Array(work.at);
    let seen = -1;
    const watch = setInterval(() => {
      if (under[0] === seen) {
        failures.push({ run: seen, seed: 'unknown', what: `hung for ${HANG_MS / 1000} s`, bytes: new Uint8Array() });
        void worker.terminate();
        clearInterval(watch);
        settle(0);
      }
      seen = under[0] as number;
    }, HANG_MS);
    worker.on('message', (told: Told) => {
      if ('failure' in told) failures.push(told.failure);
      else settle(told.done);
    });
    worker.on('error', (error) => {
      clearInterval(watch);
      fail(new Error(`run ${under[0]}: the thread died: ${error.stack ?? error.message}`));
    });
    worker.on('exit', () => clearInterval(watch));
  });

async function fuzz({ runs, seed, only, fixtures, jobs }: Options): Promise<void> {
  const threads = only === undefined ? Math.max(1, Number(jobs)) : 1;
  const first = only === undefined ? 0 : Number(only);
  const end = only === undefined ? Number(runs) : first + 1;
  const failures: Failure[] = [];
  const start = performance.now();
  const done = await Promise.all(
    Array.from({ length: threads }, (_, thread) =>
      workOf(
        {
          fixtures: resolve(fixtures),
          seed: Number(seed),
          first: first + thread,
          step: threads,
          end,
          at: new SharedArrayBuffer(8),
        },
        failures,
      ),
    ),
  );
  const total = done.reduce((sum, one) => sum + one, 0);
  const seconds = (performance.now() - start) / 1000;
  for (const failure of failures.slice(0, SHOWN))
    say(`run ${failure.run} of ${failure.seed}: ${failure.what}\n  kept in ${keep(failure)}`);
  say(
    `${total} mutated documents in ${seconds.toFixed(0)} s, seed ${seed}: ${failures.length} thrown, hung or vanished`,
  );
  if (failures.length > 0) process.exitCode = 1;
}

const command = new Command('fuzz')
  .description('mutated documents through every translation: none may throw, hang or vanish')
  .option('--runs <n>', 'mutated documents', '100000')
  .option('--seed <n>', 'where the random numbers begin', '1')
  .option('--only <run>', 'one run of the seed again')
  .option('--fixtures <dir>', 'folder of documents to mutate besides our own', join(ROOT, '..', 'shared', 'fixtures'))
  .option('--jobs <n>', 'threads', String(Math.min(2, availableParallelism())));
await fuzz(command.parse().opts<Options>());
