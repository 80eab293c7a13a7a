/** What the road asks of its servers, and how much it takes at once: settings that nothing else would notice. */
import { randomUUID } from 'node:crypto';
import { jest } from '@jest/globals';
import { eventually } from '@crossdock/testing';
import { MongoStore } from '../src/index.js';
import { Deposit, serviceA } from './chain.ts';
import { eventOf, provisionAll } from './replica-of.ts';
import { Stage } from './stage.ts';
import { gate } from './tampering.ts';

const LEASE_MS = 6_000;

describe('the road', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await Stage.open('limits');
  }, 60_000);
  afterEach(() => stage.empty(), 20_000);
  afterAll(() => stage?.close(), 30_000);

  it('has streams on disk that refuse new messages when they are full, and consumers that never give a message up', async () => {
    const { manager } = stage.speaker;
    const { config } = await manager.streams.info('ORDERS');
    expect(config).toMatchObject({ retention: 'limits', storage: 'file', discard: 'new' });
    const consumer = await manager.consumers.info('MASTERDATA', 'test-a-counter-0of1');
    expect(consumer.config).toMatchObject({ ack_policy: 'explicit', max_deliver: -1, ack_wait: 600_000_000_000 });
    expect(consumer.config.deliver_group ?? consumer.config.deliver_subject).toBeUndefined();
  });

  it('does a message once that it has in hand for longer than the broker waits for its acknowledgement', async () => {
    const [key, other] = [randomUUID(), randomUUID()];
    const { nats } = stage.servers;
    await provisionAll(nats.url, [serviceA], { ackWaitMs: 200 });
    const held = gate();
    held.shut();
    const a = await stage.startA({
      store: (real) => ({
        load: async (...given) => {
          await held.pass();
          return real.load(...given);
        },
      }),
    });
    const { manager } = stage.speaker;
    await stage.speaker.publish(Array.from({ length: 20 }, () => eventOf(Deposit, { key, amount: 1 })));
    const again = async () =>
      (await manager.consumers.info('MASTERDATA', 'test-a-counter-0of1')).num_redelivered > 0 && held.waiting > 0;
    await eventually('delivered again while it waits', again);
    held.open();
    await stage.speaker.publish([eventOf(Deposit, { key: other, amount: 1 })]);
    await stage.counted(key, 20);
    await stage.counted(other, 1);
    const causes = a.commits.flatMap((commit) => commit.causes);
    expect(new Set(causes).size).toBe(causes.length);
    await provisionAll(nats.url, [serviceA]);
  });

  it('has consumers that hear what a newer version of a service asked for, until they are provisioned anew', async () => {
    const { manager } = stage.speaker;
    const durable = 'test-a-counter-0of1';
    const heard = async () => (await manager.consumers.info('MASTERDATA', durable)).config.filter_subjects ?? [];
    const own = await heard();
    const newer = 'masterdata.evt.test-newer.v2.*';
    await manager.consumers.update('MASTERDATA', durable, { filter_subjects: [...own, newer] });
    await provisionAll(stage.servers.nats.url, [serviceA], { keepWider: true });
    expect(await heard()).toContain(newer);
    await provisionAll(stage.servers.nats.url, [serviceA]);
    expect((await heard()).toSorted()).toEqual(own.toSorted());
  });

  it('pulls for half a lease at a time, so that no pull outlives its owner for long', async () => {
    const pulls: number[] = [];
    const a = await stage.startA({
      leaseMs: LEASE_MS,
      messages: (real) => ({
        consume: (stream, durable, options, deliver) => {
          pulls.push(options.expiresMs);
          return real.consume(stream, durable, options, deliver);
        },
      }),
    });
    await eventually('ready', () => a.road.ready().ok);
    expect([...new Set(pulls)]).toEqual([LEASE_MS / 2]);
  });

  it('closes a batch at 256 messages, however many wait', async () => {
    const key = randomUUID();
    const held = gate();
    held.shut();
    const a = await stage.startA({
      store: (real) => ({
        load: async (...given) => {
          await held.pass();
          return real.load(...given);
        },
      }),
    });
    await stage.speaker.publish(Array.from({ length: 700 }, () => eventOf(Deposit, { key, amount: 1 })));
    await eventually('a batch stands before the gate', () => held.waiting > 0);
    const arrived = async (): Promise<boolean> =>
      (await stage.speaker.delivered('MASTERDATA', 'test-a-counter-0of1')) >= 500;
    await eventually('the buffer is full', arrived);
    held.open();
    await stage.counted(key, 700);
    const sizes = a.commits.map(({ causes }) => causes.length);
    expect(Math.max(...sizes)).toBe(256);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(700);
  }, 30_000);

  it('goes on though more waits for it than the broker keeps for a connection', async () => {
    const key = randomUUID();
    const kind = 'a large one'.padEnd(3_000_000, '.');
    for (let nth = 0; nth < 40; nth++) await stage.speaker.publish([eventOf(Deposit, { key, amount: 1, kind })]);
    await stage.startA({ leaseMs: LEASE_MS });
    // 120 MB, of which what was cut off is sent again: a busy machine takes its time.
    await stage.counted(key, 40, 'test-a', 90_000);
  }, 120_000);

  it("leases by the server's clock, whatever the process takes the time to be", async () => {
    const store = await MongoStore.open(stage.books('test-a'), ['tally']);
    jest.useFakeTimers({ doNotFake: [...TIMERS], now: new Date('2001-01-01T00:00:00.000Z') });
    try {
      await store.renew('wrong-clock', LEASE_MS);
      expect(await store.living(LEASE_MS)).toContainEqual({ id: 'wrong-clock', fresh: true });
    } finally {
      jest.useRealTimers();
      await store.leave('wrong-clock');
    }
  });
});

/** Only the date is another. */
const TIMERS = [
  'hrtime',
  'nextTick',
  'performance',
  'queueMicrotask',
  'requestAnimationFrame',
  'cancelAnimationFrame',
  'requestIdleCallback',
  'cancelIdleCallback',
  'setImmediate',
  'clearImmediate',
  'setInterval',
  'clearInterval',
  'setTimeout',
  'clearTimeout',
] as const;
