import type { Input } from '@crossdock/kernel';
import { scenario } from '@crossdock/testing';
import { PositionChanged, StockReleased, StockReserved } from '@crossdock/contracts';
import { stock } from './decide.js';
import { holdRef } from './hold.js';
import { positionRef } from './position.js';
import { anAllocate, anExpiry, aReceipt, aRelease, aReserve, clock, line, NODE } from './stock.builders.js';

const TEA = positionRef(NODE, 'TEA');
const CUP = positionRef(NODE, 'CUP');
const given = (...inputs: readonly Input<unknown>[]) => scenario(stock).given(...inputs);
const withTea = (quantity: number) => given(aReceipt('R1', [line('TEA', quantity)]));
const of = (orderId: string, ...items: string[]) => ({ replaces: { orderId, items }, orderedAt: clock(0) });

describe('an order in the place of another', () => {
  it('has what the other one held before anybody who waits, and the other one holds nothing', () => {
    withTea(10)
      .given(aReserve('A', [line('TEA', 8)]), aReserve('B', [line('TEA', 5)], { minute: 1, priority: 0 }))
      .when(aReserve('A2', [line('TEA', 8)], { minute: 2, ...of('A', 'TEA') }))
      .thenSays(StockReleased, { orderId: 'A' })
      .thenSays(StockReserved, { orderId: 'A2', answers: 'reserve', lines: [{ reserved: 8, short: 0 }] })
      .thenNever(PositionChanged)
      .thenState(holdRef(NODE, 'A'), { status: 'released', reason: 'replaced' })
      .thenState(TEA, { soft: 10, backordered: 3 });
  });
  it('leaves what it does not want to who waits', () => {
    withTea(10)
      .given(aReserve('A', [line('TEA', 8)]), aReserve('B', [line('TEA', 5)], { minute: 1 }))
      .when(aReserve('A2', [line('TEA', 6)], { minute: 2, ...of('A', 'TEA') }))
      .thenSays(
        StockReserved,
        { orderId: 'A2', lines: [{ reserved: 6, short: 0 }] },
        { orderId: 'B', answers: 'backorder', lines: [{ reserved: 2 }] },
      )
      .thenState(TEA, { soft: 10, backordered: 1 });
  });
  it('frees items that it has no more, and hard holds as well', () => {
    given(aReceipt('R1', [line('TEA', 4), line('CUP', 4)]))
      .given(aReserve('A', [line('TEA', 4), line('CUP', 4)]), anAllocate('A', [line('TEA', 4)]))
      .when(aReserve('A2', [line('TEA', 1)], { minute: 2, ...of('A', 'TEA', 'CUP') }))
      .thenState(TEA, { soft: 1, allocated: 0 })
      .thenState(CUP, { soft: 0 })
      .when(anExpiry('A', ['TEA', 'CUP']))
      .thenIgnores('timer-moot');
  });
  it('that is over before it came frees the other one all the same, once', () => {
    const late = aReserve('A2', [line('TEA', 8)], { minute: 2, ...of('A', 'TEA') });
    withTea(10)
      .given(aReserve('A', [line('TEA', 8)]), aReserve('B', [line('TEA', 5)], { minute: 1 }), aRelease('A2'))
      .when(late)
      .thenSays(StockReleased, { orderId: 'A' })
      .thenSays(StockReserved, { orderId: 'B', answers: 'backorder' })
      .thenState(TEA, { soft: 5, backordered: 0 })
      .when({ ...late, id: 'again' })
      .thenIgnores('released-before-reserve');
  });
  it('refuses the reserve of the other one when that comes late', () => {
    withTea(10)
      .given(aReserve('A2', [line('TEA', 8)], { minute: 2, ...of('A', 'TEA') }))
      .when(aReserve('A', [line('TEA', 2)]))
      .thenIgnores('released-before-reserve')
      .thenState(TEA, { soft: 8 });
  });
});
