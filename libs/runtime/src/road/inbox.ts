/**
 * Which works were decided before. A message that a stream delivers for the first time is hardly ever a copy, so it is
 * not looked up: the unique index over causes refuses a commit that would decide it twice, and whoever was refused looks
 * everything up until no copy has come for a while.
 */
import type { LaneContext } from './lane-context.js';
import type { StoredAnswer } from './ports.js';
import type { Work } from './work.js';

/** After a take-over, an error or a copy others may follow for so long. */
const DOUBT_MS = 10_000;

export class Inbox {
  private doubtsUntil = -Infinity;

  constructor(private readonly context: Pick<LaneContext, 'store' | 'clock'>) {
    this.doubt();
  }

  /** Copies may come: everything is looked up for a while. */
  doubt(): void {
    this.doubtsUntil = this.context.clock.steady() + DOUBT_MS;
  }

  /** Of these works, by cause, those that are known to be decided, with the answer where there is one. */
  async handled(works: ReadonlyMap<string, Work>): Promise<ReadonlyMap<string, StoredAnswer | undefined>> {
    const { store, clock } = this.context;
    const isInDoubt = clock.steady() < this.doubtsUntil;
    const unsure = [...works].filter(
      ([, { from }]) => isInDoubt || from.kind !== 'stream' || from.delivery.deliveries > 1,
    );
    if (unsure.length === 0) return new Map();
    const handled = await store.handled(unsure.map(([cause]) => cause));
    if (unsure.some(([cause, { from }]) => from.kind === 'stream' && handled.has(cause))) this.doubt();
    return handled;
  }
}
