import { DEAD_LETTERS } from '@crossdock/runtime';
import { serviceA, serviceB } from './chain.ts';
import { STREAMS, World } from './road-world.ts';

const SEEDS = Number(process.env['CROSSDOCK_SIM_SEEDS'] ?? 200);
const FIRST = Number(process.env['CROSSDOCK_SIM_FIRST'] ?? 1);
const PLAY_MS = 4_000;
const LOOK_MS = 5_000;
const QUIET_MS = 60_000;

const run = async (seed: number): Promise<World> => {
  const world = new World(seed);
  await world.play(PLAY_MS);
  // Long enough for everyone to have looked at the broker again.
  await world.clock.pass(LOOK_MS);
  const settled = await world.clock.until(() => world.settled(), QUIET_MS);
  if (!settled) throw new Error(`seed ${seed} did not settle after ${world.mishaps.join(', ')}`);
  return world;
};

/** What is wrong with a world at rest; nothing, if all is well. */
const faults = (world: World): string[] => {
  const found: string[] = [];
  const must = (holds: boolean, what: string): void => void (holds || found.push(what));
  for (const [key, sum] of world.expected) {
    const [a, b] = [world.tally(serviceA, key), world.tally(serviceB, key)];
    must((a?.sum ?? 0) === sum, `A counted ${a?.sum} of ${key} where ${sum} came in`);
    must((b?.sum ?? 0) === sum, `B counted ${b?.sum} of ${key} where ${sum} came in`);
    must(a?.noted === b?.count, `A heard of ${a?.noted} of ${b?.count} notes for ${key}`);
  }
  const published = new Set(
    STREAMS.flatMap((name) => [...world.streams.get(name).messages].map(({ headers }) => headers['ce-id'])),
  );
  for (const service of [serviceA, serviceB]) {
    const { committed, quarantined, due, laneRows } = world.store(service);
    const causes = committed.flatMap((commit) => commit.causes);
    must(new Set(causes).size === causes.length, `${service.name}: a message was handled twice`);
    must(quarantined.size === 0, `${service.name}: ${[...quarantined.values()].map(({ text }) => text).join()}`);
    must(due.size === 0, `${service.name}: ${due.size} wait`);
    for (const lane of laneRows.values()) {
      const numbers = committed.filter((commit) => commit.lane === lane._id).map(({ n }) => n);
      must(numbers.every((n, index) => n === index + 1) && lane.n === numbers.length, `${lane._id}: ${numbers.join()}`);
    }
    const versions = new Map<string, number>();
    for (const event of committed.flatMap(({ events }) => events)) {
      must(published.has(event.id), `${service.name}: ${event.id} is on no stream`);
      const version = (versions.get(event.key) ?? 0) + 1;
      must(
        event.entityVersion === version,
        `${service.name}: ${event.key} version ${event.entityVersion}, not ${version}`,
      );
      versions.set(event.key, version);
    }
  }
  return found;
};

describe('the road in a simulated world', () => {
  it(`gives every input exactly one effect, whatever happens: ${SEEDS} seeds`, async () => {
    const mishaps = new Set<string>();
    for (let seed = FIRST; seed < FIRST + SEEDS; seed++) {
      const world = await run(seed);
      for (const mishap of world.mishaps) mishaps.add(mishap);
      expect({ seed, mishaps: world.mishaps, faults: faults(world) }).toEqual({
        seed,
        mishaps: world.mishaps,
        faults: [],
      });
    }
    expect(SEEDS < 50 || mishaps.size === 6).toBe(true);
  }, 120_000);

  it('tells again what was set aside, when the broker loses it', async () => {
    const world = new World(3);
    await world.play(0);
    const headers = {
      'ce-id': 'broken',
      'ce-type': 'masterdata.evt.no-such',
      'ce-tenant': 'acme',
      'Nats-Msg-Id': 'broken',
    };
    const subject = 'masterdata.cmd.test-deposit.v1.00';
    world.streams.append('MASTERDATA', 'broken', { subject, headers, body: new TextEncoder().encode('{') });
    world.streams.pump('MASTERDATA');
    const told = (): boolean => world.streams.get(DEAD_LETTERS).messages.length > 0;
    expect(await world.clock.until(told, QUIET_MS)).toBe(true);
    world.streams.wipe(DEAD_LETTERS);
    expect(await world.clock.until(told, QUIET_MS)).toBe(true);
  }, 30_000);

  it('has the same history again from the same seed, and another from another', async () => {
    const digests = [];
    for (const seed of [7, 7, 8]) digests.push((await run(seed)).digest());
    expect(digests[0]).toBe(digests[1]);
    expect(digests[0]).not.toBe(digests[2]);
  }, 30_000);
});
