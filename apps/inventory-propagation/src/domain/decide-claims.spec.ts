import type { Input } from '@crossdock/kernel';
import { scenario } from '@crossdock/testing';
import {
  FreeClaims,
  PositionChanged,
  StockAllocated,
  StockHoldExpired,
  StockReleased,
  StockReserved,
} from '@crossdock/contracts';
import { stock } from './decide.js';
import { holdRef } from './hold.js';
import { positionRef } from './position.js';
import {
  ACCOUNT,
  aFreeing,
  anAllocate,
  anExpiry,
  aReceipt,
  aRelease,
  aReserve,
  clock,
  line,
  NODE,
} from './stock.builders.js';

const TEA = positionRef(NODE, 'TEA');
const given = (...inputs: readonly Input<unknown>[]) => scenario(stock).given(...inputs);
const withTea = (quantity: number) => given(aReceipt('R1', [line('TEA', quantity)]));

describe('a node with 10 of an item', () => {
  it('holds what is asked', () => {
    withTea(10)
      .when(aReserve('A', [line('TEA', 4)]))
      .thenSays(StockReserved, {
        orderId: 'A',
        answers: 'reserve',
        lines: [{ lineNo: 1, item: 'TEA', reserved: 4, short: 0 }],
      })
      .thenSays(PositionChanged, { item: 'TEA', sellable: 10, soft: 4 })
      .thenState(TEA, { sellable: 10, soft: 4, allocated: 0, backordered: 0 });
  });
  it('holds what is there, queues the rest and says what is short', () => {
    withTea(10)
      .when(aReserve('A', [line('TEA', 12)]))
      .thenSays(StockReserved, { lines: [{ reserved: 10, short: 2 }] })
      .thenState(TEA, { soft: 10, backordered: 2 });
  });
  it('adds up one item on two lines: what is short is short on the later line', () => {
    withTea(10)
      .when(aReserve('A', [line('TEA', 6), line('CUP', 1), line('TEA', 6)]))
      .thenSays(StockReserved, {
        lines: [
          { lineNo: 1, reserved: 6, short: 0 },
          { lineNo: 2, reserved: 0, short: 1 },
          { lineNo: 3, reserved: 4, short: 2 },
        ],
      });
  });
  it('gives the second order only what the first one left', () => {
    withTea(10)
      .given(aReserve('A', [line('TEA', 7)]))
      .when(aReserve('B', [line('TEA', 7)]))
      .thenSays(StockReserved, { lines: [{ reserved: 3, short: 4 }] });
  });
  it('decides the same reserve once, whatever message brings it', () => {
    withTea(10)
      .given(aReserve('A', [line('TEA', 4)]))
      .when(aReserve('A', [line('TEA', 4)], { id: 'again' }))
      .thenIgnores('duplicate-message')
      .thenState(TEA, { soft: 4 });
  });
  it('takes a second reserve of the order when it asks for more', () => {
    withTea(10)
      .given(aReserve('A', [line('TEA', 4)]))
      .when(aReserve('A', [line('TEA', 2)], { minute: 5, round: 2, orderedAt: clock(0) }))
      .thenSays(StockReserved, { round: 2, lines: [{ reserved: 2, short: 0 }] })
      .thenState(TEA, { soft: 6 });
  });
});

describe('allocating', () => {
  it('turns the soft hold into a hard one, and what may be sold stays as it is', () => {
    withTea(10)
      .given(aReserve('A', [line('TEA', 4)]))
      .when(anAllocate('A', [line('TEA', 4)]))
      .thenSays(StockAllocated, { fulfilmentId: 'A-F1', lines: [{ lineNo: 1, quantity: 4, missing: 0 }] })
      .thenNever(PositionChanged)
      .thenState(TEA, { soft: 0, allocated: 4 });
  });
  it('waits for its reserve when it has overtaken it', () => {
    withTea(10)
      .when(anAllocate('A', [line('TEA', 4)]))
      .thenDefers('hold-unknown-yet');
  });
  it('happens once for one fulfilment order', () => {
    withTea(10)
      .given(aReserve('A', [line('TEA', 4)]), anAllocate('A', [line('TEA', 2)]))
      .when(anAllocate('A', [line('TEA', 2)], 'A-F1', { id: 'again' }))
      .thenIgnores('duplicate-message')
      .thenState(TEA, { soft: 2, allocated: 2 });
  });
  it('says what is missing when the hold has expired on its way', () => {
    withTea(10)
      .given(aReserve('A', [line('TEA', 4)]), anExpiry('A', ['TEA']))
      .when(anAllocate('A', [line('TEA', 4)], 'A-F1', { minute: 31 }))
      .thenSays(StockAllocated, { lines: [{ quantity: 0, missing: 4 }] })
      .thenState(TEA, { soft: 0, allocated: 0 });
  });
});

describe('a soft hold that is not allocated in time', () => {
  it('goes back, is told to its order, and goes to who waits', () => {
    withTea(10)
      .given(aReserve('A', [line('TEA', 8)]), aReserve('B', [line('TEA', 5)], { minute: 1 }))
      .when(anExpiry('A', ['TEA']))
      .thenSays(StockHoldExpired, { orderId: 'A', account: ACCOUNT, lines: [{ lineNo: 1, item: 'TEA', quantity: 8 }] })
      .thenSays(StockReserved, { orderId: 'B', answers: 'backorder', lines: [{ reserved: 3, short: 0 }] })
      .thenState(TEA, { soft: 5, backordered: 0 });
  });
  it('stays when it was allocated before', () => {
    withTea(10)
      .given(aReserve('A', [line('TEA', 8)]), anAllocate('A', [line('TEA', 8)]))
      .when(anExpiry('A', ['TEA']))
      .thenIgnores('timer-moot');
  });
  it('stays when a later reserve has prolonged it', () => {
    withTea(10)
      .given(
        aReserve('A', [line('TEA', 2)]),
        aReserve('A', [line('TEA', 2)], { minute: 10, round: 2, orderedAt: clock(0) }),
      )
      .when(anExpiry('A', ['TEA']))
      .thenIgnores('timer-moot')
      .when(anExpiry('A', ['TEA'], 40))
      .thenSays(StockHoldExpired, { lines: [{ quantity: 4 }] });
  });
  it('keeps its place in the queue for what waits', () => {
    withTea(3)
      .given(aReserve('A', [line('TEA', 5)]), aReserve('B', [line('TEA', 9)], { minute: 1 }))
      .when(anExpiry('A', ['TEA']))
      .thenSays(StockReserved, { orderId: 'A', lines: [{ reserved: 2 }] }, { orderId: 'B', lines: [{ reserved: 1 }] });
  });
});

describe('a release', () => {
  const items = ['TEA'];
  it('sets a tombstone at once and frees the claims by the message that follows', () => {
    withTea(10)
      .given(aReserve('A', [line('TEA', 8)]), aReserve('B', [line('TEA', 5)], { minute: 1 }))
      .when(aRelease('A'))
      .thenSays(FreeClaims, { orderId: 'A', items })
      .thenState(holdRef(NODE, 'A'), { status: 'released' })
      .when(aFreeing({ orderId: 'A', account: ACCOUNT, node: NODE, items }))
      .thenSays(StockReleased, { orderId: 'A' })
      .thenSays(StockReserved, { orderId: 'B', answers: 'backorder', lines: [{ reserved: 3 }] })
      .thenState(TEA, { soft: 5, backordered: 0 });
  });
  it('that overtakes its reserve refuses it', () => {
    withTea(10)
      .when(aRelease('A'))
      .thenSays(StockReleased, { orderId: 'A' })
      .when(aReserve('A', [line('TEA', 8)]))
      .thenIgnores('released-before-reserve')
      .thenState(TEA, { soft: 0 });
  });
  it('frees once', () => {
    withTea(10)
      .given(aReserve('A', [line('TEA', 8)]), aRelease('A'))
      .when(aRelease('A', { id: 'again' }))
      .thenIgnores('duplicate-message');
  });
  it('frees nothing twice when the freeing is repeated', () => {
    const freeing = { orderId: 'A', account: ACCOUNT, node: NODE, items };
    withTea(10)
      .given(aReserve('A', [line('TEA', 8)]), aRelease('A'), aFreeing(freeing))
      .given(aReserve('B', [line('TEA', 10)], { minute: 2 }))
      .when(aFreeing(freeing, { id: 'again' }))
      .thenState(TEA, { soft: 10 });
  });
  it('answers an allocate that comes after it with nothing', () => {
    withTea(10)
      .given(
        aReserve('A', [line('TEA', 8)]),
        aRelease('A'),
        aFreeing({ orderId: 'A', account: ACCOUNT, node: NODE, items }),
      )
      .when(anAllocate('A', [line('TEA', 8)]))
      .thenSays(StockAllocated, { lines: [{ quantity: 0, missing: 8 }] });
  });
});
