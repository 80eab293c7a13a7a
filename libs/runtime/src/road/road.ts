/** The road of a service: its replica, and the way of an input from any process to the owner of its lane. */
import { partitionOf, type Decider, type Input } from '@crossdock/kernel';
import type { Message } from '@crossdock/contracts';
import type { DoorAnswer } from '../door/door.js';
import { Problem } from '../door/problem.js';
import { heardBy, messageOf, type ServiceDefinition } from '../service.js';
import { gathered } from '../store/gathered.js';
import { DEAD_LETTERS } from './envelope.js';
import type { Lane } from './lane.js';
import type { LaneContext, LaneWatch } from './lane-context.js';
import { laneName } from './lane-numbers.js';
import {
  Fenced,
  iso,
  stateKey,
  type Broker,
  type Clock,
  type DueDocument,
  type StateDocument,
  type Store,
  type Subscription,
  type Waiting,
} from './ports.js';
import { Replica } from './replica.js';
import { causeOf, laneKeyOf, type Work } from './work.js';

/** An input waits so long for its lane to decide it. */
const DECIDED_MS = 15_000;
/** An owner in another process that says nothing for so long may be dead or frozen, and its lane another's by now. */
const ASK_AGAIN_MS = 2_000;
const CHECK_MS = 60_000;
const DRAIN_MS = 8_000;
/** A deposit that its own process has not decided by then is anybody's. */
const IN_HAND_MS = 2_000;
/** A lane that is being taken over is waited for this long before the caller is sent away. */
const PATIENCE_MS = 5_000;

export interface RoadOptions {
  readonly service: ServiceDefinition;
  readonly replica: string;
  readonly leaseMs: number;
  readonly checkMs?: number;
  /** how long a drain may take; what is not done by then is left to the next owner */
  readonly drainMs?: number;
  /** lanes per decider; 1 unless said */
  readonly lanes: Readonly<Record<string, number>>;
  readonly store: Store;
  readonly broker: Broker;
  readonly clock: Clock;
  readonly watch: LaneWatch & { trouble(lane: string, what: string, error?: unknown): void };
  /** pending asks of a lane that this process owns; each may be given more than once */
  readonly opened: (lane: string, asks: readonly DueDocument[], fresh: boolean) => void;
  readonly closed: (lane: string) => void;
}
/** An input as it goes to the owner of its lane. */
export interface DoorInput {
  readonly input: Input;
  readonly bodyHash?: string;
}
/** An input that nobody waits for, or what could not become one and goes to quarantine. */
export type Deposit = Waiting;
/** Nobody owns the lane; or somebody does, or did, who has not answered in time. */
type NoAnswer = 'nobody' | 'late';

export class Road {
  private readonly replica: Replica;
  private readonly served = new Map<string, Subscription>();
  private draining = false;

  constructor(private readonly options: RoadOptions) {
    const { service, store, broker, clock, leaseMs, replica } = options;
    this.replica = new Replica({
      service: service.name,
      replica,
      leaseMs,
      store,
      broker,
      clock,
      deciders: service.decides.map((decider) => ({ decider: decider as Decider, lanes: this.lanesOf(decider.name) })),
      laneContext: (name, leased) => this.laneContext(name, leased),
      trouble: (what, error) => options.watch.trouble(service.name, what, error),
    });
  }

  private lanesOf(decider: string): number {
    return this.options.lanes[decider] ?? 1;
  }

  private laneContext(name: string, leased: () => boolean): LaneContext {
    const { service, store, broker, clock, leaseMs, replica, watch, checkMs = CHECK_MS } = this.options;
    const decider = service.decides.find((candidate) => candidate.name === name) as Decider;
    return {
      service: service.name,
      decider,
      streams: [...new Set(heardBy(decider).map(({ stream }) => stream))].sort(),
      says: new Set(service.says.map(({ type, version }) => `${type}.v${version}`)),
      // What a lane sets aside it tells on DEAD_LETTERS: that stream can be lost like the others.
      saidStreams: [...new Set([...service.says.map(({ stream }) => stream), DEAD_LETTERS])].sort(),
      replica,
      leaseMs,
      checkMs,
      store,
      broker,
      clock,
      leased,
      watch,
      opened: (lane, asks, fresh) => {
        this.serve(lane);
        if (asks.length > 0) this.options.opened(lane, asks, fresh);
      },
      closed: (lane) => {
        this.served.get(lane)?.stop();
        this.served.delete(lane);
        this.options.closed(lane);
      },
    };
  }

  async start(): Promise<void> {
    await this.replica.start();
  }
  async drain(): Promise<void> {
    this.draining = true;
    await this.replica.drain(this.options.drainMs ?? DRAIN_MS);
  }
  lanes(): readonly Lane[] {
    return [...this.replica.lanes.values()];
  }
  /** A state as the last commit left it, when its lane is owned here and has it in memory. `id`: with its tenant. */
  remembered(kind: string, id: string): StateDocument | undefined {
    const key = stateKey(kind, id);
    for (const lane of this.replica.lanes.values()) {
      const found = lane.remembered(key);
      if (found) return found;
    }
    return undefined;
  }
  ready(): { ok: boolean; reasons: string[] } {
    const reasons = [
      ...(this.draining ? ['draining'] : []),
      ...(this.options.broker.up ? [] : ['broker is away']),
      ...this.lanes()
        .filter((lane) => !lane.ready)
        .map((lane) => `lane ${lane.id} is taking up its work`),
    ];
    return { ok: reasons.length === 0, reasons };
  }

  /** The decider that hears a contract at its door, and the lane of a key. */
  private laneFor(contract: Message, laneKey: string): { decider: Decider; lane: string } {
    const decider = this.options.service.decides.find((candidate) =>
      candidate.rules.some(({ hears }) => hears.type === contract.type && hears.version === contract.version),
    ) as Decider | undefined;
    if (!decider) throw new Error(`${this.options.service.name} hears no ${contract.type}.v${contract.version}`);
    const of = this.lanesOf(decider.name);
    return { decider, lane: laneName(decider.name, partitionOf(laneKey) % of, of) };
  }

  /** Hands an input to the owner of its lane, here or in another process, and waits for its commit. */
  async submit(given: DoorInput): Promise<DoorAnswer> {
    const contract = messageOf(given.input);
    const { decider, lane } = this.laneFor(contract, contract.lane(given.input.data));
    const { clock } = this.options;
    const began = clock.steady();
    let patience = PATIENCE_MS;
    for (;;) {
      const answer = await this.once(decider, lane, given);
      if (typeof answer === 'object') return answer;
      if (answer === 'late') patience = DECIDED_MS;
      if (clock.steady() > began + patience || this.draining)
        throw new Problem(503, 'no-owner', { retryAfterSeconds: 2 });
      await clock.wait(50);
    }
  }

  /** Durable when it resolves, whether the lane has an owner or not. It is decided at once if that is this process. */
  async deposit({ input, unread }: Deposit): Promise<void> {
    const { decider, lane } = this.laneFor(messageOf(input), laneKeyOf({ input, unread }));
    const { clock } = this.options;
    const since = iso(clock.now());
    // The sweep leaves it alone while the lane has it in hand.
    const at = this.replica.lanes.get(lane)?.takesDeposits ? iso(clock.now() + IN_HAND_MS) : since;
    const _id = causeOf(decider.name, input.id);
    await this.deposits({ _id, lane, kind: 'deposit', at, since, ord: 0, input, ...(unread ? { unread } : {}) });
  }

  /** Deposits of many requests are one write, and as a rule one batch. */
  private readonly deposits = gathered(async (dues: readonly DueDocument[]): Promise<readonly true[]> => {
    await this.options.store.deposit(dues);
    for (const due of dues) {
      const lane = this.replica.lanes.get(due.lane);
      if (lane?.takesDeposits) lane.fire(due);
    }
    return dues.map(() => true);
  });

  private async once(decider: Decider, lane: string, given: DoorInput): Promise<DoorAnswer | NoAnswer> {
    const own = this.replica.lanes.get(lane);
    if (own?.isOpen) {
      try {
        return await this.here(decider, own, given, DECIDED_MS);
      } catch (error) {
        if (error instanceof Fenced) return 'nobody';
        throw error;
      }
    }
    if (this.draining) return 'nobody';
    try {
      const body = Buffer.from(JSON.stringify(given));
      const bytes = await this.options.broker.request(this.subjectOf(lane), body, ASK_AGAIN_MS);
      const reply = bytes && (JSON.parse(Buffer.from(bytes).toString('utf8')) as { answer?: DoorAnswer | NoAnswer });
      return reply?.answer ?? 'nobody';
    } catch {
      return 'late';
    }
  }

  /** Rejects with `Fenced` when the lane went to another owner, or did not come to it within `withinMs`. */
  private here(decider: Decider, lane: Lane, { input, bodyHash }: DoorInput, withinMs: number): Promise<DoorAnswer> {
    const { clock } = this.options;
    const answered = new AbortController();
    return new Promise((resolve, reject) => {
      const cause = causeOf(decider.name, input.id);
      const reply = (answer: DoorAnswer): void => {
        answered.abort('answered');
        resolve(answer);
      };
      const fail = (error: Error): void => {
        answered.abort('answered');
        reject(error);
      };
      const from = { kind: 'door' as const, reply, fail, ...(bodyHash ? { bodyHash } : {}) };
      const work = { id: input.id, cause, input, from };
      lane.accept(work);
      // A lane that is halted, say without a broker, keeps nobody waiting for ever.
      void clock.wait(withinMs, answered.signal).then(() => lane.withdraw(work));
    });
  }

  /** The answer of an ask becomes an input of the lane that asked; `closes` ends the question. False: not our lane. */
  answer(lane: string, input: Input, closes: string | undefined): Promise<boolean> {
    const own = this.replica.lanes.get(lane);
    if (!own?.isOpen) return Promise.resolve(false);
    return new Promise((resolve) => {
      const name = lane.slice(0, lane.indexOf(':'));
      const work: Work = {
        id: input.id,
        cause: causeOf(name, input.id),
        input,
        from: { kind: 'answer', done: () => resolve(true), ...(closes ? { closes } : {}) },
      };
      own.accept(work);
    });
  }

  private subjectOf(lane: string): string {
    return `crossdock.door.${this.options.service.name}.${lane.replace(':', '.')}`;
  }

  private serve(lane: string): void {
    if (this.served.has(lane)) return;
    const decider = this.options.service.decides.find(({ name }) => lane.startsWith(`${name}:`)) as Decider;
    const subscription = this.options.broker.serve(this.subjectOf(lane), async (bytes) => {
      const given = JSON.parse(Buffer.from(bytes).toString('utf8')) as DoorInput;
      const own = this.replica.lanes.get(lane);
      const late = (): NoAnswer => 'late';
      const answer = own?.isOpen ? await this.here(decider, own, given, ASK_AGAIN_MS).catch(late) : 'nobody';
      return Buffer.from(JSON.stringify({ answer }));
    });
    this.served.set(lane, subscription);
  }
}
