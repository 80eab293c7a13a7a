/** Jobs in MongoDB: records in `jobs`, bytes in a GridFS bucket, leases by the server's clock. */
import { createHash } from 'node:crypto';
import { Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { GridFSBucket, ObjectId, type Collection, type Db, type Document } from 'mongodb';
import { TooManyBytes, type Ending, type JobStore, type StoredBytes, type StoredJob } from './job-store.js';

type JobRow = Omit<StoredJob, 'id'> & { readonly _id: string; readonly owner: string | null; readonly until: Date };
/** Uploads that never became a job (the process was killed) are swept after this. */
const ORPHAN_MS = 24 * 3_600_000;
const plusMs = (ms: number): Document => ({ $dateAdd: { startDate: '$$NOW', unit: 'millisecond', amount: ms } });
const DUPLICATE = 11_000;

const jobOf = ({ _id, owner: _owner, until: _until, ...job }: JobRow): StoredJob => ({ id: _id, ...job });

export class MongoJobStore implements JobStore {
  private readonly jobs: Collection<JobRow>;
  private readonly uploads: Collection<{ _id: ObjectId; at: Date }>;
  private readonly files: GridFSBucket;

  private constructor(db: Db) {
    this.jobs = db.collection<JobRow>('jobs');
    this.uploads = db.collection<{ _id: ObjectId; at: Date }>('job_uploads');
    this.files = new GridFSBucket(db, { bucketName: 'job_files' });
  }

  static async open(db: Db): Promise<MongoJobStore> {
    const store = new MongoJobStore(db);
    await store.jobs.createIndex({ base: 1, number: -1 }, { name: 'upload' });
    await store.jobs.createIndex({ status: 1, until: 1, createdAt: 1 }, { name: 'claim' });
    await store.sweep();
    return store;
  }

  async put(bytes: Readable, limitBytes: number): Promise<StoredBytes> {
    const id = new ObjectId();
    await this.uploads.insertOne({ _id: id, at: new Date() });
    const hash = createHash('sha256');
    let count = 0;
    const gauge = new Transform({
      transform: (chunk: Buffer, _encoding, done) => {
        count += chunk.length;
        hash.update(chunk);
        done(count > limitBytes ? new TooManyBytes(`more than ${limitBytes} bytes`) : null, chunk);
      },
    });
    const into = this.files.openUploadStreamWithId(id, id.toHexString());
    try {
      // The sender's stream stays whole: destroyed with the others, it would take the connection and the answer with it.
      await pipeline(bytes.iterator({ destroyOnReturn: false }), gauge, into);
    } catch (error) {
      await into.abort().catch(() => undefined);
      await this.drop(id.toHexString());
      throw error;
    }
    return { file: id.toHexString(), hash: hash.digest('hex'), bytes: count };
  }

  open(file: string): Readable {
    return this.files.openDownloadStream(new ObjectId(file));
  }

  async drop(file: string): Promise<void> {
    const id = new ObjectId(file);
    // Without its last chunk a file has no entry, and `delete` says so after it removed the chunks.
    await this.files.delete(id).catch(() => undefined);
    await this.uploads.deleteOne({ _id: id });
  }

  async create({ id, ...job }: StoredJob): Promise<boolean> {
    try {
      await this.jobs.insertOne({ _id: id, ...job, owner: null, until: new Date(0) });
    } catch (error) {
      if ((error as { code?: number }).code === DUPLICATE) return false;
      throw error;
    }
    await this.uploads.deleteOne({ _id: new ObjectId(job.file) });
    return true;
  }

  async latest(base: string): Promise<StoredJob | undefined> {
    const row = await this.jobs.findOne({ base }, { sort: { number: -1 } });
    return row ? jobOf(row) : undefined;
  }
  async get(id: string): Promise<StoredJob | undefined> {
    const row = await this.jobs.findOne({ _id: id });
    return row ? jobOf(row) : undefined;
  }

  async claim(owner: string, leaseMs: number): Promise<StoredJob | undefined> {
    const row = await this.jobs.findOneAndUpdate(
      { status: { $in: ['waiting', 'running'] }, $expr: { $lt: ['$until', '$$NOW'] } },
      [{ $set: { status: 'running', owner, until: plusMs(leaseMs), tries: { $add: ['$tries', 1] } } }],
      { sort: { createdAt: 1 }, returnDocument: 'after' },
    );
    return row ? jobOf(row) : undefined;
  }
  async renew(id: string, owner: string, leaseMs: number): Promise<boolean> {
    const done = await this.jobs.updateOne({ _id: id, owner, status: 'running' }, [
      { $set: { until: plusMs(leaseMs) } },
    ]);
    return done.matchedCount === 1;
  }
  async progress(id: string, owner: string, progress: Record<string, unknown>): Promise<boolean> {
    const done = await this.jobs.updateOne({ _id: id, owner, status: 'running' }, { $set: { progress } });
    return done.matchedCount === 1;
  }

  async end(id: string, owner: string, ending: Ending, at: string): Promise<boolean> {
    const done = await this.jobs.updateOne(
      { _id: id, owner, status: 'running' },
      { $set: { ...ending, endedAt: at, owner: null } },
    );
    return done.matchedCount === 1;
  }
  async release(id: string, owner: string, waitMs: number): Promise<void> {
    await this.jobs.updateOne({ _id: id, owner, status: 'running' }, [
      { $set: { status: 'waiting', owner: null, until: plusMs(waitMs) } },
    ]);
  }

  private async sweep(): Promise<void> {
    const old = this.uploads.find({ at: { $lt: new Date(Date.now() - ORPHAN_MS) } });
    for await (const { _id } of old) await this.drop(_id.toHexString());
  }
}
