/** Losing the broker: wiped, deleted under a living connection, set back to an old copy. MongoDB is the truth. */
import { cp, glob, rm } from 'node:fs/promises';
import { join } from 'node:path';
import jetstreamModule from '@nats-io/jetstream';
import { randomUUID } from 'node:crypto';
import type { StoredEvent } from '@crossdock/runtime';
import { eventually } from '@crossdock/testing';
import { Deposit, DoorDeposit, serviceA, serviceB } from './chain.ts';
import { doorInput, eventOf, provisionAll, type RunningReplica } from './replica-of.ts';
import { Stage } from './stage.ts';
import { gate } from './tampering.ts';

// CommonJS to Node's ESM loader: values come from the default import.
const { AckPolicy, DeliverPolicy } = jetstreamModule;

const deposits = (key: string, count: number): StoredEvent[] =>
  Array.from({ length: count }, (_, amount) => eventOf(Deposit, { key, amount }));
const unique = (ids: readonly { id: string }[]): number => new Set(ids.map(({ id }) => id)).size;

describe('a broker that loses what it had', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await Stage.open('loss');
  }, 60_000);
  afterEach(() => stage.empty(), 20_000);
  afterAll(() => stage?.close(), 30_000);

  const provision = () => provisionAll(stage.servers.nats.url, [serviceA, serviceB]);
  const wiped = async () => {
    await stage.servers.nats.kill9();
    await stage.servers.nats.wipeStore();
    await stage.servers.nats.restart();
    await eventually('the speaker is back', () => stage.speaker.up);
    await provision();
  };
  const door = (a: RunningReplica, key: string) => a.road.submit({ input: doorInput(DoorDeposit, { key, amount: 1 }) });
  /** A deposit that B has noted and A knows of. */
  const noted = (key: string, count: number) =>
    eventually(`${count} noted`, async () => (await stage.tally(key))?.noted === count, 30_000);

  it('is found out by the id that stood at a position, not by the end of the stream', async () => {
    const key = randomUUID();
    const first = await stage.startA();
    await stage.speaker.publish(deposits(key, 3));
    await stage.counted(key, 3);
    await first.stop();
    await wiped();
    await stage.speaker.publish(deposits(key, 15));
    const second = await stage.startA();
    await stage.counted(key, 18);
    expect(second.troubles.some((text) => text.includes('MASTERDATA: position back from 3 to 0'))).toBe(true);
  }, 40_000);

  it('gets again what it had from everyone, though new messages stand where the old ones stood; nothing acts twice', async () => {
    const key = randomUUID();
    const a = await stage.startA();
    await stage.startB();
    for (let time = 0; time < 5; time++) await door(a, key);
    await noted(key, 5);
    const before = await stage.deposited(key);
    await stage.empty();
    await wiped();
    // Somebody else is faster, with more messages than there were.
    await stage.speaker.publish(
      deposits(randomUUID(), 40).map((event) => ({ ...event, stream: 'ORDERS', type: 'orders.evt.other' })),
    );
    const b = await stage.startB();
    const again = await stage.startA();
    await eventually('all of them again', async () => (await stage.deposited(key)).length >= 5);
    await door(again, key);
    await noted(key, 6);
    expect((await stage.deposited(key)).map(({ id }) => id)).toEqual([
      ...before.map(({ id }) => id),
      expect.any(String),
    ]);
    expect([await stage.tally(key), await stage.tally(key, 'test-b')]).toMatchObject([
      { count: 6, noted: 6 },
      { count: 6 },
    ]);
    expect(b.commits.flatMap(({ causes }) => causes)).toHaveLength(1);
  }, 60_000);

  it('may lose its streams while everyone stays connected', async () => {
    const key = randomUUID();
    const a = await stage.startA();
    await stage.startB();
    await stage.speaker.publish(deposits(key, 4));
    await noted(key, 4);
    for (const stream of ['ORDERS', 'INVENTORY', 'MASTERDATA']) await stage.speaker.manager.streams.delete(stream);
    await provision();
    await stage.speaker.publish(deposits(key, 4));
    await door(a, key);
    await noted(key, 9);
    expect(unique(await stage.deposited(key))).toBe(9);
    expect(await stage.tally(key, 'test-b')).toMatchObject({ count: 9 });
  }, 60_000);

  it('may be set back to an old copy of its store: what it lost since is sent again, what came since is not repeated', async () => {
    const key = randomUUID();
    const { nats } = stage.servers;
    const { config } = await stage.speaker.manager.streams.info('ORDERS');
    expect(config.name).toBe('ORDERS');
    const a = await stage.startA();
    await stage.startB();
    await stage.speaker.publish(deposits(key, 5));
    await noted(key, 5);
    await nats.kill9();
    const copy = `${stage.servers.natsStore}-copy`;
    await cp(stage.servers.natsStore, copy, { recursive: true });
    await nats.restart();
    await eventually('ready again', () => stage.speaker.up && a.road.ready().ok);
    await stage.speaker.publish(deposits(key, 20));
    await door(a, key);
    await noted(key, 26);
    await nats.kill9();
    await rm(stage.servers.natsStore, { recursive: true });
    await cp(copy, stage.servers.natsStore, { recursive: true });
    await nats.restart();
    await eventually('ready again', () => stage.speaker.up && a.road.ready().ok);
    await eventually('all that A said', async () => unique(await stage.deposited(key)) === 26);
    await stage.speaker.publish(deposits(key, 2));
    await noted(key, 28);
    expect([await stage.tally(key), await stage.tally(key, 'test-b')]).toMatchObject([{ count: 28 }, { count: 28 }]);
    expect(a.troubles.some((text) => /ORDERS: published again from commit \d+/.test(text))).toBe(true);
    await rm(copy, { recursive: true });
  }, 90_000);

  it('sets durables that were beyond the end back to it, so that whoever pulls hears what is written there', async () => {
    const { nats, natsStore } = stage.servers;
    const { manager, jetstream } = stage.speaker;
    const messagesIn = async (store: string): Promise<string> => {
      for await (const found of glob('**/streams/MASTERDATA/msgs', { cwd: store })) return join(store, found);
      throw new Error(`no messages in ${store}`);
    };
    const { lastSeq } = await stage.speaker.stream('MASTERDATA');
    await manager.consumers.add('MASTERDATA', {
      durable_name: 'outlives',
      ack_policy: AckPolicy.Explicit,
      deliver_policy: DeliverPolicy.New,
    });
    const heard = async (count: number): Promise<number[]> => {
      const seqs: number[] = [];
      const consumer = await jetstream.consumers.get('MASTERDATA', 'outlives');
      for await (const message of await consumer.fetch({ max_messages: count, expires: 5_000 })) {
        seqs.push(message.seq - lastSeq);
        await message.ackAck();
      }
      return seqs;
    };
    await stage.speaker.publish(deposits('durable', 2));
    await nats.kill9();
    const copy = `${natsStore}-before`;
    await cp(natsStore, copy, { recursive: true });
    await nats.restart();
    await eventually('the speaker is back', () => stage.speaker.up);
    await stage.speaker.publish(deposits('durable', 2));
    expect(await heard(4)).toEqual([1, 2, 3, 4]);
    await nats.kill9();
    const lost = await messagesIn(natsStore);
    await rm(lost, { recursive: true });
    await cp(await messagesIn(copy), lost, { recursive: true });
    await nats.restart();
    await eventually('the speaker is back', () => stage.speaker.up);
    await stage.speaker.publish(deposits('durable', 4));
    expect(await heard(4)).toEqual([3, 4, 5, 6]);
    await manager.consumers.delete('MASTERDATA', 'outlives');
    await rm(copy, { recursive: true });
  }, 60_000);

  it('is sent again what it lost when the sending was cut short, by the same owner or the next', async () => {
    const key = randomUUID();
    const held = gate();
    let calls = 0;
    const a = await stage.startA({
      drainMs: 300,
      messages: (real) => ({
        publish: async (events) => {
          if (calls++ >= 12) await held.pass();
          return real.publish(events);
        },
      }),
    });
    for (let time = 0; time < 8; time++) await door(a, key);
    await eventually('published', async () => (await stage.deposited(key)).length === 8);
    held.shut();
    for (const stream of ['ORDERS']) await stage.speaker.manager.streams.delete(stream);
    await provision();
    await eventually('half-way', () => held.waiting > 0);
    a.road.lanes()[0]!.halt('cut short');
    await eventually('half-way again', () => held.waiting > 1);
    await a.stop();
    await stage.startA();
    await eventually('all of them again', async () => unique(await stage.deposited(key)) === 8);
  }, 60_000);

  it('does not tell again what somebody deleted from a stream, nor takes it for lost', async () => {
    const key = randomUUID();
    const a = await stage.startA();
    await door(a, key);
    await eventually('published', () => a.road.lanes().every((lane) => lane.published === lane.committed));
    const { manager } = stage.speaker;
    const [said] = await stage.deposited(key);
    await manager.streams.deleteMessage('ORDERS', said!.seq);
    await door(a, key);
    await eventually('published', () => a.road.lanes().every((lane) => lane.published === lane.committed));
    await a.stop();
    const next = await stage.startA();
    await door(next, key);
    await eventually('published', () => next.road.lanes().every((lane) => lane.published === lane.committed));
    expect((await stage.deposited(key)).map(({ version }) => version)).toEqual([2, 3]);
    expect([...a.troubles, ...next.troubles]).toEqual([]);
  }, 40_000);

  it('takes no word of longer ago for lost: it may have gone for its age', async () => {
    const key = randomUUID();
    const first = await stage.startA();
    await door(first, key);
    await eventually('published', async () => (await stage.deposited(key)).length === 1);
    await first.stop();
    const lanes = stage.rows<{ _id: string; pub: { at: { ORDERS: { seq: number } } } }>('lanes');
    await lanes.updateOne({ _id: 'counter:0of1' }, { $inc: { 'pub.at.ORDERS.storedMs': -6.1 * 86_400_000 } });
    const others = Array.from({ length: 3 }, () => eventOf(Deposit, { key, amount: 1 }));
    await stage.speaker.publish(others.map((event) => ({ ...event, stream: 'ORDERS', type: 'orders.evt.other' })));
    const { lastSeq } = await stage.speaker.stream('ORDERS');
    await stage.speaker.manager.streams.purge('ORDERS', { seq: lastSeq });
    const second = await stage.startA();
    await door(second, key);
    await eventually('published', () => second.road.lanes().every((lane) => lane.published === lane.committed));
    expect((await stage.deposited(key)).map(({ version }) => version)).toEqual([2]);
    expect(second.troubles).toEqual([]);
  }, 30_000);

  it('leaves what is older than six days out when it is sent again: the inboxes do not know it any more', async () => {
    const key = randomUUID();
    const a = await stage.startA();
    for (let time = 0; time < 4; time++) await door(a, key);
    await eventually('published', async () => (await stage.deposited(key)).length === 4);
    await a.stop();
    const commits = stage.rows<{ _id: string; events: { key: string }[]; at: Date }>('commits');
    const [oldest] = await commits.find({ 'events.key': key }).sort({ n: 1 }).toArray();
    await commits.updateMany({ at: { $lte: oldest!.at } }, { $set: { at: new Date(Date.now() - 6.1 * 86_400_000) } });
    await stage.speaker.manager.streams.delete('ORDERS');
    await provision();
    const again = await stage.startA();
    await door(again, key);
    await eventually('the others again', async () => (await stage.deposited(key)).length === 4);
    expect((await stage.deposited(key)).map(({ version }) => version)).toEqual([2, 3, 4, 5]);
  }, 60_000);
});
