/** What the road promises when the broker loses what it had: part of its conformance suite. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { StoredEvent } from '@crossdock/runtime';
import { atDoor, counted, deposits, exactly, ids, type Run } from './floor-steps.ts';
import type { Floor, Runner } from './road-conformance.ts';

/** Nobody looks at the newest message in between; at the end it stands, and the two before it do not. */
const lostBehind = async (floor: Floor, isReady: (runner: Runner) => boolean): Promise<void> => {
  const [key, other] = [randomUUID(), randomUUID()];
  const said = (count: number) => async () => ids(await floor.deposited(key)).length === count;
  const runner = await floor.start(undefined, { checkMs: 3_600_000 });
  await atDoor(floor, runner, key);
  await floor.until('one said', said(1));
  const setBack = await floor.copyOf('ORDERS');
  for (let time = 0; time < 2; time++) await atDoor(floor, runner, key);
  await floor.until('three said', said(3));
  await floor.until('ready', () => isReady(runner));
  await setBack();
  assert.ok(await said(1)());
  await floor.publish(deposits(other, 4).map((event) => ({ ...event, stream: 'ORDERS', type: 'orders.evt.other' })));
  await atDoor(floor, runner, key);
  await floor.until('all said', said(4));
};

export const losing: readonly (readonly [name: string, run: Run])[] = [
  [
    'sends everything again when the broker has lost all of it, and nothing acts twice',
    async (floor) => {
      const key = randomUUID();
      const runner = await floor.start();
      await floor.publish(deposits(key, 5));
      await exactly(floor, key, 5);
      await floor.until('all said', async () => (await floor.deposited(key)).length === 5);
      const before = ids(await floor.deposited(key));
      await floor.lose('all');
      await floor.until('all said again', async () => ids(await floor.deposited(key)).length === 5);
      assert.deepEqual(ids(await floor.deposited(key)).sort(), [...before].sort());
      await atDoor(floor, runner, key);
      await exactly(floor, key, 6);
    },
  ],
  [
    'sends again what an old copy of the broker lacks, and hears what comes after it',
    async (floor) => {
      const key = randomUUID();
      const runner = await floor.start();
      await floor.publish(deposits(key, 5));
      await floor.until('all said', async () => (await floor.deposited(key)).length === 5);
      await floor.keepCopy();
      for (let time = 0; time < 6; time++) await atDoor(floor, runner, key);
      await floor.until('all said', async () => (await floor.deposited(key)).length === 11);
      await floor.lose('all since the copy');
      await floor.until('all said again', async () => ids(await floor.deposited(key)).length === 11);
      await floor.publish(deposits(key, 2));
      await exactly(floor, key, 13);
      await floor.until('the rest too', async () => ids(await floor.deposited(key)).length === 13);
    },
  ],
  [
    'sends again what a stream lost under living connections, though others wrote beyond it and then the lane itself',
    (floor) =>
      lostBehind(floor, ({ road }) => road.lanes().every(({ published, committed }) => published === committed)),
  ],
  [
    'sends it again too when that happened before anybody could look for what was acknowledged',
    (floor) => lostBehind(floor, () => true),
  ],
  [
    'goes on behind a message that its publisher gave no id: nothing was lost',
    async (floor) => {
      const key = randomUUID();
      const [event] = deposits(key, 1) as [StoredEvent];
      const first = await floor.start();
      await floor.publishCopy(event, null);
      await counted(floor, key, 1);
      await floor.over(first.stop());
      const { positions } = await floor.lane();
      const { road, troubles } = await floor.start();
      await floor.until('it is taken up', () => road.lanes().some(({ ready }) => ready));
      assert.deepEqual(troubles, []);
      assert.deepEqual((await floor.lane()).positions, positions);
    },
  ],
  [
    'reads on from before the loss, though the same message stands at its position again by chance',
    async (floor) => {
      const key = randomUUID();
      const [one, two, three, late] = deposits(key, 4) as [StoredEvent, StoredEvent, StoredEvent, StoredEvent];
      const first = await floor.start();
      await floor.publish([one]);
      await counted(floor, key, 1);
      await floor.keepCopy();
      await floor.publish([two, three]);
      await exactly(floor, key, 3);
      await floor.over(first.stop());
      await floor.lose('all since the copy');
      await floor.publish([late, three, two]);
      await floor.start();
      await exactly(floor, key, 4);
    },
  ],
];
