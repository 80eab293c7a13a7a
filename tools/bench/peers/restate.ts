/** Restate: its server from npm, one node, its log flushed to disk as it is by default. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import getPort from 'get-port';
import { until } from '../../stack/until.ts';
import { childOf, installed, PEERS_DIR, startWorker, type Peer } from './peer.ts';

const READY_MS = 60_000;
const binary = join(
  PEERS_DIR,
  'restate',
  'node_modules',
  '@restatedev',
  `restate-server-${process.platform}-${process.arch}`,
  'bin',
  'restate-server',
);

export const restatePeer: Peer = {
  name: 'restate',
  concurrencies: [32, 128, 512],
  prepare: async () =>
    (await installed('restate')) ?? (existsSync(binary) ? undefined : 'there is no server package for this machine'),
  start: async (place) => {
    const [ingress, admin, node, worker] = await Promise.all([getPort(), getPort(), getPort(), getPort()]);
    const server = childOf(
      spawn(binary, ['--no-logo', '--base-dir', join(place.dir, 'restate')], {
        env: {
          ...process.env,
          DO_NOT_TRACK: '1',
          RESTATE_LISTEN_MODE: 'tcp',
          RESTATE_BIND_IP: '127.0.0.1',
          RESTATE_BIND_PORT: String(node),
          RESTATE_ADMIN__BIND_PORT: String(admin),
          RESTATE_INGRESS__BIND_PORT: String(ingress),
          RESTATE_LOG_FILTER: 'warn',
        },
      }),
      join(place.dir, 'restate-server.log'),
    );
    const adminUrl = `http://127.0.0.1:${admin}`;
    try {
      const check = async () => (await fetch(`${adminUrl}/health`)).ok;
      await until({ what: 'Restate to be ready', deadlineMs: READY_MS, check });
    } catch (error) {
      await server.end();
      throw error;
    }
    const env = { PEER_INGRESS: `http://127.0.0.1:${ingress}`, PEER_ADMIN: adminUrl, PEER_PORT: String(worker) };
    return startWorker('restate', place, env, [server]);
  },
};
