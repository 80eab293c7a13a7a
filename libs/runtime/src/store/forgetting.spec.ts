import { MemoryStore, port, SimulatedClock } from '@crossdock/testing';
import { MemoryArchive } from '../archive/memory-archive.js';
import { archiveDays } from '../archive/retention.js';
import type { Lane } from '../road/lane.js';
import { forgetOld } from './forgetting.js';

const DAY = 86_400_000;

describe('what nobody needs any more', () => {
  it('commits are deleted after seven days, and only up to what is published', async () => {
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
    const archive = new MemoryArchive();
    const forgetting = forgetOld(() => [owned as Lane], store, archive, clock, ending.signal);
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
  it('is also what the archive has held for the days of its kind, counted from when it last came', async () => {
    const clock = new SimulatedClock();
    const archive = new MemoryArchive(archiveDays({ webhook: 2, file: 5 }), () => clock.now());
    const put = async (kind: 'webhook' | 'file', text: string): Promise<string> =>
      (await archive.put('acme', Buffer.from(text), 100, kind)).hash;
    const [scan, order, both] = [await put('webhook', 'scan'), await put('file', 'order'), await put('file', 'both')];
    await put('webhook', 'both');
    const ending = new AbortController();
    const store = new MemoryStore(() => clock.now());
    const forgetting = forgetOld(() => [], store, archive, clock, ending.signal);
    const known = async (): Promise<readonly boolean[]> =>
      Promise.all([scan, order, both].map(async (hash) => (await archive.read('acme', hash)) !== undefined));
    await clock.pass(DAY);
    await put('webhook', 'scan');
    await clock.pass(1.5 * DAY);
    expect(await known()).toEqual([true, true, true]);
    await clock.pass(DAY);
    expect(await known()).toEqual([false, true, true]);
    await clock.pass(2 * DAY);
    expect(await known()).toEqual([false, false, false]);
    ending.abort();
    await forgetting;
  });
});
