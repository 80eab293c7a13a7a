/**
 * What an acknowledgement is worth: nothing, until the message was read back. A broker may lose its end while everyone
 * stays connected, and when others write on, the next acknowledgement is above the last one and tells nothing.
 */
import type { Broker, Clock, Position, Positions, Published } from './ports.js';
import { isDeleted, isOver, isThere, withPosition } from './verify.js';

/** Messages asked for at once: even the largest (8 MB, 11 MB on the wire) stay below what a broker keeps for one connection. */
const AT_ONCE = 4;

/** A commit that the broker has acknowledged, and by stream the last message of it. */
interface Acknowledged {
  readonly n: number;
  readonly places: Positions;
}
/** So many commits, the oldest, stand where they were put, and count as published; or a stream has lost some of it. */
export type Found = { readonly published: Published; readonly commits: number } | { readonly lost: string };

export class Proof {
  /** the oldest first */
  private waiting: Acknowledged[] = [];
  /** by stream the newest place that was acknowledged */
  at: Positions;

  constructor(
    private readonly broker: Pick<Broker, 'message' | 'stream'>,
    private readonly clock: Pick<Clock, 'now'>,
    public published: Published,
  ) {
    this.at = published.at;
  }

  /** every commit up to here is acknowledged */
  get n(): number {
    return this.waiting.at(-1)?.n ?? this.published.n;
  }
  get isOwed(): boolean {
    return this.waiting.length > 0;
  }

  acknowledged(n: number, places: Positions): void {
    for (const [stream, place] of Object.entries(places)) {
      const last = this.at[stream];
      if (!last || last.created !== place.created || place.seq >= last.seq)
        this.at = withPosition(this.at, stream, place);
    }
    if (this.isOwed || Object.keys(places).length > 0) this.waiting.push({ n: Math.max(n, this.n), places });
    else this.published = { ...this.published, n: Math.max(n, this.n) };
  }

  /** From here on acknowledgements count anew. */
  backTo(published: Published): void {
    [this.published, this.at, this.waiting] = [published, published.at, []];
  }

  /**
   * Looks for all that was acknowledged. A commit's events go out at once, so the last of them in a stream stands for the
   * others; commits do not stand for each other, as there may be a loss between any two.
   */
  async look(): Promise<Found> {
    const waiting = [...this.waiting];
    let { at } = this.published;
    const streams = new Set(waiting.flatMap(({ places }) => Object.keys(places)));
    for (const stream of streams) {
      const places = waiting.flatMap(({ places: { [stream]: place } }) => place ?? []);
      const before = [at[stream] ?? []].flat().filter((place) => !isOver(place, this.clock.now()));
      const newest = await this.newestOf(stream, [...before, ...places]);
      if (!newest) return { lost: stream };
      at = withPosition(at, stream, newest);
    }
    return { published: { n: waiting.at(-1)?.n ?? this.published.n, at }, commits: waiting.length };
  }

  /** What was looked for counts as published; what was acknowledged meanwhile waits for the next look. */
  keep(published: Published, commits: number): void {
    this.published = published;
    this.waiting.splice(0, commits);
  }

  /**
   * The highest of the places, when all stand; it is read last. A loss takes the end of a stream: as long as the highest
   * stands, whatever stood with it below does. The one that was highest before is among them: a loss that took it before
   * it has a follower would never show again.
   */
  private async newestOf(stream: string, places: readonly Position[]): Promise<Position | undefined> {
    const below = [...places].sort((a, b) => a.seq - b.seq);
    const newest = below.pop() as Position;
    for (let from = 0; from < below.length; from += AT_ONCE) {
      const found = await Promise.all(below.slice(from, from + AT_ONCE).map((place) => this.read(stream, place)));
      if (found.includes(undefined)) return undefined;
    }
    return this.read(stream, newest);
  }

  /** The place with the time at which its message was stored; undefined when something else stands there. */
  private async read(stream: string, place: Position): Promise<Position | undefined> {
    const found = await this.broker.message(stream, place.seq);
    if (!found) return (await isDeleted(this.broker, stream, place)) ? place : undefined;
    return isThere(place, found) ? { ...place, storedMs: found.storedMs } : undefined;
  }
}
