/** One command of a clone holds its servers; others find them through `run/stack.json` and borrow them. */
import { linkSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { SetUpFailure } from '../setup/failure.ts';
import { filesOf, readJson, writeWhole, type StackPort } from './files.ts';
import type { Handle } from './host.ts';
import { isAlive } from './process.ts';
import { until } from './until.ts';

export type Seat = Exclude<StackPort, `natsMonitor${string}` | `natsRoute${string}`>;

export interface StackRecord {
  /** Process that stops the servers when it ends. */
  holder: number;
  servers: Partial<Record<Seat, Handle>>;
  /** Set when both servers answer. */
  ready: boolean;
}

export type Claim = { kind: 'borrowed'; holder: number } | { kind: 'held'; leftBehind: StackRecord['servers'] };

const HOLDER_READY_MS = 120_000;

export const readRecord = (dir: string): StackRecord | undefined => readJson<StackRecord>(filesOf(dir).stack);

export function changeRecord(dir: string, change: (record: StackRecord) => void): void {
  const record = readRecord(dir) ?? { holder: process.pid, servers: {}, ready: false };
  change(record);
  writeWhole(filesOf(dir).stack, JSON.stringify(record));
}

export const dropRecord = (dir: string): void => rmSync(filesOf(dir).stack, { force: true });

/**
 * Becomes the holder, or waits until the present holder's servers answer. A record whose holder is gone, or (after a
 * reboot its id may belong to another program) none of whose servers lives, is inherited.
 */
export async function claim(
  dir: string,
  livesAny: (servers: StackRecord['servers']) => Promise<boolean>,
): Promise<Claim> {
  const file = filesOf(dir).stack;
  mkdirSync(dirname(file), { recursive: true });
  for (;;) {
    if (takeFree(file)) return { kind: 'held', leftBehind: {} };
    const record = readRecord(dir);
    if (record?.holder === process.pid) throw new SetUpFailure(`the stack in ${dir} is started twice by one process`);
    const holds = record && isAlive(record.holder) && (!record.ready || (await livesAny(record.servers)));
    if (!holds) {
      const heir = takeOver(file);
      if (heir) return { kind: 'held', leftBehind: heir };
      continue;
    }
    await until({
      what: `the stack of process ${record.holder} to be ready`,
      deadlineMs: HOLDER_READY_MS,
      check: async () => readRecord(dir)?.ready,
      giveUp: () => (isAlive(record.holder) ? undefined : 'that process has ended; try again'),
    });
    return { kind: 'borrowed', holder: record.holder };
  }
}

/** A link appears with its whole content or not at all, and only where nothing was. */
function takeFree(file: string, servers: StackRecord['servers'] = {}): boolean {
  const record: StackRecord = { holder: process.pid, servers, ready: false };
  const mine = `${file}.${process.pid}.new`;
  writeFileSync(mine, JSON.stringify(record));
  try {
    linkSync(mine, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(mine, { force: true });
  }
}

/** Renaming the record away lets exactly one heir have it. The servers stay in it: an heir can be killed too. */
function takeOver(file: string): StackRecord['servers'] | undefined {
  const mine = `${file}.${process.pid}.old`;
  try {
    renameSync(file, mine);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  const left = readJson<StackRecord>(mine)?.servers ?? {};
  const taken = takeFree(file, left);
  rmSync(mine, { force: true });
  return taken ? left : undefined;
}
