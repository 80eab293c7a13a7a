/** One server of the stack: what a drill may do to it, and how it is brought back. */
import { SetUpFailure } from '../setup/failure.ts';
import type { ServerOrigin } from '../setup/servers.ts';
import { changeRecord, readRecord, type Seat } from './claim.ts';
import { end, lives, type Handle, type Host } from './host.ts';

export interface StackServer {
  /** Of the running process; undefined while it is down, or when the server was given by URL. */
  readonly pid: number | undefined;
  /** SIGKILL; resolves when the process is gone. */
  kill9(): Promise<void>;
  /** Ends what still runs, starts again with the same port and data, resolves when it answers. */
  restart(): Promise<void>;
}

export interface OwnServer extends StackServer {
  readonly name: string;
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Gives a reason as soon as waiting for the server makes no sense any more. */
export type Hopeless = () => string | undefined;

export interface OwnServerPlan {
  seat: Seat;
  name: string;
  dir: string;
  host: Host;
  /** Resolves when the server can be worked with. */
  ready: (hopeless: Hopeless) => Promise<void>;
}

const LIVES_EVERY_MS = 100;

export function ownServer({ seat, name, dir, host, ready }: OwnServerPlan): OwnServer {
  const handle = (): Handle | undefined => readRecord(dir)?.servers[seat];

  async function start(): Promise<void> {
    const started = await host.start();
    changeRecord(dir, (record) => (record.servers[seat] = started));
    let ended = false;
    // Asking is asynchronous (a container's state), giving up is not: so it is asked beside the wait.
    const watch = setInterval(() => void lives(started, dir).then((alive) => (ended = !alive)), LIVES_EVERY_MS);
    try {
      await ready(() => (ended ? 'the process has ended' : undefined));
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      const words = await host.lastWords();
      await leave('SIGKILL');
      throw new SetUpFailure(`${name} did not come up: ${why}. The last it said:\n${words}`, { cause: error });
    } finally {
      clearInterval(watch);
    }
  }

  async function leave(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    await end(handle(), dir, signal);
    changeRecord(dir, (record) => delete record.servers[seat]);
  }

  return {
    name,
    get pid() {
      return handle()?.pid;
    },
    start,
    kill9: () => leave('SIGKILL'),
    stop: () => leave('SIGTERM'),
    restart: async () => {
      await leave('SIGTERM');
      await start();
    },
  };
}

/** Waits for all before it throws, so that nothing is still starting while the caller cleans up. */
export async function allOrError(starts: Promise<void>[]): Promise<void> {
  for (const result of await Promise.allSettled(starts)) {
    if (result.status === 'rejected') throw result.reason;
  }
}

/** Several as one: they go and come together. */
export const together = (own: readonly OwnServer[]): StackServer => ({
  get pid() {
    return own[0]?.pid;
  },
  kill9: async () => void (await Promise.all(own.map((server) => server.kill9()))),
  restart: () => allOrError(own.map((server) => server.restart())),
});

/** Servers in containers do not find each other by the loopback that the others of their cluster name. */
export function refuseContainers(origin: ServerOrigin): void {
  if (origin.kind === 'docker')
    throw new SetUpFailure('Three servers of a kind need its program on this machine, not in a container.');
}

export function givenServer(variable: string): StackServer {
  const refuse = () =>
    Promise.reject(new SetUpFailure(`The server of ${variable} is not ours to stop; unset it for this drill.`));
  return { pid: undefined, kill9: refuse, restart: refuse };
}
