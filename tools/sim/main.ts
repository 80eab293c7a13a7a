/**
 * `npm run sim -- --seeds N [--seed S]`: the four services in a simulated world, seed by seed. `--planted` checks the
 * checker: every planted bug must be caught.
 */
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { Command, InvalidArgumentError } from 'commander';
import { Worker } from './crew.ts';
import { commandOf, type Cut, type Quieting } from './cut.ts';
import { catchPlanted, SEEDS_LIMIT } from './planted.ts';
import { coverageTable } from './report.ts';
import type { Played } from './worker.ts';
import { addReached, noneReached } from './world/coverage.ts';

const whole = (text: string): number => {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 0) throw new InvalidArgumentError('give a whole number');
  return number;
};
const command = new Command('npm run sim --')
  .option('--seeds <count>', 'how many seeds are played', whole, 300)
  .option('--seed <first>', 'the first of them', whole, 1)
  .option('--workers <count>', 'processes that play', whole, 2)
  .option('--only <places>', 'of a single seed: only these actions of its plan')
  .option('--without <parts>', 'of a single seed: without these parts of its plan')
  .option(
    '--planted [names]',
    'plant every bug in turn, or those whose name or layer has this in it; each must be caught',
  )
  .option('--coverage', 'list what was reached, and what never was')
  .option('--json <file>', 'write what came out')
  .parse();
interface Options {
  readonly seeds: number;
  readonly seed: number;
  readonly workers: number;
  readonly only?: string;
  readonly without?: string;
  readonly planted?: string | true;
  readonly coverage?: true;
  readonly json?: string;
}
const options = command.opts<Options>();
const say = (text: string): void => void process.stdout.write(`${text}\n`);
/** Seeds that a worker plays before it tells; of so many that fail each is told, the first few shrunk. */
const AT_ONCE = 20;
const SHRUNK = 2;

const cutOf = ({ only, without }: Options): Cut | undefined => {
  if (only === undefined && without === undefined) return undefined;
  const places = only === 'none' ? [] : only?.split(',').map(Number);
  return { ...(places ? { only: places } : {}), without: (without?.split(',') ?? []) as Quieting[] };
};

const playAll = async (): Promise<readonly Played[]> => {
  const { seeds, seed, workers } = options;
  const cut = cutOf(options);
  const parts: Played[] = [];
  let next = seed;
  const work = async (): Promise<void> => {
    const worker = await Worker.start();
    try {
      while (next < seed + seeds) {
        const first = next;
        const count = Math.min(AT_ONCE, seed + seeds - first);
        next += count;
        const part = await worker.play({ first, count, ...(cut ? { cut } : {}) });
        parts.push(part);
        for (const { seed: bad, faults } of part.faulty)
          say(`seed ${bad}: ${faults.map(({ id, text }) => `${id} ${text}`).join('\n  ')}`);
      }
    } finally {
      worker.stop();
    }
  };
  await Promise.all(Array.from({ length: Math.min(workers, Math.ceil(seeds / AT_ONCE)) }, work));
  return parts.sort((a, b) => a.first - b.first);
};

const tellShrunk = async (bad: readonly number[]): Promise<void> => {
  const worker = await Worker.start();
  for (const seed of bad.slice(0, SHRUNK)) {
    const { cut, story, faults } = await worker.shrink(seed);
    say(`\nseed ${seed}, shrunk to ${story.length} actions:`);
    for (const line of story) say(line);
    for (const { id, text } of faults) say(`  -> ${id} ${text}`);
    say(`again: ${commandOf(seed, cut)}`);
  }
  worker.stop();
};

const playSeeds = async (): Promise<number> => {
  const began = performance.now();
  const parts = await playAll();
  const seconds = (performance.now() - began) / 1000;
  const reached = noneReached();
  const orders: Record<string, number> = {};
  for (const part of parts) {
    addReached(reached, part.reached);
    for (const [status, count] of Object.entries(part.orders)) orders[status] = (orders[status] ?? 0) + count;
  }
  const played = parts.reduce((sum, part) => sum + part.played, 0);
  const digest = createHash('sha256')
    .update(parts.flatMap(({ digests }) => digests).join())
    .digest('hex')
    .slice(0, 32);
  const faulty = parts.flatMap((part) => part.faulty);
  say(coverageTable(reached, options.coverage === true));
  say(
    `orders: ${Object.entries(orders)
      .sort()
      .map(([status, count]) => `${count} ${status}`)
      .join(', ')}`,
  );
  say(`history ${digest}`);
  say(
    `${played} seeds in ${seconds.toFixed(1)} s (${(played / seconds).toFixed(1)} a second), ${faulty.length} with faults`,
  );
  if (options.json) writeFileSync(options.json, JSON.stringify({ played, seconds, digest, faulty, reached, orders }));
  if (faulty.length > 0 && cutOf(options) === undefined) await tellShrunk(faulty.map(({ seed }) => seed));
  return faulty.length === 0 ? 0 : 1;
};

/** A bug that is not caught within the limit got away; `--seeds` lowers it. */
const plantedSeeds = (): number => (command.getOptionValueSource('seeds') === 'cli' ? options.seeds : SEEDS_LIMIT);

process.exitCode = options.planted
  ? await catchPlanted(options.planted === true ? undefined : options.planted, plantedSeeds(), options.workers, say)
  : await playSeeds();
