/** Schemas, AsyncAPI document and catalogue of the published language; what would break a reader is never written. */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { allBreakingChanges, generatedFiles } from '@crossdock/contracts/generate';
import { ROOT } from '../stack/files.ts';
import type { Target } from './target.ts';

const FOLDER = 'libs/contracts/generated';

function published(): Map<string, string> {
  const folder = join(ROOT, FOLDER);
  if (!existsSync(folder)) return new Map();
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json'));
  return new Map(names.map((name) => [name.replaceAll('\\', '/'), readFileSync(join(folder, name), 'utf8')]));
}

function publishedAt(ref: string): Map<string, string> {
  const git = (...args: string[]): string =>
    execFileSync('git', args, { cwd: ROOT, encoding: 'utf8', maxBuffer: 2 ** 26 });
  const names = git('ls-tree', '-r', '--name-only', ref, '--', FOLDER).split('\n').filter(Boolean);
  return new Map(names.map((name) => [name.slice(FOLDER.length + 1), git('show', `${ref}:${name}`)]));
}

/** What of the contracts would break those who use what is published, here or at a git ref. */
export const breaking = (against?: string): readonly string[] =>
  allBreakingChanges(against === undefined ? published() : publishedAt(against), generatedFiles());

export function contracts(): Target[] {
  const files = generatedFiles();
  const stale = [...published().keys()].filter((name) => !files.has(name));
  return [
    ...[...files].map(([name, content]) => ({ path: `${FOLDER}/${name}`, content })),
    ...stale.map((name) => ({ path: `${FOLDER}/${name}`, content: undefined })),
  ];
}
