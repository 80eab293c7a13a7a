import fc from 'fast-check';
import {
  caseRef,
  DocumentBooked,
  MovementRecorded,
  StockCompared,
  TakeInboundAdvice,
  TakeStockReport,
  type TakeStockReportData,
} from '@crossdock/contracts';
import { input, scenario } from '@crossdock/testing';
import { comparisonRef } from './comparison.js';
import { stock } from './decide.js';
import { onHandOf, positionRef, type Position } from './position.js';
import { aReceipt, line, NODE } from './stock.builders.js';

const CHANNEL = 'partner-LOGIS';
const ON = comparisonRef(NODE, CHANNEL);
const DIFFERS = caseRef(ON, 'stock-differs');
type Told = Readonly<Record<string, number>>;
const report = (number: string, told: Told, more: Partial<TakeStockReportData> = {}) =>
  input(TakeStockReport, {
    ...{ node: NODE, documentNo: `LOGIS/${number}`, occurredAt: '2026-03-06T01:00:00.000Z', policy: 'compare' },
    ...{ channel: CHANNEL, sourceId: `D-${number}` },
    lines: Object.entries(told).map(([item, onHand]) => ({ item, onHand })),
    ...more,
  });
const holding = (held: Told) =>
  scenario(stock).given(
    aReceipt(
      'R1',
      Object.entries(held).map(([item, quantity]) => line(item, quantity)),
    ),
  );
const adjusting = { policy: 'adjust' } as const;

describe('a report of stock', () => {
  it('that agrees changes nothing, and is answered', () =>
    void holding({ TEA: 40, POT: 5 })
      .when(report('S1', { TEA: 40, POT: 5 }))
      .thenSays(StockCompared, { items: 2, adjusted: 0, differences: [] })
      .thenSays(DocumentBooked, { sourceId: 'D-S1', outcome: 'done' })
      .thenNever(MovementRecorded)
      .thenState(ON, { status: 'equal', items: 2 })
      .thenState(DIFFERS, { status: 'none' }));

  it('never overwrites: what differs is a case with both numbers, until a report agrees', () => {
    const floor = holding({ TEA: 40 }).when(report('S1', { TEA: 38, RARE: 3 }));
    floor
      .thenSays(StockCompared, {
        differences: [
          { item: 'TEA', reported: 38, onHand: 40, difference: -2, cause: 'unexplained' },
          { item: 'RARE', reported: 3, onHand: 0, difference: 3 },
        ],
      })
      .thenNever(MovementRecorded)
      .thenState(positionRef(NODE, 'TEA'), { sellable: 40 })
      .thenState(DIFFERS, {
        status: 'open',
        text: `LOGIS/S1 at ${NODE}: 2 of 2 items differ: TEA: 38 reported, 40 on the books (unexplained); RARE: 3 reported, 0 on the books (unexplained)`,
      });
    floor.when(report('S2', { TEA: 40 })).thenState(DIFFERS, { status: 'resolved' });
  });

  it('adds up what it tells of one item, such as lots', () =>
    void holding({ TEA: 40 })
      .when(report('S1', {}, { lines: [15, 25].map((onHand) => ({ item: 'TEA', onHand })) }))
      .thenSays(StockCompared, { items: 1, differences: [] }));

  it('is taken once, refused with other content, and passed over when a newer one was here', () => {
    const floor = holding({ TEA: 40 }).given(report('S1', { TEA: 39 }, { asOf: '2026-03-05T23:00:00' }));
    floor.when(report('S1', { TEA: 39 }, { asOf: '2026-03-05T23:00:00', sourceId: 'D9' }));
    floor.thenNever(StockCompared).thenSays(DocumentBooked, { sourceId: 'D9', outcome: 'done' });
    floor
      .when(report('S1', { TEA: 38 }))
      .thenSays(DocumentBooked, { outcome: 'refused', refusals: [{ reason: 'document-changed' }] });
    floor.when(report('S0', { TEA: 1 }, { asOf: '2026-03-04T23:00:00' })).thenNever(StockCompared);
    floor.thenState(ON, { documentNo: 'LOGIS/S1' });
  });
});

describe('a report that the books follow', () => {
  it('adjusts what nothing explains, by a movement of its own', () =>
    void holding({ TEA: 40 })
      .when(report('S1', { TEA: 37 }, adjusting))
      .thenSays(MovementRecorded, {
        movement: 'stock-adjusted',
        reason: `reported by ${CHANNEL}`,
        lines: [{ sellable: -3 }],
      })
      .thenSays(StockCompared, { adjusted: 1, differences: [] })
      .thenState(positionRef(NODE, 'TEA'), { sellable: 37 })
      .thenState(DIFFERS, { status: 'none' }));
  it('leaves what is under way to the document that will tell of it', () => {
    const advised = input(TakeInboundAdvice, {
      ...{ node: NODE, documentNo: 'PLANT/A1', inboundNo: 'TR-1', occurredAt: '2026-03-02T08:00:00.000Z' },
      ...{ channel: 'partner-PLANT', sourceId: 'A1', lines: [{ lineNo: 1, item: 'TEA', quantity: 10 }] },
    });
    holding({ TEA: 40 })
      .given(advised)
      .when(report('S1', { TEA: 50 }, adjusting))
      .thenNever(MovementRecorded)
      .thenSays(StockCompared, { adjusted: 0, differences: [{ cause: 'receipt-not-told', difference: 10 }] })
      .thenState(DIFFERS, { status: 'open' });
  });
  it('is on the books afterwards, whatever they said before, and a second like it finds nothing', () => {
    const told = fc.dictionary(fc.constantFrom('TEA', 'POT', 'RARE'), fc.integer({ min: 1, max: 99 }), { minKeys: 1 });
    fc.assert(
      fc.property(told, told, (held, reported) => {
        const floor = holding(held).given(report('S1', reported, adjusting));
        for (const [item, onHand] of Object.entries(reported))
          expect(onHandOf(floor.state<Position>(positionRef(NODE, item)))).toBe(onHand);
        floor.when(report('S2', reported)).thenSays(StockCompared, { differences: [] });
      }),
    );
  });
});
