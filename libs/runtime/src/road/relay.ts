/**
 * Publishing: one chain per lane. Commit n + 1 is sent when n is acknowledged, at most four wait. Beside the chain what
 * was acknowledged is read back; how far that got is noted with the next commit.
 */
import type { StoredEvent } from './envelope.js';
import type { Broker, Clock, CommitRecord, Position, Published } from './ports.js';
import { Proof } from './proof.js';

export const MAX_UNPUBLISHED = 4;
const RETRY_MS = 200;
/** Acknowledged messages are read back together, so often. What is not read back yet the next owner sends again. */
const LOOK_MS = 250;

/** The chain was given up: the lane looks at the broker again and publishes from what is noted. */
export class Superseded extends Error {}

export class Relay {
  private chain: Promise<void> = Promise.resolve();
  private generation = 0;
  /** commits that are not acknowledged yet, the oldest first */
  private waiting: Promise<void>[] = [];
  private giveUp: () => void = () => undefined;
  private readonly proof: Proof;
  /** one look after the other */
  private looks: Promise<unknown> = Promise.resolve();
  /** the generation that somebody looks for */
  private lookedFor: number | undefined;

  constructor(
    private readonly broker: Broker,
    private readonly clock: Clock,
    published: Published,
    /** the broker went back: it acknowledged below what it had acknowledged before, or has something else there */
    private readonly wentBack: (stream: string) => void,
    private readonly failed: (error: unknown) => void,
  ) {
    this.proof = new Proof(broker, clock, published);
  }

  /** what was read back: it stands */
  get published(): Published {
    return this.proof.published;
  }
  /** What the lane's document says, unless more is known here. `n`: commits of the lane so far. */
  noted(published: Published, n: number): void {
    if (this.published.n < published.n || this.proof.n > n) this.backTo(published);
  }
  /** Only this counts as published. */
  backTo(published: Published): void {
    this.proof.backTo(published);
  }

  /** From now on nothing is sent, and acknowledgements of what was sent do not count. */
  invalidate(): void {
    this.generation++;
    this.looks = Promise.resolve();
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

  /** Waits until everything given so far is out and read back, or was given up. */
  async finished(): Promise<void> {
    const out = this.settled().then(() => this.confirm());
    await out.catch(() => undefined);
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
    const lost = await this.confirm();
    if (lost === undefined) return;
    this.wentBack(lost);
    throw new Superseded();
  }

  /** Every commit up to `n` is out, also those of which nothing was to be sent. */
  reached(n: number): void {
    if (n > this.proof.n) this.proof.acknowledged(n, {});
  }

  /**
   * Reads back what was acknowledged: what stands is published. When a stream lost some of it none of it counts, and all
   * is to be sent again; answers that stream.
   */
  async confirm(): Promise<string | undefined> {
    const { generation } = this;
    const look = this.looks.then(async () => {
      if (this.generation !== generation) throw new Superseded();
      const found = await this.proof.look();
      if (this.generation !== generation) throw new Superseded();
      if ('published' in found) this.proof.keep(found.published, found.commits);
      else this.backTo(this.published);
      return 'lost' in found ? found.lost : undefined;
    });
    this.looks = look.catch(() => undefined);
    return look;
  }

  /** Beside the chain, as long as something is owed a look and nobody has stopped the chain. */
  private async keepLooking(): Promise<void> {
    const { generation } = this;
    if (this.lookedFor === generation) return;
    this.lookedFor = generation;
    while (this.proof.isOwed) {
      await this.clock.wait(LOOK_MS);
      // Stopped: who takes the chain up again looks first.
      if (this.generation !== generation) return;
      const lost = await this.confirm().catch((error: unknown) => {
        if (!(error instanceof Superseded)) this.failed(error);
      });
      if (lost !== undefined) this.wentBack(lost);
    }
    this.lookedFor = undefined;
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
    const places: Record<string, Position> = {};
    for (const [index, ack] of acks.entries()) {
      const event = events[index] as StoredEvent;
      const stream = event.stream;
      const known = this.proof.at[stream];
      const now = created[stream] ?? '';
      if (!ack.duplicate && known && known.created === now && ack.seq <= known.seq) {
        this.wentBack(stream);
        throw new Superseded();
      }
      const last = places[stream];
      if (!last || ack.seq >= last.seq) places[stream] = { created: now, seq: ack.seq, msgId: event.id };
    }
    this.proof.acknowledged(n, places);
    void this.keepLooking();
  }
}
