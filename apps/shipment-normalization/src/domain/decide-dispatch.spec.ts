import fc from 'fast-check';
import { input, scenario } from '@crossdock/testing';
import {
  ConfirmDispatch,
  ConfirmPick,
  OrderReleased,
  PickConfirmed,
  RecordIssue,
  RecordPick,
  ShipmentDispatched,
} from '@crossdock/contracts';
import { fulfilment } from './decide.js';
import { fulfilmentRef, type FulfilmentLine } from './fulfilment.js';
import { aDispatch, anOrderReleased, aPackage, aPick, FULFILMENT_ID } from './shipments.builders.js';

/** Confirmations as a careless warehouse sends them: any quantities, any order, numbers used again. */
const documentNo = fc.constantFrom('1', '2', '3', '4');
const units = fc.integer({ min: 0, max: 7 });
const confirmation = fc.oneof(
  fc.record({
    kind: fc.constant('pick' as const),
    documentNo,
    rows: fc.array(fc.tuple(units, units), { minLength: 1, maxLength: 3 }),
  }),
  fc.record({
    kind: fc.constant('dispatch' as const),
    documentNo,
    rows: fc.array(fc.tuple(fc.integer({ min: 1, max: 4 }), units), { minLength: 1, maxLength: 5 }),
  }),
);

const add = (sums: Record<number, number>, lines: readonly { lineNo: number; n: number }[]): void =>
  lines.forEach(({ lineNo, n }) => (sums[lineNo] = (sums[lineNo] ?? 0) + n));

describe('whatever a warehouse confirms', () => {
  it('no line is picked above its release or shipped above its pick, and what was said is what the books hold', () => {
    fc.assert(
      fc.property(fc.array(confirmation, { maxLength: 25 }), (confirmations) => {
        const told = scenario(fulfilment).given(input(OrderReleased, anOrderReleased(10, 6, 8)));
        const picked: Record<number, number> = {};
        const shipped: Record<number, number> = {};
        const numbers: string[] = [];
        confirmations.forEach(({ kind, documentNo: no, rows }, index) => {
          const id = `m-${index}`;
          if (kind === 'pick') told.when(input(ConfirmPick, aPick(no, ...rows), { id }));
          else told.when(input(ConfirmDispatch, aDispatch(no, aPackage(`T${index}`, ...rows)), { id }));
          for (const { lines } of told.said(PickConfirmed))
            add(
              picked,
              lines.map(({ lineNo, picked: n }) => ({ lineNo, n })),
            );
          for (const { lines } of told.said(ShipmentDispatched))
            add(
              shipped,
              lines.map(({ lineNo, quantity: n }) => ({ lineNo, n })),
            );
          if (told.decision.kind === 'accept') numbers.push(`${kind} ${no}`);
          expect(told.said(RecordPick)).toHaveLength(told.said(PickConfirmed).length);
          expect(told.said(RecordIssue)).toHaveLength(told.said(ShipmentDispatched).length);
        });
        const { lines } = told.state<{ lines: readonly FulfilmentLine[] }>(fulfilmentRef(FULFILMENT_ID));
        for (const line of lines) {
          expect(line.picked + line.short).toBeLessThanOrEqual(line.released);
          expect(line.shipped).toBeLessThanOrEqual(line.picked);
          expect([line.picked, line.shipped]).toEqual([picked[line.lineNo] ?? 0, shipped[line.lineNo] ?? 0]);
        }
        expect(new Set(numbers).size).toBe(numbers.length);
      }),
      { numRuns: 300 },
    );
  });
});
