/** The twin in memory, for tests without a server. */
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { TooManyBytes } from '../jobs/job-store.js';
import { chunksOf, type Archive, type Archived, type ArchivedFile } from './archive.js';

export class MemoryArchive implements Archive {
  private readonly kept = new Map<string, Buffer>();

  get size(): number {
    return this.kept.size;
  }
  async put(tenant: string, bytes: Readable | Uint8Array, limitBytes: number): Promise<Archived> {
    const chunks: Uint8Array[] = [];
    let count = 0;
    for await (const chunk of chunksOf(bytes)) {
      count += chunk.length;
      if (count > limitBytes) throw new TooManyBytes(`more than ${limitBytes} bytes`);
      chunks.push(Buffer.from(chunk));
    }
    const all = Buffer.concat(chunks);
    const hash = createHash('sha256').update(all).digest('hex');
    this.kept.set(`${tenant}|${hash}`, all);
    return { hash, bytes: count };
  }
  open(tenant: string, hash: string): Promise<ArchivedFile | undefined> {
    const found = this.kept.get(`${tenant}|${hash}`);
    return Promise.resolve(found && { bytes: found.length, stream: Readable.from([found]) });
  }
  read(tenant: string, hash: string): Promise<Uint8Array | undefined> {
    return Promise.resolve(this.kept.get(`${tenant}|${hash}`));
  }
}
