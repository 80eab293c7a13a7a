/** What a store must do for what waits: timers, parked messages, asks, attempts. */
import type { Store } from '@crossdock/runtime';
import { same, type Case } from './case.js';
import { aDue, after, aPlan, aRow, AT, fresh, takenLane } from './store-plans.js';

const minute = (n: number): string => AT.replace('09:00', `09:0${n}`);

export const waitingCases = (make: () => Promise<{ store: Store; another: Store }>): Case[] => [
  {
    name: 'sweeps timers and parked messages of the given lanes whose time has come, the oldest first; asks never',
    run: async () => {
      const { store } = await make();
      const [one, two] = [await takenLane(store), await takenLane(store)];
      const late = aDue(one._id, { at: minute(3) });
      const early = aDue(one._id, { at: minute(1), kind: 'parked' });
      const future = aDue(one._id, { at: minute(5) });
      const question = aDue(one._id, { at: minute(1), kind: 'ask' });
      const elsewhere = aDue(two._id, { at: minute(2) });
      await store.commit(aPlan(one, { dueIn: [late, early, future, question] }));
      await store.commit(aPlan(two, { dueIn: [elsewhere] }));
      const found = async (lanes: string[], limit = 9) =>
        (await store.dueNow(lanes, minute(3), limit)).map(({ _id }) => _id);
      same(await found([one._id]), [early._id, late._id]);
      same(await found([one._id, two._id]), [early._id, elsewhere._id, late._id]);
      same(await found([one._id], 1), [early._id]);
      await store.postpone(early._id, minute(4));
      await store.postpone('gone', minute(4));
      same(await found([one._id]), [late._id]);
    },
  },
  {
    name: 'gives what waits in a lane by kind, in the order in which it came',
    run: async () => {
      const { store } = await make();
      const lane = await takenLane(store);
      const parked = [3, 1, 2].map((ord) => aDue(lane._id, { kind: 'parked', ord, stream: 'S', awaits: 'a' }));
      const ask = aDue(lane._id, { kind: 'ask' });
      await store.commit(aPlan(lane, { dueIn: [...parked, ask] }));
      same(
        (await store.waiting(lane._id, 'parked')).map(({ ord }) => ord),
        [1, 2, 3],
      );
      same(await store.waiting(lane._id, 'ask'), [ask]);
    },
  },
  {
    name: 'takes out what waited in the commit that ended it, and puts it in again under the same id',
    run: async () => {
      const { store } = await make();
      const lane = await takenLane(store);
      const due = aDue(lane._id);
      const first = aPlan(lane, { dueIn: [due] });
      await store.commit(first);
      const again = { ...due, kind: 'parked' as const, awaits: 'acme|thing/1' };
      const second = aPlan(after(lane, first), { dueOut: [due._id], dueIn: [again] });
      await store.commit(second);
      same(await store.waiting(lane._id, 'parked'), [again]);
      await store.commit(aPlan(after(lane, second), { dueOut: [due._id] }));
      same(await store.dueNow([lane._id], '9', 9), []);
    },
  },
  {
    name: 'takes a message that waits or is refused a second time under the same id, long after its commit was forgotten',
    run: async () => {
      const { store } = await make();
      const lane = await takenLane(store);
      const [due, row] = [aDue(lane._id), aRow(lane._id)];
      const first = aPlan(lane, { dueIn: [due], quarantine: [row] });
      await store.commit(first);
      await store.commit(aPlan(after(lane, first), { dueIn: [{ ...due, at: minute(7) }], quarantine: [row] }));
      same(
        (await store.dueNow([lane._id], '9', 9)).map(({ at }) => at),
        [minute(7)],
      );
    },
  },
  {
    name: 'keeps deposits once, gives them to the sweep, and drops them without touching what waits under their id',
    run: async () => {
      const { store, another } = await make();
      const lane = await takenLane(store);
      const unread = { reason: 'broken-json', text: 'no JSON', bytes: new Uint8Array([123, 0, 255]) };
      const [one, two] = [
        aDue(lane._id, { kind: 'deposit' }),
        aDue(lane._id, { kind: 'deposit', at: minute(1), unread }),
      ];
      await store.deposit([one]);
      await another.deposit([two, { ...one, at: minute(9) }]);
      const found = async () =>
        (await store.dueNow([lane._id], minute(3), 9)).map(({ unread: odd, ...due }) => ({
          ...due,
          ...(odd ? { unread: { ...odd, bytes: new Uint8Array(odd.bytes) } } : {}),
        }));
      same(await found(), [one, two]);
      const decided = aPlan(lane, { dueOut: [one._id], dueIn: [{ ...one, kind: 'parked', awaits: 'acme|thing/1' }] });
      await store.commit(decided);
      await store.deposit([one]);
      await store.dropDeposits([one._id, two._id]);
      same(await store.waiting(lane._id, 'parked'), [{ ...one, kind: 'parked', awaits: 'acme|thing/1' }]);
      same(
        (await store.dueNow([lane._id], minute(3), 9)).map(({ _id }) => _id),
        [one._id],
      );
    },
  },
  {
    name: 'counts attempts of a message',
    run: async () => {
      const { store, another } = await make();
      const cause = fresh('cause');
      same([await store.attempt(cause), await another.attempt(cause), await store.attempt(cause)], [1, 2, 3]);
    },
  },
];
