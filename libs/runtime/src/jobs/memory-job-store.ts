/** The twin in memory, for tests without a server. */
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { TooManyBytes, type Ending, type JobStore, type StoredBytes, type StoredJob } from './job-store.js';

interface Kept {
  job: StoredJob;
  owner: string | null;
  untilMs: number;
}

export class MemoryJobStore implements JobStore {
  private readonly kept = new Map<string, Kept>();
  private readonly files = new Map<string, Buffer>();
  private count = 0;
  constructor(private readonly now: () => number = Date.now) {}

  get fileCount(): number {
    return this.files.size;
  }
  async put(bytes: Readable, limitBytes: number): Promise<StoredBytes> {
    const chunks: Buffer[] = [];
    let count = 0;
    for await (const chunk of bytes.iterator({ destroyOnReturn: false })) {
      const part = Buffer.from(chunk as Buffer | string);
      count += part.length;
      if (count > limitBytes) throw new TooManyBytes(`more than ${limitBytes} bytes`);
      chunks.push(part);
    }
    const all = Buffer.concat(chunks);
    const file = `file-${++this.count}`;
    this.files.set(file, all);
    return { file, hash: createHash('sha256').update(all).digest('hex'), bytes: count };
  }
  open(file: string): Readable {
    return Readable.from([this.files.get(file) ?? Buffer.alloc(0)]);
  }
  drop(file: string): Promise<void> {
    this.files.delete(file);
    return Promise.resolve();
  }
  create(job: StoredJob): Promise<boolean> {
    if (this.kept.has(job.id)) return Promise.resolve(false);
    this.kept.set(job.id, { job, owner: null, untilMs: 0 });
    return Promise.resolve(true);
  }
  latest(base: string): Promise<StoredJob | undefined> {
    const own = [...this.kept.values()].map(({ job }) => job).filter((job) => job.base === base);
    return Promise.resolve(own.sort((a, b) => b.number - a.number)[0]);
  }
  get(id: string): Promise<StoredJob | undefined> {
    return Promise.resolve(this.kept.get(id)?.job);
  }
  claim(owner: string, leaseMs: number): Promise<StoredJob | undefined> {
    const [free] = [...this.kept.values()]
      .filter(({ job, untilMs }) => !job.endedAt && untilMs < this.now())
      .sort((a, b) => (a.job.createdAt < b.job.createdAt ? -1 : 1));
    if (!free) return Promise.resolve(undefined);
    free.owner = owner;
    free.untilMs = this.now() + leaseMs;
    free.job = { ...free.job, status: 'running', tries: free.job.tries + 1 };
    return Promise.resolve(free.job);
  }
  renew(id: string, owner: string, leaseMs: number): Promise<boolean> {
    return this.own(id, owner, (kept) => void (kept.untilMs = this.now() + leaseMs));
  }
  progress(id: string, owner: string, progress: Record<string, unknown>): Promise<boolean> {
    return this.own(id, owner, (kept) => void (kept.job = { ...kept.job, progress }));
  }
  end(id: string, owner: string, ending: Ending, at: string): Promise<boolean> {
    return this.own(id, owner, (kept) => {
      kept.job = { ...kept.job, ...ending, endedAt: at };
      kept.owner = null;
    });
  }
  async release(id: string, owner: string, waitMs: number): Promise<void> {
    await this.own(id, owner, (kept) => {
      kept.job = { ...kept.job, status: 'waiting' };
      kept.owner = null;
      kept.untilMs = this.now() + waitMs - 1;
    });
  }
  private own(id: string, owner: string, act: (kept: Kept) => void): Promise<boolean> {
    const kept = this.kept.get(id);
    if (!kept || kept.owner !== owner || kept.job.status !== 'running') return Promise.resolve(false);
    act(kept);
    return Promise.resolve(true);
  }
}
