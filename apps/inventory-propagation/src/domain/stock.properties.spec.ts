import fc from 'fast-check';
import type { Input } from '@crossdock/kernel';
import { StockReserved, type ReservedLine } from '@crossdock/contracts';
import { claimsOf } from './position.js';
import { digestOf, faultsOf, Floor, toldHeld } from './floor.builders.js';
import {
  aCount,
  aPick,
  aReceipt,
  aRelease,
  aReserve,
  aReturn,
  anAdjustment,
  anAllocate,
  anExpiry,
  anIssue,
  line,
} from './stock.builders.js';

const ITEMS = ['TEA', 'CUP'];
const units = fc.integer({ min: 1, max: 6 });
const anItemName = fc.constantFrom(...ITEMS);
const minute = fc.integer({ min: 0, max: 50 });
const anOrderName = fc.constantFrom('A', 'B', 'C', 'D');
const fewLines = fc.array(fc.tuple(anItemName, units), { minLength: 1, maxLength: 3 });
const linesOf = (pairs: readonly (readonly [string, number])[], factor = 1) =>
  pairs.map(([item, quantity]) => line(item, quantity * factor));

/** The life of an order at the node, step by step. */
const chainOf = (
  order: string,
  pairs: readonly (readonly [string, number])[],
  at: number,
  short: number,
): Input<unknown>[] => {
  const lines = linesOf(pairs);
  const picked = lines.map((wanted, index) =>
    index === 0
      ? { ...wanted, quantity: Math.max(0, wanted.quantity - short), short: Math.min(short, wanted.quantity) }
      : wanted,
  );
  return [
    aReserve(order, lines, { minute: at }),
    anAllocate(order, lines, `${order}-F1`, { minute: at + 1 }),
    aPick(order, picked, { minute: at + 2 }),
    anIssue(order, picked, { minute: at + 3 }),
  ];
};
const aDocumentNo = fc.integer({ min: 1, max: 30 }).map(String);
const anything: fc.Arbitrary<Input<unknown>[]> = fc.oneof(
  fc.tuple(anOrderName, fewLines, minute, fc.constantFrom(0, 0, 1)).map((chain) => chainOf(...chain)),
  fc.tuple(anOrderName, minute).map(([order, at]) => [aRelease(order, { minute: at })]),
  fc.tuple(anOrderName, minute).map(([order, at]) => [anExpiry(order, ITEMS, at + 30)]),
  fc.tuple(aDocumentNo, fewLines, minute).map(([no, pairs, at]) => [aReceipt(no, linesOf(pairs, 2), { minute: at })]),
  fc
    .tuple(aDocumentNo, fewLines, minute)
    .map(([no, pairs, at]) => [anAdjustment(no, linesOf(pairs, -1), { minute: at })]),
  fc.tuple(aDocumentNo, fewLines, minute).map(([no, pairs, at]) => [aCount(no, linesOf(pairs), { minute: at })]),
  fc.tuple(aDocumentNo, fewLines, minute).map(([no, pairs, at]) => [aReturn(no, linesOf(pairs), { minute: at })]),
);
/** A day in any order, with some messages repeated and some facts told again under another message id. */
const aDay = fc.array(anything, { minLength: 1, maxLength: 20 }).chain((parts) => {
  const all = parts.flat();
  return fc.shuffledSubarray([...all, ...all.map((input) => ({ ...input, id: `${input.id}-again` }))], {
    minLength: all.length,
  });
});

describe('whatever comes, in whatever order and however often', () => {
  it('the books are the sum of their movements, nothing is oversold, and a queue stands only where nothing is free', () => {
    fc.assert(
      fc.property(aDay, (inputs) => {
        const floor = new Floor();
        for (const input of inputs) {
          floor.feed(input);
          expect(faultsOf(floor)).toEqual([]);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('a repetition under another message id changes nothing', () => {
    fc.assert(
      fc.property(aDay, (inputs) => {
        const once = new Floor().feed(...inputs);
        const twice = new Floor().feed(...inputs.flatMap((input) => [input, { ...input, id: `${input.id}-twice` }]));
        expect(digestOf(twice)).toEqual(digestOf(once));
      }),
      { numRuns: 300 },
    );
  });

  it('what orders were told they hold is what the books hold for them', () => {
    const taking = fc.oneof(
      fc.tuple(anOrderName, fewLines, minute).map(([order, pairs, at]) => chainOf(order, pairs, at, 0).slice(0, 2)),
      fc
        .tuple(aDocumentNo, fewLines, minute)
        .map(([no, pairs, at]) => [aReceipt(no, linesOf(pairs, 2), { minute: at })]),
      fc
        .tuple(aDocumentNo, fewLines, minute)
        .map(([no, pairs, at]) => [anAdjustment(no, linesOf(pairs, -1), { minute: at })]),
      fc.tuple(anOrderName, minute).map(([order, at]) => [anExpiry(order, ITEMS, at + 30)]),
    );
    fc.assert(
      fc.property(fc.array(taking, { minLength: 1, maxLength: 20 }), (parts) => {
        const floor = new Floor().feed(...parts.flat());
        const booked = new Map<string, number>();
        for (const claim of floor.positions().flatMap(claimsOf))
          for (const { lineNo, soft, hard } of claim.lines) {
            const key = `${claim.orderId}/${lineNo}`;
            booked.set(key, (booked.get(key) ?? 0) + soft + hard);
          }
        for (const [key, units_] of toldHeld(floor)) expect([key, units_]).toEqual([key, booked.get(key) ?? 0]);
      }),
      { numRuns: 300 },
    );
  });
});

describe('inputs that do not compete', () => {
  const opening = aReceipt(
    'OPENING',
    ITEMS.map((item) => line(item, 1000)),
  );
  const names = ['A', 'B', 'C', 'D'];
  const aPeacefulDay = fc
    .tuple(
      fc.array(fewLines, { minLength: 1, maxLength: 4 }),
      fc.array(fewLines, { maxLength: 3 }),
      fc.array(fewLines, { maxLength: 3 }),
      fc.option(fc.tuple(fewLines, minute)),
    )
    .chain(([orders, receipts, losses, counted]) => {
      const inputs = [
        ...orders.flatMap((pairs, nth) => chainOf(names[nth] as string, pairs, nth * 7 + 1, 0)),
        ...receipts.map((pairs, nth) => aReceipt(`R${nth}`, linesOf(pairs), { minute: nth * 9 + 2 })),
        ...losses.map((pairs, nth) => anAdjustment(`J${nth}`, linesOf(pairs, -1), { minute: nth * 11 + 3 })),
        ...(counted ? [aCount('C1', linesOf(counted[0], 100), { minute: counted[1] + 1 })] : []),
      ];
      return fc.tuple(fc.constant(inputs), fc.shuffledSubarray(inputs, { minLength: inputs.length }));
    });

  it('come to the same end in whatever order they arrive, counts included', () => {
    fc.assert(
      fc.property(aPeacefulDay, ([inOrder, shuffled]) => {
        const straight = new Floor().feed(opening, ...inOrder);
        const mixed = new Floor().feed(opening, ...shuffled);
        expect(mixed.waiting).toBe(0);
        expect(digestOf(mixed)).toEqual(digestOf(straight));
      }),
      { numRuns: 300 },
    );
  });
});

describe('a thousand orders of one for a stock of a hundred', () => {
  it('give exactly a hundred their piece', () => {
    const floor = new Floor().feed(aReceipt('R1', [line('TEA', 100)]));
    for (let nth = 0; nth < 1000; nth += 1) floor.feed(aReserve(`order-${nth}`, [line('TEA', 1)]));
    const held = floor.said
      .filter(({ type }) => type === StockReserved.type)
      .map(({ data }) => (data.lines as unknown as readonly ReservedLine[])[0]?.reserved ?? 0);
    expect(held.filter((reserved) => reserved === 1)).toHaveLength(100);
    expect(faultsOf(floor)).toEqual([]);
  });
});
