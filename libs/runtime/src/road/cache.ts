/** States of a lane, kept between batches: the fence makes sure that nobody else writes them. Dropped whole after any error. */
import { stateKey, type StateDocument } from './ports.js';

const MOST = 4_000;

export class StateCache {
  private readonly states = new Map<string, StateDocument>();

  get(key: string): StateDocument | undefined {
    const found = this.states.get(key);
    if (found) {
      this.states.delete(key);
      this.states.set(key, found);
    }
    return found;
  }
  /** Without counting as a use. */
  peek(key: string): StateDocument | undefined {
    return this.states.get(key);
  }
  put(states: readonly StateDocument[]): void {
    for (const state of states) {
      const key = stateKey(state.kind, state.id);
      this.states.delete(key);
      this.states.set(key, state);
    }
    for (const oldest of this.states.keys()) {
      if (this.states.size <= MOST) return;
      this.states.delete(oldest);
    }
  }
  clear(): void {
    this.states.clear();
  }
}
