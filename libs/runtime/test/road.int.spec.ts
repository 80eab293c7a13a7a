import { randomUUID } from 'node:crypto';
import { eventually, ownServers, type Stack } from '@crossdock/testing';
import { Deposit, DoorDeposit, serviceA, serviceB, type Tally } from './chain.ts';
import { doorInput, eventOf, provisionAll, startReplica, type RunningReplica } from './replica-of.ts';

describe('the road on real servers', () => {
  let servers: Stack;
  let a: RunningReplica;
  let b: RunningReplica;

  beforeAll(async () => {
    servers = await ownServers('road', ['test-a', 'test-b']);
    await provisionAll(servers.nats.url, [serviceA, serviceB]);
    a = await startReplica(serviceA, { natsUrl: servers.nats.url, mongoUrl: servers.mongo.url('test-a') });
    b = await startReplica(serviceB, { natsUrl: servers.nats.url, mongoUrl: servers.mongo.url('test-b') });
  }, 60_000);
  afterAll(async () => {
    await a?.stop();
    await b?.stop();
    await servers?.stop();
  }, 30_000);

  const tallyOf = async (replica: RunningReplica, key: string): Promise<Tally | undefined> =>
    (await replica.connection.db.collection<{ _id: string; s: Tally }>('state_tally').findOne({ _id: `acme|${key}` }))
      ?.s;

  it('takes a message from a stream through two services and back, once, whatever is sent again', async () => {
    const key = randomUUID();
    const events = [1, 2, 3].map((amount) => eventOf(Deposit, { key, amount }));
    await a.broker.publish(events);
    await a.broker.publish(events.map((event) => ({ ...event, id: event.id })));
    const state = await eventually('three notes', async () => {
      const found = await tallyOf(a, key);
      return found?.noted === 3 && found;
    });
    expect(state).toEqual({ count: 3, sum: 6, noted: 3, open: false });
    expect(await tallyOf(b, key)).toMatchObject({ count: 3, sum: 6 });
  }, 30_000);

  it('answers the door after the commit, and the same input again with the first answer', async () => {
    const key = randomUUID();
    const input = doorInput(DoorDeposit, { key, amount: 5 });
    expect(await a.road.submit({ input })).toEqual({ kind: 'accept', answer: { count: 1 } });
    expect(await a.road.submit({ input })).toEqual({ kind: 'accept', answer: { count: 1 } });
    expect(await tallyOf(a, key)).toMatchObject({ count: 1, sum: 5 });
  }, 30_000);

  it('answers fifty copies that arrive at once alike, and counts one', async () => {
    const key = randomUUID();
    const input = doorInput(DoorDeposit, { key, amount: 5 });
    const answers = await Promise.all(Array.from({ length: 50 }, () => a.road.submit({ input })));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(await tallyOf(a, key)).toMatchObject({ count: 1, sum: 5 });
  }, 30_000);

  it('refuses the same key with another body', async () => {
    const input = doorInput(DoorDeposit, { key: randomUUID(), amount: 5 });
    await a.road.submit({ input, bodyHash: 'one' });
    expect(await a.road.submit({ input, bodyHash: 'two' })).toMatchObject({ kind: 'reject', reason: 'key-reused' });
  }, 30_000);

  it('parks a message that came too early and those behind it, and runs them in order when what they wait for comes', async () => {
    const key = randomUUID();
    await a.broker.publish([
      eventOf(Deposit, { key, amount: 1, kind: 'waits' }),
      eventOf(Deposit, { key, amount: 10 }),
    ]);
    await eventually(
      'two parked',
      async () => (await a.connection.db.collection('due').countDocuments({ kind: 'parked' })) === 2,
    );
    expect(await tallyOf(a, key)).toBeUndefined();
    await a.road.submit({ input: doorInput(DoorDeposit, { key, amount: 100, kind: 'opens' }) });
    const state = await eventually('all three', async () => {
      const found = await tallyOf(a, key);
      return found?.count === 3 && found;
    });
    expect(state.sum).toBe(111);
    expect(await a.connection.db.collection('due').countDocuments()).toBe(0);
  }, 30_000);

  it('puts what it cannot decide into quarantine with its bytes, tells of it without them, and goes on', async () => {
    const key = randomUUID();
    const bad = ['throws', 'refused', 'foreign'].map((kind) => eventOf(Deposit, { key, amount: 1, kind }));
    const broken = { ...eventOf(Deposit, { key, amount: 1 }), body: '{"key": 7' };
    const alien = { ...eventOf(Deposit, { key, amount: 1 }), body: JSON.stringify({ key, amount: 'much' }) };
    const good = eventOf(Deposit, { key, amount: 7 });
    await a.broker.publish([...bad, broken, alien, good]);
    await eventually('the good one', async () => (await tallyOf(a, key))?.sum === 7);
    const rows = await a.connection.db
      .collection<{ messageId: string; reason: string; bytes: { buffer: Uint8Array } }>('quarantine')
      .find()
      .toArray();
    const reasonOf = (id: string): string | undefined => rows.find(({ messageId }) => messageId === id)?.reason;
    expect(bad.map(({ id }) => reasonOf(id))).toEqual(['decision-failed', 'quantity-not-positive', 'lane-foreign']);
    expect(reasonOf(broken.id)).toBe('undecodable');
    expect(reasonOf(alien.id)).toBe('schema-violation');
    expect(Buffer.from(rows.find(({ messageId }) => messageId === broken.id)?.bytes.buffer ?? []).toString()).toBe(
      broken.body,
    );
    await eventually('dead letters', async () => (await a.broker.stream('DEAD_LETTERS')).lastSeq >= 5);
  }, 30_000);

  it('publishes every commit again when the broker lost its store, and nothing acts twice', async () => {
    const key = randomUUID();
    await a.broker.publish([eventOf(Deposit, { key, amount: 1 })]);
    await eventually('noted', async () => (await tallyOf(a, key))?.noted === 1);
    await servers.nats.kill9();
    await servers.nats.wipeStore();
    await servers.nats.restart();
    await provisionAll(servers.nats.url, [serviceA, serviceB]);
    const stream = await eventually('published again', async () => {
      const found = await a.broker.stream('ORDERS').catch(() => undefined);
      return found && found.lastSeq > 0 && found;
    });
    expect(stream.lastSeq).toBeGreaterThan(0);
    const input = doorInput(DoorDeposit, { key, amount: 1 });
    await a.road.submit({ input });
    await eventually('noted again', async () => (await tallyOf(a, key))?.noted === 2, 30_000);
    expect(await tallyOf(b, key)).toMatchObject({ count: 2, sum: 2 });
  }, 60_000);
});
