/**
 * A lane against the broker: do its positions and what it published still stand? What does not is read again from the
 * last commit that does, and published again.
 */
import type { LaneContext } from './lane-context.js';
import type { StoredEvent } from './envelope.js';
import { iso, type CommitRecord, type LaneDocument, type Position, type Positions } from './ports.js';
import type { PassedTo } from './intake.js';
import type { Relay } from './relay.js';
import { AGAIN_MS, isOver, lastStanding, stands, start, withPosition } from './verify.js';

/** Commits read at once when they are published again, and the pause after each reading: others use the broker too. */
const AT_ONCE = 50;
const AGAIN_PAUSE_MS = 20;

export class Standing {
  /** creation times of the streams the lane publishes to, as last seen */
  readonly created: Record<string, string> = {};

  constructor(
    private readonly context: LaneContext,
    private readonly lane: string,
    private readonly relay: Relay,
  ) {}

  private async commitAt(n: number): Promise<CommitRecord | undefined> {
    const [commit] = await this.context.store.commits(this.lane, n, 1);
    return commit?.n === n ? commit : undefined;
  }

  /** Positions to read on from: each as it was, or as the last commit says that still stands, or the stream's start. */
  async positions(known: Positions, n: number): Promise<Positions> {
    const { broker, streams, watch } = this.context;
    let positions = known;
    for (const stream of streams) {
      const now = await broker.stream(stream);
      const before = known[stream];
      if (await stands(broker, stream, before, now)) continue;
      const same = before?.created === now.created;
      const commit = same
        ? await lastStanding(
            n,
            (at) => this.commitAt(at),
            (c) => stands(broker, stream, c.positions[stream], now),
          )
        : undefined;
      const position = commit?.positions[stream] ?? start(now);
      if (before) watch.trouble(this.lane, `${stream}: position back from ${before.seq} to ${position.seq}`);
      positions = withPosition(positions, stream, position);
    }
    return positions;
  }

  /** By stream and partition, the sequence up to which others had done what this lane took over, as far as that stands. */
  async passed(given: LaneDocument['passed'] = {}): Promise<PassedTo> {
    const { broker } = this.context;
    const to = new Map<string, Map<number, number>>();
    for (const [stream, all] of Object.entries(given)) {
      const now = await broker.stream(stream);
      const done = new Map<number, number>();
      for (const { partitions, position } of all) {
        if (!(await stands(broker, stream, position, now))) continue;
        for (const p of partitions) done.set(p, Math.max(done.get(p) ?? 0, position.seq));
      }
      to.set(stream, done);
    }
    return to;
  }

  /** Publishes what the broker lost, then what was committed but never sent. */
  async publishOwed(n: number): Promise<void> {
    const { clock, watch } = this.context;
    // What was acknowledged before the halt counts if it stands.
    const gone = await this.relay.confirm();
    const known = this.relay.published.n;
    if (gone !== undefined) watch.trouble(this.lane, `${gone}: published again from commit ${known}`);
    const { lost, from, at } = await this.lost();
    if (lost.size > 0) {
      // Until all is out again it counts as not published: whoever is interrupted here starts over.
      this.relay.backTo({ n: from, at });
      const ofLost = ({ events }: CommitRecord): readonly StoredEvent[] =>
        events.filter(({ stream }) => lost.has(stream));
      await this.publishRange(from, known, ofLost, iso(clock.now() - AGAIN_MS));
    }
    await this.publishRange(known, n, ({ events }) => events);
  }

  private async publishRange(
    from: number,
    to: number,
    chosen: (commit: CommitRecord) => readonly StoredEvent[],
    since?: string,
  ): Promise<void> {
    const { store, clock } = this.context;
    for (let next = from + 1; next <= to;) {
      const found = await store.commits(this.lane, next, Math.min(AT_ONCE, to - next + 1), since);
      const commits = found.filter(({ n }) => n <= to);
      const last = commits.at(-1);
      if (!last) break;
      await this.relay.catchUp(commits, chosen, this.created);
      next = last.n + 1;
      if (since !== undefined && next <= to) await clock.wait(AGAIN_PAUSE_MS);
    }
    this.relay.reached(to);
  }

  /** Streams that lost what was published, and the last commit that all of them still have. */
  private async lost(): Promise<{ lost: ReadonlySet<string>; from: number; at: Positions }> {
    const { broker, clock, saidStreams, watch } = this.context;
    const lost = new Set<string>();
    let { n: from, at } = this.relay.published;
    for (const stream of saidStreams) {
      const now = await broker.stream(stream);
      this.created[stream] = now.created;
      const known = at[stream];
      if (!known || isOver(known, clock.now()) || (await stands(broker, stream, known, now))) continue;
      lost.add(stream);
      const same = known.created === now.created;
      const holds = async ({ pub }: CommitRecord): Promise<boolean> =>
        pub.at[stream] !== undefined && stands(broker, stream, pub.at[stream], now);
      const commit = same ? await lastStanding(this.relay.published.n + 1, (n) => this.commitAt(n), holds) : undefined;
      const { [stream]: _gone, ...rest } = at;
      at = commit?.pub.at[stream] ? { ...rest, [stream]: commit.pub.at[stream] } : rest;
      from = Math.min(from, commit?.pub.n ?? 0);
      watch.trouble(this.lane, `${stream}: published again from commit ${from}`);
    }
    return { lost, from, at };
  }

  /** Why the lane must look closer: a stream is another one, or does not hold what it held. */
  async fault(positions: Positions): Promise<string | undefined> {
    const { broker, clock, streams } = this.context;
    const said = Object.entries(this.relay.published.at).filter(([, known]) => !isOver(known, clock.now()));
    const look = async (stream: string, known: Position | undefined, why: string): Promise<string | undefined> =>
      (await stands(broker, stream, known, await broker.stream(stream))) ? undefined : `${stream} ${why}`;
    const found = await Promise.all([
      ...streams.map((stream) => look(stream, positions[stream], 'does not stand')),
      ...said.map(([stream, known]) => look(stream, known, 'lost what was published')),
    ]);
    return found.find((fault) => fault !== undefined);
  }
}
