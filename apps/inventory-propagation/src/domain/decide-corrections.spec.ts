import type { Input } from '@crossdock/kernel';
import { scenario } from '@crossdock/testing';
import { caseRef, MovementRecorded, StockHoldFreed, StockReserved } from '@crossdock/contracts';
import { stock } from './decide.js';
import { positionRef, RECENT_MAX } from './position.js';
import { aCount, aPick, aReceipt, aReserve, aReview, anAdjustment, anAllocate, line, NODE } from './stock.builders.js';

const TEA = positionRef(NODE, 'TEA');
const given = (...inputs: readonly Input<unknown>[]) => scenario(stock).given(...inputs);

describe('an adjustment', () => {
  it('below what is claimed frees the youngest claims, soft or hard, and they queue again', () => {
    given(aReceipt('R1', [line('TEA', 10)]))
      .given(aReserve('OLD', [line('TEA', 5)], { minute: 1 }))
      .given(aReserve('YOUNG', [line('TEA', 5)], { minute: 2 }), anAllocate('YOUNG', [line('TEA', 3)]))
      .when(anAdjustment('J1', [line('TEA', -4)]))
      .thenSays(
        StockHoldFreed,
        { orderId: 'YOUNG', claim: 'soft', reason: 'stock-adjusted', lines: [{ lineNo: 1, quantity: 2 }] },
        { orderId: 'YOUNG', claim: 'hard', lines: [{ lineNo: 1, quantity: 2 }] },
      )
      .thenState(TEA, { sellable: 6, soft: 5, allocated: 1, backordered: 4 });
  });
  it('never frees what is picked', () => {
    given(aReceipt('R1', [line('TEA', 5)]))
      .given(aReserve('A', [line('TEA', 5)]), anAllocate('A', [line('TEA', 5)]), aPick('A', [line('TEA', 5)]))
      .when(anAdjustment('J1', [line('TEA', -1)]))
      .thenDefers('not-enough-stock')
      .thenState(TEA, { picked: 5 });
  });
  it('below what is there waits for the receipt that it has overtaken', () => {
    given()
      .when(anAdjustment('J1', [line('TEA', -1)]))
      .thenDefers('not-enough-stock')
      .given(aReceipt('R1', [line('TEA', 5)]))
      .when(anAdjustment('J1', [line('TEA', -1)]))
      .thenState(TEA, { sellable: 4 });
  });
  it('upwards fills the queue', () => {
    given(aReserve('A', [line('TEA', 5)]))
      .when(anAdjustment('J1', [line('TEA', 2)]))
      .thenSays(StockReserved, { orderId: 'A', lines: [{ reserved: 2 }] });
  });
  it('adds up an item on two lines', () => {
    given(aReceipt('R1', [line('TEA', 5)]))
      .when(anAdjustment('J1', [line('TEA', -3), line('TEA', -3)]))
      .thenDefers('not-enough-stock');
  });
  it('is booked once, and of nothing is refused', () => {
    given(aReceipt('R1', [line('TEA', 5)]), anAdjustment('J1', [line('TEA', -1)]))
      .when(anAdjustment('J1', [line('TEA', -1)], { id: 'again' }))
      .thenIgnores('document-repeated')
      .when(anAdjustment('J2', [line('TEA', 0)]))
      .thenRejects('quantity-zero');
  });
  it('takes first what nobody could find', () => {
    given(aReceipt('R1', [line('TEA', 4)]))
      .given(aReserve('A', [line('TEA', 4)]), anAllocate('A', [line('TEA', 4)]))
      .given(aPick('A', [line('TEA', 3, { short: 1 })]))
      .when(anAdjustment('J1', [line('TEA', -1)]))
      .thenState(TEA, { sellable: 0, unfound: 0, doubts: [] });
  });
});

describe('a cycle count', () => {
  it('makes a movement of the difference and never overwrites', () => {
    given(aReceipt('R1', [line('TEA', 10)]))
      .when(aCount('C1', [line('TEA', 8)], { minute: 5 }))
      .thenSays(MovementRecorded, {
        movement: 'count-adjusted',
        documentNo: 'C1',
        lines: [{ item: 'TEA', sellable: -2 }],
      })
      .thenState(TEA, { sellable: 8 });
  });
  it('that agrees with the books moves nothing', () => {
    given(aReceipt('R1', [line('TEA', 10)]))
      .when(aCount('C1', [line('TEA', 10)], { minute: 5 }))
      .thenNever(MovementRecorded)
      .thenAnswers({ documentNo: 'C1', status: 'recorded' });
  });
  it('that comes late is placed among what has moved since', () => {
    given(aReceipt('R1', [line('TEA', 10)], { minute: 1 }), aReceipt('R2', [line('TEA', 5)], { minute: 9 }))
      .when(aCount('C1', [line('TEA', 8)], { minute: 10, occurred: 5 }))
      .thenState(TEA, { sellable: 13 });
  });
  it('has seen what is booked late: a correction takes it out again', () => {
    given(aCount('C1', [line('TEA', 10)], { minute: 5 }))
      .when(aReceipt('R1', [line('TEA', 10)], { minute: 6, occurred: 1 }))
      .thenSays(
        MovementRecorded,
        { movement: 'receipt-posted', lines: [{ sellable: 10 }] },
        { movement: 'count-adjusted', reason: 'seen by count C1', lines: [{ sellable: -10 }] },
      )
      .thenState(TEA, { sellable: 10 });
  });
  it('has looked after a short pick that is told late: nothing is in doubt, and the order gets what is there', () => {
    given(aReceipt('R1', [line('TEA', 4)]))
      .given(aReserve('A', [line('TEA', 4)]), anAllocate('A', [line('TEA', 4)]))
      .given(aCount('C1', [line('TEA', 1)], { minute: 8 }))
      .when(aPick('A', [line('TEA', 3, { short: 1 })], { minute: 9, occurred: 5 }))
      .thenState(TEA, { sellable: 1, picked: 3, unfound: 0, doubts: [] })
      .thenSays(StockReserved, { orderId: 'A', answers: 'backorder', lines: [{ reserved: 1 }] });
  });
  it('that is older than the newest one says nothing any more', () => {
    given(aReceipt('R1', [line('TEA', 10)]), aCount('C2', [line('TEA', 7)], { minute: 8 }))
      .when(aCount('C1', [line('TEA', 9)], { minute: 9, occurred: 5 }))
      .thenAccepts()
      .thenState(TEA, { sellable: 7 });
  });
  it('is refused when too much has moved since', () => {
    const receipts = Array.from({ length: RECENT_MAX + 1 }, (_, nth) =>
      aReceipt(`R${nth}`, [line('TEA', 1)], { minute: nth + 2 }),
    );
    given(...receipts)
      .when(aCount('C1', [line('TEA', 9)], { minute: 90, occurred: 1 }))
      .thenRejects('count-overtaken');
  });
  it('below what is claimed frees the youngest claims', () => {
    given(aReceipt('R1', [line('TEA', 10)]), aReserve('A', [line('TEA', 10)]))
      .when(aCount('C1', [line('TEA', 4)], { minute: 5 }))
      .thenSays(StockHoldFreed, { orderId: 'A', reason: 'count-adjusted', lines: [{ quantity: 6 }] });
  });
});

describe('an exception case about stock', () => {
  const doubt = { node: NODE, item: 'TEA', reason: 'pick-short', documentNo: 'P1', text: 'one is missing' } as const;
  const CASE = caseRef(TEA, 'pick-short');
  const short = () =>
    given(aReceipt('R1', [line('TEA', 4)]))
      .given(aReserve('A', [line('TEA', 4)]), anAllocate('A', [line('TEA', 4)]))
      .given(aPick('A', [line('TEA', 3, { short: 1 })]));
  it('is open while the doubt stands and ended by the count', () => {
    short()
      .when(aReview(doubt))
      .thenState(CASE, { status: 'open', reason: 'pick-short', lane: NODE })
      .given(aCount('C1', [line('TEA', 0)], { minute: 5 }))
      .when(aReview(doubt, { id: 'over' }))
      .thenState(CASE, { status: 'resolved' });
  });
  it('is not raised when the doubt is over before anyone looked', () => {
    short()
      .given(aCount('C1', [line('TEA', 0)], { minute: 5 }))
      .when(aReview(doubt))
      .thenState(CASE, { status: 'none' });
  });
});
