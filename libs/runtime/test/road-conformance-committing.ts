/** What the road promises when it commits: part of its conformance suite. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { Conflict, type StoredEvent } from '@crossdock/runtime';
import { DoorDeposit } from './chain.ts';
import { atDoor, counted, deposits, exactly, type Run } from './floor-steps.ts';
import { doorInput } from './replica-of.ts';
import { gate } from './tampering.ts';

export const committing: readonly (readonly [name: string, run: Run])[] = [
  [
    'decides again after a transaction that was aborted, and after one whose result it did not hear',
    async (floor) => {
      const key = randomUUID();
      let times = 0;
      await floor.start((real) => ({
        commit: async (plan) => {
          times++;
          if (times === 1) throw new Conflict('somebody else was in the way');
          await real.commit(plan);
          if (times === 2) throw new Error('no answer');
        },
      }));
      await floor.publish(deposits(key, 4));
      await exactly(floor, key, 4);
      await floor.until('each said once', async () => (await floor.deposited(key)).length === 4);
      assert.ok(times >= 2);
    },
  ],
  [
    'halves a batch that cannot be committed down to the one message, which is set aside',
    async (floor) => {
      const key = randomUUID();
      const events = deposits(key, 12);
      const bad = events[7] as StoredEvent;
      await floor.publish(events);
      await floor.start((real) => ({
        commit: (plan) => {
          const isBad = plan.causes.some((cause) => cause.endsWith(bad.id)) && plan.quarantine.length === 0;
          return isBad ? Promise.reject(new Error('too large')) : real.commit(plan);
        },
      }));
      await exactly(floor, key, 11);
      assert.equal((await floor.quarantined(bad.id))?.reason, 'commit-refused');
    },
  ],
  [
    'says what a caller brought whose name has two lines, and goes on',
    async (floor) => {
      const key = randomUUID();
      const runner = await floor.start();
      const input = doorInput(DoorDeposit, { key, amount: 1 });
      const actor = { kind: 'user' as const, id: 'jo\r\nNats-Rollup: all' };
      await floor.over(runner.road.submit({ input: { ...input, actor } }));
      await atDoor(floor, runner, key);
      await floor.until('both said', async () => (await floor.deposited(key)).length === 2);
    },
  ],
  [
    'stores where it stands also when nothing else of a batch is stored',
    async (floor) => {
      const key = randomUUID();
      const [one] = deposits(key, 1) as [StoredEvent];
      const held = gate();
      const batches: (readonly string[])[] = [];
      const { road } = await floor.start((real) => ({
        handled: async (causes) => {
          batches.push(causes);
          await held.pass();
          return real.handled(causes);
        },
      }));
      await floor.publish([one]);
      await counted(floor, key, 1);
      const stands = async (): Promise<number> => (await floor.lane()).positions['MASTERDATA']?.seq ?? 0;
      const toldToWait = () => road.submit({ input: doorInput(DoorDeposit, { key, amount: 1, kind: 'waits' }) });
      const isBeside = (): boolean =>
        batches.some((causes) => causes.length > 1 && causes.some((cause) => cause.endsWith(one.id)));
      for (let time = 0; time < 20 && !isBeside(); time++) {
        const before = await stands();
        held.shut();
        const first = toldToWait();
        await floor.until('a batch is under way', () => held.waiting > 0);
        await floor.publishCopy(one);
        const second = toldToWait();
        held.open();
        await floor.over(Promise.all([first, second]));
        await floor.until('its position is stored', async () => (await stands()) > before);
      }
      assert.ok(isBeside(), 'a copy came beside a caller');
      await exactly(floor, key, 1);
    },
  ],
];
