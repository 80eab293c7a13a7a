/** Takes jobs in and works them off: under a lease, so that after a kill another process takes them up. */
import type { Readable } from 'node:stream';
import { derivedId } from '@crossdock/kernel';
import type { Caller, Door, Queries } from '../door/door.js';
import { Problem } from '../door/problem.js';
import type { Clock } from '../road/ports.js';
import type { Watch } from '../watch/watch.js';
import { within } from '../watch/logs.js';
import { JobFailure, type JobHandler, type JobRecord, type JobRun, type Jobs } from './job.js';
import { TooManyBytes, type JobStore, type StoredJob } from './job-store.js';

const AT_ONCE = 2;
const LOOK_MS = 1_000;
const PROGRESS_MS = 500;
const LONGEST_WAIT_MS = 60_000;
/** How long a handler may take to stop when the process drains. */
const STOP_MS = 3_000;

export interface JobContext {
  readonly handlers: readonly JobHandler[];
  readonly settings: unknown;
  readonly store: JobStore;
  readonly door: Door;
  readonly queries: Queries;
  readonly clock: Clock;
  readonly watch: Watch;
  /** name of this process among its like */
  readonly owner: string;
  readonly leaseMs: number;
  readonly uploadLimitBytes: number;
}
type Account = Record<string, unknown>;

export const recordOf = (job: StoredJob): JobRecord => {
  const { base: _base, number: _number, file: _file, tries: _tries, ...record } = job;
  return record;
};

export class JobRunner implements Jobs {
  private readonly running = new Set<Promise<void>>();
  private readonly stopped = new AbortController();
  private look: AbortController | undefined;
  private loop: Promise<void> | undefined;
  private claims = 0;

  constructor(private readonly context: JobContext) {}

  run(): void {
    if (this.context.handlers.length > 0) this.loop ??= this.turn();
  }

  async drain(): Promise<void> {
    this.stopped.abort();
    this.look?.abort();
    await this.loop;
    const enough = new AbortController();
    await Promise.race([Promise.all(this.running), this.context.clock.wait(STOP_MS, enough.signal)]);
    enough.abort();
  }

  async start(job: string, bytes: Readable, about: Record<string, string>, caller: Caller): Promise<JobRecord> {
    const { store, handlers, uploadLimitBytes, clock } = this.context;
    if (!handlers.some(({ name }) => name === job)) throw new Error(`there is no job ${job}`);
    const { file, hash } = await store.put(bytes, uploadLimitBytes).catch((error: unknown) => {
      if (error instanceof TooManyBytes)
        throw new Problem(413, 'body-too-large', { detail: `the file is more than ${uploadLimitBytes} bytes` });
      if ((error as { code?: string }).code === 'ECONNRESET' || bytes.destroyed)
        throw new Problem(400, 'job-not-stored');
      throw error;
    });
    const base = derivedId('job', caller.tenant, job, hash, JSON.stringify(Object.entries(about).sort()));
    for (;;) {
      const latest = await store.latest(base);
      if (latest && !latest.endedAt) {
        await store.drop(file);
        return recordOf(latest);
      }
      const number = latest ? latest.number + 1 : 0;
      const id = derivedId(base, number);
      const created = {
        id,
        base,
        number,
        file,
        tries: 0,
        tenant: caller.tenant,
        job,
        status: 'waiting' as const,
        about,
        caller,
      };
      const stored: StoredJob = { ...created, createdAt: new Date(clock.now()).toISOString(), progress: {} };
      if (!(await store.create(stored))) continue;
      this.look?.abort();
      return recordOf(stored);
    }
  }

  async get(tenant: string, id: string): Promise<JobRecord | undefined> {
    const found = await this.context.store.get(id);
    return found?.tenant === tenant ? recordOf(found) : undefined;
  }

  private async turn(): Promise<void> {
    const { store, clock, owner, leaseMs, watch } = this.context;
    while (!this.stopped.signal.aborted) {
      this.look = new AbortController();
      try {
        // A holder of its own per claim: a run that lost its lease finds that out even when this process took it again.
        const holder = `${owner}#${++this.claims}`;
        const job = this.running.size < AT_ONCE ? await store.claim(holder, leaseMs) : undefined;
        if (job) {
          const work = this.work(job, holder).catch((error: unknown) =>
            watch.log.error({ err: error, job: job.job }, 'a job could not be ended'),
          );
          this.running.add(work);
          void work.then(() => {
            this.running.delete(work);
            this.look?.abort();
          });
          continue;
        }
      } catch (error) {
        watch.log.warn({ err: error }, 'jobs could not be looked at');
      }
      await clock.wait(LOOK_MS, this.look.signal);
    }
  }

  private async work(job: StoredJob, holder: string): Promise<void> {
    const { handlers, store, watch, clock, settings } = this.context;
    const handler = handlers.find(({ name }) => name === job.job);
    if (!handler) return store.release(job.id, holder, LONGEST_WAIT_MS);
    const lost = new AbortController();
    const ended = new AbortController();
    const signal = AbortSignal.any([lost.signal, this.stopped.signal]);
    const account = new Progress(this.context, job, holder, lost);
    void this.keep(job, holder, lost, ended.signal);
    try {
      const done = await within({ correlationId: job.caller.correlationId }, () =>
        handler.run(this.runOf(job, account, signal), settings),
      );
      await account.settled();
      if (
        await store.end(
          job.id,
          holder,
          { status: 'done', progress: done as Account },
          new Date(clock.now()).toISOString(),
        )
      ) {
        watch.metrics.jobs.inc({ job: job.job, status: 'done' });
        await store.drop(job.file);
      }
    } catch (error) {
      await account.settled();
      await this.failed(job, holder, error, signal);
    } finally {
      ended.abort();
    }
  }

  private runOf(job: StoredJob, account: Progress, signal: AbortSignal): JobRun<Account> {
    const { store, door, queries } = this.context;
    return {
      record: recordOf(job),
      open: () => store.open(job.file),
      door,
      queries,
      signal,
      progress: (now) => account.note(now),
    };
  }

  private async failed(job: StoredJob, holder: string, error: unknown, signal: AbortSignal): Promise<void> {
    const { store, watch, clock } = this.context;
    if (error instanceof JobFailure) {
      const failure = { reason: error.reason, text: error.message };
      await store.end(job.id, holder, { status: 'failed', failure }, new Date(clock.now()).toISOString());
      watch.metrics.jobs.inc({ job: job.job, status: 'failed' });
      return;
    }
    const waitMs = signal.aborted ? 0 : Math.min(LONGEST_WAIT_MS, 1_000 * 2 ** Math.min(job.tries, 6));
    if (!signal.aborted)
      watch.log.warn({ err: error, job: job.job, id: job.id, tries: job.tries, waitMs }, 'a job is tried again');
    await store.release(job.id, holder, waitMs);
  }

  /** Renews the lease while the job runs; a job that somebody else has is stopped. */
  private async keep(job: StoredJob, holder: string, lost: AbortController, ended: AbortSignal): Promise<void> {
    const { store, clock, leaseMs, watch } = this.context;
    for (;;) {
      await clock.wait(leaseMs / 3, ended);
      if (ended.aborted) return;
      try {
        if (!(await store.renew(job.id, holder, leaseMs)) && !ended.aborted) return lost.abort();
      } catch (error) {
        watch.log.warn({ err: error, job: job.job }, 'a job could not renew its lease');
      }
    }
  }
}

/** The handler's account, stored now and then and always in order. */
class Progress {
  private latest: Account | undefined;
  private storing: Promise<void> | undefined;
  private readonly over = new AbortController();
  constructor(
    private readonly context: JobContext,
    private readonly job: StoredJob,
    private readonly holder: string,
    private readonly lost: AbortController,
  ) {}
  note(account: Account): void {
    this.latest = account;
    this.storing ??= this.store().finally(() => (this.storing = undefined));
  }
  /** The last account is stored whatever became of the run. */
  async settled(): Promise<void> {
    const last = this.latest;
    this.latest = undefined;
    this.over.abort();
    await this.storing;
    if (last) await this.context.store.progress(this.job.id, this.holder, last).catch(() => undefined);
  }
  private async store(): Promise<void> {
    const { store, clock, watch } = this.context;
    while (this.latest) {
      const account = this.latest;
      this.latest = undefined;
      try {
        if (!(await store.progress(this.job.id, this.holder, account))) return this.lost.abort();
      } catch (error) {
        watch.log.warn({ err: error, job: this.job.job }, 'progress of a job was not stored');
      }
      await clock.wait(PROGRESS_MS, AbortSignal.any([this.lost.signal, this.over.signal]));
    }
  }
}
