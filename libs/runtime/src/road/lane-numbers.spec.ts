import fc from 'fast-check';
import { PARTITIONS } from '@crossdock/kernel';
import { laneChange } from './lane-numbers.js';
import type { LaneDocument, Position } from './ports.js';

const STREAM = 'ORDERS';
const MESSAGES = 80;
const NOBODY = new Set<string>();
const at = (seq: number): Position => ({ created: 'c1', seq, msgId: `m${seq}` });
/** The message at a sequence, of partition `partitions[seq - 1]`. */
interface World {
  readonly partitions: readonly number[];
  readonly lanes: Map<string, LaneDocument>;
  readonly handled: number[];
}

/** What a lane does that reads on to `to`: what was done before its time is passed over. */
const readOn = ({ partitions, handled, lanes }: World, lane: LaneDocument, to: number): void => {
  const from = lane.positions[STREAM]?.seq ?? 0;
  const passed = (p: number): number =>
    Math.max(
      0,
      ...(lane.passed?.[STREAM] ?? []).filter((one) => one.partitions.includes(p)).map(({ position }) => position.seq),
    );
  let last = from;
  for (let seq = from + 1; seq <= to; seq++) {
    const p = partitions[seq - 1] as number;
    if (p % lane.of !== lane.k) continue;
    last = seq;
    if (seq > passed(p)) handled.push(seq);
  }
  lanes.set(lane._id, { ...lane, positions: { [STREAM]: at(last) } });
};
const change = ({ lanes }: World, of: number): void => {
  const { made, retired } = laneChange('d', of, [...lanes.values()], NOBODY);
  for (const lane of [...retired, ...made]) lanes.set(lane._id, lane);
};
const current = ({ lanes }: World): LaneDocument[] => [...lanes.values()].filter(({ retired }) => !retired);

describe('the number of lanes', () => {
  it('changes as often as anybody likes, and every message is done once, in the order of its partition', () => {
    const numbers = fc.array(fc.tuple(fc.integer({ min: 1, max: PARTITIONS }), fc.infiniteStream(fc.nat(MESSAGES))), {
      minLength: 1,
      maxLength: 6,
    });
    const partitions = fc.array(fc.nat(PARTITIONS - 1), { minLength: MESSAGES, maxLength: MESSAGES });
    fc.assert(
      fc.property(partitions, numbers, (given, changes) => {
        const world: World = { partitions: given, lanes: new Map(), handled: [] };
        for (const [of, progress] of changes) {
          change(world, of);
          for (const lane of current(world)) readOn(world, lane, progress.next().value);
        }
        for (const lane of current(world)) readOn(world, lane, MESSAGES);
        expect(world.handled.toSorted((a, b) => a - b)).toEqual(given.map((_, index) => index + 1));
        for (let p = 0; p < PARTITIONS; p++) {
          const own = world.handled.filter((seq) => given[seq - 1] === p);
          expect(own).toEqual(own.toSorted((a, b) => a - b));
        }
      }),
      { numRuns: 300 },
    );
  });

  it('leaves no position where one of those joined knows another stream of that name: all is read again', () => {
    const world: World = { partitions: [], lanes: new Map(), handled: [] };
    change(world, 2);
    const [even, odd] = current(world) as [LaneDocument, LaneDocument];
    world.lanes.set(even._id, { ...even, positions: { [STREAM]: at(5) } });
    world.lanes.set(odd._id, { ...odd, positions: { [STREAM]: { ...at(9), created: 'c2' } } });
    change(world, 1);
    const [joined] = current(world);
    expect(joined?.positions).toEqual({});
    expect(joined?.passed?.[STREAM]?.map(({ position }) => position.seq)).toEqual([5, 9]);
  });
});
