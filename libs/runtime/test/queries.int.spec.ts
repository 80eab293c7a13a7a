/** Queries of states: what the process remembers is not read again, and many that ask at once are one read. */
import { MongoClient, type CommandStartedEvent, type Db } from 'mongodb';
import { MongoQueries, SAFE, type StateDocument } from '../src/index.js';
import { ownDatabase } from './test-servers.js';

describe('queries in MongoDB', () => {
  let client: MongoClient;
  let db: Db;
  const finds: string[][] = [];
  beforeAll(async () => {
    client = new MongoClient(ownDatabase('queries'), { ...SAFE, monitorCommands: true });
    db = client.db();
    const rows = ['a', 'b', 'c'].map((name) => row('acme', name, `stored ${name}`));
    await db.collection<{ _id: string }>('state_thing').insertMany([...rows, row('other', 'a', 'theirs')]);
    client.on('commandStarted', ({ commandName, command }: CommandStartedEvent) => {
      if (commandName === 'find') finds.push((command['filter'] as { _id: { $in: string[] } })._id.$in);
    });
  }, 30_000);
  beforeEach(() => void finds.splice(0));
  afterAll(async () => {
    await db?.dropDatabase();
    await client?.close();
  });

  const row = (tenant: string, id: string, s: string) => ({
    _id: `${tenant}|${id}`,
    v: 1,
    e: 0,
    by: 'x:1',
    k: [],
    t: new Date(),
    s,
  });
  const known: StateDocument = { kind: 'thing', id: 'acme|b', v: 7, e: 0, by: 'x:7', t: '', s: 'remembered b' };
  const queries = () => new MongoQueries(db, (kind, id) => (kind === 'thing' && id === known.id ? known : undefined));
  const byId = (found: readonly { readonly id: string; readonly version: number; readonly state: unknown }[]) =>
    Object.fromEntries(found.map(({ id, version, state }) => [id, [version, state]]));

  it('answers what is remembered from memory, the rest from the database, each once', async () => {
    const found = await queries().many('acme', 'thing', ['a', 'b', 'a', 'nobody', 'b']);
    expect(found).toHaveLength(2);
    expect(byId(found)).toEqual({ a: [1, 'stored a'], b: [7, 'remembered b'] });
    expect(finds).toEqual([['acme|a', 'acme|nobody']]);
    expect(await queries().get('acme', 'thing', 'b')).toEqual({ id: 'b', version: 7, state: 'remembered b' });
    expect(finds).toHaveLength(1);
  });

  it('keeps tenants apart', async () => {
    expect(byId(await queries().many('other', 'thing', ['a', 'b']))).toEqual({ a: [1, 'theirs'] });
  });

  it('reads once for all that ask while a read is under way', async () => {
    const one = queries();
    const all = await Promise.all(['a', 'c', 'a', 'c', 'nobody'].map((id) => one.get('acme', 'thing', id)));
    expect(all.map((found) => found?.state)).toEqual(['stored a', 'stored c', 'stored a', 'stored c', undefined]);
    expect(finds).toEqual([['acme|a'], ['acme|c', 'acme|a', 'acme|nobody']]);
  });

  it('adds up states of one moment while others write them', async () => {
    const states = db.collection<{ _id: string; v: number; s: { amount: number } }>('state_sum');
    const ids = Array.from({ length: 400 }, (_, index) => `acme|${index}`);
    await states.insertMany(ids.map((id) => ({ ...row('', id, ''), _id: id, k: ['acme|all'], s: { amount: 1 } })));
    let isOver = false;
    const writing = ids.slice(0, 8).map(async (_, writer) => {
      const own = ids.filter((_id, index) => index % 8 === writer);
      while (!isOver) await states.updateMany({ _id: { $in: own } }, { $inc: { v: 1 } });
    });
    const asking = writing.map(async () => {
      for (let count = 0; count < 25; count++)
        expect(await queries().totals('acme', 'sum', 'all', null, { amount: 'amount' })).toEqual([
          { group: null, count: 400, sums: { amount: 400 } },
        ]);
    });
    const asked = await Promise.allSettled(asking);
    isOver = true;
    await Promise.all(writing);
    expect(asked.flatMap((one) => (one.status === 'rejected' ? [String(one.reason)] : []))).toEqual([]);
  }, 30_000);
});
