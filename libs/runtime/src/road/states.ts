/**
 * The states of a lane. Those of its own decider are kept between batches once they were read or written, also that there
 * is none yet: the fence makes sure that nobody else writes them. Dropped whole after any error.
 */
import { ruleFor, type Input } from '@crossdock/kernel';
import type { LaneContext } from './lane-context.js';
import { stateKey, storedId, type StateDocument } from './ports.js';

const MOST = 4_000;

type States = Map<string, StateDocument>;

export class LaneStates {
  /** undefined: the store has none */
  private readonly kept = new Map<string, StateDocument | undefined>();

  constructor(private readonly context: Pick<LaneContext, 'decider' | 'store'>) {}

  /** As the last commit left it, if it is in memory. */
  peek(key: string): StateDocument | undefined {
    return this.kept.get(key);
  }
  put(states: readonly StateDocument[]): void {
    for (const state of states) this.keep(stateKey(state.kind, state.id), state);
  }
  clear(): void {
    this.kept.clear();
  }

  /** Every state that the inputs touch and that there is: one query per kind for those that are not in memory. */
  async touchedBy(inputs: readonly Input[]): Promise<ReadonlyMap<string, StateDocument>> {
    const states: States = new Map();
    await Promise.all([...this.namedBy(inputs)].map(([kind, ids]) => this.find(kind, [...ids], states)));
    return states;
  }

  private async find(kind: string, ids: readonly string[], states: States): Promise<void> {
    const isOwn = Object.hasOwn(this.context.decider.kinds, kind);
    const unknown = isOwn ? ids.filter((id) => !this.recall(stateKey(kind, id), states)) : ids;
    if (unknown.length === 0) return;
    const loaded = await this.context.store.load(kind, unknown);
    for (const state of loaded) states.set(stateKey(kind, state.id), state);
    if (isOwn) for (const key of unknown.map((id) => stateKey(kind, id))) this.keep(key, states.get(key));
  }

  /** True when it is known, be it that there is none. */
  private recall(key: string, states: States): boolean {
    if (!this.kept.has(key)) return false;
    const state = this.kept.get(key);
    this.keep(key, state);
    if (state) states.set(key, state);
    return true;
  }

  /** As the one used last; the one that was not used for longest goes when there are too many. */
  private keep(key: string, state: StateDocument | undefined): void {
    this.kept.delete(key);
    this.kept.set(key, state);
    if (this.kept.size <= MOST) return;
    const [oldest] = this.kept.keys();
    if (oldest !== undefined) this.kept.delete(oldest);
  }

  private namedBy(inputs: readonly Input[]): ReadonlyMap<string, ReadonlySet<string>> {
    const named = new Map<string, Set<string>>();
    for (const input of inputs) {
      try {
        for (const { kind, id } of ruleFor(this.context.decider, input)?.touches(input) ?? []) {
          const ids = named.get(kind) ?? new Set();
          named.set(kind, ids.add(storedId(input.tenant, id)));
        }
      } catch {
        // the decision meets the same error and quarantines the message with its text
      }
    }
    return named;
  }
}
