import { globSync } from 'node:fs';
import { matchesGlob } from 'node:path';
import { DOMAINS } from '@crossdock/contracts';
import { ROOT } from '../stack/files.ts';
import { codeowners } from './codeowners.ts';

const rows = (codeowners().content ?? '')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => line.split(/ +/) as [string, string]);
/** As GitHub reads it: the last match wins, a folder stands for all below it. */
const ownerOf = (path: string): string | undefined =>
  rows.findLast(([pattern]) => pattern === '*' || matchesGlob(`/${path}`, `${pattern}**`))?.[1];

describe('CODEOWNERS', () => {
  it.each(Object.values(DOMAINS))('gives $team the code of $owner and how it is deployed', ({ owner, team }) => {
    const files = [`apps/${owner}/src/main.ts`, ...globSync(`k8s/**/${owner}/*.yaml`, { cwd: ROOT })];
    expect(files.length).toBeGreaterThan(1);
    expect([...new Set(files.map(ownerOf))]).toEqual([team]);
  });

  it('leaves what all share to the platform', () => {
    expect(['docker/compose.yaml', 'k8s/README.md', 'libs/kernel/src/money.ts'].map(ownerOf)).toEqual(
      Array(3).fill('@crossdock/platform'),
    );
  });
});
