/** A process of ours on the sources themselves, with bugs planted in what it loads. */
import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from '../../stack/files.ts';
import type { Patch } from './patch.ts';

/** Compiled code of libraries: a process is up in half the time. */
const CACHE = join(ROOT, 'node_modules', '.cache', 'crossdock-sim');
const LOADER = join(import.meta.dirname, 'register.ts');
const COMPLAINT = 4_000;

export interface Forked {
  readonly child: ChildProcess;
  /** the end of what it wrote to stderr */
  complaint(): string;
}

/** `file` speaks by IPC; `nodeArgs` are more arguments of Node's own. */
export const forkOnSources = (file: string, patches: readonly Patch[], nodeArgs: readonly string[] = []): Forked => {
  const child = fork(file, [], {
    execArgv: ['--no-warnings', ...nodeArgs, '-C', '@crossdock/source', '--import', LOADER],
    env: {
      ...process.env,
      NODE_OPTIONS: '',
      NODE_COMPILE_CACHE: CACHE,
      CROSSDOCK_SIM_PATCH: JSON.stringify(patches),
    },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let complaint = '';
  child.stderr?.on('data', (text: Buffer) => (complaint = `${complaint}${text.toString()}`.slice(-COMPLAINT)));
  return { child, complaint: () => complaint };
};
