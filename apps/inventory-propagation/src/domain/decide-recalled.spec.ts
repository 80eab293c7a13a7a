/** What was taken back from a fulfilment order may be picked all the same: until the warehouse says, nobody picks it again. */
import type { Input } from '@crossdock/kernel';
import { scenario } from '@crossdock/testing';
import { ExpireHold, StockHoldFreed, StockHoldRestored, StockReserved } from '@crossdock/contracts';
import { stock } from './decide.js';
import { positionRef } from './position.js';
import { readClaim, writeClaim } from './claim.js';
import { aPick, aReceipt, aReserve, anAdjustment, anAllocate, line, NODE } from './stock.builders.js';

const TEA = positionRef(NODE, 'TEA');
/** Five for order A, all with its fulfilment order; then some of them are lost. */
const recalled = (lost: number, ...more: readonly Input<unknown>[]) =>
  scenario(stock)
    .given(aReceipt('R1', [line('TEA', 5)]), aReserve('A', [line('TEA', 5)]), anAllocate('A', [line('TEA', 5)]))
    .given(anAdjustment('J1', [line('TEA', -lost)]), ...more);

/** A sentence and the scenario that proves it. */
const it = (sentence: string, run: () => unknown): void => test(sentence, () => void run());

describe('a claim that was taken back from a fulfilment order', () => {
  it('waits, and goes back to it when stock comes in: the order has nothing to allocate again', () =>
    recalled(3)
      .thenState(TEA, { allocated: 2, backordered: 3 })
      .when(aReceipt('R2', [line('TEA', 2)]))
      .thenSays(StockReserved, { orderId: 'A', answers: 'backorder', lines: [{ reserved: 2, short: 0, hard: 2 }] })
      .thenNever(ExpireHold)
      .thenState(TEA, { soft: 0, allocated: 4, backordered: 1 }));

  it('is picked once, though stock came in before the pick', () =>
    recalled(3, aReceipt('R2', [line('TEA', 3)]))
      .when(aPick('A', [line('TEA', 5)]))
      .thenNever(StockHoldRestored)
      .thenState(TEA, { sellable: 0, picked: 5, soft: 0, allocated: 0, backordered: 0, claims: [] }));

  it('is missed by the pick too: it waits for any stock from then on, and the order is told', () =>
    recalled(3)
      .when(aPick('A', [line('TEA', 2, { short: 3 })]))
      .thenSays(StockHoldRestored, { orderId: 'A', lines: [{ lineNo: 1, quantity: 0, missed: 3 }] })
      .thenState(TEA, { sellable: 0, picked: 2, unfound: 0, allocated: 0, backordered: 3 })
      .when(aReceipt('R2', [line('TEA', 3)]))
      .thenSays(StockReserved, { orderId: 'A', lines: [{ reserved: 3, short: 0 }] })
      .thenState(TEA, { soft: 3, allocated: 0, backordered: 0 }));

  it('is partly found and partly missed, over the waves of a pick', () =>
    recalled(3, aPick('A', [line('TEA', 0, { short: 2 })], { documentNo: 'P2' }))
      .when(aPick('A', [line('TEA', 3)], { documentNo: 'P1' }))
      .thenSays(StockHoldRestored, { lines: [{ lineNo: 1, quantity: 1 }] })
      .thenState(TEA, { sellable: 0, picked: 3, allocated: 0, backordered: 2 }));

  it('queues by its turn with what others wait for', () =>
    recalled(3, aReserve('B', [line('TEA', 2)], { minute: 1 }))
      .when(aReceipt('R2', [line('TEA', 4)]))
      .thenSays(
        StockReserved,
        { orderId: 'A', lines: [{ reserved: 3, hard: 3 }] },
        { orderId: 'B', lines: [{ reserved: 1 }] },
      ));

  it('is taken back once more when stock is lost again', () =>
    recalled(3, aReceipt('R2', [line('TEA', 3)]))
      .when(anAdjustment('J2', [line('TEA', -1)]))
      .thenSays(StockHoldFreed, { orderId: 'A', claim: 'hard', lines: [{ quantity: 1 }] })
      .thenState(TEA, { allocated: 4, backordered: 1 }));

  it('keeps its mark in the row that is stored, and rows of before have none', () => {
    const claim = readClaim('A\t17850\t5\t2026-03-02T09:00:00.000Z\t2026-03-02T09:30:00.000Z\t1800000\t1:0:2:3');
    expect(claim.lines).toEqual([{ lineNo: 1, soft: 0, hard: 2, waiting: 3, recalled: 0 }]);
    const marked = { ...claim, lines: [{ lineNo: 1, soft: 0, hard: 2, waiting: 3, recalled: 3 }] };
    expect(readClaim(writeClaim(marked))).toEqual(marked);
  });
});
