/** nats-server as the development stack runs it: JetStream on disk, bound to this machine. */
import { rm } from 'node:fs/promises';
import jetstream from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import type { ServerOrigin } from '../setup/servers.ts';
import { writeWhole, type Place } from './files.ts';
import { hostFor } from './host.ts';
import { givenServer, ownServer, type OwnServer, type StackServer } from './server.ts';
import { until } from './until.ts';

export interface NatsSettings {
  port: number;
  monitorPort: number;
  storeDir: string;
  /** In a container the published port arrives from outside its loopback. */
  bind: '127.0.0.1' | '0.0.0.0';
}

export type Nats = StackServer & {
  url: string;
  /** HTTP monitoring, e.g. `/jsz`; undefined when the server was given by URL. */
  monitorUrl: string | undefined;
  /** Kills the broker and deletes all it has stored; `restart()` then brings up an empty one. */
  wipeStore(): Promise<void>;
};

/** A 5,000-line order is 2.7 MB; the server's default of 1 MB is met only after the commit, when it is too late. */
const MAX_PAYLOAD = '8MB';
const ANSWER_MS = 60_000;

export function natsConfig({ port, monitorPort, storeDir, bind }: NatsSettings): string {
  return [
    'server_name: "crossdock"',
    `listen: "${bind}:${port}"`,
    `http: "${bind}:${monitorPort}"`,
    `max_payload: ${MAX_PAYLOAD}`,
    // A burst to a slow reader must not cut its connection: eight of the largest messages fit.
    'max_pending: 64MB',
    `jetstream { store_dir: ${JSON.stringify(storeDir)} }`,
    '',
  ].join('\n');
}

export function natsSeat(place: Place, origin: ServerOrigin): { own: OwnServer | undefined; nats: Nats } {
  if (origin.kind === 'url') {
    const given = givenServer('CROSSDOCK_NATS_URL');
    return { own: undefined, nats: { ...given, url: origin.url, monitorUrl: undefined, wipeStore: given.kill9 } };
  }
  const { files, ports, dir } = place;
  const bind = origin.kind === 'docker' ? '0.0.0.0' : '127.0.0.1';
  writeWhole(
    files.natsConfig,
    natsConfig({ port: ports.nats, monitorPort: ports.natsMonitor, storeDir: files.natsStore, bind }),
  );
  const url = `nats://127.0.0.1:${ports.nats}`;
  const own = ownServer({
    seat: 'nats',
    name: 'nats-server',
    dir,
    host: hostFor({
      origin,
      program: 'nats-server',
      args: ['--config', files.natsConfig],
      dir,
      logFile: files.natsLog,
      ports: [ports.nats, ports.natsMonitor],
    }),
    ready: (hopeless) =>
      until({ what: 'JetStream to answer', deadlineMs: ANSWER_MS, check: () => answers(url), giveUp: hopeless }),
  });
  const wipeStore = async () => {
    await own.kill9();
    await rm(files.natsStore, { recursive: true, force: true });
  };
  return { own, nats: Object.assign(own, { url, monitorUrl: `http://127.0.0.1:${ports.natsMonitor}`, wipeStore }) };
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
