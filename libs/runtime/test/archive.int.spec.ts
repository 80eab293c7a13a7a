import { randomUUID } from 'node:crypto';
import { MongoClient } from 'mongodb';
import { archiveDays, MongoArchive } from '../src/index.js';
import { archiveConformance } from './archive-conformance.js';

describe('the archive in MongoDB', () => {
  const name = `archive-${randomUUID().slice(0, 8)}`;
  let client: MongoClient;
  let archive: MongoArchive;
  beforeAll(async () => {
    const url = process.env['CROSSDOCK_TEST_MONGO_URL'];
    if (!url) throw new Error('CROSSDOCK_TEST_MONGO_URL is not set: npm test sets it');
    client = await new MongoClient(url).connect();
    archive = await MongoArchive.open(client.db(name), archiveDays({ webhook: 2, file: 5 }));
  }, 30_000);
  afterAll(async () => {
    await client?.db(name).dropDatabase();
    await client?.close();
  });
  archiveConformance(() => archive);

  it('leaves no chunks of what broke off or was there already', async () => {
    const chunks = await client.db(name).collection('archive_files.chunks').distinct('files_id');
    const used = await client.db(name).collection('archive').distinct('file');
    expect(chunks.map(String).sort()).toEqual(used.map(String).sort());
    expect(await client.db(name).collection('archive_uploads').countDocuments()).toBe(0);
  });
});
