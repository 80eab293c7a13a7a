/** How replicas share lanes when giving one up goes less smoothly than it should; over the twins, in simulated time. */
import {
  declaredConsumers,
  declaredStreams,
  defineService,
  developmentOptions,
  Road,
  type Store,
} from '@crossdock/runtime';
import { MemoryBroker, MemoryStore, MemoryStreams, SimulatedClock } from '@crossdock/testing';
import { deciderA, deciderB, serviceA, serviceB } from './chain.ts';
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
  const start = (replica: string, taps: (real: Store) => Partial<Store> = () => ({})): Road => {
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
      broker: new MemoryBroker(streams),
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
  return { clock, start, runs, taken, troubles };
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
