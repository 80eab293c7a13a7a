/**
 * Real servers for tests: one nats-server and one mongod for a whole run, empty at its start and deleted at its end.
 * Tests make streams and databases with names of their own. No server is a failure, never a skip.
 */
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Say } from '../setup/failure.ts';
import { readRecord } from './claim.ts';
import { CLONE_DIR } from './files.ts';
import { end } from './host.ts';
import { isAlive } from './process.ts';
import { startStack } from './stack.ts';

export const NATS_VARIABLE = 'CROSSDOCK_TEST_NATS_URL';
export const MONGO_VARIABLE = 'CROSSDOCK_TEST_MONGO_URL';

export interface TestServers {
  natsUrl: string;
  /** With the rights of an administrator. */
  mongoUrl: string;
  /** Ends and deletes them; does nothing for servers that the environment gave. */
  stop(): Promise<void>;
}

const TEST_DIRS = join(CLONE_DIR, 'test');

/** The servers of the environment, or new ones whose URLs are put there for every worker that starts after. */
export async function ensureTestServers(say?: Say): Promise<TestServers> {
  const natsUrl = process.env[NATS_VARIABLE];
  const mongoUrl = process.env[MONGO_VARIABLE];
  if (natsUrl && mongoUrl) return { natsUrl, mongoUrl, stop: async () => {} };
  const stack = await startStack({ dir: await testDir('servers'), keepData: false, mongoCacheGb: 0.25, say });
  process.env[NATS_VARIABLE] = stack.nats.url;
  process.env[MONGO_VARIABLE] = stack.mongo.adminUrl;
  return {
    natsUrl: stack.nats.url,
    mongoUrl: stack.mongo.adminUrl,
    stop: async () => {
      delete process.env[NATS_VARIABLE];
      delete process.env[MONGO_VARIABLE];
      await stack.stop();
    },
  };
}

/** A new folder for a stack of this process. What killed test runs left behind, servers and folders, goes first. */
export async function testDir(purpose: string): Promise<string> {
  await mkdir(TEST_DIRS, { recursive: true });
  for (const name of await readdir(TEST_DIRS)) {
    const pid = Number(/^(\d+)-/.exec(name)?.[1]);
    if (isAlive(pid)) continue;
    const left = join(TEST_DIRS, name);
    for (const handle of Object.values(readRecord(left)?.servers ?? {})) await end(handle, left, 'SIGKILL');
    await rm(left, { recursive: true, force: true });
  }
  const dir = join(TEST_DIRS, `${process.pid}-${purpose}`);
  await rm(dir, { recursive: true, force: true });
  await mkdir(dir, { recursive: true });
  return dir;
}
