/**
 * What comes from the streams: one consumer per stream, reset to the lane's own position, then delivery sequences 1, 2,
 * 3 ... Any other number means that a stale pull swallowed something: stop, drop the buffer, reset.
 */
import type { LaneContext } from './lane-context.js';
import type { Delivery, LaneDocument, Positions, Subscription } from './ports.js';
import { workFrom, type Work } from './work.js';

/**
 * Deliveries that are asked for at once; of large ones fewer. A broker keeps 64 MB for a connection as a rule, and cuts
 * off who has more to come: whoever asked for as many again would be cut off for ever.
 */
const BUFFER = 512;
const BUFFER_LEAST = 4;
const BUFFER_BYTES = 8_000_000;
/** A large message counts for the next few hundred. */
const FADES = 0.99;

/** By stream and partition, the sequence up to which messages were done by lanes that are retired. */
export type PassedTo = ReadonlyMap<string, ReadonlyMap<number, number>>;

export class Intake {
  /** as they came: read when they are taken, so that what waits is bytes and no objects */
  private buffer: Delivery[] = [];
  private generation = 0;
  private closed = false;
  private subscriptions: Subscription[] = [];
  private readonly counts = new Map<string, number>();
  /** bytes of the largest delivery lately */
  private largest = 0;

  constructor(
    private readonly context: LaneContext,
    private readonly document: LaneDocument,
    private readonly halt: (why: string) => void,
    private readonly arrived: () => void,
  ) {}

  get empty(): boolean {
    return this.buffer.length === 0;
  }
  /** messages that may be taken */
  get waiting(): number {
    return this.buffer.length;
  }

  take(most: number): Work[] {
    return this.buffer.splice(0, most).map((delivery) => workFrom(this.context.decider, delivery));
  }

  stop(): void {
    this.generation++;
    this.buffer = [];
    for (const subscription of this.subscriptions.splice(0)) subscription.stop();
  }

  /** For good: a lane that is lost or given back pulls nothing any more, whatever it was about to do. */
  close(): void {
    this.closed = true;
    this.stop();
  }

  private get atOnce(): number {
    return Math.round(Math.min(BUFFER, Math.max(BUFFER_LEAST, BUFFER_BYTES / this.largest)));
  }

  durable(): string {
    return durableOf(this.context.service, this.document.decider, this.document.k, this.document.of);
  }

  async start(positions: Positions, passed: PassedTo): Promise<void> {
    const { broker, leaseMs, streams } = this.context;
    if (this.closed) return;
    const generation = ++this.generation;
    for (const stream of streams) {
      const from = (positions[stream]?.seq ?? 0) + 1;
      await broker.reset(stream, this.durable(), from);
      if (this.generation !== generation) return;
      let highest = from - 1;
      this.counts.set(stream, 0);
      const take = (delivery: Delivery): void => {
        if (this.generation !== generation) return;
        this.largest = Math.max(delivery.body.length, this.largest * FADES);
        const expected = (this.counts.get(stream) ?? 0) + 1;
        if (delivery.deliverySeq !== expected)
          return this.halt(`${stream}: delivery ${delivery.deliverySeq} instead of ${expected}`);
        this.counts.set(stream, expected);
        if (delivery.seq <= highest) {
          if (delivery.deliveries === 1) this.halt(`${stream}: went back to ${delivery.seq} from ${highest}`);
          return;
        }
        highest = delivery.seq;
        if (delivery.seq <= (passed.get(stream)?.get(partitionIn(delivery.subject)) ?? 0)) return delivery.ack();
        this.buffer.push(delivery);
        this.arrived();
      };
      const expiresMs = Math.max(1_000, leaseMs / 2);
      const subscription = await broker.consume(stream, this.durable(), { buffer: this.atOnce, expiresMs }, take);
      if (this.generation !== generation) return subscription.stop();
      this.subscriptions.push(subscription);
    }
  }

  /** Does the broker count as many deliveries as we saw? Asked when idle: otherwise the next delivery tells. */
  async check(): Promise<void> {
    const { broker, clock, streams } = this.context;
    const generation = this.generation;
    for (const stream of streams) {
      const seen = this.counts.get(stream) ?? 0;
      const counted = await broker.delivered(stream, this.durable());
      if (counted === seen) continue;
      await clock.wait(150);
      if (this.generation === generation && this.counts.get(stream) === seen)
        return this.halt(`${stream}: ${counted - seen} deliveries went elsewhere`);
    }
  }
}

/** A subject ends in its partition. */
const partitionIn = (subject: string): number => Number(subject.slice(subject.lastIndexOf('.') + 1));

/** Name of the durable consumer of one lane on each of its streams. */
export const durableOf = (service: string, decider: string, k: number, of: number): string =>
  `${service}-${decider}-${k}of${of}`;
