/** One service as a process of its own, as built, on servers of a run's own. */
import { execa } from 'execa';
import getPort from 'get-port';
import { NODE_ARGS, NODE_ENVIRONMENT } from '../stack/nodeArgs.ts';
import type { Stack } from '../stack/stack.ts';
import { until } from '../stack/until.ts';
import { mainOf } from '../start/system.ts';
import { Held } from './held.ts';

export interface OwnService {
  readonly name: string;
  readonly url: string;
  readonly pid: number;
  /** why it is not there any more; undefined while it runs */
  ended(): string | undefined;
  end(): Promise<void>;
}

const READY_MS = 60_000;
const SAID_LINES = 15;
/** What a setting must name and nobody is to be asked at. */
export const NOBODY = 'http://127.0.0.1:9';

/** Resolves when it takes requests; throws with the last it said when it never does. */
export async function ownService(
  stack: Stack,
  name: string,
  settings: Readonly<Record<string, string>>,
): Promise<OwnService> {
  const url = `http://127.0.0.1:${await getPort()}`;
  const running = execa(process.execPath, [...NODE_ARGS, mainOf(name)], {
    env: {
      ...NODE_ENVIRONMENT,
      CROSSDOCK_NATS_URL: stack.nats.url,
      CROSSDOCK_MONGO_URL: stack.mongo.url(name),
      CROSSDOCK_ISSUER_URL: NOBODY,
      CROSSDOCK_HTTP_HOST: '127.0.0.1',
      CROSSDOCK_HTTP_PORT: new URL(url).port,
      CROSSDOCK_LOG_LEVEL: 'error',
      NODE_OPTIONS: '',
      ...settings,
    },
    // Ctrl-C then reaches the command alone, which ends services before what they stand on.
    detached: true,
    reject: false,
    all: true,
  });
  let said: string | undefined;
  void running.then(({ all = '' }) => (said = all.trimEnd().split('\n').slice(-SAID_LINES).join('\n')));
  const held = new Held(async () => {
    running.kill('SIGTERM');
    await running;
  });
  const ended = (): string | undefined => (said === undefined ? undefined : `${name} has ended:\n${said}`);
  try {
    const check = async (): Promise<boolean> => (await fetch(`${url}/health/ready`)).ok;
    await until({ what: `${name} to be ready`, deadlineMs: READY_MS, check, giveUp: ended });
    return { name, url, pid: running.pid ?? 0, ended, end: () => held.end() };
  } catch (error) {
    await held.end();
    throw error;
  }
}
