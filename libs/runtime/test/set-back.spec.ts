/** A process whose time of day is set back; over the twins, in simulated time. */
import { declaredConsumers, declaredStreams, developmentOptions, Road, type Clock } from '@crossdock/runtime';
import { MemoryBroker, MemoryStore, MemoryStreams, SimulatedClock } from '@crossdock/testing';
import { DoorDeposit, serviceA } from './chain.ts';
import { doorInput } from './replica-of.ts';
import { tapped } from './tampering.ts';

const LEASE_MS = 1_500;
const CHECK_MS = 3_000;
const AN_HOUR = 3_600_000;

const stage = async () => {
  const clock = new SimulatedClock();
  const streams = new MemoryStreams(() => clock.now());
  const store = new MemoryStore(() => clock.now());
  for (const { name } of declaredStreams(developmentOptions)) streams.add(name);
  for (const { stream, consumer } of declaredConsumers(serviceA, developmentOptions))
    streams.durable(stream, consumer.durable_name, consumer.filter_subjects ?? []);
  const state = { isCutOff: false, setBackMs: 0 };
  const troubles: string[] = [];
  const road = new Road({
    service: serviceA,
    replica: 'replica',
    leaseMs: LEASE_MS,
    checkMs: CHECK_MS,
    lanes: {},
    store: tapped(store, {
      renew: (...given) => (state.isCutOff ? Promise.reject(new Error('cut off')) : store.renew(...given)),
    }),
    broker: new MemoryBroker(streams),
    clock: tapped<Clock>(clock, { now: () => clock.now() - state.setBackMs }),
    watch: {
      told: () => undefined,
      committed: () => undefined,
      trouble: (_lane, what) => void troubles.push(what),
    },
    opened: () => undefined,
    closed: () => undefined,
  });
  void road.start();
  let isAnswered = false;
  void road.submit({ input: doorInput(DoorDeposit, { key: 'k', amount: 1 }) }).then(() => (isAnswered = true));
  expect(await clock.until(() => isAnswered, 5_000)).toBe(true);
  return { clock, streams, state, road, troubles };
};

describe('a process whose clock is set back', () => {
  it('does not take its lease for a living one: another may have written', async () => {
    const { clock, state, road } = await stage();
    expect(road.remembered('tally', 'acme|k')).toBeDefined();
    Object.assign(state, { isCutOff: true, setBackMs: AN_HOUR });
    await clock.pass(LEASE_MS + 200);
    expect(road.remembered('tally', 'acme|k')).toBeUndefined();
  });

  it('looks at the broker as often as before', async () => {
    const { clock, state, streams, road, troubles } = await stage();
    const isPublished = (): boolean => road.lanes().every(({ published, committed }) => published === committed);
    expect(await clock.until(isPublished, 5_000)).toBe(true);
    state.setBackMs = AN_HOUR;
    streams.loseConnected('ORDERS', 0, true);
    expect(
      await clock.until(() => troubles.some((what) => what.includes('lost what was published')), 2 * CHECK_MS),
    ).toBe(true);
  });
});
