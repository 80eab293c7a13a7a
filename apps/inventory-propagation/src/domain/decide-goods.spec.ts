import type { Input } from '@crossdock/kernel';
import { scenario } from '@crossdock/testing';
import {
  MovementRecorded,
  PositionChanged,
  ReviewStock,
  StockHoldFreed,
  StockHoldRestored,
  StockReserved,
} from '@crossdock/contracts';
import { stock } from './decide.js';
import { positionRef } from './position.js';
import {
  aCount,
  aPick,
  aReceipt,
  aRelease,
  aReserve,
  aReturn,
  anAdjustment,
  anAllocate,
  anIssue,
  line,
  NODE,
} from './stock.builders.js';

const TEA = positionRef(NODE, 'TEA');
const given = (...inputs: readonly Input<unknown>[]) => scenario(stock).given(...inputs);
const allocated = (quantity: number, ...more: readonly Input<unknown>[]) =>
  given(
    aReceipt('R1', [line('TEA', 10)]),
    aReserve('A', [line('TEA', quantity)]),
    anAllocate('A', [line('TEA', quantity)]),
    ...more,
  );

describe('a receipt', () => {
  it('brings goods in and is a line in the ledger', () => {
    given()
      .when(aReceipt('R1', [line('TEA', 10)]))
      .thenSays(MovementRecorded, {
        movement: 'receipt-posted',
        documentNo: 'R1',
        lines: [{ item: 'TEA', sellable: 10, picked: 0 }],
      })
      .thenSays(PositionChanged, { item: 'TEA', sellable: 10 })
      .thenAnswers({ documentNo: 'R1', status: 'recorded' });
  });
  it('is booked once, whatever message brings it', () => {
    given(aReceipt('R1', [line('TEA', 10)]))
      .when(aReceipt('R1', [line('TEA', 10)], { id: 'again', minute: 5 }))
      .thenIgnores('document-repeated')
      .thenState(TEA, { sellable: 10 });
  });
  it('is refused when its number is known with other content', () => {
    given(aReceipt('R1', [line('TEA', 10)]))
      .when(aReceipt('R1', [line('TEA', 11)]))
      .thenRejects('document-changed')
      .thenState(TEA, { sellable: 10 });
  });
  it('fills backorders by priority, then age', () => {
    given(
      aReserve('OLD', [line('TEA', 5)], { minute: 1 }),
      aReserve('YOUNG', [line('TEA', 5)], { minute: 3 }),
      aReserve('URGENT', [line('TEA', 5)], { minute: 4, priority: 0 }),
    )
      .when(aReceipt('R1', [line('TEA', 12)], { minute: 5 }))
      .thenSays(
        StockReserved,
        { orderId: 'URGENT', answers: 'backorder', lines: [{ reserved: 5, short: 0 }] },
        { orderId: 'OLD', lines: [{ reserved: 5 }] },
        { orderId: 'YOUNG', lines: [{ reserved: 2 }] },
      )
      .thenState(TEA, { sellable: 12, soft: 12, backordered: 3 });
  });
  it('tells an order once of all that it got, over all items', () => {
    given(aReserve('A', [line('TEA', 5), line('CUP', 2)]))
      .when(aReceipt('R1', [line('TEA', 5), line('CUP', 2)], { minute: 5 }))
      .thenSays(StockReserved, {
        orderId: 'A',
        lines: [
          { item: 'TEA', reserved: 5 },
          { item: 'CUP', reserved: 2 },
        ],
      });
  });
  it('keeps whose the goods are; ours leave first', () => {
    given(aReceipt('R1', [{ ...line('TEA', 4), owner: 'consigned' }]), aReceipt('R2', [line('TEA', 3)]))
      .when(anAdjustment('J1', [line('TEA', -5)]))
      .thenSays(MovementRecorded, { lines: [{ sellable: -5, consigned: -2 }] })
      .thenState(TEA, { sellable: 2, consigned: 2 });
  });
});

describe('a pick', () => {
  it('takes goods off the shelf and the claim with them: what may be sold stays as it is', () => {
    allocated(4)
      .when(aPick('A', [line('TEA', 4)]))
      .thenSays(MovementRecorded, { movement: 'pick-confirmed', orderId: 'A', lines: [{ sellable: -4, picked: 4 }] })
      .thenNever(PositionChanged)
      .thenState(TEA, { sellable: 6, picked: 4, allocated: 0, claims: [] });
  });
  it('waits for its allocation when it has overtaken it', () => {
    given(aReceipt('R1', [line('TEA', 10)]), aReserve('A', [line('TEA', 4)]))
      .when(aPick('A', [line('TEA', 4)]))
      .thenDefers('hold-unknown-yet');
  });
  it('is booked once for one document, and again for the next one of the same fulfilment order', () => {
    allocated(4, aPick('A', [line('TEA', 1)], { documentNo: 'P1' }))
      .when(aPick('A', [line('TEA', 1)], { documentNo: 'P1', id: 'again' }))
      .thenIgnores('document-repeated')
      .when(aPick('A', [line('TEA', 3)], { documentNo: 'P2', minute: 1 }))
      .thenState(TEA, { sellable: 6, picked: 4, allocated: 0 });
  });
  it('without a document number is known by its moment and by what it says', () => {
    allocated(4, aPick('A', [line('TEA', 1)]))
      .when(aPick('A', [line('TEA', 1)], { id: 'again' }))
      .thenIgnores('document-repeated')
      .when(aPick('A', [line('TEA', 3)]))
      .thenState(TEA, { picked: 4, allocated: 0 });
  });
  it('of a line that was never allocated is refused', () => {
    allocated(4)
      .when(aPick('A', [line('CUP', 4)]))
      .thenRejects('line-unknown');
  });
});

describe('a short pick', () => {
  it('keeps what was not found off the market and lets the order wait for other stock', () => {
    given(aReceipt('R1', [line('TEA', 4)]), aReserve('A', [line('TEA', 4)]), anAllocate('A', [line('TEA', 4)]))
      .when(aPick('A', [line('TEA', 3, { short: 1 })]))
      .thenSays(ReviewStock, { item: 'TEA', reason: 'pick-short' })
      .thenNever(StockReserved)
      .thenState(TEA, { sellable: 1, picked: 3, unfound: 1, allocated: 0, backordered: 1 });
  });
  it('takes other stock at once when there is some', () => {
    allocated(4)
      .when(aPick('A', [line('TEA', 3, { short: 1 })]))
      .thenSays(StockReserved, { orderId: 'A', answers: 'backorder', lines: [{ lineNo: 1, reserved: 1 }] })
      .thenState(TEA, { sellable: 7, picked: 3, unfound: 1, soft: 1, backordered: 0 });
  });
  it('is cleared by the count that finds the goods after all', () => {
    given(aReceipt('R1', [line('TEA', 4)]), aReserve('A', [line('TEA', 4)]), anAllocate('A', [line('TEA', 4)]))
      .given(aPick('A', [line('TEA', 3, { short: 1 })]))
      .when(aCount('C1', [line('TEA', 1)], { minute: 5 }))
      .thenSays(StockReserved, { orderId: 'A', lines: [{ reserved: 1 }] })
      .thenSays(ReviewStock, { reason: 'pick-short' })
      .thenNever(MovementRecorded)
      .thenState(TEA, { sellable: 1, unfound: 0, soft: 1, doubts: [] });
  });
  it('is cleared by the count that finds nothing', () => {
    given(aReceipt('R1', [line('TEA', 4)]), aReserve('A', [line('TEA', 4)]), anAllocate('A', [line('TEA', 4)]))
      .given(aPick('A', [line('TEA', 3, { short: 1 })]))
      .when(aCount('C1', [line('TEA', 0)], { minute: 5 }))
      .thenSays(MovementRecorded, { movement: 'count-adjusted', lines: [{ sellable: -1 }] })
      .thenState(TEA, { sellable: 0, unfound: 0, backordered: 1 });
  });
});

describe('a pick that was on its way when its claim was taken back', () => {
  it("keeps the goods: they come off the order's place in the queue, and the order is told", () => {
    given(aReceipt('R1', [line('TEA', 10)]), aReserve('A', [line('TEA', 10)]), anAllocate('A', [line('TEA', 10)]))
      .given(anAdjustment('J1', [line('TEA', -3)]))
      .when(aPick('A', [line('TEA', 7)]))
      .thenNever(StockHoldRestored)
      .thenState(TEA, { sellable: 0, picked: 7, backordered: 3 });
  });
  it('takes the place of a younger order when nothing else is left', () => {
    given(aReceipt('R1', [line('TEA', 10)]))
      .given(aReserve('A', [line('TEA', 4)], { minute: 5 }), anAllocate('A', [line('TEA', 4)]))
      .given(aReserve('B', [line('TEA', 6)], { minute: 1 }))
      .given(anAdjustment('J1', [line('TEA', -3)]))
      .when(aPick('A', [line('TEA', 4)]))
      .thenSays(StockHoldRestored, { orderId: 'A', fulfilmentId: 'A-F1', lines: [{ lineNo: 1, quantity: 3 }] })
      .thenSays(StockHoldFreed, { orderId: 'B', claim: 'soft', reason: 'pick-confirmed', lines: [{ quantity: 3 }] })
      .thenState(TEA, { sellable: 3, picked: 4, soft: 3, backordered: 3 });
  });
  it('puts the books right when they have less than was picked, and raises a case', () => {
    allocated(10, anAdjustment('J1', [line('TEA', -3)]))
      .when(aPick('A', [line('TEA', 10)]))
      .thenSays(
        MovementRecorded,
        { movement: 'pick-confirmed', lines: [{ sellable: -10, picked: 10 }] },
        { movement: 'count-adjusted', reason: 'pick-above-books', lines: [{ sellable: 3 }] },
      )
      .thenSays(StockHoldRestored, { lines: [{ quantity: 3 }] })
      .thenSays(ReviewStock, { reason: 'pick-above-books' })
      .thenState(TEA, { sellable: 0, picked: 10, backordered: 0, claims: [] });
  });
  it('is booked though its order was released meanwhile', () => {
    allocated(4, aRelease('A'))
      .when(aPick('A', [line('TEA', 4)]))
      .thenState(TEA, { sellable: 6, picked: 4 });
  });
});

describe('an issue', () => {
  it('takes what was picked out of the node', () => {
    allocated(4, aPick('A', [line('TEA', 4)]))
      .when(anIssue('A', [line('TEA', 4)]))
      .thenSays(MovementRecorded, { movement: 'shipment-confirmed', lines: [{ sellable: 0, picked: -4 }] })
      .thenState(TEA, { sellable: 6, picked: 0 });
  });
  it('waits for its pick when it has overtaken it', () => {
    allocated(4)
      .when(anIssue('A', [line('TEA', 4)]))
      .thenDefers('not-picked')
      .given(aPick('A', [line('TEA', 4)]))
      .when(anIssue('A', [line('TEA', 4)]))
      .thenAccepts();
  });
  it('is booked once', () => {
    allocated(4, aPick('A', [line('TEA', 4)]), anIssue('A', [line('TEA', 4)]))
      .when(anIssue('A', [line('TEA', 4)], { id: 'again' }))
      .thenIgnores('document-repeated');
  });
});

describe('a return', () => {
  it('goes to quarantine and is not sold', () => {
    given()
      .when(aReturn('C1', [line('TEA', 2)]))
      .thenSays(MovementRecorded, { movement: 'return-received', lines: [{ sellable: 0, quarantine: 2 }] })
      .thenNever(PositionChanged)
      .thenState(TEA, { sellable: 0, quarantine: 2 });
  });
  it('is booked once', () => {
    given(aReturn('C1', [line('TEA', 2)]))
      .when(aReturn('C1', [line('TEA', 2)], { id: 'again' }))
      .thenIgnores('document-repeated');
  });
});
