import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { Worker } from './crew.ts';
import { catchOne, SEEDS_LIMIT } from './planted.ts';
import { PLANTED } from './planted/index.ts';
import type { Reached } from './world/coverage.ts';

const SEEDS = 300;
const LONG_MS = 600_000;

/** One of each layer: that all of them are caught is asked by hand, it takes minutes. */
const HANDFUL = [
  'position stored before the commit',
  'failed publication given up',
  'state written, commit record lost',
  'dead letters not told',
  'stock not released on cancel',
  'more held than is free',
  'older milestone wins',
];

interface Report {
  readonly played: number;
  readonly faulty: readonly unknown[];
  readonly reached: Reached;
  readonly orders: Readonly<Record<string, number>>;
}

describe('the four services in a simulated world', () => {
  let dir: string;
  beforeAll(async () => void (dir = await mkdtemp(join(tmpdir(), 'crossdock-sim-'))));
  afterAll(() => rm(dir, { recursive: true, force: true }));

  it(
    `keep every invariant, whatever happens: ${SEEDS} seeds`,
    async () => {
      const file = join(dir, 'report.json');
      const main = join(import.meta.dirname, 'main.ts');
      const env = { NODE_OPTIONS: '--no-warnings' };
      const ended = await execa(process.execPath, [main, '--seeds', String(SEEDS), '--json', file], {
        env,
        reject: false,
      });
      expect(ended.exitCode === 0 ? '' : `${ended.stdout}\n${ended.stderr}`).toBe('');
      const { played, faulty, reached, orders } = JSON.parse(readFileSync(file, 'utf8')) as Report;
      expect({ played, faulty }).toEqual({ played: SEEDS, faulty: [] });
      expect(orders['closed']).toBeGreaterThan(SEEDS);
      expect(Object.keys(reached.faults).length).toBeGreaterThan(33);
      expect(Object.keys(reached.crashes).length).toBeGreaterThan(28);
      expect(Object.keys(reached.pairs).length).toBeGreaterThan(140);
    },
    LONG_MS,
  );

  it(
    'have the same history again from the same seeds, in whatever process',
    async () => {
      const workers = await Promise.all([Worker.start(), Worker.start()]);
      const [first, second] = await Promise.all(
        workers.map(async (worker, nth) => {
          // The second has played something else before.
          if (nth === 1) await worker.play({ first: 900, count: 1 });
          return (await worker.play({ first: 1, count: 6 })).digests;
        }),
      );
      for (const worker of workers) worker.stop();
      expect(new Set(first).size).toBe(6);
      expect(second).toEqual(first);
    },
    LONG_MS,
  );

  it.each(HANDFUL)(
    'show that something is wrong when it is: %s',
    async (name) => {
      const bug = PLANTED.find((one) => one.name === name);
      if (!bug) throw new Error(`no bug is called ${name}`);
      const { faults, seed } = await catchOne(bug, SEEDS_LIMIT);
      expect(seed).toBeDefined();
      expect(faults.length).toBeGreaterThan(0);
    },
    LONG_MS,
  );
});
