/** mongod as the development stack runs it: a replica set of one with authentication. */
import { mkdirSync } from 'node:fs';
import type { ServerOrigin } from '../setup/servers.ts';
import type { Place } from './files.ts';
import { hostFor } from './host.ts';
import { ADMIN_USER, answers, grantServices, preparePrimary, REPLICA_SET } from './mongoSet.ts';
import { hasLogin, withCredentials, type Credentials } from './mongoUrl.ts';
import { givenServer, ownServer, type OwnServer, type StackServer } from './server.ts';
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
};

const ANSWER_MS = 60_000;

export function mongodArgs({ port, dbPath, keyFile, cacheGb, bind }: MongodSettings): string[] {
  return [
    ...['--port', String(port), '--bind_ip', bind, '--nounixsocket'],
    ...['--dbpath', dbPath, '--keyFile', keyFile, '--replSet', REPLICA_SET],
    // The default cache is half of the machine's memory, the default oplog 5 % of its disk: too much for a clone.
    ...['--wiredTigerCacheSizeGB', String(cacheGb), '--oplogSize', '512'],
    // Three journal files of 100 MB are laid out in advance otherwise, more than the books of many days.
    ...['--wiredTigerEngineConfigString', 'log=(file_max=32MB,prealloc=false)'],
    ...['--setParameter', 'diagnosticDataCollectionEnabled=false'],
    // Nobody else is there to take over, so there is nothing to wait for at the end.
    ...['--setParameter', 'shutdownTimeoutMillisForSignaledShutdown=100'],
    '--quiet',
  ];
}

export function mongoSeat(place: Place, origin: ServerOrigin): { own: OwnServer | undefined; mongo: Mongo } {
  const { dir, files, ports, secrets } = place;
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
    return { own: undefined, mongo: { ...givenServer('CROSSDOCK_MONGO_URL'), ...urls(origin.url) } };
  }
  const port = ports.mongo;
  const admin = credentials(ADMIN_USER);
  const own = ownServer({
    seat: 'mongo',
    name: 'mongod',
    dir,
    host: hostFor({
      origin,
      program: 'mongod',
      args: mongodArgs({
        port,
        dbPath: files.mongoBooks,
        keyFile: secrets.keyFile,
        cacheGb: place.mongoCacheGb,
        bind: origin.kind === 'docker' ? '0.0.0.0' : '127.0.0.1',
      }),
      dir,
      logFile: files.mongoLog,
      ports: [port],
    }),
    ready: async (giveUp) => {
      await until({ what: 'mongod to answer', deadlineMs: ANSWER_MS, check: () => answers(port), giveUp });
      await preparePrimary(port, secrets.keyFile, admin, giveUp);
    },
  });
  mkdirSync(files.mongoBooks, { recursive: true });
  const adminUrl = `mongodb://${admin.user}:${admin.password}@127.0.0.1:${port}/?replicaSet=${REPLICA_SET}&authSource=admin`;
  return { own, mongo: Object.assign(own, urls(adminUrl)) };
}
