/**
 * The time and chance that code takes from its surroundings (`Date`, `setTimeout`, `Math.random`), replaced by the
 * simulation's for as long as a run lasts: libraries that know no clock of ours follow the simulated one too.
 */
import type { SimulatedClock } from './clock.js';
import type { Random } from './random.js';

const RealDate = Date;
const real = {
  Date,
  setTimeout: globalThis.setTimeout,
  clearTimeout: globalThis.clearTimeout,
  random: Math.random,
};

/** A reason that costs nothing: without one every abort makes an error with its stack. */
const CLEARED = 'cleared';
/** As Node's own: cleared by itself, and never keeps a process alive. */
class Timer {
  private readonly gone = new AbortController();
  private over = false;

  constructor(clock: SimulatedClock, ms: number, run: () => void) {
    void clock.wait(ms, this.gone.signal).then(() => {
      if (this.over) return;
      this.over = true;
      run();
    });
  }
  clear(): void {
    this.over = true;
    this.gone.abort(CLEARED);
  }
  ref(): this {
    return this;
  }
  unref(): this {
    return this;
  }
}

/** Takes over; the answer gives everything back. One simulation at a time in a process. */
export const takeOver = (clock: SimulatedClock, random: Random): (() => void) => {
  class SimulatedDate extends RealDate {
    constructor(...given: [] | [number | string | Date]) {
      if (given.length === 0) super(clock.now());
      else super(...(given as [number]));
    }
    static override now(): number {
      return clock.now();
    }
  }
  globalThis.Date = SimulatedDate as DateConstructor;
  globalThis.setTimeout = ((run: (...given: unknown[]) => void, ms = 0, ...given: unknown[]) =>
    new Timer(clock, ms, () => run(...given))) as unknown as typeof setTimeout;
  globalThis.clearTimeout = ((timer: unknown) => {
    if (timer instanceof Timer) timer.clear();
  }) as typeof clearTimeout;
  Math.random = () => random.next();
  return () => {
    globalThis.Date = real.Date;
    globalThis.setTimeout = real.setTimeout;
    globalThis.clearTimeout = real.clearTimeout;
    Math.random = real.random;
  };
};
