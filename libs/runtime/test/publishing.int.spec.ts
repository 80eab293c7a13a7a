/** From the commit to the streams: one chain per lane, and what becomes of it when an owner or a connection goes. */
import { randomUUID } from 'node:crypto';
import type { StoredEvent } from '@crossdock/runtime';
import { eventually } from '@crossdock/testing';
import { DoorDeposit } from './chain.ts';
import { doorInput, type RunningReplica } from './replica-of.ts';
import { Stage } from './stage.ts';
import { gate } from './tampering.ts';

const ofKey = (events: readonly StoredEvent[], key: string): StoredEvent[] =>
  events.filter((event) => event.key === key);

describe('publishing', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await Stage.open('publishing');
  }, 60_000);
  afterEach(() => stage.empty(), 20_000);
  afterAll(() => stage?.close(), 30_000);

  /** Deposits at the door one after the other, each a commit of its own. */
  const deposit = async (a: RunningReplica, key: string, times: number): Promise<void> => {
    for (let time = 0; time < times; time++)
      await a.road.submit({ input: doorInput(DoorDeposit, { key, amount: time }) });
  };
  const amounts = async (key: string) => (await stage.deposited(key)).map(({ data }) => data.amount);

  it('sends a commit when the one before is acknowledged, and lets four wait at most', async () => {
    const key = randomUUID();
    const held = gate();
    const sent: string[] = [];
    const a = await stage.startA({
      // A lease that runs out on a busy machine would let go of what the gate holds.
      leaseMs: 6_000,
      messages: (real) => ({
        publish: async (events) => {
          sent.push(...events.map(({ body }) => body));
          await held.pass();
          return real.publish(events);
        },
      }),
    });
    held.shut();
    const answers = Promise.all(
      Array.from({ length: 4 }, (_, index) => index).map(async (index) => {
        await eventually('its turn', () => a.commits.length >= index);
        return a.road.submit({ input: doorInput(DoorDeposit, { key, amount: index }) });
      }),
    );
    await answers;
    const fifth = deposit(a, key, 1);
    await eventually('one at the broker', () => held.waiting === 1);
    expect([sent.length, a.commits.length]).toEqual([1, 4]);
    held.open();
    await fifth;
    await eventually('all sent', async () => (await amounts(key)).length === 5);
    expect(await amounts(key)).toEqual([0, 1, 2, 3, 0]);
  });

  it('notes with the next commit how far it has published, and where that stands', async () => {
    const key = randomUUID();
    const a = await stage.startA();
    await deposit(a, key, 1);
    await eventually('published', async () => (await amounts(key)).length === 1);
    await eventually('known here', () => a.road.lanes()[0]!.published === a.road.lanes()[0]!.committed);
    await deposit(a, key, 1);
    const [first] = await stage.deposited(key);
    const { n, pub } = a.commits.at(-1)!;
    expect(pub.n).toBe(n - 1);
    expect(pub.at['ORDERS']).toMatchObject({ seq: first!.seq, msgId: first!.id });
  });

  it('leaves what a dead owner committed and never sent to the next one, in order', async () => {
    const key = randomUUID();
    const first = await stage.startA({ messages: () => ({ publish: () => Promise.reject(new Error('no answer')) }) });
    await deposit(first, key, 3);
    expect(await amounts(key)).toEqual([]);
    await first.crash();
    const second = await stage.startA();
    await deposit(second, key, 1);
    await eventually('all sent', async () => (await amounts(key)).length === 4);
    expect(await amounts(key)).toEqual([0, 1, 2, 0]);
    expect((await stage.deposited(key)).map(({ version }) => version)).toEqual([1, 2, 3, 4]);
  });

  it('sends again what may or may not have arrived, and each event stands once', async () => {
    const key = randomUUID();
    let losses = 2;
    const a = await stage.startA({
      messages: (real) => ({
        publish: async (events) => {
          const acks = await real.publish(events);
          if (losses-- > 0) throw new Error('the acknowledgement was lost');
          return acks;
        },
      }),
    });
    await deposit(a, key, 3);
    await eventually('all sent', async () => (await amounts(key)).length === 3);
    expect(await amounts(key)).toEqual([0, 1, 2]);
  });

  it('halts when a fresh acknowledgement is at or below a stored sequence, looks, and goes on', async () => {
    const key = randomUUID();
    let lie = false;
    const a = await stage.startA({
      messages: (real) => ({
        publish: async (events) => {
          const acks = await real.publish(events);
          return lie && ofKey(events, key).length > 0 ? acks.map((ack) => ({ ...ack, seq: 1 })) : acks;
        },
      }),
    });
    await deposit(a, key, 1);
    await eventually('published', async () => (await amounts(key)).length === 1);
    await eventually('known here', () => a.road.lanes()[0]!.published === a.road.lanes()[0]!.committed);
    lie = true;
    await deposit(a, key, 1);
    await eventually('halted', () => a.troubles.some((text) => text.includes('halted: ORDERS went back')));
    lie = false;
    await deposit(a, key, 1);
    await eventually('published', async () => (await amounts(key)).length === 3);
    expect(await amounts(key)).toEqual([0, 0, 0]);
  });

  it('publishes nothing between a disconnect and the check after it, and counts no acknowledgement from before', async () => {
    const key = randomUUID();
    const [atBroker, atCheck] = [gate(), gate()];
    const steps: string[] = [];
    let listener: (up: boolean) => void = () => undefined;
    const a = await stage.startA({
      messages: (real) => ({
        onConnection: (given) => void (listener = given),
        publish: async (events) => {
          // What a lane still owes from before is none of this.
          const own = ofKey(events, key).length;
          if (own > 0) {
            steps.push(`publish ${own}`);
            await atBroker.pass();
          }
          return real.publish(events);
        },
        stream: async (name) => {
          await atCheck.pass();
          return real.stream(name);
        },
      }),
    });
    await eventually('ready', () => a.road.ready().ok);
    atBroker.shut();
    atCheck.shut();
    await deposit(a, key, 1);
    await eventually('on its way', () => atBroker.waiting === 1);
    const { published } = a.road.lanes()[0]!;
    listener(false);
    expect(a.road.ready().ok).toBe(false);
    listener(true);
    await eventually('looking at the broker', () => atCheck.waiting > 0);
    atBroker.open();
    await eventually('acknowledged', async () => (await amounts(key)).length === 1);
    expect([steps, a.road.lanes()[0]!.published]).toEqual([['publish 1'], published]);
    atCheck.open();
    await eventually('sent again', () => steps.length === 2);
    await eventually('known', () => a.road.lanes()[0]!.published === a.road.lanes()[0]!.committed);
    expect(await amounts(key)).toEqual([0]);
  });

  it('drains: takes no more, finishes, publishes, notes it and gives its lanes back', async () => {
    const key = randomUUID();
    const a = await stage.startA({
      messages: (real) => ({
        publish: async (events) => {
          await new Promise((resolve) => setTimeout(resolve, 100));
          return real.publish(events);
        },
      }),
    });
    await deposit(a, key, 3);
    await a.stop();
    const { n, pub, owner, clean } = await stage.lane();
    expect({ pub: pub.n, owner, clean }).toEqual({ pub: n, owner: null, clean: true });
    expect(await amounts(key)).toEqual([0, 1, 2]);
    expect(a.road.ready()).toMatchObject({ ok: false });
    expect(await stage.rows('replicas').countDocuments({ until: { $gt: new Date() } })).toBe(0);
  });

  it('drains within its budget when the broker takes nothing, and the next owner sends what is owed', async () => {
    const key = randomUUID();
    const a = await stage.startA({
      drainMs: 600,
      messages: () => ({ publish: () => Promise.reject(new Error('full')) }),
    });
    await deposit(a, key, 2);
    const began = Date.now();
    await a.stop();
    expect(Date.now() - began).toBeLessThan(3_000);
    expect((await stage.lane()).owner).toBeNull();
    await stage.startA();
    await eventually('all sent', async () => (await amounts(key)).length === 2);
  });
});
