/** Random numbers that come back for the same seed: a failed run is played again by its number. */
export interface Random {
  /** 0 <= value < 1 */
  next(): number;
  /** 0 <= value < bound, whole */
  below(bound: number): number;
  pick<T>(all: readonly T[]): T;
}

/** mulberry32: small, and the same numbers from the same seed everywhere. */
export const randomOf = (seed: number): Random => {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (bound: number): number => Math.floor(next() * bound);
  return { next, below, pick: (all) => all[below(all.length)] as (typeof all)[number] };
};
