/**
 * How many lanes a decider has. It changes while nobody is at work: new lanes take the partitions over exactly where the
 * old ones left them, each from the lane that was furthest behind, and pass over what the others had done.
 */
import { PARTITIONS } from '@crossdock/kernel';
import type { LaneDocument, Passed, Position } from './ports.js';

/** The number of lanes that is asked for can't be had. The text says what to do. */
export class LanesFixed extends Error {}

export const laneName = (decider: string, k: number, of: number): string => `${decider}:${k}of${of}`;

export interface LaneChange {
  /** lanes to be made; one that was retired earlier comes back with its commits */
  readonly made: readonly LaneDocument[];
  /** lanes that decide nothing more; what waits in them goes to those made */
  readonly retired: readonly LaneDocument[];
}

const check = (decider: string, of: number, was: number, owner: string | undefined): void => {
  if (of < 1 || of > PARTITIONS || !Number.isInteger(of))
    throw new LanesFixed(`${decider}: ${of} lanes are asked for, 1 to ${PARTITIONS} are possible`);
  if (of !== was && owner)
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
  const own = found.filter((lane) => lane.decider === decider);
  const current = own.filter((lane) => !lane.retired);
  const was = current[0]?.of ?? of;
  const owner = own.find((lane) => lane.owner !== null && living.has(lane.owner))?.owner ?? undefined;
  check(decider, of, was, owner);
  if (was === of && current.length === of) return { made: [], retired: [] };
  const lanes = Array.from({ length: of }, (_, k) => k);
  if (was === of) {
    const made = lanes.map((k) => newLane(decider, k, of));
    return { made: made.filter(({ _id }) => !current.some((lane) => lane._id === _id)), retired: [] };
  }
  const made = lanes.map((k) => {
    const before = own.find(({ _id }) => _id === laneName(decider, k, of));
    return { ...newLane(decider, k, of), ...livesOn(before), ...taken(k, of, was, current) };
  });
  const retired = current.map((lane) => ({ ...lane, owner: null, epoch: lane.epoch + 1, clean: true, retired: true }));
  return { made, retired };
};

const newLane = (decider: string, k: number, of: number): LaneDocument => ({
  _id: laneName(decider, k, of),
  decider,
  k,
  of,
  owner: null,
  epoch: 0,
  n: 0,
  clean: true,
  positions: {},
  pub: { n: 0, at: {} },
});

/** A lane of this name had its time before: its commits are still its own, and nobody of that time may act. */
const livesOn = (before: LaneDocument | undefined): Partial<LaneDocument> =>
  before ? { n: before.n, pub: before.pub, epoch: before.epoch + 1 } : {};

/** What a new lane has from those whose partitions it takes over. */
const taken = (
  k: number,
  of: number,
  was: number,
  current: readonly LaneDocument[],
): Pick<LaneDocument, 'after' | 'clean' | 'positions' | 'passed'> => {
  const partitions = Array.from({ length: PARTITIONS }, (_, p) => p).filter((p) => p % of === k);
  const before = current.filter((lane) => partitions.some((p) => p % was === lane.k));
  const positions: Record<string, Position> = {};
  const passed: Record<string, readonly Passed[]> = {};
  for (const stream of new Set(before.flatMap((lane) => Object.keys(lane.positions)))) {
    const least = furthestBehind(stream, before);
    if (least) positions[stream] = least;
    const further = before
      .flatMap((lane) => doneBy(lane, stream, was, partitions))
      .filter(({ position }) => position.seq > (least?.seq ?? 0));
    if (further.length > 0) passed[stream] = further;
  }
  return { after: before.map(({ _id }) => _id), clean: before.every(({ clean }) => clean), positions, passed };
};

/** Where all of them can be read on; none when one has not begun or they do not speak of the same stream. */
const furthestBehind = (stream: string, lanes: readonly LaneDocument[]): Position | undefined => {
  const [first, ...others] = lanes.map(({ positions }) => positions[stream]);
  return others.reduce(
    (least, next) =>
      least && next && least.created === next.created ? (next.seq < least.seq ? next : least) : undefined,
    first,
  );
};

/** How far a lane has come with those of the partitions that were its own, in its time and before. */
const doneBy = (lane: LaneDocument, stream: string, was: number, partitions: readonly number[]): readonly Passed[] => {
  const own = partitions.filter((p) => p % was === lane.k);
  const position = lane.positions[stream];
  const earlier = (lane.passed?.[stream] ?? []).map((one) => ({
    ...one,
    partitions: one.partitions.filter((p) => own.includes(p)),
  }));
  return [...(position ? [{ partitions: own, position }] : []), ...earlier.filter((one) => one.partitions.length > 0)];
};

/**
 * The first retired lane before this one that has not published all it committed: until it has, this one waits, as order
 * holds per key. One that came back to life begins after those that took over from it, not the other way round.
 */
export const stillOwing = async (
  { after = [] }: Pick<LaneDocument, 'after'>,
  read: (id: string) => Promise<LaneDocument | undefined>,
): Promise<string | undefined> => {
  const next = [...after];
  const seen = new Set<string>();
  for (let id = next.shift(); id !== undefined; id = next.shift()) {
    if (seen.has(id)) continue;
    seen.add(id);
    const before = await read(id);
    if (!before?.retired) continue;
    if (before.pub.n < before.n) return id;
    next.push(...(before.after ?? []));
  }
  return undefined;
};
