/** The servers of a clone, started, found again, killed and restarted by one object. */
import { mkdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Say } from '../setup/failure.ts';
import { findMongod, findNatsServer } from '../setup/servers.ts';
import { changeRecord, claim, dropRecord } from './claim.ts';
import { ALONE, filesOf, keepPorts, portsAsKept, Secrets, SERVERS_DIR, stackPorts } from './files.ts';
import type { Members, NatsRoute, StackPort } from './files.ts';
import { end, livesAny } from './host.ts';
import { mongoSeats, type Mongo } from './mongod.ts';
import { natsSeats, type Nats } from './nats.ts';
import { allOrError } from './server.ts';

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
  /** One of each kind unless said. */
  members?: Partial<Members>;
  /** How servers of a broker cluster reach each other; directly unless said. */
  natsRoute?: NatsRoute | undefined;
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
  const members = { ...ALONE, ...options.members };
  const names = stackPorts(members);
  const ports = borrowedFrom ? portsAsKept(dir, names) : await keepPorts(dir, names, options.ports);
  const place = {
    dir,
    files: filesOf(dir),
    ports,
    members,
    secrets: new Secrets(dir),
    mongoCacheGb: options.mongoCacheGb ?? 0.5,
    natsRoute: options.natsRoute,
  };
  const { own: ownNats, nats } = await natsSeats(place, natsOrigin);
  const { own: ownMongo, mongo } = mongoSeats(place, mongoOrigin);
  const own = [...ownNats, ...ownMongo];

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
  const claimed = await claim(dir, (servers) => livesAny(servers, dir));
  if (claimed.kind === 'borrowed') return claimed.holder;
  for (const handle of Object.values(claimed.leftBehind)) await end(handle, dir, 'SIGTERM');
  changeRecord(dir, (record) => (record.servers = {}));
  return undefined;
}
