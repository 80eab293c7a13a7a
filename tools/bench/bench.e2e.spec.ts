/** Every scenario on the real system, just large enough to see that it works: nothing refused, nothing lost, every invariant holds. */
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { testDir } from '../stack/forTests.ts';
import type { Results } from './results.ts';

const COMMAND = join(import.meta.dirname, 'main.ts');
const ENDS_MS = 840_000;
const RUN_MS = 900_000;
/** On demand, but quick when they are tiny; the comparison with other engines needs packages of its own. */
const ON_DEMAND = ['ten-times', 'steady'];

let dir: string;
beforeAll(async () => (dir = await testDir('bench')));
afterAll(async () => rm(dir, { recursive: true, force: true }));

const bench = async (...args: readonly string[]) =>
  execa(process.execPath, [COMMAND, ...args, '--out', dir], {
    env: { NODE_OPTIONS: '' },
    reject: false,
    all: true,
    stdin: 'ignore',
    timeout: ENDS_MS,
    forceKillAfterDelay: 20_000,
  });
const results = async (): Promise<Results> => JSON.parse(await readFile(join(dir, 'results.json'), 'utf8')) as Results;

describe('the bench, tiny', () => {
  it(
    'carries every scenario through with figures, without a fault, and keeps them as JSON and as a page',
    async () => {
      const { stdout } = await execa(process.execPath, [COMMAND, '--list'], { env: { NODE_OPTIONS: '' } });
      const names = stdout.split('\n').map((line) => line.split(' ')[0] ?? '');
      const wanted = names.filter((name) => name !== 'peers');
      const { exitCode, all } = await bench('--tiny', ...wanted);
      expect({ exitCode, faults: all.split('\n').filter((line) => line.startsWith('VOID')) }).toEqual({
        exitCode: 0,
        faults: [],
      });
      const { scenarios } = await results();
      expect(scenarios.map(({ name }) => name)).toEqual(wanted);
      expect(wanted).toEqual(expect.arrayContaining(ON_DEMAND));
      for (const { outcome } of scenarios)
        for (const { what, figure } of outcome.rows)
          expect([what, Number.isFinite(figure.median)]).toEqual([what, true]);
      const page = await readFile(join(dir, 'index.html'), 'utf8');
      for (const name of wanted) expect(page).toContain(`<h2>${name}</h2>`);
      expect(page).toMatch(/<svg/);
    },
    RUN_MS,
  );
});
