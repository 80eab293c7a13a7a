/** What a side of the comparison is: what it needs, and its processes while it runs. */
import { fork, type ChildProcess } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { execa } from 'execa';
import type { Say } from '../../setup/failure.ts';
import { Held } from '../held.ts';
import type { Batch, Told } from './worker-loop.ts';

/** Where a side runs: a folder of its own, and the MongoDB that its steps write to. */
export interface Place {
  readonly dir: string;
  readonly mongoUrl: string;
  readonly natsUrl: string;
}
export interface Peer {
  readonly name: string;
  /** orders at once that are tried; the best of them is measured */
  readonly concurrencies: readonly number[];
  /** Installs what it needs. Resolves to why it can not run on this machine, or to nothing. */
  prepare(say: Say): Promise<string | undefined>;
  start(place: Place): Promise<RunningPeer>;
}
export interface RunningPeer {
  /** seconds for a batch, from the first order begun until the last step of all is durable */
  run(batch: Batch): Promise<number>;
  /** of the processes that it started; their children count too */
  readonly pids: readonly number[];
  stop(): Promise<void>;
}

export const PEERS_DIR = import.meta.dirname;
const READY_MS = 120_000;
const END_MS = 10_000;
/** A batch that takes longer is not worth waiting for. */
const BATCH_MS = 900_000;

/** The packages of a side, which are not part of the project's own. */
export async function installed(name: string): Promise<string | undefined> {
  const ended = await execa('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: join(PEERS_DIR, name),
    reject: false,
    all: true,
  });
  return ended.exitCode === 0 ? undefined : `its packages could not be installed: ${lastLine(ended.all)}`;
}
export const lastLine = (text: string | undefined): string => (text ?? '').trim().split('\n').at(-1) ?? '';

/** A process that is there for as long as the side runs; its output goes to a file. */
export interface Child {
  readonly process: ChildProcess;
  readonly pid: number;
  end(): Promise<void>;
}
export const childOf = (child: ChildProcess, logFile: string): Child => {
  const log = createWriteStream(logFile, { flags: 'a' });
  child.stdout?.pipe(log, { end: false });
  child.stderr?.pipe(log, { end: false });
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const held = new Held(async () => {
    child.kill('SIGTERM');
    const late = new AbortController();
    await Promise.race([gone, pause(END_MS, undefined, { signal: late.signal }).catch(() => undefined)]);
    late.abort();
    child.kill('SIGKILL');
    await gone;
    log.end();
  });
  return { process: child, pid: child.pid ?? 0, end: () => held.end() };
};

const next = (child: ChildProcess, ms: number): Promise<Told> =>
  new Promise((resolve, reject) => {
    const late = new Error(`it has said nothing for ${ms / 1000} s`);
    const timer = setTimeout(() => settle(() => reject(late)), ms);
    const onMessage = (told: Told): void => settle(() => resolve(told));
    const onExit = (code: number | null): void => settle(() => reject(new Error(`its process ended with ${code}`)));
    const settle = (done: () => void): void => {
      clearTimeout(timer);
      child.off('message', onMessage);
      child.off('exit', onExit);
      done();
    };
    child.on('message', onMessage);
    child.on('exit', onExit);
  });

/** The side's worker, beside servers that it needs and that end after it. */
export async function startWorker(
  name: string,
  { dir, mongoUrl }: Place,
  env: Readonly<Record<string, string>>,
  servers: readonly Child[] = [],
): Promise<RunningPeer> {
  const forked = fork(join(PEERS_DIR, name, 'worker.ts'), {
    env: { ...process.env, NODE_OPTIONS: '', PEER_MONGO_URL: mongoUrl, ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const child = childOf(forked, join(dir, `${name}.log`));
  const stop = async (): Promise<void> => {
    for (const one of [child, ...servers]) await one.end();
  };
  try {
    await next(forked, READY_MS);
  } catch (error) {
    await stop();
    throw new Error(`${name}: ${(error as Error).message} (${join(dir, `${name}.log`)})`, { cause: error });
  }
  return {
    pids: [child, ...servers].map(({ pid }) => pid),
    stop,
    run: async (batch) => {
      const told = next(forked, BATCH_MS);
      forked.send(batch);
      const answer = await told;
      if ('seconds' in answer) return answer.seconds;
      throw new Error(`${name}: ${'failed' in answer ? answer.failed : 'no answer'}`);
    },
  };
}
