/**
 * Work that outlives a request: an uploaded file. Its bytes and its record are stored first; whoever lives works it off,
 * and after a kill another takes it up, with the account that its handler kept. Its inputs have ids derived from the job, so nothing doubles.
 */
import type { Readable } from 'node:stream';
import type { Caller, Door, Queries } from '../door/door.js';

export interface JobRecord<P = Record<string, unknown>> {
  readonly id: string;
  readonly tenant: string;
  /** name of its handler */
  readonly job: string;
  readonly status: 'waiting' | 'running' | 'done' | 'failed';
  readonly createdAt: string;
  readonly endedAt?: string;
  /** what the upload said of it: file name, content type, layout ... */
  readonly about: Record<string, string>;
  /** the handler's own account, stored as it goes: read, taken, parked ... */
  readonly progress: P;
  readonly failure?: { readonly reason: string; readonly text: string };
  readonly caller: Caller;
}
export interface JobRun<P> {
  readonly record: JobRecord<P>;
  /** the stored bytes, from the start */
  open(): Readable;
  readonly door: Door;
  readonly queries: Queries;
  /** stores the account; throttled, the last one always */
  progress(account: P): void;
  /** aborted when the process drains or loses the job */
  readonly signal: AbortSignal;
}
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- one table holds jobs of many accounts
export interface JobHandler<P = any, S = any> {
  readonly name: string;
  /** works it off; a thrown `JobFailure` ends it for good, any other error lets it be tried again */
  run(run: JobRun<P>, settings: S): Promise<P>;
}
export class JobFailure extends Error {
  constructor(
    readonly reason: string,
    message: string,
  ) {
    super(message);
  }
}
/** Injected as `@Inject(JOBS) jobs: Jobs`. */
export interface Jobs {
  /**
   * Stores the bytes (streamed, hashed, bounded) and the record, then lets it be worked off.
   * Id: hash of tenant, job, bytes and `about`; the same upload again finds the same job while it is not done, and a
   * new one (numbered) when it is.
   */
  start(job: string, bytes: Readable, about: Record<string, string>, caller: Caller): Promise<JobRecord>;
  get(tenant: string, id: string): Promise<JobRecord | undefined>;
}
export const JOBS = Symbol('crossdock:jobs');
