/**
 * A lane that has just committed a few messages rests before it takes the next few: what comes meanwhile shares one
 * commit. The rest follows from how long the last batch took, so an idle machine hardly waits and a busy one does less.
 */
import type { Clock } from './ports.js';

/** So many times as long as the last batch took ... */
const TIMES = 8;
/** ... but never longer than this. */
const MOST_MS = 250;
/** A batch of so many messages is worth its commit: after it, or when so many wait, there is no rest. */
export const WORTH_A_COMMIT = 64;

export class Rest {
  private until = -Infinity;

  constructor(private readonly clock: Pick<Clock, 'steady' | 'wait'>) {}

  /** Ends when it is over or, at one of the calls of what `wakes` is given, may go on no longer. */
  async take(mayGoOn: () => boolean, wakes: (wake: (() => void) | undefined) => void): Promise<void> {
    const left = this.until - this.clock.steady();
    if (left < 1 || !mayGoOn()) return;
    const aborted = new AbortController();
    wakes(() => !mayGoOn() && aborted.abort('woken'));
    await this.clock.wait(left, aborted.signal);
    wakes(undefined);
  }

  /** Works away at a batch of `size` messages, then sets the rest that follows. */
  async after(size: number, deed: () => Promise<void>): Promise<void> {
    const began = this.clock.steady();
    await deed();
    const now = this.clock.steady();
    if (size < WORTH_A_COMMIT) this.until = now + Math.min(MOST_MS, TIMES * (now - began));
  }
}
