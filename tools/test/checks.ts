/** What `npm test` checks besides the test suites; each counts as one passed or failed. */
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { missingFromLock, type Lock } from '../lint/lock.ts';
import { ROOT } from '../stack/files.ts';
import { runCommand } from './command.ts';

export interface Check {
  name: string;
  /** Undefined when it holds, otherwise what is wrong and what to do. */
  run: () => Promise<string | undefined>;
}

const DEADLINE_MS = 5 * 60_000;

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

/** One of the packages' commands, or npm's: what it said, when it failed or did not end in time. */
export async function tool(
  name: string,
  args: readonly string[],
  deadlineMs = DEADLINE_MS,
): Promise<string | undefined> {
  const said: Buffer[] = [];
  const path = `${join(ROOT, 'node_modules', '.bin')}${delimiter}${process.env['PATH'] ?? ''}`;
  const ran = await runCommand({
    command: name,
    args,
    deadlineMs,
    env: { PATH: path },
    onOutput: (text) => said.push(text),
  });
  const output = Buffer.concat(said).toString().trimEnd();
  if (ran.ending === 'ended' && ran.exitCode === 0) return undefined;
  const late = `did not end within ${deadlineMs / 1000} s and was killed: ${[name, ...args].join(' ')}`;
  return [output, ran.ending === 'ended' ? '' : late].filter(Boolean).join('\n') || 'failed without a word';
}

const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');
