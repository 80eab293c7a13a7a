/** nats-server as the development stack runs it: JetStream on disk, bound to this machine; alone, or three as a cluster. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import jetstream from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import type { ServerOrigin } from '../setup/servers.ts';
import { membersOf, numbered, portOf, writeWhole, type MemberNumber, type Place } from './files.ts';
import { hostFor } from './host.ts';
import { givenServer, ownServer, refuseContainers, together } from './server.ts';
import type { OwnServer, StackServer } from './server.ts';
import { until } from './until.ts';

export interface NatsSettings {
  name?: string;
  port: number;
  monitorPort: number;
  storeDir: string;
  /** In a container the published port arrives from outside its loopback. */
  bind: '127.0.0.1' | '0.0.0.0';
  /** Where the others of its cluster are; a server alone has none. */
  cluster?: { port: number; routes: readonly number[] };
}

export type Nats = StackServer & {
  /** Of several servers: all, separated by commas. */
  url: string;
  /** HTTP monitoring, e.g. `/jsz`, of the first server; undefined when the server was given by URL. */
  monitorUrl: string | undefined;
  /** Kills the broker and deletes all it has stored; `restart()` then brings up an empty one. */
  wipeStore(): Promise<void>;
  /** Each server of the cluster; a broker alone is its only one. */
  members: readonly NatsMember[];
};
export type NatsMember = StackServer & { readonly serverName: string };

/** A 5,000-line order is 2.7 MB; the server's default of 1 MB is met only after the commit, when it is too late. */
const MAX_PAYLOAD = '8MB';
const ANSWER_MS = 60_000;
/** Nobody listens there: servers know each other by their routes alone, so that a route can lead through a proxy. */
const NOWHERE = '127.0.0.1:9';

export function natsConfig({ name = 'crossdock', port, monitorPort, storeDir, bind, cluster }: NatsSettings): string {
  return [
    `server_name: "${name}"`,
    `listen: "${bind}:${port}"`,
    `http: "${bind}:${monitorPort}"`,
    `max_payload: ${MAX_PAYLOAD}`,
    // A burst to a slow reader must not cut its connection: eight of the largest messages fit.
    'max_pending: 64MB',
    `jetstream { store_dir: ${JSON.stringify(storeDir)} }`,
    ...(cluster ? clusterLines(bind, cluster) : []),
    '',
  ].join('\n');
}

const clusterLines = (bind: string, { port, routes }: NonNullable<NatsSettings['cluster']>): string[] => [
  'cluster {',
  '  name: "crossdock"',
  `  listen: "${bind}:${port}"`,
  `  cluster_advertise: "${NOWHERE}"`,
  `  routes: [${routes.map((route) => `"nats-route://127.0.0.1:${route}"`).join(', ')}]`,
  '}',
];

const serverNameOf = (member: MemberNumber): string => (member === 1 ? 'crossdock' : `crossdock-${member}`);

export async function natsSeats(
  place: Place,
  origin: ServerOrigin,
): Promise<{ own: readonly OwnServer[]; nats: Nats }> {
  if (origin.kind === 'url') {
    const given = { ...givenServer('CROSSDOCK_NATS_URL'), serverName: 'given' };
    return {
      own: [],
      nats: { ...given, url: origin.url, monitorUrl: undefined, wipeStore: given.kill9, members: [given] },
    };
  }
  const numbers = membersOf(place.members.nats);
  if (numbers.length > 1) refuseContainers(origin);
  const own = await Promise.all(numbers.map((member) => seatOf(place, origin, member)));
  const members = own.map((server, at) => Object.assign(server, { serverName: serverNameOf(numbers[at] ?? 1) }));
  const all = together(own);
  const wipeStore = async () => {
    await all.kill9();
    await rm(place.files.natsStore, { recursive: true, force: true });
  };
  const url = numbers.map((member) => urlOf(place, member)).join(',');
  const monitorUrl = `http://127.0.0.1:${portOf(place, 'natsMonitor')}`;
  return { own, nats: Object.assign(all, { url, monitorUrl, wipeStore, members }) };
}

const urlOf = (place: Place, member: MemberNumber): string =>
  `nats://127.0.0.1:${portOf(place, numbered('nats', member))}`;

async function seatOf(place: Place, origin: Exclude<ServerOrigin, { kind: 'url' }>, member: MemberNumber) {
  const { files, dir, members } = place;
  const name = numbered('nats-server', member);
  const bind = origin.kind === 'docker' ? '0.0.0.0' : '127.0.0.1';
  const [port, monitorPort] = [portOf(place, numbered('nats', member)), portOf(place, numbered('natsMonitor', member))];
  const alone = members.nats === 1;
  const settings: NatsSettings = {
    name: serverNameOf(member),
    port,
    monitorPort,
    storeDir: alone ? files.natsStore : join(files.natsStore, String(member)),
    bind,
    ...(alone ? {} : { cluster: await clusterOf(place, member) }),
  };
  writeWhole(files.natsConfig(name), natsConfig(settings));
  const url = urlOf(place, member);
  return ownServer({
    seat: numbered('nats', member),
    name,
    dir,
    host: hostFor({
      origin,
      program: 'nats-server',
      args: ['--config', files.natsConfig(name)],
      dir,
      logFile: files.log(name),
      ports: [port, monitorPort],
    }),
    ready: (hopeless) =>
      until({ what: 'JetStream to answer', deadlineMs: ANSWER_MS, check: () => answers(url), giveUp: hopeless }),
  });
}

async function clusterOf(place: Place, from: MemberNumber): Promise<NonNullable<NatsSettings['cluster']>> {
  const others = membersOf(place.members.nats).filter((member) => member !== from);
  const direct = (_from: MemberNumber, _to: MemberNumber, port: number): Promise<number> => Promise.resolve(port);
  const route = place.natsRoute ?? direct;
  const routes = others.map((to) => route(from, to, portOf(place, numbered('natsRoute', to))));
  return { port: portOf(place, numbered('natsRoute', from)), routes: await Promise.all(routes) };
}

/** True as soon as JetStream answers: the port alone opens before streams are recovered. */
async function answers(url: string): Promise<boolean> {
  const connection = await connect({ servers: url, timeout: 1000, reconnect: false });
  try {
    await (await jetstream.jetstreamManager(connection, { timeout: 1000 })).getAccountInfo();
    return true;
  } finally {
    await connection.close();
  }
}
