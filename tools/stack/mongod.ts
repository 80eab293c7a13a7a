/** mongod as the development stack runs it: a replica set of one, or of three, with authentication. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ServerOrigin } from '../setup/servers.ts';
import { membersOf, numbered, portOf, type MemberNumber, type Place } from './files.ts';
import { hostFor } from './host.ts';
import { ADMIN_USER, grantServices, preparePrimary, REPLICA_SET, takesPart, type SetPlan } from './mongoSet.ts';
import { hasLogin, withCredentials, type Credentials } from './mongoUrl.ts';
import { givenServer, ownServer, refuseContainers, together, type OwnServer, type StackServer } from './server.ts';
import { until } from './until.ts';

export interface MongodSettings {
  port: number;
  dbPath: string;
  keyFile: string;
  cacheGb: number;
  bind: '127.0.0.1' | '0.0.0.0';
}

export type Mongo = StackServer & {
  /** With the service's own user, on the service's own database, which is named like it. */
  url(service: string): string;
  adminUrl: string;
  /** Makes databases and users of services that have none yet. */
  grant(services: readonly string[]): Promise<void>;
  /** Each server of the set. */
  members: readonly StackServer[];
};

const ANSWER_MS = 60_000;

/** Three files of 100 MB are laid out in advance otherwise, more than the books of many days. */
const JOURNAL = 'log=(file_max=32MB,prealloc=false)';
/** States are written again and again: from 5 % of changed pages on (the default) mongod did little but write them out. */
const EVICTION =
  'eviction_dirty_target=40,eviction_dirty_trigger=60,eviction_updates_target=30,eviction_updates_trigger=50';

export function mongodArgs({ port, dbPath, keyFile, cacheGb, bind }: MongodSettings): string[] {
  return [
    ...['--port', String(port), '--bind_ip', bind, '--nounixsocket'],
    ...['--dbpath', dbPath, '--keyFile', keyFile, '--replSet', REPLICA_SET],
    // The default cache is half of the machine's memory, the default oplog 5 % of its disk: too much for a clone.
    ...['--wiredTigerCacheSizeGB', String(cacheGb), '--oplogSize', '512'],
    ...['--wiredTigerEngineConfigString', [JOURNAL, EVICTION].join()],
    // A sum over many states reads them as of its start: for that long their versions are kept, by default five minutes.
    ...['--setParameter', 'minSnapshotHistoryWindowInSeconds=10'],
    ...['--setParameter', 'diagnosticDataCollectionEnabled=false'],
    // Nobody else is there to take over, so there is nothing to wait for at the end.
    ...['--setParameter', 'shutdownTimeoutMillisForSignaledShutdown=100'],
    '--quiet',
  ];
}

export function mongoSeats(place: Place, origin: ServerOrigin): { own: readonly OwnServer[]; mongo: Mongo } {
  const { secrets } = place;
  const credentials = (user: string): Credentials => ({ user, password: secrets.password(user) });
  const urls = (adminUrl: string) => ({
    adminUrl,
    url: (service: string) => withCredentials(adminUrl, credentials(service), service),
    grant: async (services: readonly string[]) => {
      // A given server without log-in has no users to divide services by.
      if (services.length > 0 && hasLogin(adminUrl)) await grantServices(adminUrl, services.map(credentials));
    },
  });
  if (origin.kind === 'url') {
    const given = givenServer('CROSSDOCK_MONGO_URL');
    return { own: [], mongo: { ...given, ...urls(origin.url), members: [given] } };
  }
  const numbers = membersOf(place.members.mongo);
  if (numbers.length > 1) refuseContainers(origin);
  const ports = numbers.map((member) => portOf(place, numbered('mongo', member)));
  const admin = credentials(ADMIN_USER);
  const own = numbers.map((member) => seatOf(place, origin, member, { ports, keyFile: secrets.keyFile, admin }));
  const hosts = ports.map((port) => `127.0.0.1:${port}`).join(',');
  const adminUrl = `mongodb://${admin.user}:${admin.password}@${hosts}/?replicaSet=${REPLICA_SET}&authSource=admin`;
  return { own, mongo: Object.assign(together(own), urls(adminUrl), { members: own }) };
}

function seatOf(place: Place, origin: Exclude<ServerOrigin, { kind: 'url' }>, member: MemberNumber, set: SetPlan) {
  const { dir, files, mongoCacheGb } = place;
  const name = numbered('mongod', member);
  const port = portOf(place, numbered('mongo', member));
  const dbPath = set.ports.length === 1 ? files.mongoBooks : join(files.mongoBooks, String(member));
  mkdirSync(dbPath, { recursive: true });
  return ownServer({
    seat: numbered('mongo', member),
    name,
    dir,
    host: hostFor({
      origin,
      program: 'mongod',
      args: mongodArgs({
        port,
        dbPath,
        keyFile: set.keyFile,
        cacheGb: mongoCacheGb,
        bind: origin.kind === 'docker' ? '0.0.0.0' : '127.0.0.1',
      }),
      dir,
      logFile: files.log(name),
      ports: [port],
    }),
    ready: async (giveUp) => {
      await until({ what: 'mongod to answer', deadlineMs: ANSWER_MS, check: () => takesPart(port), giveUp });
      if (member === 1) await preparePrimary(set, giveUp);
    },
  });
}
