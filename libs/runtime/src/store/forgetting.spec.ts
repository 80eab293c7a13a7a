import { MemoryStore, port, SimulatedClock } from '@crossdock/testing';
import type { Lane } from '../road/lane.js';
import { forgetOld } from './forgetting.js';

const DAY = 86_400_000;

describe('commits that nobody needs any more', () => {
  it('are deleted after seven days, and only up to what is published', async () => {
    const clock = new SimulatedClock();
    const store = new MemoryStore(() => clock.now());
    let lane = await port.takenLane(store);
    const causes: string[] = [];
    for (let day = 0; day < 10; day++) {
      const plan = port.aPlan(lane, { at: new Date(clock.now()).toISOString() });
      causes.push(plan.causes[0] ?? '');
      await store.commit(plan);
      lane = port.after(lane, plan);
      await clock.pass(DAY);
    }
    const known = async (): Promise<number> => (await store.handled(causes)).size;
    const ending = new AbortController();
    const owned = { id: lane._id, published: 2 };
    const forgetting = forgetOld(() => [owned as Lane], store, clock, ending.signal);
    await clock.pass(DAY / 24);
    expect(await known()).toBe(8);
    owned.published = 10;
    await clock.pass(DAY / 24);
    expect(await known()).toBe(6);
    await clock.pass(20 * DAY);
    expect(await known()).toBe(0);
    ending.abort();
    await forgetting;
  });
});
