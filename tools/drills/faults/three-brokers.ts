/** Three brokers that hold copies of every stream: the one that leads is killed, steps down, or is cut off from the others. */
import { setTimeout as pause } from 'node:timers/promises';
import jetstream, { type JetStreamManager } from '@nats-io/jetstream';
import type { NatsRoute } from '../../stack/files.ts';
import { until } from '../../stack/until.ts';
import type { Drill, Grounds, Scene, Strike } from '../drill.ts';
import { withBroker } from './broker-connection.ts';
import { Proxy } from './proxy.ts';

const DOWN_MOST_MS = 6_000;
const PARTED_MS = 20_000;
/** An election takes seconds; a server that comes back first catches up. */
const LED_MS = 60_000;

/** A route from one broker to another, of the drill under way. */
interface Route {
  readonly from: number;
  readonly to: number;
  readonly proxy: Proxy;
}
let routes: readonly Route[] = [];

const natsRoute: NatsRoute = async (from, to, port) => {
  const proxy = new Proxy('127.0.0.1', port);
  routes = [...routes, { from, to, proxy }];
  return proxy.listen();
};

const cluster = async (): Promise<Grounds> => ({
  servers: { members: { nats: 3 }, natsRoute },
  variables: { CROSSDOCK_STREAM_REPLICAS: '3' },
  leave: async () => {
    for (const { proxy } of routes) await proxy.close();
    routes = [];
  },
});

const withManager = <T>(scene: Scene, work: (manager: JetStreamManager) => Promise<T>): Promise<T> =>
  withBroker(scene, async (connection) => work(await jetstream.jetstreamManager(connection, { timeout: 5_000 })));

const namesOf = async (manager: JetStreamManager): Promise<string[]> => {
  const names: string[] = [];
  for await (const { config } of manager.streams.list()) names.push(config.name);
  return names.toSorted();
};

/** The leader of a stream that the seed names. */
const someLeader = async (scene: Scene): Promise<{ stream: string; leader: string }> =>
  withManager(scene, async (manager) => {
    const stream = scene.random.pick(await namesOf(manager));
    const leader = (await manager.streams.info(stream)).cluster?.leader ?? '';
    scene.say(`drill: ${stream} is led by ${leader}`);
    return { stream, leader };
  });

const memberNamed = ({ platform }: Scene, leader: string) =>
  platform.stack.nats.members.find(({ serverName }) => serverName === leader);

/** Every stream has a leader, and every copy of it is there again. */
const whole = (scene: Scene): Promise<void> =>
  until({
    what: 'every stream to have a leader and three copies',
    deadlineMs: LED_MS,
    check: () =>
      withManager(scene, async (manager) => {
        for (const name of await namesOf(manager)) {
          const { cluster: at } = await manager.streams.info(name);
          if (!at?.leader || at.replicas?.length !== 2 || !at.replicas.every(({ current }) => current)) return false;
        }
        return true;
      }),
  });

const leaderKilled: Strike = {
  name: 'the leader of a stream',
  deed: `killed, and back after up to ${DOWN_MOST_MS / 1000} s`,
  strike: async (scene) => {
    const { leader } = await someLeader(scene);
    const member = memberNamed(scene, leader);
    await member?.kill9();
    await pause(scene.random.below(DOWN_MOST_MS));
    await member?.restart();
    await whole(scene);
  },
};

const steppedDown: Strike = {
  name: 'the leader of every stream and consumer',
  deed: 'made to step down',
  strike: async (scene) => {
    await withBroker(scene, async (connection) => {
      const manager = await jetstream.jetstreamManager(connection, { timeout: 5_000 });
      const ask = (subject: string) => connection.request(`$JS.API.${subject}`, '', { timeout: 5_000 });
      for (const stream of await namesOf(manager)) {
        for await (const { name } of manager.consumers.list(stream)) {
          await ask(`CONSUMER.LEADER.STEPDOWN.${stream}.${name}`).catch(() => undefined);
        }
        await ask(`STREAM.LEADER.STEPDOWN.${stream}`);
      }
    });
    await whole(scene);
  },
};

/** Those who are connected to it stay so: they talk to a server that can do nothing. */
const parted: Strike = {
  name: 'the leader of a stream',
  deed: `cut off from the two others for ${PARTED_MS / 1000} s`,
  strike: async (scene) => {
    const { leader } = await someLeader(scene);
    const number = scene.platform.stack.nats.members.findIndex(({ serverName }) => serverName === leader) + 1;
    const cut = routes.filter(({ from, to }) => from === number || to === number);
    for (const { proxy } of cut) proxy.set('deaf');
    await pause(PARTED_MS);
    for (const { proxy } of cut) proxy.set('well');
    await whole(scene);
  },
};

const KINDS = [leaderKilled, steppedDown, parted];

export const threeBrokerDrills: readonly Drill[] = [
  {
    name: 'three-brokers',
    about:
      'Three nats-servers with three copies of each stream: a leader is killed, all leaders step down, a leader is cut off from the others for 20 s.',
    most: 12,
    perMinute: 2,
    prepare: cluster,
    strikes: (count) => Array.from({ length: count }, (_, nth) => KINDS[nth % KINDS.length] as Strike),
  },
];
