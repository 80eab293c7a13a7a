/** What a store must do for lanes: one owner each, leases by its own clock, a number that changes while nobody is at work. */
import assert from 'node:assert/strict';
import { Fenced, LanesFixed, type LaneDocument, type Store } from '@crossdock/runtime';
import { same, soon, type Case } from './case.js';
import { aDue, aPlan, fresh, partition, take, takenLane } from './store-plans.js';

const POSITION = { created: 'c1', seq: 7, msgId: 'm7' };

export const laneCases = (make: () => Promise<{ store: Store; another: Store }>): Case[] => [
  {
    name: 'declares lanes once and leaves those alone that are there',
    run: async () => {
      const { store } = await make();
      const lane = await takenLane(store);
      await store.commit(aPlan(lane, { positions: { ORDERS: POSITION } }));
      await store.declareLanes(lane.decider, 1, partition);
      const found = await store.readLane(lane._id);
      same([found?.n, found?.owner, found?.positions], [1, lane.owner, { ORDERS: POSITION }]);
    },
  },
  {
    name: 'gives a lane to one of two who ask for it, with the next epoch, unclean while it is owned',
    run: async () => {
      const { store, another } = await make();
      const decider = fresh('decider');
      await store.declareLanes(decider, 1, partition);
      const found = (await store.readLane(`${decider}:0of1`)) as LaneDocument;
      const both = await Promise.all([store.takeLane(found, 'one'), another.takeLane(found, 'two')]);
      const [taken] = both.filter((lane) => lane !== undefined);
      assert.equal(both.filter((lane) => lane !== undefined).length, 1);
      same([taken?.epoch, taken?.clean], [1, true], 'what it was when it was taken');
      const now = await store.readLane(found._id);
      same([now?.owner, now?.epoch, now?.clean], [taken?.owner, 1, false]);
      assert.equal(await another.takeLane(found, 'three'), undefined, 'an old reading takes nothing');
    },
  },
  {
    name: 'takes a lane from an owner, who is fenced from then on',
    run: async () => {
      const { store, another } = await make();
      const lane = await takenLane(store);
      const heir = await take(another, lane._id, 'heir');
      same([heir.epoch, heir.clean], [lane.epoch + 1, false]);
      await assert.rejects(store.commit(aPlan(lane)), Fenced);
      await assert.rejects(store.storePositions(lane._id, lane.owner ?? '', lane.epoch, 0, {}, lane.pub), Fenced);
      await store.releaseLane(lane);
      assert.equal((await store.readLane(lane._id))?.owner, 'heir');
      await another.commit(aPlan(heir));
    },
  },
  {
    name: 'takes a lane back as it stands, free for the next',
    run: async () => {
      const { store } = await make();
      const lane = await takenLane(store);
      await store.commit(aPlan(lane));
      const pub = { n: 1, at: { ORDERS: POSITION } };
      await store.releaseLane({ ...lane, n: 1, positions: { STOCK: POSITION }, pub, clean: true });
      const found = await store.readLane(lane._id);
      same(
        [found?.owner, found?.clean, found?.n, found?.positions, found?.pub],
        [null, true, 1, { STOCK: POSITION }, pub],
      );
    },
  },
  {
    name: 'counts a replica among the living until its lease is over, and as fresh for half of it',
    run: async () => {
      const { store, another } = await make();
      const [long, short, gone] = [fresh('replica'), fresh('replica'), fresh('replica')] as const;
      await Promise.all([store.renew(long, 60_000), store.renew(short, 60), store.renew(gone, 60_000)]);
      await store.leave(gone);
      const living = async (leaseMs = 60_000) =>
        (await another.living(leaseMs)).map(({ id, fresh: f }) => [id, f].join());
      assert.ok((await living()).includes(`${long},true`));
      assert.ok((await living(200_000)).includes(`${long},false`));
      await soon('the short lease is over', async () => !(await living()).some((text) => text.startsWith(short)));
      assert.ok(!(await living()).some((text) => text.startsWith(gone)));
    },
  },
  ...numberCases(make),
];

const numberCases = (make: () => Promise<{ store: Store; another: Store }>): Case[] => [
  {
    name: 'multiplies lanes: new ones begin where the old one stood, what waits goes to its partition, the old one retires',
    run: async () => {
      const { store } = await make();
      const lane = await takenLane(store);
      const waits = Array.from({ length: 16 }, () => aDue(lane._id));
      await store.commit(aPlan(lane, { dueIn: waits, positions: { ORDERS: POSITION } }));
      await store.releaseLane({ ...lane, n: 1, positions: { ORDERS: POSITION }, clean: true });
      await store.declareLanes(lane.decider, 4, partition);
      const found = (await store.lanes()).filter(({ decider }) => decider === lane.decider);
      const [old, ...made] = found.sort((a, b) => a.of - b.of || a.k - b.k);
      same([old?.retired, old?.epoch, old?.n], [true, lane.epoch + 1, 1]);
      same(
        made.map(({ _id, n, positions, after, passed }) => [_id, n, positions, after, passed]),
        [0, 1, 2, 3].map((k) => [`${lane.decider}:${k}of4`, 0, { ORDERS: POSITION }, [lane._id], {}]),
      );
      for (const { k, _id } of made)
        same(
          (await store.dueNow([_id], '9', 100)).map((due) => due._id).sort(),
          waits
            .filter((due) => partition(due) % 4 === k)
            .map((due) => due._id)
            .sort(),
        );
      await assert.rejects(store.commit(aPlan({ ...lane, n: 1 })), Fenced);
      await store.declareLanes(lane.decider, 4, partition);
      assert.equal((await store.lanes()).filter(({ decider }) => decider === lane.decider).length, 5);
    },
  },
  {
    name: 'joins lanes: the new one begins where the one furthest behind stood, and knows what the others had done',
    run: async () => {
      const { store } = await make();
      const decider = fresh('decider');
      await store.declareLanes(decider, 4, partition);
      const at = (seq: number) => ({ created: 'c1', seq, msgId: `m${seq}` });
      for (const k of [0, 1, 2, 3]) {
        const lane = await take(store, `${decider}:${k}of4`, fresh('replica'));
        await store.releaseLane({ ...lane, positions: { ORDERS: at(10 * (k + 1)) }, clean: k !== 3 });
      }
      await store.declareLanes(decider, 2, partition);
      const [even, odd] = await Promise.all([0, 1].map((k) => store.readLane(`${decider}:${k}of2`)));
      same(
        [even?.after, odd?.after],
        [0, 1].map((k) => [`${decider}:${k}of4`, `${decider}:${k + 2}of4`]),
      );
      same([even?.positions, odd?.positions], [{ ORDERS: at(10) }, { ORDERS: at(20) }]);
      same([even?.clean, odd?.clean], [true, false]);
      same(even?.passed, { ORDERS: [{ partitions: [2, 6, 10, 14], position: at(30) }] });
      same(odd?.passed, { ORDERS: [{ partitions: [3, 7, 11, 15], position: at(40) }] });
    },
  },
  {
    name: 'brings a lane back that was retired: its commits stay its own, its last owner stays fenced',
    run: async () => {
      const { store } = await make();
      const lane = await takenLane(store);
      const plan = aPlan(lane);
      await store.commit(plan);
      await store.releaseLane({ ...lane, n: 1, positions: {}, pub: { n: 1, at: {} }, clean: true });
      await store.declareLanes(lane.decider, 2, partition);
      await store.declareLanes(lane.decider, 1, partition);
      const back = await store.readLane(lane._id);
      same([back?.retired, back?.n, back?.pub.n, back?.owner], [undefined, 1, 1, null]);
      assert.ok((back?.epoch ?? 0) > lane.epoch);
      await assert.rejects(store.commit(aPlan({ ...lane, n: 1 })), Fenced);
      await store.commit(aPlan(await take(store, lane._id, fresh('replica'))));
      same(
        (await store.commits(lane._id, 1, 10)).map(({ n }) => n),
        [1, 2],
      );
    },
  },
  {
    name: 'refuses what is no number of lanes, and to change it under a living owner',
    run: async () => {
      const { store, another } = await make();
      const decider = fresh('decider');
      await store.declareLanes(decider, 2, partition);
      for (const wanted of [0, 17, 1.5])
        await assert.rejects(store.declareLanes(decider, wanted, partition), LanesFixed);
      const owner = fresh('replica');
      await store.renew(owner, 60_000);
      await take(store, `${decider}:1of2`, owner);
      await assert.rejects(another.declareLanes(decider, 4, partition), LanesFixed);
      await store.leave(owner);
      await Promise.all([store, another].map((each) => each.declareLanes(decider, 4, partition)));
      assert.equal((await store.lanes()).filter((lane) => lane.decider === decider && !lane.retired).length, 4);
    },
  },
];
