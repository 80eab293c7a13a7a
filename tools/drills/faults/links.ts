/** What happens between a service and its servers: a TCP proxy that delays, cuts, and swallows without a word. */
import { createServer, connect, type Server, type Socket } from 'node:net';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import type { Drill, Grounds, Strike } from '../drill.ts';

type Mood = 'well' | 'slow' | 'deaf' | 'cut';
const DELAY_MS = 200;
const TROUBLE_MS = 10_000;

/** One link; what flows through it depends on the mood. */
class Proxy {
  mood: Mood = 'well';
  readonly #server: Server;
  readonly #pairs = new Set<readonly [Socket, Socket]>();

  constructor(host: string, port: number) {
    this.#server = createServer((near) => {
      if (this.mood === 'cut') return void near.destroy();
      const far = connect(port, host);
      const pair = [near, far] as const;
      this.#pairs.add(pair);
      this.#pass(near, far);
      this.#pass(far, near);
      for (const socket of pair) {
        socket.setNoDelay(true);
        socket.on('error', () => undefined);
        socket.on('close', () => {
          this.#pairs.delete(pair);
          near.destroy();
          far.destroy();
        });
      }
    });
  }

  /** Bytes keep their order also when they are late. A deaf link takes them and gives nothing: half-open. */
  #pass(from: Socket, to: Socket): void {
    let last = Promise.resolve();
    from.on('data', (bytes) => {
      if (this.mood === 'well') {
        last = last.then(() => void to.write(bytes));
        return;
      }
      if (this.mood === 'deaf') return;
      const late = pause(DELAY_MS);
      last = last.then(() => late).then(() => void to.write(bytes));
    });
  }

  /** After a deaf spell the two sides would never agree again: such a connection ends. */
  set(mood: Mood): void {
    const torn = mood === 'cut' || this.mood === 'deaf';
    this.mood = mood;
    if (torn) for (const [near] of this.#pairs) near.destroy();
  }

  async listen(): Promise<number> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return (this.#server.address() as { port: number }).port;
  }
  async close(): Promise<void> {
    this.set('cut');
    await new Promise<void>((done) => void this.#server.close(() => done()));
  }
}

/** of the drill under way, by the server they lead to */
const proxies = new Map<string, Proxy>();

const throughProxies = async (): Promise<Grounds> => {
  const link = async (name: string, url: string): Promise<string> => {
    const known = new URL(url);
    const proxy = new Proxy(known.hostname, Number(known.port));
    proxies.set(name, proxy);
    known.port = String(await proxy.listen());
    return known.href;
  };
  return {
    links: async (stack) => {
      const nats = await link('nats-server', stack.nats.url);
      const mongo = new URL(await link('mongod', stack.mongo.adminUrl));
      return {
        natsUrl: nats,
        // The driver would ask the set for its members and go past the proxy.
        mongoUrl: (service) => {
          const own = new URL(stack.mongo.url(service));
          own.port = mongo.port;
          own.searchParams.delete('replicaSet');
          own.searchParams.set('directConnection', 'true');
          return own.href;
        },
      };
    },
    leave: async () => {
      for (const proxy of proxies.values()) await proxy.close();
      proxies.clear();
    },
  };
};

const trouble = (to: string, mood: Mood): Strike => ({
  name: `the link to ${to}`,
  deed:
    { slow: `slow by ${DELAY_MS} ms`, deaf: 'half-open', cut: 'cut', well: 'well' }[mood] +
    ` for ${TROUBLE_MS / 1000} s`,
  strike: async () => {
    const proxy = proxies.get(to);
    proxy?.set(mood);
    await pause(TROUBLE_MS);
    proxy?.set('well');
  },
});

const MOODS: readonly Mood[] = ['slow', 'cut', 'deaf'];
const ENDS = ['nats-server', 'mongod'];

export const linkDrills: readonly Drill[] = [
  {
    name: 'links',
    about: 'A TCP proxy delays, cuts and half-opens the links to nats-server and mongod for 10 s each.',
    most: 12,
    perMinute: 2,
    prepare: throughProxies,
    strikes: (count) =>
      Array.from({ length: count }, (_, nth) =>
        trouble(ENDS[nth % 2] as string, MOODS[Math.floor(nth / 2) % MOODS.length] as Mood),
      ),
  },
];
