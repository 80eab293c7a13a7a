/** Waits for a condition with a deadline, so that nothing in the set-up ever sleeps blindly. */
import { setTimeout as pause } from 'node:timers/promises';

export interface Wait {
  /** Completes "waited N s for ..." */
  what: string;
  deadlineMs: number;
  /** Asked again while it gives undefined or throws. Only what `giveUp` gives ends the wait early. */
  check: () => Promise<unknown>;
  /** A reason why waiting on makes no sense, e.g. the process has ended. */
  giveUp?: () => string | undefined;
}

export async function until({ what, deadlineMs, check, giveUp }: Wait): Promise<void> {
  const startedAt = Date.now();
  let last: unknown;
  for (let wait = 20; ; wait = Math.min(wait * 1.5, 200)) {
    try {
      if (await check()) return;
    } catch (error) {
      last = error;
    }
    const hopeless = giveUp?.();
    if (hopeless) throw new Error(`${what}: ${hopeless}`);
    if (Date.now() - startedAt > deadlineMs) {
      const why = last instanceof Error ? ` (${last.message})` : '';
      throw new Error(`waited ${Math.round(deadlineMs / 1000)} s for ${what}${why}`);
    }
    await pause(wait);
  }
}
