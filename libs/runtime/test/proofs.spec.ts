/** The list of proofs in the README names tests that are there. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const HERE = import.meta.dirname;
const CONFORMANCE = join(HERE, '..', '..', 'testing', 'src');
const fileOf = (suite: string): string => {
  if (suite.startsWith('road-conformance')) return join(HERE, `${suite}.ts`);
  return suite.startsWith('conformance/') ? join(CONFORMANCE, `${suite}.ts`) : join(HERE, `${suite}.spec.ts`);
};

const rows = readFileSync(join(HERE, '..', 'README.md'), 'utf8')
  .split('\n')
  .map((line) => /^\| (.+?) \| `([^`]+)` \| (.+?) \|$/.exec(line))
  .filter((match) => match !== null)
  .map(([, statement, suite, test]) => ({ statement, suite: suite as string, test: test as string }));
const texts = new Map<string, string>();
const textOf = (file: string): string => {
  const text = texts.get(file) ?? (existsSync(file) ? readFileSync(file, 'utf8') : '');
  texts.set(file, text);
  return text;
};

describe('the list of proofs in the README', () => {
  it('names a test of each statement that stands where it says', () => {
    expect(rows.length).toBeGreaterThan(60);
    const missing = rows.filter(({ suite, test }) => !textOf(fileOf(suite)).includes(test));
    expect(missing).toEqual([]);
  });

  it('names each suite on real servers', () => {
    const named = new Set(rows.map(({ suite }) => suite));
    const wanted = ['lanes', 'batches', 'publishing', 'waiting', 'loss', 'faults', 'limits', 'store', 'broker', 'road'];
    expect(wanted.filter((name) => !named.has(`${name}.int`))).toEqual([]);
  });
});
