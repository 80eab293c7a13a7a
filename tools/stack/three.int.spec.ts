/** Three servers of a kind, as in production: what was acknowledged outlives the one that led. */
import { jest } from '@jest/globals';
import jetstream from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { MongoClient } from 'mongodb';
import { testDir } from './forTests.ts';
import { isAlive } from './process.ts';
import { startStack, type Stack } from './stack.ts';
import { until } from './until.ts';

jest.setTimeout(90_000);
const DEADLINE_MS = 40_000;

describe('three servers of a kind', () => {
  let stack: Stack;
  const routes: string[] = [];
  beforeAll(async () => {
    stack = await startStack({
      dir: await testDir('three'),
      keepData: false,
      services: ['order-orchestration'],
      mongoCacheGb: 0.25,
      members: { nats: 3, mongo: 3 },
      natsRoute: (from, to, port) => {
        routes.push(`${from}-${to}`);
        return Promise.resolve(port);
      },
    });
  });
  afterAll(() => stack?.stop());

  it('keep every acknowledged message when the leader of its stream is killed', async () => {
    const connection: NatsConnection = await connect({
      servers: stack.nats.url.split(','),
      maxReconnectAttempts: -1,
      reconnectTimeWait: 100,
    });
    const manager = await jetstream.jetstreamManager(connection);
    await manager.streams.add({ name: 'KEPT', subjects: ['kept'], num_replicas: 3 });
    const client = jetstream.jetstream(connection);
    for (let at = 0; at < 20; at++) await client.publish('kept', String(at));
    const leader = (await manager.streams.info('KEPT')).cluster?.leader;
    const killed = stack.nats.members.find(({ serverName }) => serverName === leader);
    await killed?.kill9();
    await until({
      what: 'another leader that takes messages',
      deadlineMs: DEADLINE_MS,
      check: () => client.publish('kept', 'after', { timeout: 1_000 }),
    });
    const { cluster, state } = await manager.streams.info('KEPT');
    expect(cluster?.leader).not.toBe(leader);
    expect(state.messages).toBeGreaterThanOrEqual(21);
    await killed?.restart();
    await connection.close();
    expect(routes.toSorted()).toEqual(['1-2', '1-3', '2-1', '2-3', '3-1', '3-2']);
  });

  it('keep what a majority has written when the primary is killed, and take it back', async () => {
    const client = new MongoClient(stack.mongo.url('order-orchestration'), { serverSelectionTimeoutMS: 20_000 });
    const orders = client.db().collection<{ _id: string }>('orders', { writeConcern: { w: 'majority', j: true } });
    await orders.insertOne({ _id: 'before' });
    const { primary } = await client.db().command({ hello: 1 });
    const hosts = (stack.mongo.adminUrl.split('@')[1]?.split('/')[0] ?? '').split(',');
    const led = stack.mongo.members[hosts.indexOf(primary as string)];
    expect(led).toBeDefined();
    await led?.kill9();
    await until({
      what: 'another primary',
      deadlineMs: DEADLINE_MS,
      check: () => orders.updateOne({ _id: 'after' }, { $set: { at: 1 } }, { upsert: true }),
    });
    expect((await orders.find().sort({ _id: 1 }).toArray()).map(({ _id }) => _id)).toEqual(['after', 'before']);
    await led?.restart();
    await client.close();
  });

  it('are all ended with their stack', async () => {
    const running = stack.pids();
    expect(running.map(({ name }) => name).toSorted()).toEqual(
      ['mongod', 'mongod-2', 'mongod-3', 'nats-server', 'nats-server-2', 'nats-server-3'].toSorted(),
    );
    await stack.stop();
    expect(running.filter(({ pid }) => isAlive(pid))).toEqual([]);
  });
});
