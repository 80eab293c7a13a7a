/** What jobs need of a store: bytes, records, and a lease so that one process at a time works a job off. */
import type { Readable } from 'node:stream';
import type { JobRecord } from './job.js';

export interface StoredJob extends JobRecord {
  /** hash of tenant, job, bytes and `about`; jobs of the same upload share it */
  readonly base: string;
  /** 0, 1, 2 ... among the jobs of the same upload */
  readonly number: number;
  readonly file: string;
  /** times it was taken up */
  readonly tries: number;
}
export interface StoredBytes {
  readonly file: string;
  /** SHA-256 */
  readonly hash: string;
  readonly bytes: number;
}
/** More bytes than allowed. */
export class TooManyBytes extends Error {}

export type Ending =
  | { readonly status: 'done'; readonly progress: Record<string, unknown> }
  | { readonly status: 'failed'; readonly failure: { readonly reason: string; readonly text: string } };

export interface JobStore {
  /** streams the bytes in; nothing of them stays when they break off or are too many */
  put(bytes: Readable, limitBytes: number): Promise<StoredBytes>;
  open(file: string): Readable;
  drop(file: string): Promise<void>;
  /** false when a job of this id is there already */
  create(job: StoredJob): Promise<boolean>;
  /** the job with the highest number of an upload */
  latest(base: string): Promise<StoredJob | undefined>;
  get(id: string): Promise<StoredJob | undefined>;
  /** takes the oldest job that nobody living works on */
  claim(owner: string, leaseMs: number): Promise<StoredJob | undefined>;
  /** false: somebody else has it */
  renew(id: string, owner: string, leaseMs: number): Promise<boolean>;
  progress(id: string, owner: string, progress: Record<string, unknown>): Promise<boolean>;
  end(id: string, owner: string, ending: Ending, at: string): Promise<boolean>;
  /** gives it back, to be taken up again after `waitMs` */
  release(id: string, owner: string, waitMs: number): Promise<void>;
}
