/**
 * What is forgotten, and when. Commits live seven days, for the inbox and for publishing again; only what is published
 * goes, by the owner of its lane. What the archive holds lives as long as its kind says, and goes by any replica.
 */
import type { Archive } from '../archive/archive.js';
import type { Clock, Store } from '../road/ports.js';
import type { Lane } from '../road/lane.js';

export const COMMITS_LIVE_MS = 7 * 86_400_000;
const EVERY_MS = 600_000;

export const forgetOld = async (
  lanes: () => readonly Lane[],
  store: Store,
  archive: Pick<Archive, 'forget'>,
  clock: Clock,
  signal: AbortSignal,
): Promise<void> => {
  while (!signal.aborted) {
    await clock.wait(EVERY_MS, signal);
    if (signal.aborted) return;
    const before = new Date(clock.now() - COMMITS_LIVE_MS).toISOString();
    for (const lane of lanes()) await store.forget(lane.id, lane.published, before).catch(() => 0);
    await archive.forget(new Date(clock.now())).catch(() => 0);
  }
};
