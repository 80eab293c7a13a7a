/** Who owns a lane, what fences him, how it goes to the next; what a durable is worth when others pull from it too. */
import { randomUUID } from 'node:crypto';
import { jest } from '@jest/globals';
import { partitionOf } from '@crossdock/kernel';
import { LanesFixed, type LaneDocument, type StoredEvent } from '@crossdock/runtime';
import { eventually } from '@crossdock/testing';
import { Deposit, DoorDeposit, serviceA } from './chain.ts';
import { doorInput, eventOf, provisionAll, type RunningReplica } from './replica-of.ts';
import { Stage } from './stage.ts';
import { gate } from './tampering.ts';

const LANE = 'counter:0of1';
const DURABLE = 'test-a-counter-0of1';
const deposits = (key: string, count: number): StoredEvent[] =>
  Array.from({ length: count }, () => eventOf(Deposit, { key, amount: 1 }));

jest.setTimeout(25_000);

describe('a lane', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await Stage.open('lanes');
  }, 60_000);
  afterEach(() => stage.empty(), 20_000);
  afterAll(() => stage?.close(), 30_000);

  const door = (a: RunningReplica, key: string) => a.road.submit({ input: doorInput(DoorDeposit, { key, amount: 1 }) });
  const set = (fields: Partial<LaneDocument> | Record<string, unknown>) =>
    stage.rows<{ _id: string }>('lanes').updateOne({ _id: LANE }, { $set: fields });

  it('numbers its commits without gaps and keeps its positions with them', async () => {
    const key = randomUUID();
    const a = await stage.startA();
    const { n: before } = await stage.lane();
    for (let time = 0; time < 5; time++) await door(a, key);
    await stage.speaker.publish(deposits(key, 1));
    await stage.counted(key, 6);
    expect(a.commits.map(({ n }) => n)).toEqual([1, 2, 3, 4, 5, 6].map((n) => before + n));
    const { n, positions } = await stage.lane();
    expect([n, positions['MASTERDATA']?.seq]).toEqual([before + 6, (await stage.speaker.stream('MASTERDATA')).lastSeq]);
    expect(a.commits.at(-1)?.positions).toEqual(positions);
  });

  it.each([
    ['epoch', 1_000],
    ['owner', 'somebody'],
    ['n', 1_000_000],
  ])(
    'stops when its document says another %s: nothing of the batch stands, and it is taken up again from the truth',
    async (field, value) => {
      const key = randomUUID();
      const a = await stage.startA();
      await door(a, key);
      const { n } = await stage.lane();
      await set({ [field]: value });
      const answer = door(a, key);
      await eventually('lost', () => a.troubles.some((text) => text.includes(`${LANE} lost:`)));
      expect(await stage.tally(key)).toMatchObject({ count: 1 });
      if (field === 'n') await set({ n });
      expect(await answer).toEqual({ kind: 'accept', answer: { count: 2 } });
      expect((await stage.lane()).epoch).toBeGreaterThan(1);
    },
    20_000,
  );

  it('is taken within seconds from an owner that died in the middle of a transaction', async () => {
    const lanes = stage.rows<{ _id: string }>('lanes');
    const session = stage.client().startSession();
    await (await stage.startA()).stop();
    await set({ owner: 'dead', clean: false, lsid: session.id?.['id'] });
    session.startTransaction();
    await lanes.updateOne({ _id: LANE }, { $inc: { n: 1 } }, { session });
    const began = Date.now();
    const a = await stage.startA();
    await door(a, randomUUID());
    expect(Date.now() - began).toBeLessThan(8_000);
    await session.endSession();
  }, 90_000);

  it('goes to the next owner soon after the lease of a killed one is over', async () => {
    const key = randomUUID();
    const first = await stage.startA({ leaseMs: 800 });
    const second = await stage.startA({ leaseMs: 800 });
    await door(first, key);
    await first.crash();
    const began = Date.now();
    await stage.speaker.publish(deposits(key, 1));
    await stage.counted(key, 2);
    expect(Date.now() - began).toBeLessThan(6_000);
    expect(second.commits).not.toHaveLength(0);
  });

  it('is halted by an owner that could not renew its lease, who reads the truth before it goes on', async () => {
    const key = randomUUID();
    const held = gate();
    const reads: string[] = [];
    const a = await stage.startA({
      store: (real) => ({
        renew: async (...given) => {
          await held.pass();
          return real.renew(...given);
        },
        readLane: (id) => (reads.push(id), real.readLane(id)),
      }),
    });
    await eventually('ready', () => a.road.ready().ok);
    held.shut();
    await eventually('halted', () => a.troubles.some((text) => text.includes('halted: lease')));
    reads.length = 0;
    await stage.speaker.publish(deposits(key, 3));
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await stage.tally(key)).toBeUndefined();
    held.open();
    await stage.counted(key, 3);
    expect(reads).toContain(LANE);
  });

  it('sees that another pull took deliveries by the gap, resets, and loses nothing', async () => {
    const key = randomUUID();
    const eaten = await stage.stalePull('MASTERDATA', DURABLE, 4);
    const a = await stage.startA({ checkMs: 60_000 });
    await eventually('ready', () => a.road.ready().ok);
    await stage.speaker.publish(deposits(key, 40));
    await stage.counted(key, 40);
    expect(eaten).toHaveLength(4);
    expect(a.troubles.some((text) => /halted: MASTERDATA: delivery \d+ instead of \d+/.test(text))).toBe(true);
  });

  it('compares counts with the broker when nothing comes: also the last message cannot be eaten', async () => {
    const key = randomUUID();
    // Of pulls that wait the oldest is served first: this one was there before the lane took up its work.
    const eaten = await stage.stalePull('MASTERDATA', DURABLE, 1);
    const a = await stage.startA();
    await eventually('ready', () => a.road.ready().ok);
    await stage.speaker.publish(deposits(key, 1));
    await stage.counted(key, 1);
    expect(eaten).toHaveLength(1);
    expect(a.troubles.some((text) => text.includes('halted: MASTERDATA: 1 deliveries went elsewhere'))).toBe(true);
  });

  it('pulls nothing any more once it is given back, whatever it was about to do', async () => {
    const key = randomUUID();
    const held = gate();
    const a = await stage.startA({
      messages: (real) => ({
        reset: async (...given) => {
          await held.pass();
          return real.reset(...given);
        },
      }),
    });
    await eventually('ready', () => a.road.ready().ok);
    held.shut();
    const lane = a.road.lanes()[0]!;
    lane.halt('test');
    await eventually('about to pull', () => held.waiting > 0);
    const released = lane.release(200);
    await released;
    held.open();
    const b = await stage.startA();
    await eventually('one owner', async () => (await stage.lane()).owner !== null);
    await stage.speaker.publish(deposits(key, 60));
    await stage.counted(key, 60);
    expect([...a.troubles, ...b.troubles].filter((text) => text.includes('instead of'))).toEqual([]);
  });

  it("is set back from beyond the stream's end to what stands, and misses nothing new", async () => {
    const key = randomUUID();
    await (await stage.startA()).stop();
    const { positions } = await stage.lane();
    const position = positions['MASTERDATA']!;
    await set({ 'positions.MASTERDATA': { ...position, seq: position.seq + 1_000, msgId: 'never' } });
    await stage.speaker.publish(deposits(key, 5));
    const a = await stage.startA();
    await stage.counted(key, 5);
    expect(a.troubles.some((text) => text.includes('MASTERDATA: position back'))).toBe(true);
    expect((await stage.lane()).positions['MASTERDATA']?.seq).toBe((await stage.speaker.stream('MASTERDATA')).lastSeq);
  });

  it('takes part in a change of the number of lanes: refused while one is at work, then everything goes on in order', async () => {
    const lanes = { counter: 4 };
    const keys = Array.from({ length: 12 }, () => randomUUID());
    const before = await stage.startA({ messages: () => ({ publish: () => Promise.reject(new Error('no answer')) }) });
    await Promise.all(keys.map((key) => door(before, key)));
    const waits = keys.map((key) => eventOf(Deposit, { key, amount: 1, kind: 'waits' }));
    await stage.speaker.publish(waits);
    await eventually('all parked', async () => (await stage.rows('due').countDocuments({ kind: 'parked' })) === 12);
    await provisionAll(stage.servers.nats.url, [serviceA], { lanes });
    await expect(stage.startA({ lanes })).rejects.toBeInstanceOf(LanesFixed);
    await before.crash();
    await eventually(
      'its lease is over',
      async () => (await stage.rows('replicas').countDocuments({ until: { $gt: new Date() } })) === 0,
    );
    await expect(stage.startA({ lanes: { counter: 0 } })).rejects.toBeInstanceOf(LanesFixed);
    const after = await stage.startA({ lanes });
    await Promise.all(
      keys.map((key) => after.road.submit({ input: doorInput(DoorDeposit, { key, amount: 1, kind: 'opens' }) })),
    );
    for (const key of keys) await stage.counted(key, 3);
    await eventually('published by the retired lane and the new ones', async () => {
      for (const key of keys) if ((await stage.deposited(key)).length < 2) return false;
      return true;
    });
    for (const key of keys) expect((await stage.deposited(key)).map(({ version }) => version)).toEqual([1, 2]);
    const rows = await stage
      .rows<LaneDocument & { _id: string }>('lanes')
      .find({ n: { $gt: 0 }, retired: { $ne: true } })
      .toArray();
    const used = new Set(keys.map((key) => partitionOf(key) % 4));
    expect(rows.map(({ k }) => k).sort()).toEqual([...used].sort());
    expect((await stage.lane()).retired).toBe(true);
    await after.stop();
    const durables = async () =>
      (await stage.durables('MASTERDATA')).filter((name) => name.startsWith('test-a-counter'));
    await provisionAll(stage.servers.nats.url, [serviceA], { lanes: { counter: 2 } });
    const fewer = await stage.startA({ lanes: { counter: 2 } });
    await stage.speaker.publish(keys.map((key) => eventOf(Deposit, { key, amount: 1 })));
    for (const key of keys) await stage.counted(key, 4);
    await eventually('published by the joined lanes', async () => {
      for (const key of keys) if ((await stage.deposited(key)).length < 3) return false;
      return true;
    });
    for (const key of keys) expect((await stage.deposited(key)).map(({ version }) => version)).toEqual([1, 2, 3]);
    await eventually('only two lanes have durables', async () => (await durables()).length === 2);
    expect((await durables()).toSorted()).toEqual(['test-a-counter-0of2', 'test-a-counter-1of2']);
    await fewer.stop();
    // Back to where it began: the first lane lives again, with its commits.
    await provisionAll(stage.servers.nats.url, [serviceA]);
    const again = await stage.startA();
    await Promise.all(keys.map((key) => door(again, key)));
    expect((await stage.tally(keys[0]!))?.['count']).toBe(5);
    expect((await stage.lane()).retired).toBeUndefined();
  }, 60_000);
});
