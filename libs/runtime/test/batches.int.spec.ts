/** From the buffer to the commit: what a batch loads, decides, refuses and writes, on real servers. */
import { randomUUID } from 'node:crypto';
import { Conflict, type CommitPlan, type StoredEvent } from '@crossdock/runtime';
import { eventually } from '@crossdock/testing';
import { Deposit, DoorDeposit, seen, type Tally } from './chain.ts';
import { doorInput, eventOf } from './replica-of.ts';
import { Stage } from './stage.ts';

const deposits = (key: string, count: number, more: object = {}): StoredEvent[] =>
  Array.from({ length: count }, () => eventOf(Deposit, { key, amount: 1, ...more }));

describe('a batch on the road', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await Stage.open('batches');
  }, 60_000);
  afterEach(() => stage.empty(), 20_000);
  afterAll(() => stage?.close(), 30_000);

  it('loads what a batch touches in one query per kind, and decides in order', async () => {
    const keys = Array.from({ length: 60 }, () => randomUUID());
    const events = keys.map((key) => eventOf(Deposit, { key, amount: 1 }));
    await stage.speaker.publish(events);
    let loads = 0;
    const a = await stage.startA({
      store: (real) => ({ load: (kind, ids) => (loads++, real.load(kind, ids)) }),
    });
    await stage.counted(keys[59]!, 1);
    expect(loads).toBe(a.commits.length);
    expect(a.commits.length).toBeLessThan(10);
    expect(seen.filter((id) => events.some((event) => event.id === id))).toEqual(events.map(({ id }) => id));
  });

  it('takes a message that stands twice in a batch once, and one that was handled never again', async () => {
    const key = randomUUID();
    const [event] = deposits(key, 1) as [StoredEvent];
    const after = eventOf(Deposit, { key: randomUUID(), amount: 1 });
    await stage.publishCopy(event, 'copy-1');
    await stage.publishCopy(event, 'copy-2');
    await stage.speaker.publish([after]);
    await stage.startA();
    await stage.counted(after.key, 1);
    await stage.publishCopy(event, 'copy-3');
    const last = eventOf(Deposit, { key: after.key, amount: 1 });
    await stage.speaker.publish([last]);
    await stage.counted(after.key, 2);
    expect(await stage.tally(key)).toMatchObject({ count: 1 });
    expect(seen.filter((id) => id === event.id)).toHaveLength(1);
  });

  it('stores the positions of batches of nothing but duplicates', async () => {
    const [event] = deposits(randomUUID(), 1) as [StoredEvent];
    await stage.startA();
    await stage.speaker.publish([event]);
    await stage.counted(event.key, 1);
    const { n } = await stage.lane();
    for (const copy of ['dup-1', 'dup-2', 'dup-3']) {
      await stage.publishCopy(event, copy);
      const { lastSeq } = await stage.speaker.stream('MASTERDATA');
      await eventually('its position', async () => (await stage.lane()).positions['MASTERDATA']?.seq === lastSeq);
    }
    expect((await stage.lane()).n).toBe(n);
    expect((await stage.lane()).positions['MASTERDATA']?.msgId).toBe('dup-3');
  });

  it("loads and decides again after another's write to a state, and after a commit whose result is unknown", async () => {
    const key = randomUUID();
    const foreign = {
      _id: `acme|${key}`,
      v: 1,
      e: 0,
      by: 'x',
      k: [],
      t: new Date(),
      s: { count: 10, sum: 0, noted: 0, open: false },
    };
    let [before, lost] = [true, true];
    const conflicts: unknown[] = [];
    const a = await stage.startA({
      store: (real) => ({
        commit: async (plan) => {
          if (before) await stage.rows<typeof foreign>('state_tally').insertOne(foreign);
          before = false;
          await real.commit(plan).catch((error: unknown) => {
            conflicts.push(error);
            throw error;
          });
          if (lost) {
            lost = false;
            throw new Conflict('no answer from the server');
          }
        },
      }),
    });
    const input = doorInput(DoorDeposit, { key, amount: 1 });
    expect(await a.road.submit({ input })).toEqual({ kind: 'accept', answer: { count: 11 } });
    expect(conflicts).toEqual([expect.any(Conflict)]);
    expect(await stage.tally(key)).toMatchObject({ count: 11 });
    await eventually('one event', async () => (await stage.deposited(key)).length === 1);
  });

  it('waits for a transaction of somebody else to end, and loses nothing by it', async () => {
    const key = randomUUID();
    const a = await stage.startA();
    await a.road.submit({ input: doorInput(DoorDeposit, { key, amount: 1 }) });
    const session = stage.client().startSession();
    session.startTransaction();
    await stage
      .rows<{ _id: string }>('state_tally')
      .updateOne({ _id: `acme|${key}` }, { $set: { touched: 1 } }, { session });
    const answer = a.road.submit({ input: doorInput(DoorDeposit, { key, amount: 1 }) });
    await eventually('a conflict', () => a.troubles.some((text) => text.includes('halted: error')));
    await session.abortTransaction();
    await session.endSession();
    expect(await answer).toEqual({ kind: 'accept', answer: { count: 2 } });
  });

  it('gives events of a message that is decided again the same ids', async () => {
    const plans: CommitPlan[] = [];
    const a = await stage.startA({
      store: (real) => ({
        commit: async (plan) => {
          plans.push(plan);
          if (plans.length === 1) throw new Conflict('once');
          await real.commit(plan);
        },
      }),
    });
    await a.road.submit({ input: doorInput(DoorDeposit, { key: randomUUID(), amount: 3, kind: 'repeats' }) });
    expect(plans[1]?.events.map(({ id }) => id)).toEqual(plans[0]?.events.map(({ id }) => id));
    expect(new Set(plans[0]?.events.map(({ id }) => id)).size).toBe(3);
  });

  it('halves a batch that cannot be committed down to the one message, and spares the others', async () => {
    const key = randomUUID();
    const bad = eventOf(Deposit, { key: randomUUID(), amount: 1, kind: 'swells' });
    await stage.speaker.publish([...deposits(key, 13), bad, ...deposits(key, 10)]);
    const a = await stage.startA();
    await stage.counted(key, 23);
    expect(await stage.quarantined(bad.id)).toMatchObject({ reason: 'commit-refused' });
    expect(await stage.tally(bad.key)).toBeUndefined();
    expect(a.commits.length).toBeLessThan(14);
  });

  it('does not take a store that fails for a while for a bad message', async () => {
    const key = randomUUID();
    let failures = 4;
    const fails = (): Promise<never> => Promise.reject(new Error('connection reset'));
    const a = await stage.startA({
      store: (real) => ({ load: (kind, ids) => (failures-- > 0 ? fails() : real.load(kind, ids)) }),
    });
    expect(await a.road.submit({ input: doorInput(DoorDeposit, { key, amount: 1 }) })).toMatchObject({
      kind: 'accept',
    });
    expect(failures).toBeLessThan(0);
  });

  it('closes a batch at four megabytes of outputs', async () => {
    const events = Array.from({ length: 8 }, (_, index) =>
      eventOf(Deposit, { key: randomUUID(), amount: 1_500_000 + index, kind: 'weighs' }),
    );
    await stage.speaker.publish(events);
    const a = await stage.startA();
    await stage.counted(events[7]!.key, 1);
    await eventually('what was committed', () => a.commits.flatMap(({ events: said }) => said).length >= events.length);
    const weights = a.commits.map(({ events: said }) => said.reduce((sum, { body }) => sum + body.length, 0));
    expect(weights.length).toBeGreaterThan(2);
    expect(Math.max(...weights)).toBeLessThan(6_500_000);
    await eventually('all of them', async () => (await stage.deposited(events[7]!.key)).length === 1, 30_000);
  }, 40_000);

  it('refuses what a decision may not say: undeclared, against its schema, larger than the broker takes', async () => {
    const kinds = [
      ['undeclared', 1, 'output-invalid'],
      ['invalid', 1, 'output-invalid'],
      ['weighs', 7_900_000, 'body-too-large'],
    ] as const;
    const bad = kinds.map(([kind, amount, reason]) => ({
      ...eventOf(Deposit, { key: randomUUID(), amount, kind }),
      reason,
    }));
    const good = eventOf(Deposit, { key: randomUUID(), amount: 1 });
    await stage.speaker.publish([...bad, good]);
    await stage.startA();
    await stage.counted(good.key, 1);
    for (const { id, key, reason } of bad) {
      expect(await stage.quarantined(id)).toMatchObject({ reason });
      expect(await stage.tally(key)).toBeUndefined();
    }
  });

  it('commits a timer, a question and what waits with the message that made them', async () => {
    const keys = Array.from({ length: 3 }, () => randomUUID()) as [string, string, string];
    const inputs = (['reminds', 'wonders', 'waits'] as const).map((kind, index) =>
      eventOf(Deposit, { key: keys[index]!, amount: 300, kind }),
    );
    const a = await stage.startA();
    await stage.speaker.publish(inputs);
    await eventually('three decided', () =>
      inputs.every(({ id }) => a.commits.some(({ causes }) => causes.includes(`counter|${id}`))),
    );
    for (const { id } of inputs) {
      const plan = a.commits.find(({ causes }) => causes.includes(`counter|${id}`))!;
      expect(plan.dueIn.some(({ input }) => input.causationId === id || input.id === id)).toBe(true);
    }
    expect(a.asked.map(({ input }) => input.causationId)).toEqual([inputs[1]!.id]);
    expect(await stage.rows('due').countDocuments({ kind: 'ask' })).toBe(1);
    // the timer rings once, as an input with an id of its own
    await stage.counted(keys[0], 2);
    expect(await stage.rows('due').countDocuments({ kind: 'timer' })).toBe(0);
    const [rang] = a.commits.filter(({ dueOut }) => dueOut.length > 0);
    expect(rang?.causes).toEqual(rang?.dueOut);
  });

  it('tells the process that takes a lane which questions are still open', async () => {
    const event = eventOf(Deposit, { key: randomUUID(), amount: 1, kind: 'wonders' });
    const first = await stage.startA();
    await stage.speaker.publish([event]);
    await eventually('asked', () => first.asked.some(({ input }) => input.causationId === event.id));
    await first.stop();
    const second = await stage.startA();
    await eventually('asked again', () => second.asked.some(({ input }) => input.causationId === event.id));
  });

  it('numbers the events of an entity 1 to n over batches, with nothing for what was ignored or refused', async () => {
    const key = randomUUID();
    const kinds = [undefined, 'ignored', 'repeats', 'throws', undefined, 'refused', undefined];
    const events = kinds.map((kind) => eventOf(Deposit, { key, amount: 3, ...(kind ? { kind } : {}) }));
    await stage.startA();
    for (const event of events) await stage.speaker.publish([event]);
    const said = await eventually('six events', async () => {
      const found = await stage.deposited(key);
      return found.length === 6 && found;
    });
    expect(said.map(({ version }) => version)).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('merges newest values of a key per batch, other events never', async () => {
    const [one, two] = [randomUUID(), randomUUID()];
    await stage.speaker.publish(
      [1, 2, 3, 4, 5].flatMap((amount) => [one, two].map((key) => eventOf(Deposit, { key, amount, kind: 'stands' }))),
    );
    const a = await stage.startA();
    await stage.counted(two, 5);
    await stage.counted(one, 5);
    expect(a.commits).toHaveLength(1);
    const values = async () =>
      (await stage.sent('ORDERS', 'orders.evt.test-stands')).map(({ key, data, version }) => [
        key,
        data.amount,
        version,
      ]);
    await eventually('two values', async () => (await values()).length === 2);
    expect(await values()).toEqual([
      [one, 5, 1],
      [two, 5, 1],
    ]);
  });

  it('keeps tenants apart: states, keys, versions, events', async () => {
    const key = randomUUID();
    await stage.startA();
    await stage.speaker.publish([
      eventOf(Deposit, { key, amount: 1 }),
      eventOf(Deposit, { key, amount: 5 }, { tenant: 'beta' }),
    ]);
    await eventually('both', async () => (await stage.deposited(key)).length === 2);
    expect((await stage.deposited(key)).map(({ tenant, version }) => [tenant, version])).toEqual([
      ['acme', 1],
      ['beta', 1],
    ]);
    expect([await stage.tally(key), await stage.tally(key, 'test-a', 'beta')]).toMatchObject([{ sum: 1 }, { sum: 5 }]);
    const row = await stage.rows<{ _id: string; k: string[]; s: Tally }>('state_tally').findOne({ _id: `beta|${key}` });
    expect(row?.k).toEqual(['beta|open:false']);
  });
});
