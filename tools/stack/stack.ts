/** The two servers of a clone, started, found again, killed and restarted by one object. */
import { mkdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Say } from '../setup/failure.ts';
import { findMongod, findNatsServer } from '../setup/servers.ts';
import { changeRecord, claim, dropRecord, type StackRecord } from './claim.ts';
import { filesOf, keepPorts, portsAsKept, Secrets, SERVERS_DIR, STACK_PORTS, type StackPort } from './files.ts';
import { end, lives } from './host.ts';
import { mongoSeat, type Mongo } from './mongod.ts';
import { natsSeat, type Nats } from './nats.ts';

export interface StackOptions {
  /** Folder of state, e.g. `.crossdock`: books, logs, ports, secrets. */
  dir: string;
  /** Ports that must be these; others are chosen once and kept. */
  ports?: Partial<Record<StackPort, number | undefined>>;
  /** False: the whole folder is deleted by `stop()`. */
  keepData: boolean;
  /** Services that get a database and a user of their own, named like them. */
  services?: readonly string[];
  /** WiredTiger cache; the least that mongod takes is 0.25. */
  mongoCacheGb?: number;
  say?: Say | undefined;
}

export interface Stack {
  nats: Nats;
  mongo: Mongo;
  /** Process that runs these servers for this clone already; `stop()` then leaves them to it. */
  borrowedFrom: number | undefined;
  /** Of the servers that run. */
  pids(): { name: string; pid: number }[];
  stop(): Promise<void>;
}

/** Starts what is not given by URL; when another command of this clone runs its stack, borrows that one. */
export async function startStack(options: StackOptions): Promise<Stack> {
  const dir = resolve(options.dir);
  mkdirSync(dir, { recursive: true });
  const say = options.say ?? (() => {});
  const natsOrigin = await findNatsServer(SERVERS_DIR, say);
  const mongoOrigin = await findMongod(SERVERS_DIR, say);
  const borrowedFrom = await become(dir);
  const ports = borrowedFrom ? portsAsKept(dir, STACK_PORTS) : await keepPorts(dir, STACK_PORTS, options.ports);
  const place = {
    dir,
    files: filesOf(dir),
    ports,
    secrets: new Secrets(dir),
    mongoCacheGb: options.mongoCacheGb ?? 0.5,
  };
  const { own: ownNats, nats } = natsSeat(place, natsOrigin);
  const { own: ownMongo, mongo } = mongoSeat(place, mongoOrigin);
  const own = [ownNats, ownMongo].filter((server) => server !== undefined);

  const stop = async () => {
    if (borrowedFrom) return;
    await Promise.all(own.map((server) => (options.keepData ? server.stop() : server.kill9())));
    dropRecord(dir);
    if (!options.keepData) await rm(dir, { recursive: true, force: true });
  };
  try {
    if (!borrowedFrom) await allOrError(own.map((server) => server.start()));
    await mongo.grant(options.services ?? []);
    if (!borrowedFrom) changeRecord(dir, (record) => (record.ready = true));
  } catch (error) {
    await stop();
    throw error;
  }
  const pids = () => own.flatMap(({ name, pid }) => (pid ? [{ name, pid }] : []));
  return { nats, mongo, borrowedFrom, pids, stop };
}

/** Holder of the folder's servers, after ending what a killed holder left; or the process to borrow from. */
async function become(dir: string): Promise<number | undefined> {
  const livesAny = async (servers: StackRecord['servers']) =>
    (await lives(servers.nats, dir)) || (await lives(servers.mongo, dir));
  const claimed = await claim(dir, livesAny);
  if (claimed.kind === 'borrowed') return claimed.holder;
  for (const handle of Object.values(claimed.leftBehind)) await end(handle, dir, 'SIGTERM');
  changeRecord(dir, (record) => (record.servers = {}));
  return undefined;
}

/** Waits for all before it throws, so that nothing is still starting while the caller cleans up. */
async function allOrError(starts: Promise<void>[]): Promise<void> {
  for (const result of await Promise.allSettled(starts)) {
    if (result.status === 'rejected') throw result.reason;
  }
}
