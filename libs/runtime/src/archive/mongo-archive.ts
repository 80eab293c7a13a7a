/** The archive in MongoDB: small bodies are one document each, large ones lie in a GridFS bucket. */
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { buffer } from 'node:stream/consumers';
import { Binary, GridFSBucket, MongoBulkWriteError, ObjectId, type Collection, type Db } from 'mongodb';
import { TooManyBytes } from '../jobs/job-store.js';
import { gathered } from '../store/gathered.js';
import { chunksOf, type Archive, type Archived, type ArchivedFile } from './archive.js';
import { ARCHIVE_DAYS, keptUntil, type ArchiveDays, type ArchiveKind } from './retention.js';

interface Row {
  /** `<tenant>|<hash>` */
  readonly _id: string;
  readonly bytes: number;
  readonly at: Date;
  /** deleted after this */
  readonly until: Date;
  readonly body?: Binary;
  readonly file?: ObjectId;
}
/** Up to this a body is one document: one write instead of three. */
const INLINE_BYTES = 1024 * 1024;
/** Files whose entry was never written (the process was killed) are swept after this. */
const ORPHAN_MS = 24 * 3_600_000;
const DUPLICATE = 11_000;
/** of at most 1 MB each: below what one write command may have */
const MOST_AT_ONCE = 32;

/** What was read of a stream before it was known to be large. */
interface Begun {
  readonly head: readonly Uint8Array[];
  readonly rest: AsyncIterator<Uint8Array> | undefined;
}

export class MongoArchive implements Archive {
  private readonly rows: Collection<Row>;
  private readonly uploads: Collection<{ _id: ObjectId; at: Date }>;
  private readonly files: GridFSBucket;

  private constructor(
    db: Db,
    private readonly days: ArchiveDays,
  ) {
    this.rows = db.collection<Row>('archive');
    this.uploads = db.collection<{ _id: ObjectId; at: Date }>('archive_uploads');
    this.files = new GridFSBucket(db, { bucketName: 'archive_files' });
  }

  static async open(db: Db, days = ARCHIVE_DAYS): Promise<MongoArchive> {
    const archive = new MongoArchive(db, days);
    await archive.rows.createIndex({ until: 1 }, { name: 'retention' });
    await archive.sweep();
    return archive;
  }

  async put(
    tenant: string,
    bytes: Readable | Uint8Array,
    limitBytes: number,
    kind: ArchiveKind = 'file',
  ): Promise<Archived> {
    const begun = await begin(bytes, limitBytes);
    if (begun.rest) return this.putLarge(tenant, begun, limitBytes, kind);
    const body = Buffer.concat(begun.head);
    const hash = createHash('sha256').update(body).digest('hex');
    await this.enter({ ...this.entry(tenant, hash, body.length, kind), body: new Binary(body) });
    return { hash, bytes: body.length };
  }

  private entry(tenant: string, hash: string, bytes: number, kind: ArchiveKind): Row {
    const at = new Date();
    return { _id: `${tenant}|${hash}`, bytes, at, until: keptUntil(this.days, kind, at.getTime()) };
  }

  async open(tenant: string, hash: string): Promise<ArchivedFile | undefined> {
    const row = await this.rows.findOne({ _id: `${tenant}|${hash}` });
    if (!row) return undefined;
    if (row.file) return { bytes: row.bytes, stream: this.files.openDownloadStream(row.file) };
    return { bytes: row.bytes, stream: Readable.from([Buffer.from((row.body as Binary).buffer)]) };
  }

  async read(tenant: string, hash: string): Promise<Uint8Array | undefined> {
    const found = await this.open(tenant, hash);
    return found && buffer(found.stream);
  }

  /** An entry goes before its file: whoever meets it in between finds neither, and archives the bytes anew. */
  async forget(now: Date): Promise<number> {
    let count = 0;
    for await (const { _id, file } of this.rows.find({ until: { $lt: now } }, { projection: { file: 1 } })) {
      if (file) await this.uploads.updateOne({ _id: file }, { $set: { at: new Date() } }, { upsert: true });
      const gone = await this.rows.deleteOne({ _id, until: { $lt: now } });
      if (gone.deletedCount > 0) count++;
      if (file && gone.deletedCount > 0) await this.drop(file);
      else if (file) await this.uploads.deleteOne({ _id: file });
    }
    return count;
  }

  private async putLarge(
    tenant: string,
    { head, rest }: Begun,
    limitBytes: number,
    kind: ArchiveKind,
  ): Promise<Archived> {
    const file = new ObjectId();
    await this.uploads.insertOne({ _id: file, at: new Date() });
    const hash = createHash('sha256');
    let count = 0;
    const gauge = async function* (): AsyncGenerator<Uint8Array> {
      for await (const chunk of again(head, rest as AsyncIterator<Uint8Array>)) {
        count += chunk.length;
        if (count > limitBytes) throw new TooManyBytes(`more than ${limitBytes} bytes`);
        hash.update(chunk);
        yield chunk;
      }
    };
    const into = this.files.openUploadStreamWithId(file, file.toHexString());
    try {
      await pipeline(gauge, into);
    } catch (error) {
      await into.abort().catch(() => undefined);
      await this.drop(file);
      throw error;
    }
    const name = hash.digest('hex');
    const isNew = await this.enter({ ...this.entry(tenant, name, count, kind), file });
    if (isNew) await this.uploads.deleteOne({ _id: file });
    else await this.drop(file);
    return { hash: name, bytes: count };
  }

  /** False when the same bytes are there already. Many small bodies at a time are one write. */
  private readonly enter = gathered(async (rows: readonly Row[]): Promise<readonly boolean[]> => {
    try {
      await this.rows.insertMany([...rows], { ordered: false });
      return rows.map(() => true);
    } catch (error) {
      if (!(error instanceof MongoBulkWriteError)) throw error;
      const faults = [error.writeErrors].flat();
      if (faults.length === 0 || faults.some(({ code }) => code !== DUPLICATE)) throw error;
      const known = new Set(faults.map(({ index }) => index));
      const again = rows.filter((_, at) => known.has(at));
      // One of them was deleted just now, as too old: then the bytes are new after all.
      const isThere = (await this.prolong(again)) === again.length;
      return isThere ? rows.map((_, at) => !known.has(at)) : Promise.all(rows.map((row) => this.enterOne(row)));
    }
  }, MOST_AT_ONCE);

  /** Keeps entries for as long as these ask; how many of them are there. */
  private async prolong(rows: readonly Row[]): Promise<number> {
    const { matchedCount } = await this.rows.bulkWrite(
      rows.map(({ _id, until }) => ({ updateOne: { filter: { _id }, update: { $max: { until } } } })),
      { ordered: false },
    );
    return matchedCount;
  }

  private async enterOne(row: Row): Promise<boolean> {
    const { _id, until, ...rest } = row;
    const done = await this.rows.updateOne({ _id }, { $max: { until }, $setOnInsert: rest }, { upsert: true });
    if (done.upsertedCount > 0) return true;
    // Of those entered a moment ago some are our own.
    return row.file !== undefined && (await this.rows.countDocuments({ _id, file: row.file })) > 0;
  }

  private async drop(file: ObjectId): Promise<void> {
    // Without its last chunk a file has no entry, and `delete` says so after it removed the chunks.
    await this.files.delete(file).catch(() => undefined);
    await this.uploads.deleteOne({ _id: file });
  }

  private async sweep(): Promise<void> {
    const old = this.uploads.find({ at: { $lt: new Date(Date.now() - ORPHAN_MS) } });
    for await (const { _id } of old) {
      // Killed between the entry and its receipt: the file is in use.
      if (await this.rows.findOne({ file: _id })) await this.uploads.deleteOne({ _id });
      else await this.drop(_id);
    }
  }
}

async function* again(head: readonly Uint8Array[], rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield* head;
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
}

const begin = async (bytes: Readable | Uint8Array, limitBytes: number): Promise<Begun> => {
  const head: Uint8Array[] = [];
  let count = 0;
  const chunks = chunksOf(bytes);
  const iterator = Symbol.asyncIterator in chunks ? chunks[Symbol.asyncIterator]() : oneByOne(chunks);
  for (let next = await iterator.next(); !next.done; next = await iterator.next()) {
    head.push(Buffer.from(next.value));
    count += next.value.length;
    if (count > limitBytes) throw new TooManyBytes(`more than ${limitBytes} bytes`);
    if (count > INLINE_BYTES) return { head, rest: iterator };
  }
  return { head, rest: undefined };
};

async function* oneByOne(chunks: Iterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield* chunks;
}
