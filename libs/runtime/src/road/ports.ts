/** What the road needs of a broker and a store. The real ones are JetStream and MongoDB; the twins live in memory. */
import type { Input } from '@crossdock/kernel';
import type { DoorAnswer } from '../door/door.js';
import type { StoredEvent } from './envelope.js';

/** A place in a stream that survives the stream's loss: which stream it was, how far, what stood there and since when. */
export interface Position {
  /** creation time of the stream, as the broker tells it */
  readonly created: string;
  /** 0: before the first message */
  readonly seq: number;
  readonly msgId: string | null;
  /**
   * When the broker stored it, by its clock, in ms: a copy that was published again may stand at the same sequence, with
   * other messages before it. Absent: nobody has asked yet.
   */
  readonly storedMs?: number;
}
export type Positions = Readonly<Record<string, Position>>;
/** How far the lane has published: every commit up to `n` was read back, and per stream the last message it put there. */
export interface Published {
  readonly n: number;
  readonly at: Positions;
}

/** Messages of these partitions are done up to there. */
export interface Passed {
  readonly partitions: readonly number[];
  readonly position: Position;
}

export interface LaneDocument {
  readonly _id: string;
  readonly decider: string;
  readonly k: number;
  readonly of: number;
  readonly owner: string | null;
  readonly epoch: number;
  /** commits so far, numbered without gaps */
  readonly n: number;
  /** false while owned: whoever takes it then runs undecided messages one by one */
  readonly clean: boolean;
  /** the decider has another number of lanes: this one decides nothing more and only keeps what it said on its streams */
  readonly retired?: boolean;
  /** the retired lanes whose partitions it took over: all that these said is published before this one begins */
  readonly after?: readonly string[];
  /** by stream, what these had done beyond its own position when it took over */
  readonly passed?: Readonly<Record<string, readonly Passed[]>>;
  readonly positions: Positions;
  readonly pub: Published;
}

/** A state as stored. `id` carries the tenant: `<tenant>|<id>`. */
export interface StateDocument {
  readonly kind: string;
  readonly id: string;
  /** changes so far; 0: not stored yet */
  readonly v: number;
  /** entity events said so far */
  readonly e: number;
  /** the commit that wrote it */
  readonly by: string;
  /** when it was first written; lists are in this order, and it never changes, so that an index over it does not either */
  readonly t: string;
  readonly s: unknown;
}
export const stateKey = (kind: string, id: string): string => `${kind}\u001f${id}`;
export const storedId = (tenant: string, id: string): string => `${tenant}|${id}`;
export interface StateWrite {
  readonly before: StateDocument;
  readonly after: StateDocument;
  readonly keys: readonly string[];
}

/** Bytes of the outside that no input could be made of, and why; they end in quarantine. */
export interface Unread {
  /** reason code of contracts */
  readonly reason: string;
  readonly text: string;
  /** the body as it came */
  readonly bytes: Uint8Array;
  readonly contentType?: string;
}
/**
 * Parked messages, timers and pending asks: one collection, written in the batch's transaction. Deposits, too: inputs of
 * the door that nobody waits for, written by the door itself and taken out by the commit that decides them.
 */
export interface DueDocument {
  readonly _id: string;
  readonly lane: string;
  readonly kind: 'parked' | 'timer' | 'ask' | 'deposit';
  /** ISO instant: when the sweep brings it back; asks are not swept */
  readonly at: string;
  readonly since: string;
  /** order among those parked in one queue */
  readonly ord: number;
  readonly input: Input;
  /** parked only: `<stream>` it came by and the state it waits for, `<tenant>|<kind>/<id>` */
  readonly stream?: string;
  readonly awaits?: string;
  /** deposits only */
  readonly unread?: Unread;
}

/** What tells the lane of a due. */
export type Waiting = Pick<DueDocument, 'input' | 'unread'>;

export interface QuarantineDocument {
  readonly _id: string;
  readonly at: string;
  readonly lane: string;
  readonly reason: string;
  readonly text: string;
  readonly tenant: string;
  readonly type: string;
  readonly key: string;
  readonly messageId: string;
  readonly headers: Readonly<Record<string, string>>;
  /** the body as it came */
  readonly bytes: Uint8Array;
  readonly hash: string;
  readonly attempts: number;
}

export interface StoredAnswer {
  readonly id: string;
  readonly answer: DoorAnswer;
  readonly bodyHash?: string;
}

export interface CommitPlan {
  readonly lane: string;
  readonly owner: string;
  readonly epoch: number;
  /** number of this commit; the lane stands at n - 1 */
  readonly n: number;
  readonly at: string;
  readonly causes: readonly string[];
  readonly events: readonly StoredEvent[];
  readonly answers: readonly StoredAnswer[];
  readonly states: readonly StateWrite[];
  readonly dueIn: readonly DueDocument[];
  readonly dueOut: readonly string[];
  readonly quarantine: readonly QuarantineDocument[];
  readonly positions: Positions;
  readonly pub: Published;
}
/** What was committed, as the relay and the check of the broker read it. */
export interface CommitRecord {
  readonly n: number;
  readonly at: string;
  readonly events: readonly StoredEvent[];
  readonly positions: Positions;
  readonly pub: Published;
}

/** Another owner has the lane: stop, drop everything in memory. */
export class Fenced extends Error {}
/** Somebody else's write or an aborted transaction: drop what is in memory, load and decide again. */
export class Conflict extends Error {}

export interface Store {
  /**
   * Makes sure that the lane documents of a decider are there. Throws `LanesFixed` when there can't be so many, or when a
   * living replica owns one and their number is to change. `partition` places what waits in an old lane.
   */
  declareLanes(decider: string, of: number, partition: (waiting: Waiting) => number): Promise<void>;
  /** one lease per replica, by the server's clock */
  renew(replica: string, leaseMs: number): Promise<void>;
  leave(replica: string): Promise<void>;
  /** living replicas, and which of them renewed within half a lease */
  living(leaseMs: number): Promise<readonly { readonly id: string; readonly fresh: boolean }[]>;
  lanes(): Promise<readonly LaneDocument[]>;
  readLane(id: string): Promise<LaneDocument | undefined>;
  /** takes a lane that nobody living owns; kills what its last owner still has open. Undefined: somebody was faster */
  takeLane(before: LaneDocument, replica: string): Promise<LaneDocument | undefined>;
  /** gives a lane back as it stands: its positions, its `pub`, and whether it ended cleanly */
  releaseLane(lane: LaneDocument): Promise<void>;
  /** which of these causes were handled, with the answer where there is one */
  handled(causes: readonly string[]): Promise<ReadonlyMap<string, StoredAnswer | undefined>>;
  load(kind: string, ids: readonly string[]): Promise<readonly StateDocument[]>;
  /** everything of a lane that waits: parked by the states they await, or asks */
  waiting(lane: string, kind: 'parked' | 'ask'): Promise<readonly DueDocument[]>;
  dueNow(lanes: readonly string[], now: string, limit: number): Promise<readonly DueDocument[]>;
  /** keeps deposits, durable when it resolves; one that waits already, also as a parked message, stays as it is */
  deposit(dues: readonly DueDocument[]): Promise<void>;
  /** takes out deposits that were decided before they came in again; what waits under their ids as anything else stays */
  dropDeposits(ids: readonly string[]): Promise<void>;
  /** moves the time of a due; harmless when it is gone */
  postpone(dueId: string, at: string): Promise<void>;
  /** ONE transaction, majority, journal. Throws `Fenced`, `Conflict`, or the store's own error */
  commit(plan: CommitPlan): Promise<void>;
  /** positions and `pub` under owner, epoch and n. Throws `Fenced` */
  storePositions(
    lane: string,
    owner: string,
    epoch: number,
    n: number,
    positions: Positions,
    pub: Published,
  ): Promise<void>;
  /** up to `limit` commits of a lane from number `from` on, in order, without those deleted or older than `since` */
  commits(lane: string, from: number, limit: number, since?: string): Promise<readonly CommitRecord[]>;
  /** writes an attempt before an undecided message runs alone; answers how many there were */
  attempt(cause: string): Promise<number>;
  /** deletes commits of a lane up to `n` that are older than `before`; answers how many went */
  forget(lane: string, n: number, before: string): Promise<number>;
}

export interface StreamState {
  readonly created: string;
  readonly firstSeq: number;
  readonly lastSeq: number;
}
/** A message on a stream: its id where its publisher gave it one, and when the broker stored this copy of it. */
export interface Stood {
  readonly msgId: string | null;
  readonly storedMs: number;
}
/** A message as it came from a stream. */
export interface Delivery {
  readonly stream: string;
  readonly seq: number;
  /** counts deliveries of this consumer since its reset: 1, 2, 3 ... */
  readonly deliverySeq: number;
  readonly deliveries: number;
  /** when the broker stored it, by its clock */
  readonly storedMs: number;
  readonly subject: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  ack(): void;
}
export interface Published1 {
  readonly seq: number;
  readonly duplicate: boolean;
}
export interface Subscription {
  stop(): void;
}

export interface Broker {
  /** false between a disconnect and the next connection */
  readonly up: boolean;
  onConnection(listener: (up: boolean) => void): void;
  stream(name: string): Promise<StreamState>;
  /** what stands at a sequence; undefined when nothing does */
  message(stream: string, seq: number): Promise<Stood | undefined>;
  /** sets the durable back so that it delivers from `seq` on */
  reset(stream: string, durable: string, seq: number): Promise<void>;
  consume(
    stream: string,
    durable: string,
    options: { readonly buffer: number; readonly expiresMs: number },
    deliver: (delivery: Delivery) => void,
  ): Promise<Subscription>;
  /** deletes a durable that is needed no more; one that is not there is no error */
  forget(stream: string, durable: string): Promise<void>;
  /** how many deliveries the broker counts for the durable since its reset */
  delivered(stream: string, durable: string): Promise<number>;
  /** publishes in order, all acknowledged or an error; one entry per event */
  publish(events: readonly StoredEvent[]): Promise<readonly Published1[]>;
  /** core messages between replicas: joins and releases */
  announce(subject: string): void;
  onAnnounce(subject: string, listener: () => void): Subscription;
  /** door inputs for lanes of other replicas; undefined: nobody serves it */
  request(subject: string, body: Uint8Array, timeoutMs: number): Promise<Uint8Array | undefined>;
  serve(subject: string, handler: (body: Uint8Array) => Promise<Uint8Array>): Subscription;
}

/** Wall clock in milliseconds and waking up later; the simulator brings its own. */
export interface Clock {
  /** the time of day, for what others read: it may be set forward and back */
  now(): number;
  /** milliseconds that nobody sets, for how long something takes; they may stand still while the machine sleeps */
  steady(): number;
  /** resolves after `ms`, or earlier when `signal` aborts */
  wait(ms: number, signal?: AbortSignal): Promise<void>;
  /** lets whatever else this process has to do come in between */
  breathe(): Promise<void>;
}
export const iso = (ms: number): string => new Date(ms).toISOString();
