/**
 * Publishing: one chain per lane. Commit n + 1 is sent when n is acknowledged, at most four wait, and how far it got is
 * noted with the next commit.
 */
import type { StoredEvent } from './envelope.js';
import type { Broker, Clock, CommitRecord, Position, Published } from './ports.js';

export const MAX_UNPUBLISHED = 4;
const RETRY_MS = 200;

/** The chain was given up: the lane looks at the broker again and publishes from what is noted. */
export class Superseded extends Error {}

export class Relay {
  private chain: Promise<void> = Promise.resolve();
  private generation = 0;
  /** commits that are not acknowledged yet, the oldest first */
  private waiting: Promise<void>[] = [];
  private giveUp: () => void = () => undefined;

  constructor(
    private readonly broker: Broker,
    private readonly clock: Clock,
    public published: Published,
    /** the broker acknowledged below what it had acknowledged before: it went back */
    private readonly wentBack: (stream: string) => void,
    private readonly failed: (error: unknown) => void,
  ) {}

  /** From now on nothing is sent, and acknowledgements of what was sent do not count. */
  invalidate(): void {
    this.generation++;
    this.giveUp();
  }

  /** Drops what waits; it is published again from `published`. What is on its way arrives before anything new. */
  supersede(): void {
    this.invalidate();
    this.chain = Promise.resolve();
    this.waiting = [];
  }

  /** Waits until fewer than four commits wait; rejects when they were given up. */
  async room(): Promise<void> {
    while (this.waiting.length >= MAX_UNPUBLISHED) await this.waiting[0];
  }

  /** Waits until everything given so far is out, or rejects when it was given up. */
  async settled(): Promise<void> {
    const givenUp = new Promise<never>((_, reject) => (this.giveUp = () => reject(new Superseded())));
    await Promise.race([this.chain, givenUp]);
  }

  /** Queues a commit's events; `done` runs once they are acknowledged by the broker. */
  publish(
    n: number,
    events: readonly StoredEvent[],
    created: Readonly<Record<string, string>>,
    done: () => void,
  ): void {
    const generation = this.generation;
    const sent = this.chain.then(async () => {
      await this.send(n, events, created, generation);
      done();
      if (this.generation === generation) void this.waiting.shift();
    });
    this.waiting.push(sent);
    this.chain = sent;
    sent.catch((error: unknown) => {
      if (!(error instanceof Superseded)) this.failed(error);
    });
  }

  /** Publishes commits again, or for the first time by a new owner: of each what `chosen` says. */
  async catchUp(
    commits: readonly CommitRecord[],
    chosen: (commit: CommitRecord) => readonly StoredEvent[],
    created: Readonly<Record<string, string>>,
  ): Promise<void> {
    for (const commit of commits) this.publish(commit.n, chosen(commit), created, () => undefined);
    await this.settled();
  }

  /** Every commit up to `n` is out, also those of which nothing was to be sent. */
  reached(n: number): void {
    if (n > this.published.n) this.published = { ...this.published, n };
  }

  private async send(
    n: number,
    events: readonly StoredEvent[],
    created: Readonly<Record<string, string>>,
    generation: number,
  ): Promise<void> {
    for (;;) {
      if (this.generation !== generation) throw new Superseded();
      try {
        if (events.length > 0) await this.sendOnce(n, events, created, generation);
        else this.reached(n);
        return;
      } catch (error) {
        if (error instanceof Superseded) throw error;
        this.failed(error);
        await this.clock.wait(RETRY_MS);
      }
    }
  }

  private async sendOnce(
    n: number,
    events: readonly StoredEvent[],
    created: Readonly<Record<string, string>>,
    generation: number,
  ): Promise<void> {
    const acks = await this.broker.publish(events);
    if (this.generation !== generation) throw new Superseded();
    const at: Record<string, Position> = { ...this.published.at };
    for (const [index, ack] of acks.entries()) {
      const event = events[index] as StoredEvent;
      const stream = event.stream;
      const known = this.published.at[stream];
      const now = created[stream] ?? '';
      if (!ack.duplicate && known && known.created === now && ack.seq <= known.seq) {
        this.wentBack(stream);
        throw new Superseded();
      }
      const last = at[stream];
      if (!last || last.created !== now || ack.seq >= last.seq)
        at[stream] = { created: now, seq: ack.seq, msgId: event.id };
    }
    this.published = { n: Math.max(n, this.published.n), at };
  }
}
