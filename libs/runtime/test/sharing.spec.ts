/** How replicas share lanes when giving one up goes less smoothly than it should; over the twins, in simulated time. */
import { partitionOf } from '@crossdock/kernel';
import {
  declaredConsumers,
  declaredStreams,
  defineService,
  developmentOptions,
  Road,
  type Broker,
  type DueDocument,
  type Store,
} from '@crossdock/runtime';
import { MemoryBroker, MemoryStore, MemoryStreams, SimulatedClock } from '@crossdock/testing';
import { deciderA, deciderB, DoorDeposit, serviceA, serviceB } from './chain.ts';
import { doorInput } from './replica-of.ts';
import { tapped } from './tampering.ts';

const LEASE_MS = 1_500;
/** Three lanes: two replicas can't have the same number of them. */
const LANES = 3;
const options = { ...developmentOptions, lanes: { counter: 2 } };
const service = defineService({
  ...serviceA,
  name: 'test-both',
  decides: [deciderA, deciderB],
  says: [...serviceA.says, ...serviceB.says],
});

/** Replicas of one service on one store and one broker. */
const floor = () => {
  const clock = new SimulatedClock();
  const streams = new MemoryStreams(() => clock.now());
  const store = new MemoryStore(() => clock.now());
  for (const { name } of declaredStreams(options)) streams.add(name);
  for (const { stream, consumer } of declaredConsumers(service, options))
    streams.durable(stream, consumer.durable_name, consumer.filter_subjects ?? []);
  /** lanes that were taken, by whom, in order */
  const taken: string[] = [];
  const troubles: string[] = [];
  const start = (
    replica: string,
    taps: (real: Store) => Partial<Store> = () => ({}),
    messages: (real: Broker) => Partial<Broker> = () => ({}),
  ): Road => {
    const broker = new MemoryBroker(streams);
    const counted: Partial<Store> = {
      takeLane: (before, by) => {
        taken.push(`${by} ${before._id}`);
        return store.takeLane(before, by);
      },
    };
    const road = new Road({
      service,
      replica,
      leaseMs: LEASE_MS,
      checkMs: 3_000,
      lanes: options.lanes,
      store: tapped<Store>(store, { ...counted, ...taps(store) }),
      broker: tapped<Broker>(broker, messages(broker)),
      clock,
      watch: {
        told: () => undefined,
        committed: () => undefined,
        trouble: (_lane, what) => void troubles.push(what),
      },
      opened: () => undefined,
      closed: () => undefined,
    });
    void road.start();
    return road;
  };
  const runs = (road: Road): number => road.lanes().filter(({ ready }) => ready).length;
  return { clock, store, start, runs, taken, troubles };
};

describe('lanes that are given up', () => {
  it('go to the replica that has none, though who gives them up hears of it first', async () => {
    const { clock, start, runs, taken } = floor();
    const first = start('first');
    expect(await clock.until(() => runs(first) === LANES, 5_000)).toBe(true);
    taken.length = 0;
    const second = start('second', (real) => ({
      lanes: async () => {
        const documents = await real.lanes();
        await clock.wait(20);
        return documents;
      },
    }));
    expect(await clock.until(() => runs(second) > 0 && runs(first) + runs(second) === LANES, 4 * LEASE_MS)).toBe(true);
    await clock.pass(4 * LEASE_MS);
    expect([runs(first), runs(second)].sort()).toEqual([1, 2]);
    expect(taken.filter((text) => text.startsWith('first'))).toEqual([]);
  });

  it('are run again by their owner when giving them back has failed: nobody else may take them while it lives', async () => {
    const { clock, start, runs, troubles } = floor();
    let failures = 2;
    const first = start('first', (real) => ({
      releaseLane: (lane) => (failures-- > 0 ? Promise.reject(new Error('no primary')) : real.releaseLane(lane)),
    }));
    expect(await clock.until(() => runs(first) === LANES, 5_000)).toBe(true);
    const second = start('second');
    expect(await clock.until(() => failures < 0, 4 * LEASE_MS)).toBe(true);
    expect(troubles.filter((what) => what.startsWith('release'))).toHaveLength(2);
    const all = (): boolean => runs(first) + runs(second) === LANES && runs(second) > 0;
    expect(await clock.until(all, 6 * LEASE_MS)).toBe(true);
  });
});

describe('a lane that can not go on', () => {
  it('keeps what is due in other lanes from nobody', async () => {
    const { clock, store, start, runs } = floor();
    const stuck = keyOf(0);
    const never = new Promise<never>(() => undefined);
    const road = start('first', undefined, (real) => ({
      publish: (events) => (events.some(({ key }) => key === stuck) ? never : real.publish(events)),
    }));
    expect(await clock.until(() => runs(road) === LANES, 5_000)).toBe(true);
    const since = new Date(clock.now()).toISOString();
    const deposit = (key: string, nth: number): DueDocument => {
      const input = doorInput(DoorDeposit, { key, amount: 1 });
      const lane = `counter:${key === stuck ? 0 : 1}of2`;
      return { _id: `counter|${input.id}`, lane, kind: 'deposit', at: since, since, ord: nth, input };
    };
    // Four commits may wait to be published; what comes then stays where it is.
    for (let commit = 0; commit < 5; commit++) {
      await store.deposit([deposit(stuck, commit)]);
      await clock.pass(500);
    }
    await store.deposit(Array.from({ length: 600 }, (_, nth) => deposit(stuck, nth)));
    await clock.pass(2_000);
    const other = keyOf(1);
    await store.deposit([deposit(other, 0)]);
    expect(await clock.until(() => store.states.has(`tally/acme|${other}`), 2_000)).toBe(true);
  });
});

/** A key of a lane of two. */
function keyOf(lane: number): string {
  let nth = 0;
  while (partitionOf(`key-${nth}`) % 2 !== lane) nth++;
  return `key-${nth}`;
}
