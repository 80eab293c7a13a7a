/**
 * The simulated world: four services of one or two replicas each on the real road, over one broker and a store each,
 * with an outside, callers, a warehouse and carriers. All that happens in it follows from its plan and its seed.
 */
import { createHash } from 'node:crypto';
import { declaredConsumers, declaredStreams, developmentOptions, iso, type StoredEvent } from '@crossdock/runtime';
import {
  calm,
  MemoryBroker,
  MemoryStore,
  MemoryStreams,
  Random,
  SimulatedClock,
  SimulatedProcess,
  type Chances,
  type Fate,
} from '@crossdock/testing';
import type { Fault } from '../run.ts';
import { brokenBy } from './during.ts';
import { Callers } from './callers.ts';
import { Coverage } from './coverage.ts';
import { MasterData } from './master-data.ts';
import { Outside } from './outside.ts';
import { Partner } from './partner.ts';
import { ACCOUNTS, ITEMS, type Plan } from './plan.ts';
import { Running } from './running.ts';
import {
  FINANCE,
  INVENTORY,
  ORDERS,
  SERVICES,
  SHIPMENTS,
  TENANTS,
  type Definitions,
  type ServiceName,
  type Tenant,
} from './services.ts';
import { lostWhilePicked } from './trade.ts';
import { calmWarehouse, Warehouse } from './warehouse.ts';

/** After the validity of every mapping of carriers' codes began: before it nothing that carriers tell has a meaning. */
const BEGINS = Date.parse('2030-03-04T09:00:00.000Z');

/** What becomes of a process at its n-th step from now, or at the n-th of this name. */
type Doom = { steps: number; readonly step?: string } & ({ readonly awayMs: number } | { readonly freezesMs: number });

export class World {
  readonly clock = new SimulatedClock(BEGINS);
  readonly streams = new MemoryStreams(() => this.clock.now());
  readonly stores: Readonly<Record<ServiceName, MemoryStore>>;
  readonly running: Running[] = [];
  readonly outside: Outside;
  readonly callers: Callers;
  readonly warehouse: Warehouse;
  readonly masterData: readonly MasterData[];
  readonly partners: readonly Partner[];
  /** what went wrong that nothing else would show, in sentences */
  readonly failures: string[] = [];
  readonly random: Random;
  readonly coverage = new Coverage();
  /** processes that are to be killed, and how long until another takes their place; or that are to freeze */
  readonly doomed = new Map<Running, Doom>();
  readonly storeAway = new Set<ServiceName>();
  /** orders that a caller was told are taken: `<tenant>|<order id>` and number */
  readonly acknowledged = new Map<string, string>();
  /** cases that somebody has tried again */
  readonly retried = new Set<string>();
  /** processes that are not there yet */
  coming = 0;
  private chances: Chances;
  private calmed = false;
  private replicas = 0;
  private readonly speaker: MemoryBroker;

  readonly plan: Plan;
  readonly definitions: Definitions;

  constructor(plan: Plan, definitions: Definitions) {
    this.plan = plan;
    this.definitions = definitions;
    this.random = new Random(plan.seed ^ 0x5eed);
    this.chances = plan.chances;
    this.stores = Object.fromEntries(SERVICES.map((name) => [name, this.storeOf()])) as Record<
      ServiceName,
      MemoryStore
    >;
    this.speaker = new MemoryBroker(this.streams);
    for (const { name } of declaredStreams(developmentOptions)) this.streams.add(name);
    const options = { ...developmentOptions, lanes: plan.lanes };
    for (const name of SERVICES)
      for (const { stream, consumer } of declaredConsumers(definitions[name], options))
        this.durable(stream, consumer.durable_name, consumer.filter_subjects ?? []);
    this.callers = new Callers(
      this.clock,
      this.fork(),
      (service) => this.living(service),
      (kind) => this.coverage.fault(kind),
    );
    this.callers.unheard = plan.unheard;
    this.warehouse = new Warehouse(
      this.clock,
      this.fork(),
      this.callers,
      () => (this.calmed ? calmWarehouse : plan.warehouse),
      (fulfilmentId) => this.tenantOf(fulfilmentId),
      (kind) => this.coverage.fault(kind),
      (tenant, request) => lostWhilePicked(this, tenant, request),
    );
    this.outside = new Outside(
      this.fork(),
      (kind) => this.coverage.fault(`outside: ${kind}`),
      (request) => void this.warehouse.work(request).catch((error: unknown) => this.fail(error)),
      (trackingNo) => this.warehouse.carriers.asked(trackingNo),
    );
    this.outside.conduct = plan.outside;
    const now = (): number => this.clock.now();
    this.masterData = TENANTS.map((tenant) => new MasterData(tenant, now));
    this.partners = TENANTS.map((tenant) => new Partner(tenant, now));
  }

  /** what did not hold after some commit */
  readonly broken: Fault[] = [];
  private storeOf(): MemoryStore {
    return new MemoryStore(
      () => this.clock.now(),
      (plan) => {
        if (this.broken.length < 3) this.broken.push(...brokenBy(plan));
      },
    );
  }
  private readonly subjects = new Map<string, readonly string[]>();
  private durable(stream: string, name: string, subjects: readonly string[]): void {
    this.streams.durable(stream, name, subjects);
    this.subjects.set(`${stream}/${name}`, subjects);
  }
  private fork(): Random {
    return new Random(this.random.below(2 ** 31));
  }
  fail(error: unknown): void {
    this.failures.push((error as Error).message);
  }
  get now(): string {
    return iso(this.clock.now());
  }

  living(service: ServiceName): readonly Running[] {
    return this.running.filter(({ name, process }) => name === service && !process.isDead);
  }
  dataOf(tenant: Tenant): MasterData {
    return this.masterData[TENANTS.indexOf(tenant)] as MasterData;
  }
  partnerOf(tenant: Tenant): Partner {
    return this.partners[TENANTS.indexOf(tenant)] as Partner;
  }
  private tenantOf(fulfilmentId: string): Tenant {
    const known = TENANTS.find((tenant) => this.stores[SHIPMENTS].states.has(`fulfilment/${tenant}|${fulfilmentId}`));
    if (!known) throw new Error(`the warehouse was asked for ${fulfilmentId}, which nobody knows`);
    return known;
  }
  /** Subjects that a durable consumer takes. */
  subjectsOf(stream: string, durable: string): readonly string[] {
    return this.subjects.get(`${stream}/${durable}`) ?? [];
  }
  /** True when every service has the opening master data. */
  knowsItsTrade(): boolean {
    const said = TENANTS.length * Object.keys(ITEMS).length;
    const count = (service: ServiceName, kind: string): number =>
      [...this.stores[service].states.values()].filter((row) => row.kind === kind).length;
    return (
      count(ORDERS, 'item') >= said &&
      count(ORDERS, 'directory') >= TENANTS.length &&
      count(ORDERS, 'customer') >= TENANTS.length * ACCOUNTS.length &&
      count(INVENTORY, 'itemAvailability') >= said &&
      count(FINANCE, 'item') >= said
    );
  }

  /** The outside says something on a stream; it says it until the broker takes it. */
  speak(...events: readonly StoredEvent[]): void {
    void this.speaker.publish(events);
  }

  private said(): readonly StoredEvent[] {
    return [...this.masterData, ...this.partners].flatMap(({ said }) => said);
  }

  /** What the outside said lately comes once more, under the same ids. */
  sayAgain(): void {
    for (const { said } of [...this.masterData, ...this.partners]) this.speak(...said.slice(-5));
    for (const [name, { messages }] of this.streams.streams) {
      for (const message of messages.filter(() => this.random.happens(0.2)).slice(-5))
        this.streams.append(name, message.headers['Nats-Msg-Id'] ?? '', message);
      this.streams.pump(name);
    }
  }

  /** Starts a process of a service. */
  start(name: ServiceName): Running {
    const replica = `${name}-${++this.replicas}`;
    const running: Running = new Running({
      name,
      definition: this.definitions[name],
      replica,
      lanes: this.plan.lanes,
      streams: this.streams,
      store: this.stores[name],
      process: new SimulatedProcess(this.clock, this.fork(), () => this.chancesOf(name), {
        step: (step, moment) => this.fateAt(running, `${step} ${moment}`),
        fault: (kind) => this.coverage.fault(kind),
      }),
      fetch: (...given) => fetched(...given),
      watch: {
        told: (_lane, told) => this.coverage.told(told),
        committed: () => undefined,
        trouble: (_lane, what) => this.coverage.trouble(what),
      },
    });
    const fetched = this.outside.fetchOf(running.process.clock);
    this.running.push(running);
    void running.start();
    return running;
  }
  private chancesOf(name: ServiceName): Chances {
    return this.storeAway.has(name) ? { ...this.chances, fails: 1 } : this.chances;
  }
  private fateAt(running: Running, step: string): Fate {
    this.coverage.step(step);
    const doom = this.doomed.get(running);
    if (!doom || (doom.step !== undefined && doom.step !== step) || --doom.steps > 0) return undefined;
    this.doomed.delete(running);
    if ('freezesMs' in doom) return doom.freezesMs;
    this.coverage.crash(step);
    this.replace(running, doom.awayMs);
    return 'killed';
  }
  /** This one is gone; another takes its place after a while. */
  replace(running: Running, awayMs: number, doom?: Doom): void {
    this.doomed.delete(running);
    const place = this.running.indexOf(running);
    if (place < 0) return;
    this.running.splice(place, 1);
    this.coming++;
    void this.clock.wait(awayMs).then(() => {
      this.coming--;
      const next = this.start(running.name);
      if (doom && !this.calmed) this.doomed.set(next, { ...doom, steps: 1 });
    });
  }

  /** No more mishaps: what is away comes back, and nothing fails any more. */
  calm(): void {
    this.calmed = true;
    this.chances = calm;
    this.callers.unheard = 0;
    this.outside.away.clear();
    this.storeAway.clear();
    this.doomed.clear();
    this.outside.conduct = {
      ...this.plan.outside,
      refusesConnection: 0,
      answers503: 0,
      timesOutAfter: 0,
      timesOutBefore: 0,
    };
    for (const { broker } of this.running) if (!broker.up) broker.connection(true);
    for (const service of SERVICES)
      for (const stream of this.streams.streams.keys()) this.holdUp(service, stream, false);
  }

  /** A service gets nothing of a stream until it is let through again. */
  holdUp(service: ServiceName, stream: string, isLate: boolean): void {
    for (const durable of this.streams.get(stream).durables.keys())
      if (durable.startsWith(`${service}-`)) this.streams.holdUp(stream, durable, isLate);
  }
  /** Streams lose what they had, or their newest messages, under a living broker; the outside says again what it said. */
  loseConnected(lost: number | 'all'): void {
    for (const [name, { messages }] of this.streams.streams)
      this.streams.loseConnected(name, lost === 'all' ? 0 : Math.max(0, messages.length - lost), lost === 'all');
    this.speak(...this.said());
  }

  /** The broker goes down and comes back without what it had; the outside says again what it said. */
  async lose(kept: (stream: string) => number, isNew: boolean): Promise<void> {
    for (const { broker } of this.running) broker.connection(false);
    for (const name of this.streams.streams.keys()) {
      if (isNew) this.streams.wipe(name);
      else this.streams.rollBack(name, kept(name));
    }
    this.speak(...this.said());
    await this.clock.pass(this.random.below(300));
    for (const { broker } of this.running) broker.connection(true);
  }

  /** Everything that was ever committed, as one word. */
  digest(): string {
    const hash = createHash('sha256');
    for (const name of SERVICES) hash.update(JSON.stringify(this.stores[name].committed));
    return hash.update(String(this.clock.now())).digest('hex').slice(0, 32);
  }
}
