/** What `npm test` checks besides the test suites; each counts as one passed or failed. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { missingFromLock, type Lock } from '../lint/lock.ts';
import { ROOT } from '../stack/files.ts';

export interface Check {
  name: string;
  /** Undefined when it holds, otherwise what is wrong and what to do. */
  run: () => Promise<string | undefined>;
}

export function checks(): Check[] {
  const scripts = (JSON.parse(read('package.json')) as { scripts: Record<string, string> }).scripts;
  const list: Check[] = [
    { name: 'build (tsc -b)', run: () => tool('tsc', ['-b']) },
    { name: 'package-lock.json is whole', run: lockIsWhole },
    { name: 'format (prettier)', run: () => tool('prettier', ['--check', '--log-level', 'warn', '.']) },
  ];
  if (existsSync(join(ROOT, 'eslint.config.mjs'))) {
    list.push({ name: 'lint (eslint)', run: () => tool('eslint', ['--max-warnings', '0', '.']) });
  }
  if (scripts['sync']) {
    list.push({
      name: 'generated files are in step',
      run: () => tool('npm', ['run', '--silent', 'sync', '--', '--check']),
    });
  }
  return list;
}

async function lockIsWhole(): Promise<string | undefined> {
  const missing = missingFromLock(JSON.parse(read('package-lock.json')) as Lock);
  return missing.length === 0 ? undefined : missing.join('\n');
}

async function tool(name: string, args: string[]): Promise<string | undefined> {
  const result = await execa(name, args, { cwd: ROOT, preferLocal: true, reject: false, all: true });
  return result.exitCode === 0 ? undefined : result.all || result.shortMessage || 'failed without a word';
}

const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');
