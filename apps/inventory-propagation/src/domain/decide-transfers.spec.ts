import type { Input } from '@crossdock/kernel';
import { scenario } from '@crossdock/testing';
import { ExpectTransfer, MovementRecorded, ReviewStock, StockHoldFreed, StockReserved } from '@crossdock/contracts';
import { stock } from './decide.js';
import { positionRef } from './position.js';
import {
  aClaimTransfer,
  anAllocate,
  anArrival,
  anExpectedTransfer,
  aReceipt,
  aReserve,
  aTransfer,
  line,
  NODE,
} from './stock.builders.js';
import { transferRef } from './transfer.js';

const TEA = positionRef(NODE, 'TEA');
const THERE = positionRef('DC2', 'TEA');
const given = (...inputs: readonly Input<unknown>[]) => scenario(stock).given(...inputs);

describe('a transfer between nodes', () => {
  it('leaves here and is expected there', () => {
    given(aReceipt('R1', [line('TEA', 10)]))
      .when(aTransfer('T1', 'DC2', [line('TEA', 4)]))
      .thenSays(MovementRecorded, { movement: 'transfer-shipped', lines: [{ sellable: -4 }] })
      .thenSays(ExpectTransfer, { node: 'DC2', fromNode: NODE, lines: [{ item: 'TEA', quantity: 4 }] })
      .thenState(TEA, { sellable: 6 });
  });
  it('takes nothing that an order claims', () => {
    given(aReceipt('R1', [line('TEA', 10)]), aReserve('A', [line('TEA', 7)]))
      .when(aTransfer('T1', 'DC2', [line('TEA', 4)]))
      .thenRejects('not-enough-stock')
      .when(aTransfer('T2', NODE, [line('TEA', 1)]))
      .thenRejects('same-node');
  });
  it('is in transit until it arrives, and then fills the queue', () => {
    given(anExpectedTransfer('T1', NODE, [line('TEA', 4)], { node: 'DC2' }))
      .thenState(THERE, { inTransit: 4, sellable: 0 })
      .given(aReserve('A', [line('TEA', 3)], { node: 'DC2' }))
      .when(anArrival('T1', [line('TEA', 4)], { node: 'DC2', minute: 5 }))
      .thenSays(MovementRecorded, { movement: 'transfer-completed', lines: [{ sellable: 4, inTransit: -4 }] })
      .thenSays(StockReserved, { orderId: 'A', answers: 'backorder', lines: [{ reserved: 3 }] })
      .thenState(THERE, { inTransit: 0, sellable: 4 })
      .thenState(transferRef('DC2', 'transfer-T1'), { status: 'completed' });
  });
  it('that arrives before it is expected waits', () => {
    given()
      .when(anArrival('T1', [line('TEA', 4)], { node: 'DC2' }))
      .thenDefers('transfer-unknown');
  });
  it('arrives in parts, each once', () => {
    given(anExpectedTransfer('T1', NODE, [line('TEA', 4)], { node: 'DC2' }))
      .given(anArrival('T1', [line('TEA', 1)], { node: 'DC2', receiptNo: 'A1' }))
      .when(anArrival('T1', [line('TEA', 1)], { node: 'DC2', receiptNo: 'A1', id: 'again' }))
      .thenIgnores('document-repeated')
      .when(anArrival('T1', [line('TEA', 3)], { node: 'DC2', receiptNo: 'A2' }))
      .thenState(THERE, { inTransit: 0, sellable: 4 });
  });
  it('that brings more than was sent is booked as it came, and doubted', () => {
    given(anExpectedTransfer('T1', NODE, [line('TEA', 4)], { node: 'DC2' }))
      .when(anArrival('T1', [line('TEA', 5)], { node: 'DC2' }))
      .thenSays(ReviewStock, { reason: 'transfer-differs' })
      .thenState(THERE, { inTransit: 0, sellable: 5 });
  });
});

describe('a claim that changes hands', () => {
  const both = () =>
    given(aReceipt('R1', [line('TEA', 5)])).given(
      aReserve('A', [line('TEA', 5)], { minute: 1 }),
      aReserve('B', [line('TEA', 4)], { minute: 2 }),
    );
  it('is told to both: one queues again, the other holds', () => {
    both()
      .when(aClaimTransfer('K1', 'A', 'B', 'TEA', 3))
      .thenSays(StockHoldFreed, { orderId: 'A', claim: 'soft', reason: 'claim-transferred', lines: [{ quantity: 3 }] })
      .thenSays(StockReserved, { orderId: 'B', answers: 'backorder', lines: [{ reserved: 3 }] })
      .thenState(TEA, { soft: 5, backordered: 4 });
  });
  it('happens once', () => {
    both()
      .given(aClaimTransfer('K1', 'A', 'B', 'TEA', 1))
      .when(aClaimTransfer('K1', 'A', 'B', 'TEA', 1, { id: 'again' }))
      .thenIgnores('document-repeated');
  });
  it('is never taken out of a pick, and never given to who does not wait', () => {
    both()
      .given(anAllocate('A', [line('TEA', 5)]))
      .when(aClaimTransfer('K1', 'A', 'B', 'TEA', 1))
      .thenRejects('nothing-to-transfer');
    both()
      .when(aClaimTransfer('K1', 'A', 'C', 'TEA', 1))
      .thenRejects('nothing-to-transfer');
  });
});
