/** Runs one command to its end or to its deadline, with all that it starts: nothing of it stays behind. */
import { spawn, type ChildProcess } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { ROOT } from '../stack/files.ts';
import { killMarked, MARK_VARIABLE, newMark, type Started } from './offspring.ts';

export interface CommandPlan {
  command: string;
  args: readonly string[];
  env?: Readonly<Record<string, string>>;
  deadlineMs: number;
  /** True when its work is done, so that only something forgotten can keep it open. */
  isDone?: () => boolean;
  /** how long it may take to end after that */
  graceMs?: number;
  onOutput?: (text: Buffer) => void;
}

export interface Ran {
  /** `late`: killed at its deadline. `open`: its work was done, but something forgotten kept it from ending. */
  ending: 'ended' | 'late' | 'open';
  /** null when a signal ended it */
  exitCode: number | null;
  seconds: number;
  /** what it had started and left running; killed */
  left: Started[];
}

const LOOK_EVERY_MS = 200;
const GRACE_MS = 30_000;
const LAST_WORDS_MS = 2_000;

/** Marks of what runs now, for whoever has to end this process. */
const running = new Map<string, number | undefined>();

export async function runCommand(plan: CommandPlan): Promise<Ran> {
  const mark = newMark();
  const startedAt = Date.now();
  // Through pipes of our own, never ours by inheritance: what a test forgets must not hold what our caller reads.
  const child = spawn(plan.command, plan.args, {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...colours(), ...plan.env, [MARK_VARIABLE]: mark },
  });
  running.set(mark, child.pid);
  try {
    const closed = new Promise((resolve) => child.once('close', resolve));
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (text: Buffer) => plan.onOutput?.(text));
    const ending = await endOf(child, plan);
    const left = (await killMarked(mark, child.pid)).filter(({ pid }) => pid !== child.pid);
    await Promise.race([closed, pause(LAST_WORDS_MS, undefined, { ref: false })]);
    child.stdout?.destroy();
    child.stderr?.destroy();
    return { ending, exitCode: child.exitCode, seconds: (Date.now() - startedAt) / 1000, left };
  } finally {
    running.delete(mark);
  }
}

/** Kills all that runs, for an end that a person or a signal asks for. */
export async function killRunning(): Promise<void> {
  await Promise.all([...running].map(([mark, pid]) => killMarked(mark, pid)));
}

/** Resolves when the command has ended by itself, or should have. */
function endOf(child: ChildProcess, { deadlineMs, isDone, graceMs = GRACE_MS }: CommandPlan): Promise<Ran['ending']> {
  return new Promise((resolve, reject) => {
    const lateAt = Date.now() + deadlineMs;
    let openAt = Infinity;
    const look = setInterval(() => {
      if (openAt === Infinity && isDone?.()) openAt = Date.now() + graceMs;
      if (Date.now() > openAt) settle(() => resolve('open'));
      else if (Date.now() > lateAt) settle(() => resolve('late'));
    }, LOOK_EVERY_MS);
    const settle = (how: () => void) => {
      clearInterval(look);
      how();
    };
    child.once('exit', () => settle(() => resolve('ended')));
    child.once('error', (error) => settle(() => reject(error)));
  });
}

const colours = (): Record<string, string> =>
  process.stderr.isTTY && !process.env['NO_COLOR'] ? { FORCE_COLOR: '1' } : {};
