/** What the road promises of a message from its stream to the streams it leads to; the same over the twins and on servers. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { CommitPlan, LaneDocument, Road, Store, StoredEvent } from '@crossdock/runtime';
import type { Case } from '@crossdock/testing';
import { DoorDeposit, type Tally } from './chain.ts';
import { atDoor, counted, deposits, exactly, ids, type Run } from './floor-steps.ts';
import { doorInput } from './replica-of.ts';
import { committing } from './road-conformance-committing.ts';
import { losing } from './road-conformance-losing.ts';

export interface Runner {
  readonly road: Road;
  readonly troubles: string[];
  /** every commit that the store took */
  readonly commits: CommitPlan[];
  stop(): Promise<void>;
  /** as if it was killed */
  crash(): Promise<void>;
}
/** Calls of the store that are answered otherwise. */
export type Taps = (real: Store) => Partial<Store>;
export interface Floor {
  /** `checkMs`: how often a lane looks whether the broker is the one it knew; as in production unless said */
  start(taps?: Taps, more?: { readonly checkMs?: number }): Promise<Runner>;
  publish(events: readonly StoredEvent[]): Promise<void>;
  /** the same event once more, under another id of the broker; `null`: as somebody publishes it who gives it none */
  publishCopy(event: StoredEvent, brokerId?: null): Promise<void>;
  tally(key: string): Promise<Tally | undefined>;
  lane(): Promise<LaneDocument>;
  parked(key: string): Promise<number>;
  quarantined(messageId: string): Promise<{ readonly reason: string; readonly attempts: number } | undefined>;
  /** what was said of a key, as it stands on its stream */
  deposited(
    key: string,
  ): Promise<readonly { readonly id: string; readonly version: number; readonly amount: number }[]>;
  /** a copy of the broker's store is kept */
  keepCopy(): Promise<void>;
  /** the broker comes back with nothing, or with what the copy has; who spoke from outside says again what it said */
  lose(what: 'all' | 'all since the copy'): Promise<void>;
  /** a copy of one stream; what it answers sets that stream back to it, and nobody is disconnected */
  copyOf(stream: string): Promise<() => Promise<void>>;
  until(what: string, holds: () => Promise<boolean> | boolean): Promise<void>;
  /** lets time go on until it is settled */
  over<T>(promise: Promise<T>): Promise<T>;
}

const delivering: readonly (readonly [name: string, run: Run])[] = [
  [
    'takes a message once that is delivered twice',
    async (floor) => {
      const key = randomUUID();
      const [one, two] = deposits(key, 2) as [StoredEvent, StoredEvent];
      await floor.start();
      await floor.publish([one]);
      await counted(floor, key, 1);
      await floor.publishCopy(one);
      await floor.publish([two]);
      await exactly(floor, key, 2);
    },
  ],
  [
    'keeps the order of each key, and numbers what it says of it',
    async (floor) => {
      const keys = [randomUUID(), randomUUID(), randomUUID()];
      const all = keys.map((key) => deposits(key, 40));
      await floor.start();
      await floor.publish(Array.from({ length: 40 }, (_, at) => all.map((events) => events[at] as StoredEvent)).flat());
      for (const key of keys) {
        await floor.until('all said', async () => (await floor.deposited(key)).length === 40);
        const said = await floor.deposited(key);
        assert.deepEqual(
          said.map(({ amount, version }) => [amount, version]),
          said.map((_, at) => [at + 1, at + 1]),
        );
      }
    },
  ],
  [
    'keeps a batch short in which somebody waits at the door',
    async (floor) => {
      const [key, caller] = [randomUUID(), randomUUID()];
      await floor.publish(deposits(key, 1_500));
      const runner = await floor.start();
      await atDoor(floor, runner, caller);
      const batch = runner.commits.find(({ events }) => events.some((event) => event.key === caller));
      assert.ok(batch && batch.causes.length <= 33, `${batch?.causes.length} in the batch`);
      await exactly(floor, key, 1_500);
    },
  ],
  [
    'closes a batch at 256 messages and at four megabytes of what it says',
    async (floor) => {
      const [key, heavy] = [randomUUID(), randomUUID()];
      await floor.publish(deposits(key, 600));
      await floor.publish(
        deposits(heavy, 6).map((event) => ({
          ...event,
          body: JSON.stringify({ key: heavy, amount: 1_500_000, kind: 'weighs' }),
        })),
      );
      const { commits } = await floor.start();
      await exactly(floor, key, 600);
      await exactly(floor, heavy, 6);
      assert.ok(Math.max(...commits.map(({ causes }) => causes.length)) <= 256);
      const bytes = commits.map(({ events }) => events.reduce((sum, { body }) => sum + body.length, 0));
      assert.ok(Math.max(...bytes) < 4_000_000 + 1_600_000, `a commit says ${Math.max(...bytes)} bytes`);
    },
  ],
];

const owning: readonly (readonly [name: string, run: Run])[] = [
  [
    'drains: finishes, publishes, gives its lane back, and the next owner goes on where it stood',
    async (floor) => {
      const key = randomUUID();
      const first = await floor.start();
      await floor.publish(deposits(key, 30));
      await counted(floor, key, 1);
      await floor.over(first.stop());
      const { owner, clean, n, pub, epoch } = await floor.lane();
      assert.deepEqual([owner, clean, pub.n], [null, true, n]);
      await floor.start();
      await exactly(floor, key, 30);
      assert.equal((await floor.lane()).epoch, epoch + 1);
    },
  ],
  [
    'tells a caller when it gives its lane back with his input undecided',
    async (floor) => {
      const key = randomUUID();
      let isUnderWay = false;
      const first = await floor.start(() => ({
        commit: () => {
          isUnderWay = true;
          return new Promise(() => undefined);
        },
      }));
      const input = doorInput(DoorDeposit, { key, amount: 1 });
      const told = first.road.submit({ input }).catch(({ code }: { code: string }) => code);
      await floor.until('it is under way', () => isUnderWay);
      await floor.over(first.stop());
      assert.equal(await floor.over(told), 'no-owner');
      const second = await floor.start();
      await floor.over(second.road.submit({ input }));
      await exactly(floor, key, 1);
    },
  ],
  [
    'remembers a state for queries as its last commit left it, also after a commit whose result it did not hear',
    async (floor) => {
      const key = randomUUID();
      let times = 0;
      const runner = await floor.start((real) => ({
        commit: async (plan) => {
          await real.commit(plan);
          if (++times === 2) throw new Error('no answer');
        },
      }));
      for (let count = 1; count <= 3; count++) {
        await atDoor(floor, runner, key);
        const known = runner.road.remembered('tally', `acme|${key}`);
        assert.equal((known?.s as Tally | undefined)?.count ?? (await floor.tally(key))?.count, count);
      }
      assert.equal((runner.road.remembered('tally', `acme|${key}`)?.s as Tally).count, 3);
      assert.equal(runner.road.remembered('tally', `other|${key}`), undefined);
    },
  ],
  [
    'remembers nothing once its lease is over: somebody else may have written',
    async (floor) => {
      const key = randomUUID();
      let isCutOff = false;
      const first = await floor.start((real) => ({
        renew: (...given) => (isCutOff ? Promise.reject(new Error('cut off')) : real.renew(...given)),
      }));
      await atDoor(floor, first, key);
      assert.ok(first.road.remembered('tally', `acme|${key}`));
      const { epoch } = await floor.lane();
      isCutOff = true;
      const second = await floor.start();
      await floor.until('it is taken over', async () => (await floor.lane()).epoch > epoch);
      await floor.publish(deposits(key, 1));
      await counted(floor, key, 2);
      assert.equal(first.road.remembered('tally', `acme|${key}`), undefined);
      await atDoor(floor, second, key);
      assert.equal((second.road.remembered('tally', `acme|${key}`)?.s as Tally).count, 3);
    },
  ],
  [
    'is taken over after an unclean end, with nothing lost and nothing twice',
    async (floor) => {
      const key = randomUUID();
      const first = await floor.start();
      await floor.publish(deposits(key, 100));
      await counted(floor, key, 1);
      await first.crash();
      await floor.publish(deposits(key, 20));
      await floor.start();
      await exactly(floor, key, 120);
      await floor.until('all said', async () => ids(await floor.deposited(key)).length === 120);
    },
  ],
];

const waiting: readonly (readonly [name: string, run: Run])[] = [
  [
    'parks what must wait, and behind it what came later for its key, and nothing else',
    async (floor) => {
      const [key, other] = [randomUUID(), randomUUID()];
      const queue = [...deposits(key, 1, 'waits'), ...deposits(key, 1), ...deposits(key, 1, 'waits')];
      const runner = await floor.start();
      await floor.publish([...queue, ...deposits(other, 1)]);
      await exactly(floor, other, 1);
      await floor.until('three parked', async () => (await floor.parked(key)) === 3);
      assert.equal(await floor.tally(key), undefined);
      await atDoor(floor, runner, key, 'opens');
      await exactly(floor, key, 4);
      assert.equal(await floor.parked(key), 0);
    },
  ],
  [
    'sets aside what cannot be read and what is refused, and spares the others',
    async (floor) => {
      const key = randomUUID();
      const [broken] = deposits(key, 1) as [StoredEvent];
      const [refused] = deposits(key, 1, 'refused') as [StoredEvent];
      const [throws] = deposits(key, 1, 'throws') as [StoredEvent];
      // Half a character: a store keeps it as another one, and finds nothing under it.
      const [half] = deposits(`${key}\ud800`, 1) as [StoredEvent];
      await floor.start();
      await floor.publish([{ ...broken, body: '{' }, half, refused, throws, ...deposits(key, 3)]);
      await exactly(floor, key, 3);
      const reasons = await Promise.all(
        [broken, half, refused, throws].map(async ({ id }) => (await floor.quarantined(id))?.reason),
      );
      assert.deepEqual(reasons, ['undecodable', 'undecodable', 'quantity-not-positive', 'decision-failed']);
    },
  ],
  [
    'sets aside a message that ends its process again and again, and spares its neighbours',
    async (floor) => {
      const key = randomUUID();
      const [poison] = deposits(key, 1) as [StoredEvent];
      const neighbours = deposits(key, 5);
      await floor.publish([...neighbours.slice(0, 2), poison, ...neighbours.slice(2)]);
      const never = new Promise<never>(() => undefined);
      for (let life = 0; life < 8 && !(await floor.quarantined(poison.id)); life++) {
        let isHit = false;
        const runner = await floor.start((real) => ({
          commit: (plan) => {
            const isIt = plan.causes.some((cause) => cause.endsWith(poison.id)) && plan.quarantine.length === 0;
            if (isIt) isHit = true;
            return isIt ? never : real.commit(plan);
          },
        }));
        await floor.until(
          'it dies, or has set it aside',
          async () => isHit || (await floor.quarantined(poison.id)) !== undefined,
        );
        if (isHit) await runner.crash();
      }
      const { reason, attempts } = (await floor.quarantined(poison.id)) ?? {};
      assert.deepEqual([reason, attempts], ['kills-process', 3]);
      await exactly(floor, key, 5);
    },
  ],
];

/** Each case on a floor of its own; `over` ends it. */
export const roadConformance = (open: () => Promise<Floor>): readonly Case[] =>
  [...delivering, ...owning, ...waiting, ...committing, ...losing].map(([name, run]) => ({
    name,
    run: async () => run(await open()),
  }));
