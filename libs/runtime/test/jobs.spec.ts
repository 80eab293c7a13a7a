import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { eventually } from '@crossdock/testing';
import {
  JobFailure,
  JobRunner,
  MemoryJobStore,
  openLog,
  openMetrics,
  openTraces,
  systemClock,
  type Caller,
  type JobHandler,
  type Watch,
} from '../src/index.js';
import { aJob, jobStoreConformance } from './jobs-conformance.js';

describe('the job store in memory', () => {
  let now = 1_000_000;
  const store = new MemoryJobStore(() => now);
  jobStoreConformance(
    () => store,
    (ms) => Promise.resolve(void (now += ms)),
  );
});

describe('jobs', () => {
  const caller: Caller = { tenant: 'acme', actor: { kind: 'user', id: 'ann' }, scopes: [], correlationId: 'c' };
  const watch: Watch = {
    log: openLog('test', 'silent'),
    metrics: openMetrics('test'),
    traces: openTraces({ service: 'test', ratio: 0 }),
  };
  let store: MemoryJobStore;
  const runners: JobRunner[] = [];
  const runnerOf = (run: JobHandler['run'], more: { owner?: string; leaseMs?: number } = {}): JobRunner => {
    const runner = new JobRunner({
      handlers: [{ name: 'count', run }],
      settings: { step: 1 },
      store,
      door: {} as never,
      queries: {} as never,
      clock: systemClock,
      watch,
      owner: more.owner ?? 'a',
      leaseMs: more.leaseMs ?? 60_000,
      uploadLimitBytes: 20,
    });
    runners.push(runner);
    return runner;
  };
  const start = (runner: JobRunner, bytes: string, about: Record<string, string> = {}) =>
    runner.start('count', Readable.from([Buffer.from(bytes)]), about, caller);
  const ended = (runner: JobRunner, id: string) =>
    eventually('the end of a job', async () => {
      const found = await runner.get('acme', id);
      return found?.endedAt !== undefined && found;
    });

  beforeEach(() => {
    store = new MemoryJobStore();
  });
  afterEach(async () => {
    await Promise.all(runners.splice(0).map((runner) => runner.drain()));
  });

  it('are worked off from their stored bytes, with the settings of the service, and their bytes go', async () => {
    const runner = runnerOf(async ({ open }, { step }) => ({ read: (await text(open())).length * step }));
    runner.run();
    const { id, status } = await start(runner, 'four');
    expect(status).toBe('waiting');
    expect(await ended(runner, id)).toMatchObject({ status: 'done', progress: { read: 4 } });
    await eventually('no bytes', () => store.fileCount === 0);
  });
  it('are seen in their own tenant only', async () => {
    const runner = runnerOf(() => Promise.resolve({}));
    const { id } = await start(runner, 'x');
    expect(await runner.get('other', id)).toBeUndefined();
  });
  it('are one for the same upload while it is not done, and a new one after', async () => {
    const finish: (() => void)[] = [];
    const runner = runnerOf(() => new Promise((resolve) => finish.push(() => resolve({}))));
    runner.run();
    const first = await start(runner, 'same', { name: 'f' });
    expect((await start(runner, 'same', { name: 'f' })).id).toBe(first.id);
    const other = await start(runner, 'same', { name: 'g' });
    expect(other.id).not.toBe(first.id);
    expect(store.fileCount).toBe(2);
    await eventually('two runs', () => finish.length === 2);
    for (const end of finish.splice(0)) end();
    await ended(runner, first.id);
    await ended(runner, other.id);
    const [again, twin] = await Promise.all([
      start(runner, 'same', { name: 'f' }),
      start(runner, 'same', { name: 'f' }),
    ]);
    expect(again.id).not.toBe(first.id);
    expect(twin.id).toBe(again.id);
    await eventually('its run', () => finish.length === 1);
    for (const end of finish) end();
    await ended(runner, again.id);
  });
  it('end for good by a failure of their own, with its reason', async () => {
    const runner = runnerOf(({ progress }) => {
      progress({ read: 3 });
      return Promise.reject(new JobFailure('wrong-header', 'column 2'));
    });
    runner.run();
    const { id } = await start(runner, 'x');
    expect(await ended(runner, id)).toMatchObject({
      status: 'failed',
      failure: { reason: 'wrong-header', text: 'column 2' },
      progress: { read: 3 },
    });
  });
  it('are tried again after any other error', async () => {
    let tries = 0;
    const runner = runnerOf(() => (++tries < 2 ? Promise.reject(new Error('passing')) : Promise.resolve({ tries })));
    runner.run();
    const { id } = await start(runner, 'x');
    expect(await ended(runner, id)).toMatchObject({ status: 'done', progress: { tries: 2 } });
  }, 10_000);
  it('go to another process when theirs drains, from the start', async () => {
    const first = runnerOf(
      ({ signal }) => new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('stopped')))),
    );
    first.run();
    const { id } = await start(first, 'four');
    await eventually('a run', async () => (await first.get('acme', id))?.status === 'running');
    await first.drain();
    const second = runnerOf(async ({ open }) => ({ read: (await text(open())).length }), { owner: 'b' });
    second.run();
    expect(await ended(second, id)).toMatchObject({ status: 'done', progress: { read: 4 } });
  });
  it('are stopped when somebody else has them', async () => {
    let stopped = false;
    const runner = runnerOf(
      ({ signal }) =>
        new Promise((_, reject) =>
          signal.addEventListener('abort', () => ((stopped = true), reject(new Error('lost')))),
        ),
      { leaseMs: 60 },
    );
    const { file } = await store.put(Readable.from(['x']), 10);
    await store.create(aJob({ id: 'j', job: 'count', file }));
    runner.run();
    await eventually('a run', async () => (await store.get('j'))?.status === 'running');
    store.renew = () => Promise.resolve(false);
    await eventually('a stop', () => stopped);
  });
  it('refuse an upload that is too large or breaks off', async () => {
    const runner = runnerOf(() => Promise.resolve({}));
    await expect(start(runner, 'x'.repeat(21))).rejects.toMatchObject({ status: 413, code: 'body-too-large' });
    const broken = new Readable({
      read() {
        this.destroy(Object.assign(new Error('aborted'), { code: 'ECONNRESET' }));
      },
    });
    await expect(runner.start('count', broken, {}, caller)).rejects.toMatchObject({
      status: 400,
      code: 'job-not-stored',
    });
  });
});
