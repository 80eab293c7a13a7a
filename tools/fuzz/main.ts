/**
 * `npm run fuzz -- [--runs N] [--seed S]`: mutated documents through the doors, lanes and asks of connectors and
 * shipment-normalization. None may end a process, hold a lane up, lose its bytes or have no state. A failed run is
 * written to `.crossdock/fuzz/` and comes back by `--only RUN` with the same seed and fixtures. `--real` hands them to
 * built services on servers of their own.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { CLONE_DIR, ROOT } from '../stack/files.ts';
import { Crew, Lost } from './crew.ts';
import { endAll } from '../bench/held.ts';
import { playReal } from './real/run.ts';
import { addTo, shownTally, type Tally } from './tally.ts';
import type { Failure, Order, Played } from './worker.ts';

const whole = (text: string): number => {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 0) throw new InvalidArgumentError('give a whole number');
  return number;
};
interface Options {
  readonly runs: number;
  readonly seed: number;
  readonly only?: number;
  readonly fixtures: string;
  readonly jobs: number;
  readonly real?: number | true;
}
/** Documents that are handed in at once, to a world of their own. */
const AT_ONCE = 200;
const SHOWN = 20;
const TELL_MS = 60_000;
const REAL_RUNS = 5_000;
const INTERRUPTED = 130;

const say = (text: string): void => void process.stdout.write(`${text}\n`);

const keep = ({ run, bytes }: Failure): string => {
  const folder = join(CLONE_DIR, 'fuzz');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `run-${run}`);
  writeFileSync(file, Buffer.from(bytes, 'base64'));
  return file;
};

/** Which of a batch that ended its process, each alone in a process that may be lost too. */
const pinned = async (order: Order, why: string): Promise<Played> => {
  const failures: Failure[] = [];
  let crew = await Crew.start();
  for (let run = order.first; run < order.first + order.count; run++) {
    try {
      failures.push(...(await crew.play({ ...order, first: run, count: 1 })).failures);
    } catch (error) {
      if (!(error instanceof Lost)) throw error;
      failures.push({ run, seed: 'of it', what: error.message, bytes: '' });
      crew = await Crew.start();
    }
  }
  crew.stop();
  const last = order.first + order.count - 1;
  const together = {
    run: order.first,
    seed: 'any',
    what: `runs ${order.first} to ${last}, only together: ${why}`,
    bytes: '',
  };
  return { done: order.count, failures: failures.length > 0 ? failures : [together], tally: {} };
};

class Fuzzing {
  readonly failures: Failure[] = [];
  readonly tally: Tally = {};
  done = 0;
  private next: number;
  private readonly end: number;
  private readonly order: Pick<Order, 'fixtures' | 'seed'>;

  constructor(order: Pick<Order, 'fixtures' | 'seed'>, first: number, end: number) {
    this.order = order;
    this.next = first;
    this.end = end;
  }

  /** One process at a time, until nothing is left to play. */
  async work(): Promise<void> {
    let crew = await Crew.start();
    while (this.next < this.end) {
      const first = this.next;
      const order = { ...this.order, first, count: Math.min(AT_ONCE, this.end - first) };
      this.next += order.count;
      try {
        this.take(await crew.play(order));
      } catch (error) {
        if (!(error instanceof Lost)) throw error;
        this.take(await pinned(order, error.message));
        crew = await Crew.start();
      }
    }
    crew.stop();
  }
  private take({ done, failures, tally }: Played): void {
    this.done += done;
    for (const failure of failures) {
      if (this.failures.length < SHOWN)
        say(`run ${failure.run} of ${failure.seed}: ${failure.what}\n  kept in ${keep(failure)}`);
      this.failures.push(failure);
    }
    addTo(this.tally, tally);
  }
}

const verdict = (done: number, seconds: number, seed: number, failures: number): string =>
  `${done} mutated documents in ${seconds.toFixed(0)} s (${(done / seconds).toFixed(0)} a second), seed ${seed}: ` +
  `${failures} crashed, held a lane up, lost bytes or had no state`;

async function fuzz({ runs, seed, only, fixtures, jobs }: Options): Promise<void> {
  const [first, end] = only === undefined ? [0, runs] : [only, only + 1];
  const fuzzing = new Fuzzing({ fixtures: resolve(fixtures), seed }, first, end);
  const start = performance.now();
  const seconds = (): number => (performance.now() - start) / 1000;
  const telling = setInterval(() => say(`${fuzzing.done} of ${end - first} after ${seconds().toFixed(0)} s`), TELL_MS);
  const processes = Math.max(1, Math.min(jobs, Math.ceil((end - first) / AT_ONCE)));
  await Promise.all(Array.from({ length: processes }, () => fuzzing.work())).finally(() => clearInterval(telling));
  say(shownTally(fuzzing.tally));
  say(verdict(fuzzing.done, seconds(), seed, fuzzing.failures.length));
  if (fuzzing.failures.length > 0) process.exitCode = 1;
}

/** The same documents to real processes. */
async function fuzzReal({ seed, only, fixtures, real }: Options): Promise<void> {
  const count = only === undefined ? (real === true ? REAL_RUNS : (real ?? 0)) : 1;
  const crew = await Crew.start();
  const made = await crew.make({ fixtures: resolve(fixtures), seed, first: only ?? 0, count });
  crew.stop();
  const all = made.documents.map((one) => ({ ...one, bytes: Buffer.from(one.bytes, 'base64') }));
  const start = performance.now();
  const { findings, tally } = await playReal(all, made.senders, say);
  for (const { handed, what } of findings.slice(0, SHOWN)) {
    const kept = handed && keep({ ...handed, what, bytes: handed.bytes.toString('base64') });
    say(handed ? `run ${handed.run} of ${handed.seed} (${handed.door}): ${what}\n  kept in ${kept}` : what);
  }
  say(shownTally(tally));
  say(verdict(count, (performance.now() - start) / 1000, seed, findings.length));
  if (findings.length > 0) process.exitCode = 1;
}

const command = new Command('fuzz')
  .description('mutated documents through doors, lanes and asks: none may crash, hold a lane up, lose bytes or vanish')
  .option('--runs <n>', 'mutated documents', whole, 100_000)
  .option('--seed <n>', 'where the random numbers begin', whole, 1)
  .option('--only <run>', 'one run of the seed again', whole)
  .option('--fixtures <dir>', 'folder of documents to mutate besides our own', join(ROOT, '..', 'shared', 'fixtures'))
  .option('--real [n]', `so many (${REAL_RUNS}) to real processes over nats-server and mongod instead`, whole)
  .option('--jobs <n>', 'processes', whole, Math.min(2, availableParallelism()));
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void endAll().finally(() => process.exit(INTERRUPTED)));
const options = command.parse().opts<Options>();
await (options.real === undefined ? fuzz(options) : fuzzReal(options));
