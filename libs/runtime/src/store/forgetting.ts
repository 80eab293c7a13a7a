/** Commits live seven days, for the inbox and for publishing again; only what is published is forgotten, by its owner. */
import type { Clock, Store } from '../road/ports.js';
import type { Lane } from '../road/lane.js';

export const COMMITS_LIVE_MS = 7 * 86_400_000;
const EVERY_MS = 600_000;

export const forgetOld = async (
  lanes: () => readonly Lane[],
  store: Store,
  clock: Clock,
  signal: AbortSignal,
): Promise<void> => {
  while (!signal.aborted) {
    await clock.wait(EVERY_MS, signal);
    if (signal.aborted) return;
    const before = new Date(clock.now() - COMMITS_LIVE_MS).toISOString();
    for (const lane of lanes()) await store.forget(lane.id, lane.published, before).catch(() => 0);
  }
};
