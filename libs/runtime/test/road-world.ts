/**
 * A world of the simulation: two services of two replicas each, on the real road over the twins. Everything that happens
 * in it comes from its seed. `road.sim.spec.ts` says what must hold.
 */
import { createHash } from 'node:crypto';
import { derivedId, partitionOf } from '@crossdock/kernel';
import {
  calm,
  MemoryBroker,
  MemoryStore,
  MemoryStreams,
  Random,
  SimulatedClock,
  SimulatedProcess,
  type Chances,
} from '@crossdock/testing';
import {
  DEAD_LETTERS,
  declaredConsumers,
  developmentOptions,
  Road,
  type ServiceDefinition,
  type StoredEvent,
} from '@crossdock/runtime';
import { Deposit, DoorDeposit, serviceA, serviceB, type Tally } from './chain.ts';
import { doorInput, eventOf } from './replica-of.ts';

const LANES = { counter: 2, notary: 1 };
const KEYS = ['apples', 'pears', 'plums'];
export const STREAMS = ['MASTERDATA', 'ORDERS', 'INVENTORY', DEAD_LETTERS];

interface Running {
  readonly service: ServiceDefinition;
  readonly process: SimulatedProcess;
  readonly broker: MemoryBroker;
  readonly road: Road;
}

export class World {
  readonly clock = new SimulatedClock();
  readonly streams = new MemoryStreams(() => this.clock.now());
  readonly stores = new Map([serviceA, serviceB].map(({ name }) => [name, new MemoryStore(() => this.clock.now())]));
  readonly running: Running[] = [];
  /** amounts put in, by key */
  readonly expected = new Map<string, number>(KEYS.map((key) => [key, 0]));
  readonly answers: unknown[] = [];
  asked = 0;
  /** what went wrong by the plan, in order */
  readonly mishaps: string[] = [];
  private readonly random: Random;
  private readonly speaker = new MemoryBroker(this.streams);
  private readonly said: StoredEvent[] = [];
  private chances: Chances;
  private replicas = 0;
  private inputs = 0;

  constructor(readonly seed: number) {
    this.random = new Random(seed);
    this.chances = { fails: 0.02, unheard: 0.04, conflicts: 0.04, takesMs: 8 };
    for (const stream of STREAMS) this.streams.add(stream);
    this.durables();
  }
  private durables(): void {
    for (const service of [serviceA, serviceB])
      for (const { stream, consumer } of declaredConsumers(service, { ...developmentOptions, lanes: LANES }))
        this.streams.durable(stream, consumer.durable_name, consumer.filter_subjects ?? []);
  }
  store(service: ServiceDefinition): MemoryStore {
    return this.stores.get(service.name) as MemoryStore;
  }

  async start(service: ServiceDefinition): Promise<void> {
    const process = new SimulatedProcess(this.clock, new Random(this.random.below(2 ** 31)), () => this.chances);
    const broker = new MemoryBroker(this.streams);
    const road = new Road({
      service,
      replica: `${service.name}-${++this.replicas}`,
      leaseMs: 1_000,
      checkMs: 2_000,
      lanes: LANES,
      store: process.store(this.store(service)),
      broker: process.broker(broker),
      clock: process.clock,
      watch: { told: () => undefined, committed: () => undefined, trouble: () => undefined },
      opened: () => undefined,
      closed: () => undefined,
    });
    this.running.push({ service, process, broker, road });
    // A start that fails is tried again, as whoever runs the process would.
    for (;;) {
      const started = await road.start().then(
        () => true,
        () => false,
      );
      if (started) return;
      await this.clock.wait(100);
    }
  }

  /** Inputs and mishaps for a while, then calm. */
  async play(ms: number): Promise<void> {
    for (const service of [serviceA, serviceA, serviceB, serviceB]) void this.start(service);
    const end = this.clock.now() + ms;
    while (this.clock.now() < end) {
      await this.clock.pass(20 + this.random.below(120));
      if (this.random.happens(0.85)) this.input();
      else await this.mishap();
    }
    this.chances = calm;
    for (const { broker } of this.running) if (!broker.up) broker.connection(true);
  }

  private input(): void {
    const key = this.random.pick(KEYS);
    const amount = 1 + this.random.below(9);
    const id = derivedId('input', this.seed, ++this.inputs);
    this.expected.set(key, (this.expected.get(key) ?? 0) + amount);
    if (this.random.happens(0.4)) return void this.atDoor(key, amount, id);
    const event = eventOf(Deposit, { key, amount }, { id, at: new Date(this.clock.now()).toISOString() });
    this.said.push(event);
    void this.speaker.publish([event]);
  }
  /** A caller that comes again with the same key until he has his answer. */
  private async atDoor(key: string, amount: number, id: string): Promise<void> {
    const input = { ...doorInput(DoorDeposit, { key, amount }, id), at: new Date(this.clock.now()).toISOString() };
    this.asked++;
    for (;;) {
      const { road } = this.random.pick(this.running.filter(({ service }) => service === serviceA));
      const tried = road.submit({ input }).catch(() => undefined);
      const late = this.clock.wait(8_000).then(() => undefined);
      const answer = await Promise.race([tried, late]);
      if (answer) return void this.answers.push(answer);
      await this.clock.wait(200);
    }
  }

  private async mishap(): Promise<void> {
    const kind = this.random.pick(['killed', 'cut off', 'repeated', 'wiped', 'set back', 'stopped'] as const);
    this.mishaps.push(kind);
    const [victim] = this.running.splice(this.random.below(this.running.length), 1) as [Running];
    if (kind === 'killed') {
      victim.process.kill(victim.broker);
      void this.start(victim.service);
      return;
    }
    this.running.push(victim);
    if (kind === 'stopped') {
      this.running.pop();
      void this.start(victim.service);
      void victim.road.drain().then(() => victim.broker.close());
    } else if (kind === 'cut off') {
      victim.broker.connection(false);
      await this.clock.pass(this.random.below(1_500));
      if (this.running.includes(victim)) victim.broker.connection(true);
    } else if (kind === 'repeated') {
      this.streams.forgetIds();
      void this.speaker.publish(this.said.slice(-5));
    } else await this.lose(kind);
  }

  /** The broker goes down and comes back without what it had; the outside says again what it said. */
  private async lose(kind: 'wiped' | 'set back'): Promise<void> {
    for (const { broker } of this.running) broker.connection(false);
    for (const stream of STREAMS) {
      if (kind === 'wiped') this.streams.wipe(stream);
      else this.streams.rollBack(stream, this.random.below(this.streams.get(stream).messages.length + 1));
    }
    await this.speaker.publish(this.said);
    await this.clock.pass(this.random.below(300));
    for (const { broker } of this.running) broker.connection(true);
  }

  tally(service: ServiceDefinition, key: string): Tally | undefined {
    return this.store(service).states.get(`tally/acme|${key}`)?.s as Tally | undefined;
  }
  /** Every input counted, said, noted and heard of; every caller answered; everything published. */
  settled(): boolean {
    const all = this.said.length + this.asked;
    const sum = (of: ServiceDefinition, what: 'count' | 'noted'): number =>
      KEYS.reduce((total, key) => total + (this.tally(of, key)?.[what] ?? 0), 0);
    return (
      this.answers.length === this.asked &&
      sum(serviceA, 'count') >= all &&
      sum(serviceB, 'count') >= all &&
      sum(serviceA, 'noted') >= all &&
      this.running.every(({ road }) => road.lanes().every((lane) => lane.ready && lane.published === lane.committed))
    );
  }
  laneOf(key: string): string {
    return `counter:${partitionOf(key) % LANES.counter}of${LANES.counter}`;
  }
  /** Everything that was ever committed, as one word. */
  digest(): string {
    const hash = createHash('sha256');
    for (const store of this.stores.values()) hash.update(JSON.stringify(store.committed));
    return hash.update(String(this.clock.now())).digest('hex');
  }
}
