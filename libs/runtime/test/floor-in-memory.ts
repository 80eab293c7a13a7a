/** The road over the twins, in simulated time: a floor for its conformance suite. */
import { randomUUID } from 'node:crypto';
import {
  declaredConsumers,
  declaredStreams,
  developmentOptions,
  headersOf,
  Road,
  subjectOf,
  type CommitPlan,
  type Store,
} from '@crossdock/runtime';
import {
  calm,
  MemoryBroker,
  MemoryStore,
  MemoryStreams,
  Random,
  SimulatedClock,
  SimulatedProcess,
} from '@crossdock/testing';
import { serviceA, serviceB, type Tally } from './chain.ts';
import type { Floor, Runner } from './road-conformance.ts';
import { tapped } from './tampering.ts';

const LANE = 'counter:0of1';
const DEADLINE_MS = 60_000;
const CHECK_MS = 500;

export const floorInMemory = async (clock = new SimulatedClock()): Promise<Floor> => {
  const streams = new MemoryStreams(() => clock.now());
  const store = new MemoryStore(() => clock.now());
  const speaker = new MemoryBroker(streams);
  const brokers = new Set<MemoryBroker>();
  const copies = new Map<string, number>();
  let count = 0;
  for (const { name } of declaredStreams(developmentOptions)) streams.add(name);
  for (const service of [serviceA, serviceB])
    for (const { stream, consumer } of declaredConsumers(service, developmentOptions))
      streams.durable(stream, consumer.durable_name, consumer.filter_subjects ?? []);

  const until: Floor['until'] = async (what, holds) => {
    const end = clock.now() + DEADLINE_MS;
    while (!(await holds())) {
      if (clock.now() > end) throw new Error(`not within ${DEADLINE_MS} ms: ${what}`);
      await clock.pass(5);
    }
  };
  const over: Floor['over'] = async (promise) => {
    let isSettled = false;
    const end = (): void => void (isSettled = true);
    promise.then(end, end);
    await until('it is settled', () => isSettled);
    return promise;
  };
  return {
    until,
    over,
    start: async (taps = () => ({}), { checkMs = CHECK_MS } = {}) => {
      const process = new SimulatedProcess(clock, new Random(++count), () => calm);
      const broker = new MemoryBroker(streams);
      const commits: CommitPlan[] = [];
      const troubles: string[] = [];
      const noted = tapped<Store>(store, {
        commit: async (plan) => {
          await store.commit(plan);
          commits.push(plan);
        },
      });
      const road = new Road({
        service: serviceA,
        replica: `replica-${count}`,
        leaseMs: 1_000,
        checkMs,
        lanes: {},
        store: process.store(tapped<Store>(noted, taps(noted))),
        broker: process.broker(broker),
        clock: process.clock,
        watch: {
          told: () => undefined,
          committed: () => undefined,
          trouble: (lane, what) => void troubles.push(`${lane} ${what}`),
        },
        opened: () => undefined,
        closed: () => undefined,
      });
      brokers.add(broker);
      const runner: Runner = {
        road,
        troubles,
        commits,
        stop: async () => {
          await road.drain();
          brokers.delete(broker);
          broker.close();
        },
        crash: async () => {
          brokers.delete(broker);
          process.kill(broker);
        },
      };
      await over(road.start());
      return runner;
    },
    publish: async (events) => void (await speaker.publish(events)),
    publishCopy: async (event, brokerId) => {
      streams.forgetIds();
      if (brokerId === undefined) return void (await speaker.publish([event]));
      const [headers, body] = [headersOf(event), new TextEncoder().encode(event.body)];
      streams.append(event.stream, randomUUID(), { subject: subjectOf(event), headers, body });
      streams.pump(event.stream);
    },
    tally: async (key) => store.states.get(`tally/acme|${key}`)?.s as Tally | undefined,
    lane: async () => {
      const found = await store.readLane(LANE);
      if (!found) throw new Error('no replica has declared the lane');
      return found;
    },
    parked: async (key) =>
      [...store.due.values()].filter((due) => due.kind === 'parked' && due.input.key === key).length,
    quarantined: async (id) => [...store.quarantined.values()].find(({ messageId }) => messageId === id),
    deposited: async (key) =>
      streams.get('ORDERS').messages.flatMap(({ headers, body }) => {
        if (headers['ce-subject'] !== key || headers['ce-type'] !== 'orders.evt.test-deposited') return [];
        const { amount } = JSON.parse(new TextDecoder().decode(body)) as { amount: number };
        return [{ id: headers['ce-id'] ?? '', version: Number(headers['ce-entityversion']), amount }];
      }),
    copyOf: async (stream) => {
      const kept = streams.get(stream).messages.length;
      return async () => streams.loseConnected(stream, kept, false);
    },
    keepCopy: async () => {
      for (const [name, { messages }] of streams.streams) copies.set(name, messages.length);
    },
    lose: async (what) => {
      for (const broker of brokers) broker.connection(false);
      for (const name of streams.streams.keys()) {
        if (what === 'all') streams.wipe(name);
        else streams.rollBack(name, copies.get(name) ?? 0);
      }
      await clock.pass(100);
      for (const broker of brokers) broker.connection(true);
    },
  };
};
