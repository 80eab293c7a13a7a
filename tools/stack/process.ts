/** Operating-system processes of servers: started in a group of their own, found again by id, ended for certain. */
import { spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readdirSync, readFileSync, statSync, truncateSync } from 'node:fs';
import { dirname } from 'node:path';
import { execa } from 'execa';
import { until } from './until.ts';

const LOG_BYTES_MAX = 20 * 1024 * 1024;
const GONE_MS = 15_000;

export interface Launch {
  command: string;
  args: string[];
  logFile: string;
}

/**
 * Starts a server in a process group of its own: Ctrl-C then reaches our process only, which ends the services
 * before it ends what they stand on.
 */
export async function launch({ command, args, logFile }: Launch): Promise<number> {
  mkdirSync(dirname(logFile), { recursive: true });
  if (existsSync(logFile) && statSync(logFile).size > LOG_BYTES_MAX) truncateSync(logFile);
  const log = openSync(logFile, 'a');
  try {
    const child = spawn(command, args, { detached: true, stdio: ['ignore', log, log] });
    await new Promise<void>((resolve, reject) => {
      child.once('spawn', resolve);
      child.once('error', reject);
    });
    child.unref();
    return child.pid as number;
  } finally {
    closeSync(log);
  }
}

export function isAlive(pid: number | undefined): boolean {
  if (!pid) return false;
  try {
    process.kill(pid, 0);
    return !isZombie(pid);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/**
 * In a container whose first process does not reap, a killed orphan stays as an entry for ever. While other threads of
 * it are still ending it is none yet: its ports are closed with the last of them.
 */
function isZombie(pid: number): boolean {
  try {
    const ended = /^\d+ \(.*\) [ZX]/s.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
    return ended && readdirSync(`/proc/${pid}/task`).length <= 1;
  } catch {
    return false;
  }
}

/** Ids are used again after a reboot: a process counts as ours only when its command line names our folder. */
export async function isOurs(pid: number | undefined, marker: string): Promise<boolean> {
  if (!pid || !isAlive(pid)) return false;
  return (await commandLine(pid)).includes(marker);
}

async function commandLine(pid: number): Promise<string> {
  const file = `/proc/${pid}/cmdline`;
  if (existsSync(file)) return readFileSync(file, 'utf8').replaceAll('\0', ' ');
  const result = await execa('ps', ['-o', 'args=', '-p', String(pid)], { reject: false });
  return result.stdout ?? '';
}

export async function endProcess(pid: number, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  if (!isAlive(pid)) return;
  signalTo(pid, signal);
  try {
    await until({ what: `process ${pid} to end`, deadlineMs: GONE_MS, check: async () => !isAlive(pid) });
  } catch (error) {
    if (signal === 'SIGKILL') throw error;
    await endProcess(pid, 'SIGKILL');
  }
}

function signalTo(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** The end of a log, for the message of a server that did not come up. */
export function lastLines(logFile: string, count = 8): string {
  if (!existsSync(logFile)) return '';
  return readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-count).join('\n');
}
