/** What is kept on the broker besides messages: streams and durables as declared, newest values in buckets. */
import { randomUUID } from 'node:crypto';
import { Kvm, type KV } from '@nats-io/kv';
import { eventually } from '@crossdock/testing';
import {
  applyPlan,
  defineMirror,
  developmentOptions,
  JetStreamBroker,
  MirrorWriter,
  mirrorKey,
  needed,
  plan,
  show,
  systemClock,
  type MirrorContext,
} from '@crossdock/runtime';
import { Provisioning } from '../src/application/provisioning.js';
import { serviceA, serviceB, Stands, type DepositData } from './chain.ts';
import { eventOf } from './replica-of.ts';
import { Stage } from './stage.ts';
import { copyOf } from './stream-copy.ts';

const stands = defineMirror<DepositData, DepositData>({
  bucket: 'test-stands',
  contract: Stands,
  key: ({ key }) => [key],
  rebuiltFrom: { kind: 'stand', values: (state) => [state] },
});

describe('beside the road', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await Stage.open('mirror');
  }, 60_000);
  afterAll(() => stage?.close(), 30_000);

  describe('a mirror', () => {
    const running: { stop: () => Promise<void> }[] = [];
    afterEach(async () => {
      for (const { stop } of running.splice(0)) await stop();
    });
    const follow = async (more: Partial<MirrorContext> = {}) => {
      const ending = new AbortController();
      const broker = await JetStreamBroker.open(stage.servers.nats.url, 'mirror');
      const troubles: string[] = [];
      const done = new MirrorWriter({
        service: 'test-a',
        mirror: stands,
        broker,
        db: stage.books('test-a').db,
        clock: systemClock,
        replicas: 1,
        bindOnly: false,
        trouble: (what, error) => troubles.push(`${what} ${(error as Error).message}`),
        ...more,
      }).run(ending.signal);
      const stop = async () => {
        ending.abort();
        await done;
        await broker.close();
      };
      running.push({ stop });
      return { stop, troubles };
    };
    const bucket = (): Promise<KV> => new Kvm(stage.speaker.connection).open('test-stands');
    const value = async (key: string, tenant = 'acme') =>
      (await (await bucket()).get(mirrorKey(tenant, [key])))?.json<{ amount: number; version: number }>();
    const said = (key: string, amount: number, entityVersion: number, tenant = 'acme') =>
      eventOf(Stands, { key, amount }, { entityVersion, tenant });
    const shows = (key: string, amount: number, tenant = 'acme') =>
      eventually(
        `${amount} for ${key}`,
        async () => (await value(key, tenant).catch(() => undefined))?.amount === amount,
      );

    it('shows the newest value of every key and tenant, whatever characters it has, never over a higher version', async () => {
      const key = `Größe 7.*>${randomUUID()}`;
      await follow();
      await stage.speaker.publish([said(key, 1, 1), said(key, 3, 3), said(key, 2, 2), said(key, 9, 1, 'beta')]);
      await shows(key, 9, 'beta');
      await shows(key, 3);
      await stage.speaker.publish([said(key, 2, 2)]);
      const marker = randomUUID();
      await stage.speaker.publish([said(marker, 1, 1)]);
      await shows(marker, 1);
      expect(await value(key)).toEqual({ key, amount: 3, version: 3 });
    });

    it('is written by several processes at once without going back', async () => {
      const key = randomUUID();
      await Promise.all([follow(), follow(), follow()]);
      for (let version = 1; version <= 200; version += 20)
        await stage.speaker.publish(Array.from({ length: 20 }, (_, i) => said(key, version + i, version + i)));
      await shows(key, 200);
    });

    it('is rebuilt from states when its bucket is new, and again when that was cut short', async () => {
      const [one, two] = [randomUUID(), randomUUID()].sort() as [string, string];
      const states = stage.rows<{ _id: string; e: number; s: DepositData }>('state_stand');
      await states.insertMany(
        [one, two].map((key, amount) => ({ _id: `acme|${key}`, e: 4, s: { key, amount: amount + 70 } })),
      );
      await (await bucket()).destroy();
      let cut = false;
      const fails = {
        ...stands,
        rebuiltFrom: {
          kind: 'stand',
          values: (state: DepositData) => {
            if (state.key === two && !cut) {
              cut = true;
              throw new Error('cut short');
            }
            return [state];
          },
        },
      };
      const { troubles } = await follow({ mirror: fails });
      await shows(two, 71);
      await shows(one, 70);
      expect(troubles).toEqual([expect.stringContaining('cut short')]);
      // what it said long ago is not repeated, what is newer is
      await stage.speaker.publish([said(one, 1, 3), said(two, 5, 5)]);
      await shows(two, 5);
      expect(await value(one)).toMatchObject({ amount: 70, version: 4 });
    });

    it('is made whole when the broker came back with less than was written into the bucket', async () => {
      const key = randomUUID();
      const { stop } = await follow();
      await stage.speaker.publish([said(key, 3, 3)]);
      await shows(key, 3);
      await stop();
      await stage
        .rows<{ _id: string; e: number; s: DepositData }>('state_stand')
        .insertOne({ _id: `acme|${key}`, e: 7, s: { key, amount: 7 } });
      const noted = stage.rows<{ _id: string; seq: number }>('mirrors');
      const { seq } = (await noted.findOne({ _id: 'test-stands' })) as { seq: number };
      expect(seq).toBeGreaterThan(0);
      // A lost tail: the bucket ends before what was written.
      await noted.updateOne({ _id: 'test-stands' }, { $inc: { seq: 1_000 } });
      await follow();
      await shows(key, 7);
    });

    it('is made whole when its bucket lost its end while everyone stayed connected', async () => {
      const [kept, lost, again] = [randomUUID(), randomUUID(), randomUUID()];
      await follow();
      await stage.speaker.publish([said(kept, 1, 1)]);
      await shows(kept, 1);
      const setBack = await copyOf(stage.speaker, 'KV_test-stands');
      await stage.speaker.publish([said(lost, 2, 2), said(again, 3, 3)]);
      await shows(lost, 2);
      await shows(again, 3);
      await stage
        .rows<{ _id: string; e: number; s: DepositData }>('state_stand')
        .insertOne({ _id: `acme|${lost}`, e: 2, s: { key: lost, amount: 2 } });
      await setBack();
      await shows(lost, 2);
      // No state has it: it is told again, as whoever said it does after a loss.
      await stage.speaker.publish([said(again, 3, 3)]);
      await shows(again, 3);
      expect(await value(kept)).toMatchObject({ amount: 1 });
    });

    it('writes what is told again where it is gone, and goes on behind what no contract allows', async () => {
      const key = randomUUID();
      const { troubles } = await follow();
      await stage.speaker.publish([said(key, 1, 1)]);
      await shows(key, 1);
      await (await bucket()).purge(mirrorKey('acme', [key]));
      await stage.speaker.publish([{ ...said(key, 1, 1), body: '{}' }, said(key, 1, 1)]);
      await shows(key, 1);
      expect(troubles).toEqual([]);
    });

    it('is rebuilt again when a rebuilding was cut short, though the bucket has grown since', async () => {
      const key = randomUUID();
      const noted = stage.rows<{ _id: string; isWhole?: boolean }>('mirrors');
      const states = stage.rows<{ _id: string; e: number; s: DepositData }>('state_stand');
      await noted.updateOne({ _id: 'test-stands' }, { $inc: { seq: 1_000 } });
      const { stop } = await follow({
        mirror: {
          ...stands,
          rebuiltFrom: {
            kind: 'stand',
            values: () => {
              throw new Error('cut short');
            },
          },
        },
      });
      await eventually('it is noted', async () => (await noted.findOne({ _id: 'test-stands' }))?.isWhole === false);
      await stop();
      await states.insertOne({ _id: `acme|${key}`, e: 7, s: { key, amount: 7 } });
      await follow();
      await shows(key, 7);
      await eventually('it is noted', async () => (await noted.findOne({ _id: 'test-stands' }))?.isWhole === true);
    });

    it('goes on when the broker lost everything', async () => {
      const key = randomUUID();
      await follow();
      await stage.speaker.publish([said(key, 1, 1)]);
      await shows(key, 1);
      await stage.servers.nats.kill9();
      await stage.servers.nats.wipeStore();
      await stage.servers.nats.restart();
      await eventually('the speaker is back', () => stage.speaker.up);
      await applyPlan(
        stage.speaker.manager,
        await plan(stage.speaker.manager, [serviceA, serviceB], developmentOptions),
      );
      await eventually('the new value', async () => {
        await stage.speaker.publish([said(key, 2, 2)]);
        return (await value(key).catch(() => undefined))?.amount === 2;
      });
    }, 30_000);
  });

  describe('provision', () => {
    const look = (lanes: Record<string, number> = {}) =>
      plan(stage.speaker.manager, [serviceA, serviceB], { ...developmentOptions, lanes });

    it('shows what is missing or differs, makes it so, and then has nothing to do', async () => {
      const { manager } = stage.speaker;
      await manager.streams.delete('SHIPMENTS');
      const { config } = await manager.streams.info('ORDERS');
      await manager.streams.update('ORDERS', { ...config, max_age: 1_000_000_000_000 });
      await manager.consumers.delete('MASTERDATA', 'test-a-counter-0of1');
      const found = await look();
      expect(show(found).split('\n').sort()).toEqual([
        'consumer MASTERDATA/test-a-counter-0of1: missing',
        'stream ORDERS: differs (max_age)',
        'stream SHIPMENTS: missing',
      ]);
      await Promise.all([applyPlan(manager, found), applyPlan(manager, found)]);
      expect(needed(await look())).toBe(false);
      expect(show(await look())).toBe('');
    });

    it('is left to others by services that may only bind: they say what is missing, and go on when it is there', async () => {
      const { manager } = stage.speaker;
      await manager.consumers.delete('MASTERDATA', 'test-a-counter-0of1');
      const told: unknown[] = [];
      const context = {
        definition: serviceA,
        settings: { bindOnly: true, lanes: {}, streamReplicas: 1, ackWaitMs: developmentOptions.ackWaitMs },
        watch: { log: { info: (about: unknown) => told.push(about), warn: () => undefined } },
      };
      const provisioning = new Provisioning(stage.speaker, context as never, new AbortController().signal);
      const bound = provisioning.ensure();
      await eventually('said', () => provisioning.missing === 'consumer MASTERDATA/test-a-counter-0of1: missing');
      expect(needed(await look())).toBe(true);
      await applyPlan(manager, await look());
      await bound;
      expect(provisioning.missing).toBe('');
    });

    it('gives each lane a durable on each of its streams that hears its partitions only', async () => {
      const { manager } = stage.speaker;
      await applyPlan(manager, await look({ counter: 4 }));
      const { config } = await manager.consumers.info('MASTERDATA', 'test-a-counter-1of4');
      expect(config.filter_subjects?.sort()).toEqual(
        ['01', '05', '09', '13'].map((p) => `masterdata.cmd.test-deposit.v1.${p}`),
      );
      expect(config).toMatchObject({ max_deliver: -1, ack_wait: 600_000_000_000, ack_policy: 'explicit' });
      expect((await manager.streams.info('MASTERDATA')).config).toMatchObject({
        retention: 'limits',
        storage: 'file',
        discard: 'new',
        allow_atomic: true,
      });
    });
  });
});
