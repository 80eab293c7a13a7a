/** One process of a service in the simulated world: the real road, door, asks and controllers over the twins. */
import type { Type } from '@nestjs/common';
import {
  AskRunner,
  ExceptionsController,
  MemoryArchive,
  Road,
  RoadDoor,
  type Caller,
  type Door,
  type LaneWatch,
  type Queries,
  type ServiceDefinition,
  type Watch,
} from '@crossdock/runtime';
import { MemoryBroker, type MemoryStore, type MemoryStreams, type SimulatedProcess } from '@crossdock/testing';
import { queriesOver } from './queries.ts';
import { settingsOf, type ServiceName } from './services.ts';

type Answer = Promise<unknown>;
/** The doors that callers of the simulation knock at. */
export interface Doors {
  readonly OrdersController: {
    submit(caller: Caller, body: unknown, reply: { code(status: number): unknown }, channel?: string): Answer;
    cancel(caller: Caller, id: string, body: unknown): Answer;
    change(caller: Caller, id: string, body: unknown): Answer;
  };
  readonly FulfilmentsController: {
    picked(id: string, body: unknown, caller: Caller): Answer;
    dispatched(id: string, body: unknown, caller: Caller): Answer;
  };
  readonly EasypostController: {
    tell(name: string, body: Buffer, headers: Readonly<Record<string, string>>, caller: Caller): Answer;
  };
  readonly PollsController: {
    poll(trackingNo: string, caller: Caller): Answer;
    pollSilent(caller: Caller): Answer;
  };
  readonly DocumentsController: Record<
    'receipt' | 'count' | 'adjust' | 'transferClaim',
    (body: unknown, header: string | undefined, caller: Caller) => Answer
  >;
  readonly TransfersController: {
    ship(body: unknown, header: string | undefined, caller: Caller): Answer;
    complete(id: string, body: unknown, header: string | undefined, caller: Caller): Answer;
  };
  readonly ExceptionsController: {
    list(caller: Caller): Promise<{ exceptions: readonly { id: string; reason: string; retryable: boolean }[] }>;
    retry(caller: Caller, id: string): Answer;
    discard(caller: Caller, id: string, body: unknown): Answer;
  };
}

/** What the runtime opens for every service. */
const OWN: readonly Type[] = [ExceptionsController as unknown as Type];

const nothing = (): void => undefined;
const silent = {
  log: { info: nothing, warn: nothing, error: nothing, debug: nothing },
  metrics: {
    asksWaiting: { inc: nothing },
    breakers: { set: nothing },
    asks: { observe: nothing },
  },
  traces: { step: nothing },
} as unknown as Watch;

export interface RunningParts {
  readonly name: ServiceName;
  readonly definition: ServiceDefinition;
  readonly replica: string;
  readonly lanes: Readonly<Record<string, number>>;
  readonly process: SimulatedProcess;
  readonly streams: MemoryStreams;
  readonly store: MemoryStore;
  readonly fetch: typeof fetch;
  readonly watch: LaneWatch;
}

export const LEASE_MS = 1_500;
/** How often a lane looks whether the broker is the one it knew. */
export const CHECK_MS = 3_000;

export class Running {
  readonly name: ServiceName;
  readonly replica: string;
  readonly process: SimulatedProcess;
  readonly broker: MemoryBroker;
  readonly road: Road;
  readonly door: Door;
  private readonly asks: AskRunner;
  private readonly queries: Queries;
  private readonly archive = new MemoryArchive();
  private readonly settings: object;
  private readonly definition: ServiceDefinition;

  constructor({ name, definition, replica, lanes, process, streams, store, fetch, watch }: RunningParts) {
    this.name = name;
    this.replica = replica;
    this.definition = definition;
    this.process = process;
    this.settings = settingsOf(definition);
    this.broker = new MemoryBroker(streams);
    const ownStore = process.store(store);
    this.queries = queriesOver(store);
    this.asks = new AskRunner({
      handlers: definition.asks,
      settings: this.settings,
      service: name,
      clock: process.clock,
      watch: silent,
      fetch,
      road: () => ({
        answer: (lane, input, closes) => this.road.answer(lane, input, closes),
        late: (askId, at) => ownStore.postpone(askId, at),
      }),
    });
    this.road = new Road({
      service: definition,
      replica,
      leaseMs: LEASE_MS,
      checkMs: CHECK_MS,
      lanes,
      store: ownStore,
      broker: process.broker(this.broker),
      clock: process.clock,
      watch,
      opened: (lane, asks, fresh) =>
        asks.forEach(({ _id, since, input }) =>
          this.asks.open({ askId: _id, lane, fresh, firstAskedAt: since, input }),
        ),
      closed: (lane) => this.asks.closeLane(lane),
    });
    this.door = new RoadDoor(
      () => this.road,
      silent,
      () => process.clock.now(),
    );
  }

  /** A start that fails is tried again, as whoever runs the process would. */
  async start(): Promise<void> {
    for (;;) {
      const started = await this.road.start().then(
        () => true,
        () => false,
      );
      if (started) return;
      await this.process.clock.wait(100);
    }
  }
  async stop(): Promise<void> {
    await this.road.drain();
    this.asks.stop();
    this.broker.close();
  }
  kill(): void {
    this.process.kill(this.broker);
  }

  /** A controller as Nest would make it. */
  opens<N extends keyof Doors>(name: N): Doors[N] {
    const { door, queries, settings, definition } = this;
    const made = (...given: unknown[]): Doors[N] => {
      const found = [...definition.opens, ...OWN].find((one) => one.name === name) as Type | undefined;
      if (!found) throw new Error(`${this.name} opens no ${name}`);
      return new found(...given) as Doors[N];
    };
    const [Intake] = (definition.providers ?? []) as Type[];
    if (name === 'DocumentsController') return made(door, Intake && new Intake(door));
    if (name === 'TransfersController') return made(door, queries, Intake && new Intake(door));
    if (name === 'ExceptionsController') return made(definition, queries, door);
    if (name === 'EasypostController') return made(door, this.archive, settings);
    return made(door, queries, settings);
  }
}
