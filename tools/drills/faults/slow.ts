/** A handler that takes longer than the broker waits for an acknowledgement: delivered again, done once; others go on. */
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import jetstream from '@nats-io/jetstream';
import type { Drill, Grounds, Scene, Strike } from '../drill.ts';
import { withBroker } from './broker-connection.ts';
import { loading } from './loading.ts';

const SERVICE = 'inventory-propagation';
const DURABLE = `${SERVICE}-stock-0of1`;
const ACK_WAIT_MS = 200;
const HANDLING_MS = 700;
const SLOW_MS = 20_000;
const LOOK_MS = 500;

const fileIn = (dir: string): string => join(dir, 'slow');
/** of the drill under way */
let redelivered = 0;

const slowness = async (dir: string): Promise<Grounds> => ({
  variables: {
    ...loading('slow-handler.mjs'),
    CROSSDOCK_DRILL_SLOW: `${fileIn(dir)}|${HANDLING_MS}`,
    CROSSDOCK_ACK_WAIT_MS: String(ACK_WAIT_MS),
  },
  leave: async () => undefined,
});

/** Messages that were delivered again and are not acknowledged yet, right now. */
const againNow = (scene: Scene): Promise<number> =>
  withBroker(scene, async (connection) => {
    const manager = await jetstream.jetstreamManager(connection);
    return (await manager.consumers.info('INVENTORY', DURABLE)).num_redelivered;
  });

const slow: Strike = {
  name: `a rule of ${SERVICE}`,
  deed: `slowed to ${HANDLING_MS} ms for each reservation, for ${SLOW_MS / 1000} s`,
  strike: async (scene) => {
    const { platform, say } = scene;
    const others = platform.fleet.services.filter(({ name }) => name !== SERVICE);
    let most = 0;
    await writeFile(fileIn(platform.dir), '');
    for (const until = Date.now() + SLOW_MS; Date.now() < until; await pause(LOOK_MS)) {
      most = Math.max(most, await againNow(scene));
      for (const { name } of others)
        if (!(await platform.fleet.isReady(name))) throw new Error(`${name} does not go on while ${SERVICE} is slow`);
    }
    await rm(fileIn(platform.dir));
    redelivered += most;
    say(`drill: up to ${most} messages were delivered again`);
  },
};

export const slowDrills: readonly Drill[] = [
  {
    name: 'slow-handler',
    about:
      'Each reservation takes 700 ms of inventory-propagation, where the broker delivers again after 200 ms, for 20 s; the others go on.',
    most: 4,
    perMinute: 1.5,
    prepare: slowness,
    strikes: (count) => Array.from({ length: count }, () => slow),
    after: async () => (redelivered > 0 ? [] : ['nothing was delivered again, so nothing was shown']),
  },
];
