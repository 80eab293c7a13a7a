/** What a store must do for commits: everything or nothing, under the fence, each message once. */
import assert from 'node:assert/strict';
import { Conflict, Fenced, type CommitPlan, type LaneDocument, type Store } from '@crossdock/runtime';
import { same, type Case } from './case.js';
import { aDue, after, anEvent, aPlan, aRow, AT, fresh, newState, takenLane, written } from './store-plans.js';

/** A commit with something of everything in it. */
const fullPlan = (lane: LaneDocument): CommitPlan => {
  const cause = fresh('cause');
  const pub = { n: 0, at: { ORDERS: { created: 'c1', seq: 3, msgId: 'm3' } } };
  const answers = [{ id: cause, answer: { kind: 'accept', answer: { deep: [1, 'ü'] } }, bodyHash: 'b' }] as const;
  return aPlan(lane, {
    causes: [cause],
    answers,
    events: [anEvent(), anEvent()],
    states: [newState(fresh('acme|thing'), { count: 1 }, `${lane._id}:1`)],
    dueIn: [aDue(lane._id)],
    quarantine: [aRow(lane._id)],
    positions: { STOCK: { created: 'c1', seq: 9, msgId: 'm9' } },
    pub,
  });
};
/** What of a plan stands in the store. */
const standing = async (store: Store, plan: CommitPlan): Promise<boolean[]> => [
  (await store.handled(plan.causes)).size > 0,
  (
    await store.load(
      'thing',
      plan.states.map(({ after: { id } }) => id),
    )
  ).length > 0,
  (await store.dueNow([plan.lane], '9', 10)).some(({ _id }) => _id === plan.dueIn[0]?._id),
  (await store.commits(plan.lane, plan.n, 1)).some(({ events }) => events[0]?.id === plan.events[0]?.id),
];
const refusal = (
  name: string,
  spoil: (plan: CommitPlan, store: Store) => Promise<CommitPlan>,
  error: new (message?: string) => Error,
) => ({
  name,
  error,
  spoil,
});

export const commitCases = (make: () => Promise<{ store: Store; another: Store }>): Case[] => [
  {
    name: 'keeps nothing of what is undefined: not there is not null',
    run: async () => {
      const { store, another } = await make();
      const lane = await takenLane(store);
      const [id, cause, gone] = [fresh('acme|thing'), fresh('cause'), undefined];
      const states = [newState(id, { count: 1, gone, deep: [{ gone }] }, `${lane._id}:1`)];
      const answers = [{ id: cause, answer: { kind: 'accept' as const, answer: { count: 1, gone } } }];
      await store.commit(aPlan(lane, { causes: [cause], answers, states }));
      const [state] = await another.load('thing', [id]);
      assert.deepStrictEqual(state?.s, { count: 1, deep: [{}] });
      const handled = await another.handled([cause]);
      assert.deepStrictEqual(handled.get(cause)?.answer, { kind: 'accept', answer: { count: 1 } });
    },
  },
  {
    name: 'commits number, positions, inbox, outbox, states and what waits together',
    run: async () => {
      const { store, another } = await make();
      const lane = await takenLane(store);
      const plan = fullPlan(lane);
      await store.commit(plan);
      const now = await another.readLane(lane._id);
      same([now?.n, now?.positions, now?.pub], [1, plan.positions, plan.pub]);
      same([...(await another.handled(plan.causes))], [[plan.causes[0], plan.answers[0]]]);
      const [state] = await another.load('thing', [plan.states[0]?.after.id ?? '', 'acme|unknown']);
      same(state, plan.states[0]?.after);
      const [commit] = await another.commits(lane._id, 1, 5);
      const { n, at, events, positions, pub } = plan;
      same(commit, { n, at, events, positions, pub });
      same(await another.dueNow([lane._id], '9', 10), plan.dueIn);
    },
  },
  ...[
    refusal('of a stale epoch', async (plan) => ({ ...plan, epoch: plan.epoch - 1 }), Fenced),
    refusal('of another owner', async (plan) => ({ ...plan, owner: 'somebody' }), Fenced),
    refusal('with a number left out', async (plan) => ({ ...plan, n: plan.n + 1 }), Fenced),
    refusal('with a number taken', async (plan) => ({ ...plan, n: plan.n - 1 }), Fenced),
    refusal(
      'of a message that was handled',
      async (plan, store) => ({ ...plan, causes: [...plan.causes, await handled(store)] }),
      Conflict,
    ),
    refusal(
      'over a state that stands already',
      async (plan, store) => withState(plan, await stored(store), { v: 0 }),
      Conflict,
    ),
    refusal(
      'over an older version of a state',
      async (plan, store) => withState(plan, await stored(store), { v: 2 }),
      Conflict,
    ),
    refusal(
      "over another's writing of the same version",
      async (plan, store) => withState(plan, await stored(store), { by: 'another' }),
      Conflict,
    ),
  ].map(({ name, spoil, error }): Case => ({
    name: `refuses a commit ${name}, and nothing of it stands`,
    run: async () => {
      const { store } = await make();
      const lane = await takenLane(store);
      const plan = fullPlan(lane);
      const spoilt = await spoil(plan, store);
      await assert.rejects(store.commit(spoilt), error);
      same(await standing(store, plan), [false, false, false, false]);
      assert.equal((await store.readLane(lane._id))?.n, 0);
      await store.commit(plan);
    },
  })),
  ...stateCases(make),
];

const stored = async (store: Store): Promise<CommitPlan> => {
  const plan = fullPlan(await takenLane(store));
  await store.commit(plan);
  return plan;
};
const handled = async (store: Store): Promise<string> => (await stored(store)).causes[0] ?? '';
const withState = (plan: CommitPlan, { states }: CommitPlan, before: { v?: number; by?: string }): CommitPlan => {
  const there = states.map(({ after: state }) => written({ ...state, ...before }, {}, 'x'));
  return { ...plan, states: [...plan.states, ...there] };
};

const stateCases = (make: () => Promise<{ store: Store; another: Store }>): Case[] => [
  {
    name: 'replaces a state over the version and the writer that were loaded',
    run: async () => {
      const { store } = await make();
      const lane = await takenLane(store);
      const first = aPlan(lane, { states: [newState(fresh('acme|thing'), { count: 1 }, 'first')] });
      await store.commit(first);
      const before = first.states[0]?.after;
      assert.ok(before);
      await store.commit(aPlan(after(lane, first), { states: [written(before, { count: 2 }, 'second')] }));
      same(await store.load('thing', [before.id]), [{ ...before, v: 2, by: 'second', s: { count: 2 } }]);
    },
  },
  {
    name: 'notes positions without a commit, and shows the number of the fence',
    run: async () => {
      const { store } = await make();
      const lane = await takenLane(store);
      const positions = { STOCK: { created: 'c1', seq: 12, msgId: null } };
      await store.storePositions(lane._id, lane.owner ?? '', lane.epoch, 0, positions, lane.pub);
      same((await store.readLane(lane._id))?.positions, positions);
      await assert.rejects(store.storePositions(lane._id, lane.owner ?? '', lane.epoch, 1, {}, lane.pub), Fenced);
    },
  },
  {
    name: 'keeps a commit of several megabytes whole and in order',
    run: async () => {
      const { store } = await make();
      const lane = await takenLane(store);
      const events = Array.from({ length: 12 }, (_, index) => anEvent({ body: `${index}${'x'.repeat(400_000)}` }));
      await store.commit(aPlan(lane, { events }));
      const [commit] = await store.commits(lane._id, 1, 1);
      same(
        commit?.events.map(({ id }) => id),
        events.map(({ id }) => id),
      );
      assert.ok(commit?.events.every(({ body }, index) => body === events[index]?.body));
    },
  },
  {
    name: 'gives commits from a number on, as many as asked, without forgotten and old ones',
    run: async () => {
      const { store } = await make();
      let lane = await takenLane(store);
      const causes: string[] = [];
      for (let n = 1; n <= 6; n++) {
        const plan = aPlan(lane, { at: AT.replace('09:00', `09:0${n}`) });
        causes.push(plan.causes[0] ?? '');
        await store.commit(plan);
        lane = after(lane, plan);
      }
      const numbers = async (from: number, limit: number, since?: string) =>
        (await store.commits(lane._id, from, limit, since)).map(({ n }) => n);
      same(await numbers(2, 3), [2, 3, 4]);
      same(await numbers(1, 9, AT.replace('09:00', '09:03')), [3, 4, 5, 6]);
      assert.equal(await store.forget(lane._id, 3, AT.replace('09:00', '09:03')), 2, 'only what is older');
      assert.equal(await store.forget(lane._id, 4, AT.replace('09:00', '09:09')), 2, 'only up to the number');
      same(await numbers(1, 9), [5, 6]);
      same([...(await store.handled(causes)).keys()], causes.slice(4), 'the inbox forgets them too');
    },
  },
];
