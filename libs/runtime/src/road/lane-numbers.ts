/**
 * How many lanes a decider has. Partitions of a lane can be handed to several new ones exactly (its position is theirs),
 * but not joined from several: so the number can be multiplied, while nobody is at work, and never lowered.
 */
import { PARTITIONS } from '@crossdock/kernel';
import type { LaneDocument } from './ports.js';

/** The number of lanes that is asked for can't be had. The text says what to do. */
export class LanesFixed extends Error {}

export const laneName = (decider: string, k: number, of: number): string => `${decider}:${k}of${of}`;

export interface LaneChange {
  /** lanes to be made */
  readonly made: readonly LaneDocument[];
  /** lanes that decide nothing more; what waits in them goes to those made */
  readonly retired: readonly LaneDocument[];
}

const check = (decider: string, of: number, was: number, owner: string | undefined): void => {
  if (of < 1 || of > PARTITIONS || !Number.isInteger(of))
    throw new LanesFixed(`${decider}: ${of} lanes are asked for, 1 to ${PARTITIONS} are possible`);
  if (of === was) return;
  if (of % was !== 0)
    throw new LanesFixed(`${decider} has ${was} lanes: they can be multiplied, but not become ${of}. Ask for ${was}`);
  if (owner)
    throw new LanesFixed(
      `${decider} has ${was} lanes and ${owner} is at work on them: stop every replica before they become ${of}`,
    );
};

/** What is to be done so that a decider has `of` lanes; throws `LanesFixed` when that can't be. */
export const laneChange = (
  decider: string,
  of: number,
  found: readonly LaneDocument[],
  living: ReadonlySet<string>,
): LaneChange => {
  const current = found.filter((lane) => lane.decider === decider && !lane.retired);
  const was = current[0]?.of ?? of;
  const owner = current.find((lane) => lane.owner !== null && living.has(lane.owner))?.owner ?? undefined;
  check(decider, of, was, owner);
  const byK = new Map(current.map((lane) => [lane.k, lane]));
  const made = Array.from({ length: of }, (_, k): LaneDocument => {
    const before = was === of ? undefined : byK.get(k % was);
    return {
      _id: laneName(decider, k, of),
      decider,
      k,
      of,
      owner: null,
      epoch: 0,
      n: 0,
      clean: before?.clean ?? true,
      positions: before?.positions ?? {},
      pub: { n: 0, at: {} },
      ...(before ? { after: before._id } : {}),
    };
  }).filter(({ _id }) => !current.some((lane) => lane._id === _id));
  const retired =
    was === of
      ? []
      : current.map((lane) => ({ ...lane, owner: null, epoch: lane.epoch + 1, clean: true, retired: true }));
  return { made, retired };
};
