/** A node takes hard claims back while the warehouse picks: whatever is heard first, the order ends where the goods are. */
import fc from 'fast-check';
import type { Input } from '@crossdock/kernel';
import { AllocateStock, BackorderCreated, OrderShipped } from '@crossdock/contracts';
import { counters, fulfilment, order, released, type OrderScenario } from '../../test/shop-floor.js';
import { backorderFilled, holdFreed, holdRestored, picked, shipped, type Units } from './order.builders.js';

const TEA: Units = [1, 'TEA', 6];

describe('units that a node takes back from a fulfilment order', () => {
  it('are backordered, and with their order again when they were picked all the same', () => {
    const floor = released();
    const id = fulfilment(floor);
    floor.when(holdFreed('hard', [[2, 'POT', 3]])).thenSays(BackorderCreated, { lines: [{ lineNo: 2, quantity: 3 }] });
    expect(counters(floor, 'allocated', 'backordered')).toEqual({ allocated: [6, 1], backordered: [0, 3] });
    floor.given(picked(id, [TEA, [2, 'POT', 4]]), holdRestored(id, [[2, 'POT', 3]]));
    expect(counters(floor, 'allocated', 'backordered')).toEqual({ allocated: [6, 4], backordered: [0, 0] });
  });

  it('are short once when the pick misses them too', () => {
    const floor = released();
    const id = fulfilment(floor);
    const short = picked(id, [TEA, [2, 'POT', 1, 3]]);
    floor.given(holdFreed('hard', [[2, 'POT', 3]]));
    floor.when(short).thenDefers('counter-not-ready');
    floor.given(holdRestored(id, [[2, 'POT', 0, 3]])).when(short);
    expect(counters(floor, 'allocated', 'backordered', 'lost')).toEqual({
      allocated: [6, 1],
      backordered: [0, 3],
      lost: [0, 0],
    });
  });

  it('change nothing when they were picked and gone before it was heard that they were taken', () => {
    const floor = released();
    const id = fulfilment(floor);
    const gone: readonly Units[] = [TEA, [2, 'POT', 4]];
    floor
      .given(picked(id, gone))
      .when(shipped('S1', id, gone))
      .thenSays(OrderShipped);
    const freed = holdFreed('hard', [[1, 'TEA', 6]]);
    floor.when(freed).thenDefers('counter-not-ready');
    floor.when(holdRestored(id, [TEA])).thenAccepts();
    floor.when(freed).thenNever(BackorderCreated).thenAccepts();
    expect(counters(floor, 'allocated', 'backordered', 'reserved', 'lost')).toEqual({
      allocated: [0, 0],
      backordered: [0, 0],
      reserved: [0, 0],
      lost: [0, 0],
    });
  });

  it('go back to their fulfilment order when stock comes in: nothing is allocated a second time', () => {
    const floor = released();
    floor.given(holdFreed('hard', [[2, 'POT', 3]]));
    floor.when(backorderFilled('R1', [[2, 'POT', 3, 3]])).thenNever(AllocateStock);
    expect(counters(floor, 'allocated', 'reserved', 'backordered')).toEqual({
      allocated: [6, 4],
      reserved: [0, 0],
      backordered: [0, 0],
    });
  });

  it('are not filled as long as they may be picked', () => {
    const floor = released();
    floor.given(holdFreed('hard', [[2, 'POT', 3]]));
    floor.when(backorderFilled('R1', [[2, 'POT', 3]])).thenDefers('counter-not-ready');
  });
});

/** What is told of one line of six, in a sequence that the node and the warehouse may each have told. */
interface Day {
  /** the node: taken back of six; given back by a receipt before the pick; then the pick comes */
  readonly freed: number;
  readonly again: number;
  /** the warehouse */
  readonly short: number;
}
const day: fc.Arbitrary<Day> = fc.record({
  freed: fc.integer({ min: 1, max: 6 }),
  again: fc.integer({ min: 0, max: 6 }),
  short: fc.integer({ min: 0, max: 6 }),
});

/** What node and warehouse tell of the day, each in its own order (inventory: claims and picks, as `decide-goods` has it). */
const toldOf = (id: string, { freed, again, short }: Day): readonly Input<unknown>[] => {
  const back = Math.min(again, freed);
  const [hard, recalled, found] = [6 - freed + back, freed - back, 6 - short];
  const after = Math.max(0, found - hard);
  const missed = Math.min(short, recalled - after);
  const settled = after + missed > 0 ? [holdRestored(id, [[1, 'TEA', after, missed]])] : [];
  return [
    holdFreed('hard', [[1, 'TEA', freed]]),
    ...(back > 0 ? [backorderFilled('R1', [[1, 'TEA', back, back]])] : []),
    ...settled,
    ...(short > 0 ? [backorderFilled('R2', [[1, 'TEA', short]])] : []),
    picked(id, [
      [1, 'TEA', found, short],
      [2, 'POT', 4],
    ]),
    ...(found > 0 ? [shipped('S1', id, [[1, 'TEA', found]])] : []),
  ];
};

/** Tells all of it, in this order; what is early is tried again after whatever comes. How much is left. */
const hear = (floor: OrderScenario, told: readonly Input<unknown>[]): number => {
  let waiting: readonly Input<unknown>[] = [];
  for (const next of told) {
    let queue = [next, ...waiting];
    for (let before = -1; before !== queue.length;) {
      before = queue.length;
      queue = queue.filter((one) => floor.when(one as Input<never>).decision.kind === 'defer');
    }
    waiting = queue;
    const { counters: now } = order(floor);
    const below = Object.entries(now).filter(([name, units]) => name !== 'lost' && units.some((one) => one < 0));
    expect(below).toEqual([]);
    const at = (name: keyof typeof now): number => now[name][0] ?? 0;
    expect(at('reserved') + at('allocated') + at('backordered') + at('shipped')).toBe(6);
  }
  return waiting.length;
};

describe('whatever is heard first of a claim taken back, its pick and its receipt', () => {
  it('nothing is left waiting, and the order ends where the goods are', () => {
    fc.assert(
      fc.property(
        day.chain((some) => fc.tuple(fc.constant(some), fc.array(fc.nat(5), { minLength: 6, maxLength: 6 }))),
        ([some, places]) => {
          const floor = released();
          const inOrder = [...toldOf(fulfilment(floor), some)];
          const mixed: Input<unknown>[] = [];
          for (const [nth, one] of inOrder.entries()) mixed.splice((places[nth] ?? 0) % (mixed.length + 1), 0, one);
          expect(hear(floor, mixed)).toBe(0);
          const found = 6 - some.short;
          expect(counters(floor, 'shipped', 'allocated', 'reserved', 'backordered', 'lost')).toEqual({
            shipped: [found, 0],
            allocated: [0, 4],
            reserved: [some.short, 0],
            backordered: [0, 0],
            lost: [0, 0],
          });
        },
      ),
      { numRuns: 300 },
    );
  });
});
