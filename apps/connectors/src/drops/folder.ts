/** A folder of this machine, or one that is mounted. */
import { createReadStream } from 'node:fs';
import { mkdir, readdir, rename, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Readable } from 'node:stream';
import type { Drop, Lying } from './drop.js';

export const openFolder = async (path: string): Promise<Drop> => {
  await readdir(path);
  return {
    list: async (): Promise<readonly Lying[]> => {
      const found = await readdir(path, { withFileTypes: true });
      const files = found.filter((entry) => entry.isFile());
      const lying = files.map(async ({ name }): Promise<Lying[]> => {
        const known = await stat(join(path, name)).catch(() => undefined);
        return known ? [{ name, bytes: known.size, modified: known.mtimeMs }] : [];
      });
      return (await Promise.all(lying)).flat();
    },
    open: (name): Promise<Readable> => Promise.resolve(createReadStream(join(path, basename(name)))),
    move: async (name, into, as): Promise<void> => {
      await mkdir(join(path, into), { recursive: true });
      await rename(join(path, basename(name)), join(path, into, basename(as)));
    },
    close: () => Promise.resolve(),
  };
};
