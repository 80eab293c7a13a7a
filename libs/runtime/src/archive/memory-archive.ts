/** The twin in memory, for tests without a server. */
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { TooManyBytes } from '../jobs/job-store.js';
import { chunksOf, type Archive, type Archived, type ArchivedFile } from './archive.js';
import { ARCHIVE_DAYS, keptUntil, type ArchiveKind } from './retention.js';

export class MemoryArchive implements Archive {
  private readonly kept = new Map<string, { readonly bytes: Buffer; readonly until: number }>();

  constructor(
    private readonly days = ARCHIVE_DAYS,
    private readonly now: () => number = Date.now,
  ) {}

  get size(): number {
    return this.kept.size;
  }
  async put(
    tenant: string,
    bytes: Readable | Uint8Array,
    limitBytes: number,
    kind: ArchiveKind = 'file',
  ): Promise<Archived> {
    const chunks: Uint8Array[] = [];
    let count = 0;
    for await (const chunk of chunksOf(bytes)) {
      count += chunk.length;
      if (count > limitBytes) throw new TooManyBytes(`more than ${limitBytes} bytes`);
      chunks.push(Buffer.from(chunk));
    }
    const all = Buffer.concat(chunks);
    const hash = createHash('sha256').update(all).digest('hex');
    const until = keptUntil(this.days, kind, this.now()).getTime();
    const before = this.kept.get(`${tenant}|${hash}`)?.until ?? 0;
    this.kept.set(`${tenant}|${hash}`, { bytes: all, until: Math.max(until, before) });
    return { hash, bytes: count };
  }
  open(tenant: string, hash: string): Promise<ArchivedFile | undefined> {
    const found = this.kept.get(`${tenant}|${hash}`)?.bytes;
    return Promise.resolve(found && { bytes: found.length, stream: Readable.from([found]) });
  }
  read(tenant: string, hash: string): Promise<Uint8Array | undefined> {
    return Promise.resolve(this.kept.get(`${tenant}|${hash}`)?.bytes);
  }
  forget(now: Date): Promise<number> {
    const over = [...this.kept].filter(([, { until }]) => until < now.getTime());
    for (const [id] of over) this.kept.delete(id);
    return Promise.resolve(over.length);
  }
}
