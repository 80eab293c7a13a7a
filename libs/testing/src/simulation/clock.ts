/** Time that only goes on when everything that could happen now has happened. */
import type { Clock } from '@crossdock/runtime';

interface Sleeper {
  readonly at: number;
  readonly order: number;
  readonly wake: () => void;
}
/** After every promise that could go on has gone on: ticks come when no microtask is left. */
const quiet = (): Promise<void> => new Promise((resolve) => process.nextTick(resolve));

/** Waits that may begin in one moment: more is a circle. */
const MOST_AT_ONCE = 50_000;

export class SimulatedClock implements Clock {
  private sleepers: Sleeper[] = [];
  private count = 0;
  private atOnce = 0;
  /** somebody goes round in circles without time going on */
  stalled = false;

  constructor(private time = Date.parse('2026-03-02T09:00:00.000Z')) {}

  now(): number {
    return this.time;
  }
  steady(): number {
    return this.time;
  }
  wait(ms: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted) return Promise.resolve();
    if (++this.atOnce > MOST_AT_ONCE) {
      this.stalled = true;
      return new Promise(() => undefined);
    }
    return new Promise((resolve) => {
      const end = (): void => {
        this.sleepers = this.sleepers.filter((other) => other !== sleeper);
        resolve();
      };
      const wake = (): void => {
        signal?.removeEventListener('abort', end);
        resolve();
      };
      const sleeper = { at: this.time + Math.max(0, ms), order: this.count++, wake };
      const place = this.sleepers.findLastIndex(({ at }) => at <= sleeper.at) + 1;
      this.sleepers.splice(place, 0, sleeper);
      signal?.addEventListener('abort', end, { once: true });
    });
  }

  breathe(): Promise<void> {
    return Promise.resolve();
  }

  /** Suddenly it is later, as after a sleep of the machine: whoever should have woken meanwhile wakes now. */
  jump(ms: number): void {
    this.time += ms;
  }

  /** Lets time go on until something holds; false when it does not within `limitMs`. */
  async until(holds: () => boolean, limitMs: number): Promise<boolean> {
    const end = this.time + limitMs;
    for (;;) {
      await quiet();
      if (holds()) return true;
      const [next] = this.sleepers;
      if (this.stalled || !next || next.at > Math.max(end, this.time)) return false;
      this.sleepers.shift();
      if (next.at > this.time) this.atOnce = 0;
      this.time = Math.max(this.time, next.at);
      next.wake();
    }
  }
  async pass(ms: number): Promise<void> {
    const end = this.time + ms;
    // Somebody has to wake at the end, so that time gets there; it may be another who wakes at the same moment.
    void this.wait(ms);
    await this.until(() => this.time >= end, ms);
  }
}
