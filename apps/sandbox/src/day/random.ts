/** Repeatable randomness: the same seed gives the same draws on every machine. Not for secrets. */
import { fnv1a32 } from '@crossdock/kernel';

/** Draws from 0 (included) to 1 (excluded). */
export type Random = () => number;

/** Mulberry32: 32 bits of state, more than enough for a trading day. */
export const randomFrom = (seed: string): Random => {
  let state = fnv1a32(seed);
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};

/** Whole number from `least` to `most`, both included. */
export const wholeFrom = (random: Random, least: number, most: number): number =>
  least + Math.floor(random() * (most - least + 1));

export const pickFrom = <T>(random: Random, values: readonly T[]): T => {
  const value = values[Math.floor(random() * values.length)];
  if (value === undefined) throw new RangeError('nothing to pick from');
  return value;
};

/** One of `[value, weight]`. */
export const weightedFrom = <T>(random: Random, choices: readonly (readonly [T, number])[]): T => {
  let left = random() * choices.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [value, weight] of choices) {
    left -= weight;
    if (left < 0) return value;
  }
  return (choices.at(-1) as readonly [T, number])[0];
};

export const shuffled = <T>(random: Random, values: readonly T[]): T[] => {
  const mixed = [...values];
  for (let at = mixed.length - 1; at > 0; at -= 1) {
    const other = Math.floor(random() * (at + 1));
    [mixed[at], mixed[other]] = [mixed[other] as T, mixed[at] as T];
  }
  return mixed;
};

/** Standard normal quantile (Acklam's rational approximation, error below 1.2e-9): `share` of values lie below it. */
export const normalQuantile = (share: number): number => {
  const a = [
    -39.69683028665376, 220.9460984245205, -275.9285104469687, 138.357751867269, -30.66479806614716, 2.506628277459239,
  ];
  const b = [-54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972, -13.28068155288572];
  const c = [
    -0.007784894002430293, -0.3223964580411365, -2.400758277161838, -2.549732539343734, 4.374664141464968,
    2.938163982698783,
  ];
  const d = [0.007784695709041462, 0.3224671290700398, 2.445134137142996, 3.754408661907416];
  const fold = (terms: readonly number[], x: number) => terms.reduce((sum, term) => sum * x + term, 0);
  const tail = (below: number) => {
    const q = Math.sqrt(-2 * Math.log(below));
    return fold(c, q) / (fold(d, q) * q + 1);
  };
  if (share < 0.02425) return tail(share);
  if (share > 1 - 0.02425) return -tail(1 - share);
  const q = share - 0.5;
  const r = q * q;
  return (fold(a, r) * q) / (fold(b, r) * r + 1);
};
