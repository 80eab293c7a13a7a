/**
 * Temporal: its server on PostgreSQL, built from its Go module. The packaged development server is not used: it keeps its
 * state in SQLite, and gives only 14 to 32 such workflows a second on 2 cores.
 */
import { spawn } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { execa } from 'execa';
import getPort, { portNumbers } from 'get-port';
import { stringify } from 'yaml';
import type { Say } from '../../setup/failure.ts';
import { CLONE_DIR } from '../../stack/files.ts';
import { until } from '../../stack/until.ts';
import { missingPostgres, startPostgres, type Postgres } from './postgres.ts';
import { childOf, installed, lastLine, startWorker, type Child, type Peer, type Place } from './peer.ts';

const MODULE = 'go.temporal.io/server';
const VERSION = 'v1.31.2';
const BIN = join(CLONE_DIR, 'bench', 'peers', `temporal-${VERSION}`);
const SERVER = join(BIN, 'server');
const SCHEMA_TOOL = join(BIN, 'sql');
const STORES = ['temporal', 'visibility'] as const;
const READY_MS = 120_000;
/** Its table of members keeps a port in a signed number of 16 bits. */
const MEMBERSHIP_PORTS = [20_000, 32_000] as const;
const PARTS = ['frontend', 'matching', 'history', 'worker'] as const;

/** Compiles the server once; that takes minutes. */
async function built(say: Say): Promise<string | undefined> {
  if (existsSync(SERVER) && existsSync(SCHEMA_TOOL)) return undefined;
  const go = ['go', '/usr/local/go/bin/go'].find((name) => name === 'go' || existsSync(name));
  say(`building Temporal's server ${VERSION} from its Go module (once; minutes)`);
  for (const path of ['cmd/server', 'cmd/tools/sql']) {
    const ended = await execa(go ?? 'go', ['install', `${MODULE}/${path}@${VERSION}`], {
      env: { GOBIN: BIN },
      reject: false,
      all: true,
    });
    if (ended.exitCode !== 0)
      return `its server could not be built from its Go module: ${lastLine(ended.all) || 'no Go'}`;
  }
  return undefined;
}

async function makeSchemas({ port, user }: Postgres): Promise<void> {
  for (const store of STORES) {
    const given = [
      '--plugin',
      'postgres12',
      '--ep',
      '127.0.0.1',
      '-p',
      String(port),
      '-u',
      user,
      '--pw',
      'none',
      '--db',
      store,
    ];
    const schema = `postgresql/v12/${store}`;
    await execa(SCHEMA_TOOL, [...given, 'setup-schema', '-v', '0.0']);
    await execa(SCHEMA_TOOL, [...given, 'update-schema', '--schema-name', schema]);
  }
}

const storeOf = ({ port, user }: Postgres, databaseName: string, maxConns: number) => ({
  sql: {
    pluginName: 'postgres12',
    databaseName,
    connectAddr: `127.0.0.1:${port}`,
    connectProtocol: 'tcp',
    user,
    password: 'none',
    maxConns,
    maxIdleConns: maxConns,
    maxConnLifetime: '1h',
  },
});

async function configOf(postgres: Postgres): Promise<{ readonly text: string; readonly frontend: number }> {
  const ports: (readonly [grpc: number, membership: number])[] = [];
  for (const _ of PARTS) ports.push([await getPort(), await getPort({ port: portNumbers(...MEMBERSHIP_PORTS) })]);
  const frontend = ports[0]?.[0] ?? 0;
  const services = PARTS.map((part, at) => {
    const [grpcPort, membershipPort] = ports[at] as readonly [number, number];
    return [part, { rpc: { grpcPort, membershipPort, bindOnLocalHost: true } }] as const;
  });
  const config = {
    log: { stdout: true, level: 'warn' },
    persistence: {
      defaultStore: 'default',
      visibilityStore: 'visibility',
      numHistoryShards: 16,
      datastores: {
        default: storeOf(postgres, 'temporal', 40),
        visibility: storeOf(postgres, 'visibility', 10),
      },
    },
    global: { membership: { maxJoinDuration: '30s', broadcastAddress: '127.0.0.1' } },
    services: Object.fromEntries(services),
    clusterMetadata: {
      enableGlobalNamespace: false,
      failoverVersionIncrement: 10,
      masterClusterName: 'active',
      currentClusterName: 'active',
      clusterInformation: {
        active: { enabled: true, initialFailoverVersion: 1, rpcName: 'frontend', rpcAddress: `127.0.0.1:${frontend}` },
      },
    },
    dcRedirectionPolicy: { policy: 'noop' },
  };
  return { text: stringify(config), frontend };
}

async function startServer(
  place: Place,
  postgres: Postgres,
): Promise<{ readonly child: Child; readonly address: string }> {
  await makeSchemas(postgres);
  const { text, frontend } = await configOf(postgres);
  const file = join(place.dir, 'temporal.yaml');
  writeFileSync(file, text);
  const logFile = join(place.dir, 'temporal-server.log');
  const child = childOf(spawn(SERVER, ['--config-file', file, '--allow-no-auth', 'start']), logFile);
  const ended = (): string | undefined => (child.process.exitCode === null ? undefined : `it ended (${logFile})`);
  try {
    // It answers gRPC only; a connection that is taken says that it listens, and the worker waits for the rest.
    await until({ what: "Temporal's server", deadlineMs: READY_MS, check: () => listens(frontend), giveUp: ended });
  } catch (error) {
    await child.end();
    throw error;
  }
  return { child, address: `127.0.0.1:${frontend}` };
}

const listens = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    const told = (isThere: boolean) => () => {
      socket.destroy();
      resolve(isThere);
    };
    socket.once('connect', told(true)).once('error', told(false));
  });

export const temporalPeer: Peer = {
  name: 'temporal',
  concurrencies: [32, 128, 512],
  prepare: async (say) => (await missingPostgres()) ?? (await installed('temporal')) ?? (await built(say)),
  start: async (place) => {
    const postgres = await startPostgres(place.dir, STORES);
    try {
      const { child, address } = await startServer(place, postgres);
      return await startWorker('temporal', place, { PEER_TEMPORAL: address }, [child, postgres.child]);
    } catch (error) {
      await postgres.child.end();
      throw error;
    }
  },
};
