/** How much a clone's books take on disk, and how they are wiped. */
import { lstat, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { SetUpFailure } from '../setup/failure.ts';
import { claim, dropRecord } from './claim.ts';
import { filesOf } from './files.ts';
import { end, livesAny } from './host.ts';

const BLOCK_BYTES = 512;

/** Bytes that a folder really takes; 0 when there is none. What vanishes while it is counted counts as nothing. */
export async function bytesIn(folder: string): Promise<number> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const sizes = entries.map(async (entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return bytesIn(path);
    const found = await lstat(path).catch(() => undefined);
    return (found?.blocks ?? 0) * BLOCK_BYTES;
  });
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

export const megabytes = (bytes: number): string =>
  `${(bytes / 1024 / 1024).toFixed(bytes < 10 * 1024 * 1024 ? 1 : 0)} MB`;

/** Every folder below `.crossdock/data` with its size: the servers' and what `npm start` keeps beside them. */
export async function booksOf(dir: string): Promise<{ name: string; bytes: number }[]> {
  const { data } = filesOf(dir);
  const entries = await readdir(data, { withFileTypes: true }).catch(() => []);
  const folders = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(folders.toSorted().map(async (name) => ({ name, bytes: await bytesIn(join(data, name)) })));
}

/** Deletes the books and gives the bytes freed. Servers that a killed command left behind are ended first. */
export async function wipeBooks(dir: string): Promise<number> {
  const files = filesOf(dir);
  const claimed = await claim(dir, (left) => livesAny(left, dir));
  if (claimed.kind === 'borrowed') {
    throw new SetUpFailure(`Process ${claimed.holder} runs on these books: stop it first (Ctrl-C there), then wipe.`);
  }
  try {
    for (const handle of Object.values(claimed.leftBehind)) await end(handle, dir, 'SIGKILL');
    const freed = await bytesIn(files.data);
    await rm(files.data, { recursive: true, force: true });
    await rm(files.endpoints, { force: true });
    return freed;
  } finally {
    dropRecord(dir);
  }
}
