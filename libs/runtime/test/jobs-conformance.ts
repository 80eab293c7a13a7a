/** What every job store must do, whether it lies in memory or in MongoDB. */
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { createHash, randomUUID } from 'node:crypto';
import { TooManyBytes, type JobStore, type StoredJob } from '../src/index.js';

export const aJob = (more: Partial<StoredJob> = {}): StoredJob => ({
  id: randomUUID(),
  base: randomUUID(),
  number: 0,
  file: '',
  tries: 0,
  tenant: 'acme',
  job: 'note-file',
  status: 'waiting',
  createdAt: '2026-03-02T09:00:00.000Z',
  about: { layout: 'lines' },
  progress: {},
  caller: { tenant: 'acme', actor: { kind: 'user', id: 'ann' }, scopes: [], correlationId: 'c' },
  ...more,
});

/** `pass` lets the store's clock go on. */
export const jobStoreConformance = (open: () => JobStore, pass: (ms: number) => Promise<void>): void => {
  const stored = async (more: Partial<StoredJob> = {}): Promise<StoredJob> => {
    const store = open();
    const { file } = await store.put(Readable.from(['bytes']), 100);
    const job = aJob({ file, ...more });
    await store.create(job);
    return job;
  };
  /** ends whatever is there, so that the next test's job is the oldest */
  const clear = async (): Promise<void> => {
    for (;;) {
      const job = await open().claim('clearing', 60_000);
      if (!job) return;
      await open().end(job.id, 'clearing', { status: 'done', progress: {} }, job.createdAt);
    }
  };
  afterEach(clear);

  it('gives bytes back as they came, with their hash, until they are dropped', async () => {
    const put = await open().put(Readable.from([Buffer.from('one '), Buffer.from('two')]), 100);
    expect(put).toMatchObject({
      bytes: 7,
      hash: createHash('sha256').update('one two').digest('hex'),
    });
    expect(await text(open().open(put.file))).toBe('one two');
    await open().drop(put.file);
  });
  it('keeps nothing of bytes that are too many or break off', async () => {
    const tooMany = Readable.from([Buffer.alloc(60), Buffer.alloc(60), Buffer.alloc(60)]);
    await expect(open().put(tooMany, 100)).rejects.toThrow(TooManyBytes);
    // Whoever sends them is still to be answered.
    expect(tooMany.destroyed).toBe(false);
    const broken = new Readable({
      read() {
        this.destroy(new Error('broke off'));
      },
    });
    await expect(open().put(broken, 100)).rejects.toThrow('broke off');
  });
  it('creates a job once, and finds the latest of an upload', async () => {
    const job = await stored();
    expect(await open().create(job)).toBe(false);
    const next = await stored({ base: job.base, number: 1 });
    expect((await open().latest(job.base))?.id).toBe(next.id);
    expect(await open().get(job.id)).toMatchObject({ id: job.id, status: 'waiting', about: { layout: 'lines' } });
    expect(await open().get('another')).toBeUndefined();
  });
  it('lets one at a time work a job off', async () => {
    const job = await stored();
    expect(await open().claim('a', 60_000)).toMatchObject({ id: job.id, status: 'running', tries: 1 });
    expect(await open().claim('b', 60_000)).toBeUndefined();
    expect(await open().progress(job.id, 'b', { read: 9 })).toBe(false);
    expect(await open().end(job.id, 'b', { status: 'done', progress: {} }, job.createdAt)).toBe(false);
    expect(await open().progress(job.id, 'a', { read: 1 })).toBe(true);
    expect((await open().get(job.id))?.progress).toEqual({ read: 1 });
    expect(await open().end(job.id, 'a', { status: 'done', progress: { read: 2 } }, job.createdAt)).toBe(true);
    expect(await open().get(job.id)).toMatchObject({ status: 'done', progress: { read: 2 }, endedAt: job.createdAt });
  });
  it('gives the job of a dead owner to another, and the dead one nothing more', async () => {
    const job = await stored();
    await open().claim('a', 50);
    await pass(60);
    expect(await open().claim('b', 60_000)).toMatchObject({ id: job.id, tries: 2 });
    expect(await open().renew(job.id, 'a', 60_000)).toBe(false);
    expect(await open().renew(job.id, 'b', 60_000)).toBe(true);
  });
  it('brings a job back that was given back, after its wait', async () => {
    const job = await stored();
    await open().claim('a', 60_000);
    await open().release(job.id, 'a', 50);
    expect(await open().claim('b', 60_000)).toBeUndefined();
    await pass(60);
    expect((await open().claim('b', 60_000))?.id).toBe(job.id);
  });
  it('takes the oldest first', async () => {
    const younger = await stored({ createdAt: '2026-03-02T10:00:00.000Z' });
    const older = await stored({ createdAt: '2026-03-02T08:00:00.000Z' });
    expect((await open().claim('a', 60_000))?.id).toBe(older.id);
    expect((await open().claim('a', 60_000))?.id).toBe(younger.id);
  });
};
