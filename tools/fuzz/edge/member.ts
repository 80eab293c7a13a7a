/** A service at the edge, in memory: its own deciders, asks and doors on the real road, over the twins. */
import type { Type } from '@nestjs/common';
import {
  AskRunner,
  declaredConsumers,
  developmentOptions,
  iso,
  MemoryArchive,
  Road,
  RoadDoor,
  withCaseRules,
  type Clock,
  type Door,
  type Queries,
  type ServiceDefinition,
  type Watch,
} from '@crossdock/runtime';
import { MemoryBroker, MemoryStore, type MemoryStreams } from '@crossdock/testing';
import { queriesOver } from '../../sim/world/queries.ts';
import { KeyIndex } from './key-index.ts';

export interface MemberParts {
  readonly definition: ServiceDefinition;
  readonly settings: object;
  readonly clock: Clock;
  readonly streams: MemoryStreams;
  /** what nobody expects of a good day: an ask that failed, a lane in trouble */
  readonly trouble: (text: string) => void;
}

const LEASE_MS = 60_000;
const nothing = (): void => undefined;
/** Metrics of every name that count nothing. */
const uncounted = new Proxy({}, { get: () => ({ inc: nothing, set: nothing, observe: nothing }) });
const textOf = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.message) : String(error));

/** No outside can be reached: every shop and carrier knows nothing of what it is asked for. */
const nobody: typeof fetch = () => Promise.resolve(new Response('nobody knows it', { status: 404 }));

export class Member {
  readonly archive: MemoryArchive;
  readonly store: MemoryStore;
  readonly door: Door;
  readonly queries: Queries;
  readonly watch: Watch;
  private readonly broker: MemoryBroker;
  private readonly road: Road;
  private readonly asks: AskRunner;
  private readonly parts: MemberParts;

  constructor(parts: MemberParts) {
    const { settings, clock, streams, trouble } = parts;
    const definition = withCaseRules(parts.definition);
    this.parts = { ...parts, definition };
    const index = new KeyIndex();
    this.store = new MemoryStore(
      () => clock.now(),
      (plan) => index.keep(plan),
    );
    this.archive = new MemoryArchive(undefined, () => clock.now());
    this.queries = queriesOver(this.store, index.rowsIn(this.store));
    this.broker = new MemoryBroker(streams);
    const complain = (about: object, text: string): void => {
      const { err, ...more } = about as { readonly err?: unknown };
      trouble(`${text} ${JSON.stringify(more)}${err === undefined ? '' : `\n${textOf(err)}`}`);
    };
    this.watch = {
      log: { info: nothing, warn: nothing, error: complain, debug: nothing },
      metrics: uncounted,
      traces: { step: nothing },
    } as unknown as Watch;
    for (const { stream, consumer } of declaredConsumers(definition, developmentOptions))
      streams.durable(stream, consumer.durable_name, consumer.filter_subjects ?? []);
    this.asks = new AskRunner({
      handlers: definition.asks,
      settings,
      service: definition.name,
      clock,
      watch: this.watch,
      fetch: nobody,
      kept: () => ({ archive: this.archive, queries: this.queries, counted: nothing }),
      road: () => ({
        answer: (lane, input, closes) => this.road.answer(lane, input, closes),
        late: (askId, at) => this.store.postpone(askId, at),
      }),
    });
    this.road = new Road({
      service: definition,
      replica: `${definition.name}-1`,
      leaseMs: LEASE_MS,
      lanes: {},
      store: this.store,
      broker: this.broker,
      clock,
      watch: {
        told: nothing,
        committed: nothing,
        trouble: (lane, what, error) => trouble(`${lane}: ${what}${error === undefined ? '' : `\n${textOf(error)}`}`),
      },
      opened: (lane, asks, fresh) =>
        asks.forEach(({ _id, since, input }) =>
          this.asks.open({ askId: _id, lane, fresh, firstAskedAt: since, input }),
        ),
      closed: (lane) => this.asks.closeLane(lane),
    });
    this.door = new RoadDoor(
      () => this.road,
      this.watch,
      () => clock.now(),
    );
  }

  start(): Promise<void> {
    return this.road.start();
  }

  /** A controller of this service's as Nest would make it, given what its constructor asks for in that order. */
  opens<C>(name: string, ...given: readonly unknown[]): C {
    const { opens, name: service } = this.parts.definition;
    const found = (opens as readonly Type[]).find((one) => one.name === name);
    if (!found) throw new Error(`${service} opens no ${name}`);
    return new found(...given) as C;
  }

  /** What holds the service up, in words; undefined when nothing does and nothing is under way. */
  busy(): string | undefined {
    const { definition, streams, clock } = this.parts;
    const late = this.road.lanes().find((lane) => !lane.ready);
    if (late) return `${late.id} is not ready`;
    const owing = this.road.lanes().find((lane) => lane.published !== lane.committed);
    if (owing) return `${owing.id} has published ${owing.published} of ${owing.committed}`;
    for (const { _id, decider, k, of, positions } of this.store.laneRows.values())
      for (const stream of streams.streams.keys()) {
        const last = streams.lastFor(stream, `${definition.name}-${decider}-${k}of${of}`);
        const seq = positions[stream]?.seq ?? 0;
        if (last > seq) return `${_id} stands at ${seq} of ${last} in ${stream}`;
      }
    const now = iso(clock.now());
    for (const { kind, at, input, lane } of this.store.due.values())
      if (kind !== 'timer' || at <= now) return `${lane}: ${kind} ${input.type} of ${input.key} waits`;
    return undefined;
  }
}
