/** Which input is being played, kept beside the books: what was interrupted is taken up again, not begun anew. */
import { createHash } from 'node:crypto';
import { createReadStream, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { readJson, writeWhole } from '../stack/files.ts';
import type { Pace } from './pace.ts';

/** What tells one input from another. */
export type InputIdentity =
  | { readonly kind: 'file'; readonly hash: string }
  | { readonly kind: 'day'; readonly seed: string; readonly date: string; readonly size: number | null };

export interface RunRecord {
  readonly input: InputIdentity;
  /** of all its uploads; given by the service with the first */
  readonly batchId: string | null;
  readonly startedAt: string;
  /** how its uploads were cut: taken up again, they must be the same ones */
  readonly pace: Pace;
  /** name of an upload to its job */
  readonly jobs: Readonly<Record<string, string>>;
  /** every document was handed in */
  readonly handedIn: boolean;
  /** the day was over, whatever the verdict */
  readonly ended: boolean;
  /** the highest seed that was counted up to */
  readonly lastSeed: number;
}

export const recordFile = (dir: string): string => join(dir, 'data', 'run.json');

export const readRun = (dir: string): RunRecord | undefined => readJson<RunRecord>(recordFile(dir));
export const writeRun = (dir: string, record: RunRecord): void =>
  writeWhole(recordFile(dir), `${JSON.stringify(record, null, 2)}\n`);
export const forgetRun = (dir: string): void => rmSync(recordFile(dir), { force: true });

export const sameInput = (a: InputIdentity, b: InputIdentity): boolean => {
  if (a.kind === 'file') return b.kind === 'file' && a.hash === b.hash;
  return b.kind === 'day' && a.seed === b.seed && a.date === b.date && a.size === b.size;
};

export async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

export interface WantedDay {
  /** undefined: the first that was not played, or the one that was interrupted */
  readonly seed: string | undefined;
  readonly size: number | undefined;
  /** YYYY-MM-DD */
  readonly today: string;
}

/** Seeds count up, so that every start without one plays a day that these books have not seen. */
export const dayToPlay = ({ seed, size, today }: WantedDay, last: RunRecord | undefined): InputIdentity => {
  const interrupted = last?.input.kind === 'day' && !last.ended ? last.input : undefined;
  const meant = (given: unknown, was: unknown): boolean => given === undefined || given === was;
  if (interrupted && meant(seed, interrupted.seed) && meant(size, interrupted.size)) return interrupted;
  return { kind: 'day', seed: seed ?? String((last?.lastSeed ?? 0) + 1), date: today, size: size ?? null };
};

export const seedCounted = (input: InputIdentity, last: RunRecord | undefined): number => {
  const seed = input.kind === 'day' ? Number(input.seed) : 0;
  return Math.max(last?.lastSeed ?? 0, Number.isSafeInteger(seed) ? seed : 0);
};
