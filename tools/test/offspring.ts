/**
 * Everything that a command has started, also what left its process group: a mark in the environment goes from parent
 * to child. Where the system does not show environments (macOS), the tree below the command is followed instead.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { execa } from 'execa';
import { until } from '../stack/until.ts';

export const MARK_VARIABLE = 'CROSSDOCK_TEST_RUN';

const GONE_MS = 10_000;

export interface Started {
  pid: number;
  command: string;
}

let count = 0;

/** A run within a run keeps the mark of the outer one in front, so that the outer one finds its processes too. */
export const newMark = (): string => `${process.env[MARK_VARIABLE] ?? ''}/${process.pid}-${(count += 1)}`;

/** Kills all that carry the mark, and what they start meanwhile; gives what was found alive. */
export async function killMarked(mark: string, root?: number): Promise<Started[]> {
  const found = new Map<number, Started>();
  const killAll = async (): Promise<boolean> => {
    const living = await marked(mark, root);
    for (const one of living) {
      found.set(one.pid, one);
      kill(one.pid);
    }
    return living.length === 0;
  };
  if (!(await killAll())) await until({ what: 'what tests started to end', deadlineMs: GONE_MS, check: killAll });
  return [...found.values()];
}

async function marked(mark: string, root: number | undefined): Promise<Started[]> {
  if (!existsSync('/proc/self/environ')) return root === undefined ? [] : below(root);
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((pid) => carries(pid, mark))
    .map((pid) => ({ pid: Number(pid), command: proc(pid, 'cmdline').join(' ').trim() }));
}

/** A zombie shows no environment: what only waits to be reaped is not found. */
function carries(pid: string, mark: string): boolean {
  const value = proc(pid, 'environ')
    .find((pair) => pair.startsWith(`${MARK_VARIABLE}=`))
    ?.slice(MARK_VARIABLE.length + 1);
  return value !== undefined && `${value}/`.startsWith(`${mark}/`);
}

function proc(pid: string, file: string): string[] {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8').split('\0');
  } catch {
    return [];
  }
}

async function below(root: number): Promise<Started[]> {
  const { stdout } = await execa('ps', ['-axo', 'pid=,ppid=,stat=,command=']);
  const lines = stdout.split('\n').map((line) => /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(.*)$/.exec(line) ?? []);
  const tree = new Set([root]);
  const living: Started[] = [];
  // Parents are listed before their children but for reused ids: those are found by the next round.
  for (const [, pid, parent, state = '', command = ''] of lines) {
    if (!tree.has(Number(pid)) && !tree.has(Number(parent))) continue;
    tree.add(Number(pid));
    if (!state.startsWith('Z')) living.push({ pid: Number(pid), command });
  }
  return living;
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
