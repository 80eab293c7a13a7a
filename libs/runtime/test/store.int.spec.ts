import { MongoClient, type CommandStartedEvent } from 'mongodb';
import { port, storeConformance } from '@crossdock/testing';
import { connect, MongoStore, SAFE, type Connection, type LaneDocument } from '../src/index.js';
import { ownDatabase } from './test-servers.js';

const { anEvent, aPlan, fresh, newState, take, takenLane, partition } = port;

describe('the store in MongoDB', () => {
  const url = ownDatabase('store');
  const connections: Connection[] = [];
  const open = async (): Promise<MongoStore> => {
    const connection = await connect(url, 'store');
    connections.push(connection);
    return MongoStore.open(connection, ['thing']);
  };
  let store: MongoStore;
  let another: MongoStore;
  beforeAll(async () => {
    store = await open();
    another = await open();
  }, 30_000);
  afterAll(async () => {
    await connections[0]?.db.dropDatabase();
    for (const connection of connections) await connection.close();
  });

  for (const { name, run } of storeConformance(async () => ({ store, another }))) it(name, run, 20_000);

  it('ends the open transaction of an owner that died in it, so that its lane is taken at once', async () => {
    const decider = fresh('decider');
    await store.declareLanes(decider, 1, partition);
    const dead = new MongoClient(url, SAFE);
    const session = dead.startSession();
    const lanes = connections[0]!.db.collection<{ _id: string }>('lanes');
    const lsid = session.id?.['id'];
    await lanes.updateOne({ _id: `${decider}:0of1` }, { $set: { owner: 'dead', clean: false, lsid } });
    session.startTransaction();
    const inside = dead.db().collection<{ _id: string }>('lanes');
    await inside.updateOne({ _id: `${decider}:0of1` }, { $set: { n: 1 } }, { session });
    const began = Date.now();
    const lane = await take(store, `${decider}:0of1`, 'heir');
    await store.commit(aPlan(lane));
    expect(Date.now() - began).toBeLessThan(5_000);
    await expect(session.commitTransaction()).rejects.toThrow();
    await dead.close();
  }, 90_000);

  it('does the same before it multiplies lanes', async () => {
    const lane = await takenLane(store);
    const dead = new MongoClient(url, SAFE);
    const session = dead.startSession();
    const lanes = connections[0]!.db.collection<{ _id: string }>('lanes');
    await lanes.updateOne({ _id: lane._id }, { $set: { owner: 'dead', lsid: session.id?.['id'] } });
    session.startTransaction();
    await dead
      .db()
      .collection<{ _id: string }>('lanes')
      .updateOne({ _id: lane._id }, { $set: { n: 1 } }, { session });
    const began = Date.now();
    await store.declareLanes(lane.decider, 2, partition);
    expect(Date.now() - began).toBeLessThan(5_000);
    await dead.close();
  }, 90_000);

  it('keeps the events of a commit in parts of at most a megabyte, in the same transaction', async () => {
    const lane = await takenLane(store);
    const events = Array.from({ length: 7 }, () => anEvent({ body: 'x'.repeat(400_000) }));
    const { db } = connections[0]!;
    const count = (name: string) => db.collection(name).countDocuments({ lane: lane._id });
    await expect(store.commit(aPlan(lane, { events, epoch: lane.epoch + 1 }))).rejects.toThrow();
    expect([await count('commits'), await count('commit_parts')]).toEqual([0, 0]);
    await store.commit(aPlan(lane, { events }));
    expect([await count('commits'), await count('commit_parts')]).toEqual([1, 3]);
    await store.forget(lane._id, 1, '9999');
    expect([await count('commits'), await count('commit_parts')]).toEqual([0, 0]);
  });

  it('has one unique index over all causes: the inbox', async () => {
    const indexes = await connections[0]!.db.collection('commits').indexes();
    expect(indexes.find(({ name }) => name === 'inbox')).toMatchObject({ key: { causes: 1 }, unique: true });
    expect((await connections[0]!.db.collection('due').indexes()).some((index) => 'expireAfterSeconds' in index)).toBe(
      false,
    );
  });

  describe('as the server sees it', () => {
    let client: MongoClient;
    let watched: MongoStore;
    let lane: LaneDocument;
    const commands: CommandStartedEvent[] = [];
    const named = (name: string): CommandStartedEvent['command'][] =>
      commands.filter(({ commandName }) => commandName === name).map(({ command }) => command);
    beforeAll(async () => {
      client = new MongoClient(url, { ...SAFE, monitorCommands: true });
      client.on('commandStarted', (event) => commands.push(event));
      const connection = { client, db: client.db(), up: () => true, close: () => client.close() };
      watched = await MongoStore.open(connection, ['thing']);
      lane = await takenLane(watched);
      commands.length = 0;
      const plan = aPlan(lane, { events: [anEvent()], states: [newState(fresh('acme|thing'), {}, 'x')] });
      await watched.commit(plan);
      await watched.handled(plan.causes);
      await watched.load('thing', ['acme|a', 'acme|b', 'acme|c']);
      await watched.commits(lane._id, 1, 1);
      await watched.renew('watched', 1_000);
    }, 30_000);
    afterAll(() => client?.close());

    it('commits in one transaction, the fence first, with majority and journal', () => {
      const inside = commands.filter(({ command }) => command['autocommit'] === false);
      expect(inside.map(({ commandName }) => commandName)).toEqual(['update', 'insert', 'insert', 'commitTransaction']);
      expect(inside.map(({ command }) => command['update'] ?? command['insert'])).toEqual([
        'lanes',
        'commits',
        'state_thing',
        undefined,
      ]);
      expect(new Set(inside.map(({ command }) => String(command['txnNumber']))).size).toBe(1);
      const [end] = named('commitTransaction');
      expect(end?.['writeConcern']).toMatchObject({ w: 'majority', j: true });
    });
    it('renews a lease by majority, so that a failover takes none back', () => {
      const [renewal] = named('update').filter((command) => command['update'] === 'replicas');
      expect(renewal?.['writeConcern']).toMatchObject({ w: 'majority' });
    });
    it('commits under the session that its lane names, for a successor to end', async () => {
      const row = await client
        .db()
        .collection<{ _id: string; lsid: { buffer: Uint8Array } }>('lanes')
        .findOne({ _id: lane._id });
      const [end] = named('commitTransaction');
      expect(Buffer.from(end?.['lsid'].id.buffer).toString('hex')).toBe(Buffer.from(row!.lsid.buffer).toString('hex'));
    });
    it('reads inbox, states and outbox by majority, and all states of a kind in one query', () => {
      const reads = named('find').filter((command) => command['find'] !== 'lanes');
      expect(reads.map((command) => command['find'])).toEqual(['commits', 'state_thing', 'commits', 'commit_parts']);
      for (const read of reads) expect(read['readConcern']).toMatchObject({ level: 'majority' });
    });
  });
});
