import { MongoClient, type Db, type Document } from 'mongodb';
import { MONGO_VARIABLE } from '../stack/forTests.ts';
import { Copies } from './stored-copies.ts';

const SERVICE = `bench-copies-${process.pid}`;
type Row = Document & { readonly _id: string };

const STATES: Row[] = [
  { _id: 'acme|order-1', v: 3, k: ['acme|status:open', 'acme|account:B1'], s: { total: 7 } },
  { _id: 'acme|order-2', v: 1, k: [], s: { total: 9 } },
];
const COMMITS: Row[] = [{ _id: 'orders/0:1', lane: 'orders/0', n: 1, causes: ['orders|a', 'orders|b'], events: [] }];
const PARTS: Row[] = [{ _id: 'orders/0:1:1', lane: 'orders/0', n: 1, part: 1, events: [{ id: 'e' }] }];
const LANES: Row[] = [{ _id: 'orders/0', owner: 'me' }];

describe('books made larger', () => {
  let client: MongoClient;
  let db: Db;
  let copies: Copies;
  const rows = (name: string) => db.collection<Row>(name).find().sort({ _id: 1 }).toArray();

  beforeAll(async () => {
    const url = process.env[MONGO_VARIABLE] ?? '';
    client = await new MongoClient(url).connect();
    db = client.db(SERVICE);
    await db.collection('commits').createIndex({ causes: 1 }, { unique: true, name: 'inbox' });
    for (const [name, given] of [
      ['state_order', STATES],
      ['commits', COMMITS],
      ['commit_parts', PARTS],
      ['lanes', LANES],
    ] as const)
      await db.collection<Row>(name).insertMany(given);
    copies = new Copies(url, [SERVICE]);
  });
  afterAll(async () => {
    await db.dropDatabase();
    await copies.close();
    await client.close();
  });

  it('hold every state and commit so many times, under keys that nobody asks for, and nothing else', async () => {
    expect(await copies.make(4)).toMatchObject({ documents: 3 * (2 + 1 + 1) });
    const states = await rows('state_order');
    expect(states).toHaveLength(8);
    const ours = states.filter(({ _id }) => _id.startsWith('acme|'));
    expect(ours).toEqual(STATES);
    for (const { _id, k } of states.filter((row) => !ours.includes(row))) {
      expect(_id).toMatch(/^~copy[123]~acme\|order-[12]$/);
      for (const key of k as string[]) expect(key).toMatch(/^~copy[123]~acme\|/);
    }
    const commits = await rows('commits');
    expect(new Set(commits.flatMap(({ causes }) => causes as string[])).size).toBe(8);
    expect(commits.filter(({ lane }) => lane === 'orders/0')).toEqual(COMMITS);
    expect(await rows('commit_parts')).toHaveLength(4);
    expect(await rows('lanes')).toEqual(LANES);
  });

  it('are as they were when the copies are taken out, what was written meanwhile included, with their indexes', async () => {
    const later: Row = { _id: 'acme|order-3', v: 1, k: [], s: {} };
    await db.collection<Row>('state_order').insertOne(later);
    await copies.remove();
    expect(await rows('state_order')).toEqual([...STATES, later]);
    expect(await rows('commits')).toEqual(COMMITS);
    expect(await rows('commit_parts')).toEqual(PARTS);
    expect(
      (await db.collection('commits').indexes()).map(({ name, unique }) => [name, unique ?? false]),
    ).toContainEqual(['inbox', true]);
  });
});
