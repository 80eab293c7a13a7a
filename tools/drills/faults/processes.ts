/** What happens to processes: killed, frozen, their clock wrong. */
import { setTimeout as pause } from 'node:timers/promises';
import { builtServices } from '../../start/system.ts';
import { randomFrom, type Drill, type Grounds, type Scene, type Strike } from '../drill.ts';
import { loading } from './loading.ts';

const times = (count: number, strike: () => Strike): readonly Strike[] => Array.from({ length: count }, strike);

/** Longer than any lease: the lane has another owner, or none, when it wakes. */
const FROZEN_MS = 12_000;

/** Kills of one strike: the next one comes while the last is still being recovered from. */
const BLOWS = 4;

const killed = async ({ platform, random, say }: Scene): Promise<void> => {
  // Anywhere in what it is doing: right after it came back as well as at rest.
  await pause(random.below(1_500));
  const member = random.pick(platform.fleet.services);
  say(`drill: SIGKILL to ${member.name}`);
  await member.kill9();
};
export const anyService: Strike = { name: 'a service', deed: 'killed', strike: killed };
const anyServices: Strike = {
  name: 'a service',
  deed: `killed, ${BLOWS} times within seconds`,
  blows: BLOWS,
  strike: async (scene) => {
    for (let blow = 0; blow < BLOWS; blow++) await killed(scene);
  },
};

const anyServer = (which: 'nats' | 'mongo'): Strike => ({
  name: which === 'nats' ? 'nats-server' : 'mongod',
  deed: 'killed',
  strike: async ({ platform, random }) => {
    await pause(random.below(1_500));
    await platform.stack[which].kill9();
    await pause(random.below(2_000));
    await platform.stack[which].restart();
  },
});

const frozen = async (pid: number | undefined, ms: number): Promise<void> => {
  if (pid === undefined) return;
  process.kill(pid, 'SIGSTOP');
  try {
    await pause(ms);
  } finally {
    try {
      process.kill(pid, 'SIGCONT');
    } catch {
      // it was ended meanwhile, and its like is back
    }
  }
};
const pidOf = ({ platform }: Scene, name: string): number | undefined =>
  platform.stack.pids().find((server) => server.name === name)?.pid;

const freeze = (name: string): Strike => ({
  name,
  deed: `frozen for ${FROZEN_MS / 1000} s`,
  strike: async (scene) => {
    const { platform, random } = scene;
    const service = random.pick(platform.fleet.services);
    await frozen(name === 'a service' ? service.pid : pidOf(scene, name), FROZEN_MS);
  },
});

const HOUR_MS = 3_600_000;

/** One service believes that it is an hour earlier. */
const wrongClock = async (_dir: string, seed: string): Promise<Grounds> => {
  const service = randomFrom(`clock of ${seed}`).pick(builtServices());
  return {
    variables: { ...loading('shifted-clock.mjs'), CROSSDOCK_DRILL_CLOCK: `${service}:${-HOUR_MS}` },
    clocks: { [service]: -HOUR_MS },
    leave: async () => undefined,
  };
};

export const processDrills: readonly Drill[] = [
  {
    name: 'kill-services',
    about: 'SIGKILL to a random service at a random point, again and again, four times before it is waited for.',
    most: 50,
    perMinute: 2,
    strikes: (count) => times(count, () => anyServices),
  },
  {
    name: 'kill-servers',
    about: 'SIGKILL to nats-server or mongod at a random point, back after up to 2 s.',
    most: 50,
    perMinute: 4,
    strikes: (count, random) => times(count, () => anyServer(random.pick(['nats', 'mongo'] as const))),
  },
  {
    name: 'freeze',
    about: 'SIGSTOP to a service, mongod or nats-server for 12 s, four times the lease of a lane, then SIGCONT.',
    most: 12,
    perMinute: 1.5,
    strikes: (count) =>
      Array.from({ length: count }, (_, nth) =>
        freeze(['a service', 'mongod', 'a service', 'nats-server'][nth % 4] as string),
      ),
  },
  {
    name: 'clock',
    about: 'The clock of one service is an hour behind; services are killed meanwhile.',
    most: 8,
    perMinute: 2,
    prepare: wrongClock,
    strikes: (count) => times(count, () => anyService),
  },
];
