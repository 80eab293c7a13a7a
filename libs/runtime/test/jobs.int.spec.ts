import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { MongoClient } from 'mongodb';
import { MongoJobStore } from '../src/index.js';
import { jobStoreConformance } from './jobs-conformance.js';

describe('the job store in MongoDB', () => {
  const name = `jobs-${randomUUID().slice(0, 8)}`;
  let client: MongoClient;
  let store: MongoJobStore;
  beforeAll(async () => {
    const url = process.env['CROSSDOCK_TEST_MONGO_URL'];
    if (!url) throw new Error('CROSSDOCK_TEST_MONGO_URL is not set: npm test sets it');
    client = await new MongoClient(url).connect();
    store = await MongoJobStore.open(client.db(name));
  }, 30_000);
  afterAll(async () => {
    await client?.db(name).dropDatabase();
    await client?.close();
  });
  // Its clock is the server's own, so that is what has to pass.
  jobStoreConformance(
    () => store,
    (ms) => wait(ms),
  );

  it('leaves no chunks of an upload that broke off', async () => {
    const chunks = await client.db(name).collection('job_files.chunks').distinct('files_id');
    const files = await client.db(name).collection('job_files.files').distinct('_id');
    expect(chunks.map(String).sort()).toEqual(files.map(String).sort());
  });
});
