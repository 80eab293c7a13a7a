/**
 * Which works were decided before. Copies are rare, so nothing is looked up as a rule: the unique index over causes
 * refuses a commit that would decide one twice. Whoever was refused looks everything up until no copy has come for a
 * while.
 */
import type { LaneContext } from './lane-context.js';
import type { StoredAnswer } from './ports.js';

/** After a take-over, an error or a copy others may follow for so long. */
const DOUBT_MS = 10_000;

export class Inbox {
  private doubtsUntil = -Infinity;

  constructor(private readonly context: Pick<LaneContext, 'store' | 'clock'>) {
    this.doubt();
  }

  get isInDoubt(): boolean {
    return this.context.clock.steady() < this.doubtsUntil;
  }
  /** Copies may come: everything is looked up for a while. */
  doubt(): void {
    this.doubtsUntil = this.context.clock.steady() + DOUBT_MS;
  }

  /** Those of these causes that are known to be decided, with the answer where there is one. */
  async handled(causes: readonly string[]): Promise<ReadonlyMap<string, StoredAnswer | undefined>> {
    return this.isInDoubt ? this.lookUp(causes) : new Map();
  }

  /** The same whether copies are expected or not: for what ends without a commit, which no index would refuse. */
  async lookUp(causes: readonly string[]): Promise<ReadonlyMap<string, StoredAnswer | undefined>> {
    const handled = await this.context.store.handled(causes);
    if (handled.size > 0) this.doubt();
    return handled;
  }
}
