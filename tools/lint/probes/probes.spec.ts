import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { PROBES, type Probe } from './probes.ts';

interface Verdict {
  said: string[][];
  rules: string[];
}
const verdict = JSON.parse(
  execFileSync(process.execPath, ['--no-warnings', join(import.meta.dirname, 'run.ts')], { encoding: 'utf8' }),
) as Verdict;

const title = ({ rule, file, code }: Probe): string => `${rule} in ${file}: ${code.slice(0, 60).replaceAll('\n', ' ')}`;
const cases = PROBES.map((probe, index) => ({ ...probe, title: title(probe), said: verdict.said[index] ?? [] }));

describe('what lint refuses', () => {
  it.each(cases.filter(({ fires }) => fires !== undefined))('$title', ({ said, fires }) => {
    expect(said).toContainEqual(expect.stringContaining(fires as string));
  });
});

describe('what lint lets through', () => {
  it.each(cases.filter(({ fires }) => fires === undefined))('$title', ({ said }) => {
    expect(said).toEqual([]);
  });
});

describe('the rules of this repository', () => {
  it('each have a probe that proves they still fire', () => {
    const probed = new Set(PROBES.filter(({ fires }) => fires !== undefined).map(({ rule }) => rule));
    expect(verdict.rules.filter((rule) => !probed.has(rule))).toEqual([]);
  });
});
