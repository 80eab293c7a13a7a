/** A lane that has just committed little rests; over the twins, in simulated time. */
import { randomUUID } from 'node:crypto';
import { SimulatedClock } from '@crossdock/testing';
import { floorInMemory } from './floor-in-memory.ts';
import { atDoor, counted, deposits, exactly } from './floor-steps.ts';
import type { Floor, Runner } from './road-conformance.ts';

/** A rest is eight times as long. */
const COMMIT_MS = 20;
const REST_MS = 8 * COMMIT_MS;

describe('a lane that committed a message', () => {
  let clock: SimulatedClock;
  let floor: Floor;
  let runner: Runner;
  let restsFrom: number;
  beforeEach(async () => {
    clock = new SimulatedClock();
    floor = await floorInMemory(clock);
    runner = await floor.start((real) => ({
      commit: async (plan) => {
        await clock.wait(COMMIT_MS);
        await real.commit(plan);
      },
    }));
    const key = randomUUID();
    await floor.publish(deposits(key, 1));
    await counted(floor, key, 1);
    restsFrom = clock.now();
    runner.commits.length = 0;
  });

  it('takes what comes while it rests in one commit', async () => {
    const key = randomUUID();
    const events = deposits(key, 10);
    for (const event of events) {
      await floor.publish([event]);
      await clock.pass(REST_MS / 20);
    }
    await exactly(floor, key, 10);
    expect(runner.commits.map(({ causes }) => causes.length)).toEqual([10]);
    expect(clock.now() - restsFrom).toBeGreaterThan(REST_MS);
  });

  it('rests no longer when somebody waits at the door', async () => {
    await floor.publish(deposits(randomUUID(), 3));
    await atDoor(floor, runner, randomUUID());
    expect(clock.now() - restsFrom).toBeLessThan(REST_MS / 2);
    expect(runner.commits.map(({ causes }) => causes.length)).toEqual([4]);
  });

  it('rests no longer when enough has come to be worth a commit', async () => {
    const key = randomUUID();
    await floor.publish(deposits(key, 64));
    await exactly(floor, key, 64);
    expect(clock.now() - restsFrom).toBeLessThan(REST_MS / 2);
  });

  it('gives itself back at once', async () => {
    await floor.over(runner.stop());
    expect(clock.now() - restsFrom).toBeLessThan(REST_MS / 2);
  });
});
