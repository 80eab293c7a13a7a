/** The dev stack under the treatment that the drills give it. Its servers are its own, not those of the test run. */
import { rm } from 'node:fs/promises';
import { jest } from '@jest/globals';
import jetstream from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { MongoClient, type Document } from 'mongodb';
import { readRecord } from './claim.ts';
import { filesOf, readJson, writeWhole } from './files.ts';
import { testDir } from './forTests.ts';
import { isAlive } from './process.ts';
import { startStack, type Stack } from './stack.ts';

const SERVICES = ['order-orchestration', 'finance-posting'];
jest.setTimeout(60_000);

let dir: string;
let stack: Stack;
const start = () => startStack({ dir, keepData: true, services: SERVICES, mongoCacheGb: 0.25 });

async function withDatabase<T>(url: string, act: (client: MongoClient) => Promise<T>): Promise<T> {
  const client = new MongoClient(url, { serverSelectionTimeoutMS: 5000 });
  try {
    return await act(client);
  } finally {
    await client.close();
  }
}

async function withJetStream<T>(act: (manager: jetstream.JetStreamManager) => Promise<T>): Promise<T> {
  const connection = await connect({ servers: stack.nats.url });
  try {
    return await act(await jetstream.jetstreamManager(connection));
  } finally {
    await connection.close();
  }
}

const ordersUrl = () => stack.mongo.url('order-orchestration');
const streamNames = () => withJetStream((manager) => manager.streams.names().next());

async function writeOrder(id: string): Promise<void> {
  await withDatabase(ordersUrl(), async (client) => {
    const orders = client.db().collection<{ _id: string }>('orders');
    await client.withSession((session) =>
      session.withTransaction(() => orders.insertOne({ _id: id }, { session }), {
        writeConcern: { w: 'majority', j: true },
      }),
    );
  });
}

const orderIds = () =>
  withDatabase(ordersUrl(), async (client) => {
    const orders = await client.db().collection<{ _id: string }>('orders').find().sort({ _id: 1 }).toArray();
    return orders.map(({ _id }) => _id);
  });

beforeAll(async () => {
  dir = await testDir('stack');
  stack = await start();
});
afterAll(async () => {
  await stack.stop();
  await rm(dir, { recursive: true, force: true });
});

describe('the dev stack', () => {
  it('keeps what was committed and stored when both servers are killed, on the same ports', async () => {
    await writeOrder('before-kill');
    await withJetStream((manager) => manager.streams.add({ name: 'ORDERS', subjects: ['orders.>'] }));
    const before = [stack.nats.url, ordersUrl()];
    const killed = stack.pids();
    await stack.nats.kill9();
    await stack.mongo.kill9();
    expect(stack.pids()).toEqual([]);
    expect(killed.filter(({ pid }) => isAlive(pid))).toEqual([]);

    await stack.nats.restart();
    await stack.mongo.restart();
    expect([stack.nats.url, ordersUrl()]).toEqual(before);
    expect(await orderIds()).toContain('before-kill');
    expect(await streamNames()).toEqual(['ORDERS']);
  });

  it('gives an empty broker after its store was wiped', async () => {
    await withJetStream((manager) => manager.streams.add({ name: 'WIPED', subjects: ['wiped.>'] }));
    await stack.nats.wipeStore();
    await stack.nats.restart();
    expect(await streamNames()).toEqual([]);
  });

  it('lets no service read, write or list the database of another', async () => {
    await withDatabase(ordersUrl(), async (client) => {
      const foreign = client.db('finance-posting');
      const denied = { codeName: 'Unauthorized' };
      await expect(foreign.collection('journals').findOne()).rejects.toMatchObject(denied);
      await expect(foreign.collection<Document>('journals').insertOne({})).rejects.toMatchObject(denied);
      await expect(foreign.listCollections().toArray()).rejects.toMatchObject(denied);
      await expect(client.db('admin').command({ usersInfo: 1 })).rejects.toMatchObject(denied);
    });
  });

  it("lets a service end the open transaction of its own dead owner's session at once", async () => {
    await writeOrder('contended');
    const owner = new MongoClient(ordersUrl());
    const session = owner.startSession();
    session.startTransaction();
    await owner
      .db()
      .collection<{ _id: string; by?: string }>('orders')
      .updateOne({ _id: 'contended' }, { $set: { by: 'a' } }, { session });
    await withDatabase(ordersUrl(), async (heir) => {
      const orders = heir.db().collection<{ _id: string; by?: string }>('orders');
      await heir.db().command({ killSessions: [{ id: session.id?.['id'] }] });
      await orders.updateOne({ _id: 'contended' }, { $set: { by: 'heir' } }, { maxTimeMS: 2000 });
    });
    await expect(session.commitTransaction()).rejects.toThrow();
    await owner.close();
  });

  it('is borrowed by a second command of the clone while its holder lives', async () => {
    const record = readRecord(dir);
    // Process 1 stands for another command: it lives as long as this machine.
    writeWhole(filesOf(dir).stack, JSON.stringify({ ...record, holder: 1 }));
    const second = await start();
    expect(second.borrowedFrom).toBe(1);
    expect(second.pids()).toEqual(stack.pids());
    await second.stop();
    expect(await orderIds()).toContain('before-kill');
    writeWhole(filesOf(dir).stack, JSON.stringify(record));
  });

  it('starts anew over what a killed holder left, also when its port was taken meanwhile', async () => {
    const orphans = stack.pids();
    const record = readRecord(dir);
    writeWhole(filesOf(dir).stack, JSON.stringify({ ...record, holder: 2 ** 22 + 1 }));
    const ports = readJson<Record<string, number>>(filesOf(dir).ports) ?? {};
    writeWhole(filesOf(dir).ports, JSON.stringify({ ...ports, mongo: undefined }));
    stack = await start();
    expect(stack.borrowedFrom).toBeUndefined();
    expect(orphans.filter(({ pid }) => isAlive(pid))).toEqual([]);
    expect(await orderIds()).toContain('before-kill');
  });
});
