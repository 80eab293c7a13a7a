/** What happens to what the servers have stored: emptied, cut short, full, slow. */
import { execa } from 'execa';
import { mkdirSync, readdirSync, statSync, truncateSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { SetUpFailure } from '../../setup/failure.ts';
import { filesOf } from '../../stack/files.ts';
import type { Drill, Grounds, Scene, Strike } from '../drill.ts';
import { wholeAgain } from './whole-broker.ts';

const wiped: Strike = {
  name: 'the store of nats-server',
  deed: 'deleted',
  remembers: wholeAgain,
  strike: async ({ platform }) => {
    await platform.stack.nats.wipeStore();
    await platform.stack.nats.restart();
    await platform.provision();
  },
};

const filesBelow = (dir: string, suffix: string): string[] =>
  readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(suffix))
    .map((entry) => join(entry.parentPath, entry.name));

/** The tail of a block that never reached the disk: what a power cut leaves of a file that was not synced. */
const truncated: Strike = {
  name: 'the last block of a stream',
  deed: 'cut short',
  remembers: wholeAgain,
  strike: async ({ platform, random, say }) => {
    await platform.stack.nats.kill9();
    const blocks = filesBelow(filesOf(platform.dir).natsStore, '.blk').filter((file) => statSync(file).size > 2_000);
    if (blocks.length > 0) {
      const block = random.pick(blocks);
      const size = statSync(block).size;
      const kept = Math.max(1_000, size - 500 - random.below(20_000));
      truncateSync(block, kept);
      say(`drill: ${size - kept} bytes less in ${block.slice(platform.dir.length + 1)}`);
    }
    await platform.stack.nats.restart();
    await platform.provision();
  },
};

/** A small disk under the books of one server. Needs the right to mount. */
const smallDisk =
  (folder: (dir: string) => string, size: string) =>
  async (dir: string): Promise<Grounds> => {
    const at = folder(dir);
    mkdirSync(at, { recursive: true });
    try {
      await execa('mount', ['-t', 'tmpfs', '-o', `size=${size},mode=0700`, 'tmpfs', at]);
    } catch (error) {
      throw new SetUpFailure('This drill mounts a small tmpfs and needs the right to (root on Linux).', {
        cause: error,
      });
    }
    return { leave: async () => void (await execa('umount', ['-l', at], { reject: false })) };
  };

const FULL_MS = 15_000;

const filled = (server: 'nats' | 'mongo', folder: (dir: string) => string): Strike => ({
  name: server === 'nats' ? 'the disk of nats-server' : 'the disk of mongod',
  deed: `full for ${FULL_MS / 1000} s`,
  strike: async ({ platform, say }) => {
    const filler = join(folder(platform.dir), 'filler');
    // Until there is no room left: `dd` ends with an error then, and that is what is wanted.
    await execa('dd', ['if=/dev/zero', `of=${filler}`, 'bs=1M'], { reject: false });
    await pause(FULL_MS);
    await rm(filler, { force: true });
    say(`drill: there is room again; ${server === 'nats' ? 'nats-server' : 'mongod'} is started anew`);
    // A stream that met a full disk refuses messages until its server is started again; mongod ends by itself.
    await platform.stack[server].restart();
  },
});

const natsBooks = (dir: string): string => filesOf(dir).natsStore;
const mongoBooks = (dir: string): string => filesOf(dir).mongoBooks;

const SLOW_MS = 20_000;
const FSYNC_DELAY_US = 30_000;

/** Every sync of the server's files takes longer, by strace's fault injection. */
const slowed = (name: 'nats-server' | 'mongod'): Strike => ({
  name: `the disk of ${name}`,
  deed: `slow for ${SLOW_MS / 1000} s (${FSYNC_DELAY_US / 1000} ms more for each sync)`,
  strike: async ({ platform }: Scene) => {
    const pid = platform.stack.pids().find((server) => server.name === name)?.pid;
    const delay = `inject=fsync,fdatasync:delay_enter=${FSYNC_DELAY_US}`;
    const args = ['-f', '-qq', '-o', '/dev/null', '-e', 'trace=fsync,fdatasync', '-e', delay, '-p', String(pid)];
    const tracing = execa('strace', args, { reject: false });
    await Promise.race([pause(SLOW_MS), tracing]);
    tracing.kill('SIGINT');
    await tracing;
  },
});

const hasStrace = async (): Promise<Grounds> => {
  const found = await execa('strace', ['-V'], { reject: false });
  if (found.exitCode !== 0)
    throw new SetUpFailure('This drill needs strace (Debian and Ubuntu: apt-get install strace).');
  return { leave: async () => undefined };
};

export const storeDrills: readonly Drill[] = [
  {
    name: 'wipe-broker',
    about: 'All that nats-server has stored is deleted while it is down.',
    most: 4,
    perMinute: 1,
    strikes: (count) => Array.from({ length: count }, () => wiped),
  },
  {
    name: 'truncate-block',
    about: 'nats-server is killed and the last block of a stream cut short by up to 20 KB, as after a power cut.',
    most: 10,
    perMinute: 2,
    strikes: (count) => Array.from({ length: count }, () => truncated),
  },
  {
    name: 'full-disk-broker',
    about: 'The disk of nats-server (a tmpfs of 128 MB) is full for 15 s.',
    most: 3,
    perMinute: 1,
    prepare: smallDisk(natsBooks, '128m'),
    strikes: (count) => Array.from({ length: count }, () => filled('nats', natsBooks)),
  },
  {
    name: 'full-disk-database',
    about: 'The disk of mongod (a tmpfs of 1 GB) is full for 15 s.',
    most: 3,
    perMinute: 1,
    prepare: smallDisk(mongoBooks, '1g'),
    strikes: (count) => Array.from({ length: count }, () => filled('mongo', mongoBooks)),
  },
  {
    name: 'slow-disk',
    about: 'Every sync of nats-server or mongod takes 30 ms longer for 20 s.',
    most: 6,
    perMinute: 1.5,
    prepare: hasStrace,
    strikes: (count) => Array.from({ length: count }, (_, nth) => slowed(nth % 2 === 0 ? 'mongod' : 'nats-server')),
  },
];
