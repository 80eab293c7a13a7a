import {
  AllocateStock,
  BackorderCreated,
  OrderAccepted,
  OrderAllocated,
  OrderReleased,
  ReserveStock,
} from '@crossdock/contracts';
import {
  shopFloor,
  type OrderScenario,
  ORDER,
  FULL,
  SHORT,
  order,
  fulfilment,
  caseOf,
  accepted,
  released,
  counters,
} from '../../test/shop-floor.js';
import {
  ACCOUNT,
  anOrder,
  backorderFilled,
  erpAnswered,
  holdExpired,
  holdFreed,
  picked,
  shipped,
  stockAllocated,
  stockHeld,
} from './order.builders.js';

describe('an order that is short', () => {
  const backordered = (): OrderScenario => shopFloor().given(anOrder(), erpAnswered(), stockHeld(SHORT));

  it('is accepted with a backorder; what was ordered stays, what is there goes', () => {
    const floor = shopFloor().given(anOrder(), erpAnswered());
    floor
      .when(stockHeld(SHORT))
      .thenSays(OrderAccepted)
      .thenSays(BackorderCreated, { lines: [{ lineNo: 2, item: 'POT', quantity: 3, node: 'DC1' }] })
      .thenSays(AllocateStock, {
        lines: [
          { lineNo: 1, quantity: 6 },
          { lineNo: 2, quantity: 1 },
        ],
      })
      .thenState(caseOf('backorder'), { status: 'open', keys: ['orderNo:536365', `account:${ACCOUNT}`] });
    expect(counters(floor, 'ordered', 'reserved', 'backordered')).toEqual({
      ordered: [6, 4],
      reserved: [6, 1],
      backordered: [0, 3],
    });
  });

  it('is filled by a receipt, in a fulfilment order of its own', () => {
    const floor = backordered();
    floor.given(
      stockAllocated(fulfilment(floor), [
        [1, 'TEA', 6],
        [2, 'POT', 1],
      ]),
    );
    expect(order(floor).status).toBe('released');
    floor
      .when(backorderFilled('R1', [[2, 'POT', 3]]))
      .thenSays(AllocateStock, { lines: [{ lineNo: 2, quantity: 3 }] })
      .thenState(caseOf('backorder'), { status: 'resolved' });
    expect(fulfilment(floor, 1)).not.toBe(fulfilment(floor, 0));
    floor
      .when(stockAllocated(fulfilment(floor, 1), [[2, 'POT', 3]]))
      .thenSays(OrderAllocated)
      .thenSays(OrderReleased, { lines: [{ quantity: 3 }] });
  });

  it("goes on in its own conversation, not in the receipt's", () => {
    const floor = shopFloor().given({ ...anOrder(), batchId: 'file-1' }, erpAnswered(), stockHeld(SHORT));
    const filled = backorderFilled('R1', [[2, 'POT', 3]]);
    floor.when({ ...filled, correlationId: 'of the receipt', batchId: 'of the receipt' });
    expect(floor.decision).toMatchObject({ thread: { correlationId: order(floor).correlationId, batchId: 'file-1' } });
  });

  it('counts a fill once', () => {
    const floor = backordered().given(backorderFilled('R1', [[2, 'POT', 1]]));
    floor.when({ ...backorderFilled('R1', [[2, 'POT', 1]]), id: 'another' }).thenIgnores('nothing-to-do');
  });

  it('waits with a fill that overtakes the short pick it follows from', () => {
    const floor = released();
    floor.when(backorderFilled('R1', [[2, 'POT', 3]])).thenDefers('counter-not-ready');
    floor.given(
      picked(fulfilment(floor), [
        [1, 'TEA', 6],
        [2, 'POT', 1, 3],
      ]),
    );
    floor.when(backorderFilled('R1', [[2, 'POT', 3]])).thenSays(AllocateStock, { lines: [{ quantity: 3 }] });
  });

  it('that must go complete waits for everything', () => {
    const floor = shopFloor().given(anOrder('536365', { shipComplete: true }), erpAnswered());
    floor
      .when(stockHeld(SHORT))
      .thenSays(OrderAccepted)
      .thenNever(AllocateStock)
      .thenState(ORDER, { status: 'backordered' });
    floor
      .when(backorderFilled('R1', [[2, 'POT', 3]]))
      .thenSays(AllocateStock, { lines: [{ quantity: 6 }, { quantity: 4 }] });
  });

  it('becomes short again by a short pick', () => {
    const floor = released();
    const id = fulfilment(floor);
    floor
      .when(
        picked(id, [
          [1, 'TEA', 6],
          [2, 'POT', 1, 3],
        ]),
      )
      .thenSays(BackorderCreated, { lines: [{ lineNo: 2, quantity: 3, node: 'DC1' }] });
    floor.given(
      shipped('S1', id, [
        [1, 'TEA', 6],
        [2, 'POT', 1],
      ]),
    );
    floor.when(backorderFilled('R1', [[2, 'POT', 3]])).thenSays(AllocateStock, { lines: [{ quantity: 3 }] });
  });
});

describe('a hold that is lost', () => {
  it('by time is asked for again, with the next number', () => {
    const floor = shopFloor().given(
      anOrder('536365', { releaseNotBefore: '2026-03-05T06:00:00.000Z' }),
      erpAnswered(),
      stockHeld(FULL),
    );
    floor.when(holdExpired([[1, 'TEA', 6]])).thenSays(ReserveStock, { round: 2, lines: [{ lineNo: 1, quantity: 6 }] });
    floor.given(stockHeld([[1, 'TEA', 2, 4]], { round: 2 }));
    expect(counters(floor, 'reserved', 'backordered')).toEqual({ reserved: [2, 4], backordered: [4, 0] });
    floor.when({ ...stockHeld([[1, 'TEA', 2, 4]], { round: 2 }), id: 'another' }).thenIgnores('nothing-to-do');
  });

  it('before it was allocated is not lost twice', () => {
    const floor = accepted();
    floor.given(holdExpired([[1, 'TEA', 6]]));
    floor
      .when(
        stockAllocated(fulfilment(floor), [
          [1, 'TEA', 0, 6],
          [2, 'POT', 4],
        ]),
      )
      .thenNever(ReserveStock);
    expect(counters(floor, 'reserved', 'asked', 'backordered', 'allocated')).toEqual({
      reserved: [0, 0],
      asked: [0, 0],
      backordered: [6, 0],
      allocated: [0, 4],
    });
  });

  it('without a word before is asked for again', () => {
    const floor = accepted();
    floor
      .when(
        stockAllocated(fulfilment(floor), [
          [1, 'TEA', 0, 6],
          [2, 'POT', 4],
        ]),
      )
      .thenSays(ReserveStock, { round: 2, lines: [{ lineNo: 1, quantity: 6 }] })
      .thenSays(OrderReleased, { lines: [{ lineNo: 2, quantity: 4 }] });
  });

  it("to an adjustment waits in the node's queue", () => {
    const floor = shopFloor().given(anOrder(), stockHeld(FULL));
    floor.when(holdFreed('soft', [[1, 'TEA', 5]])).thenNever(ReserveStock);
    expect(counters(floor, 'reserved', 'backordered')).toEqual({ reserved: [1, 4], backordered: [5, 0] });
  });
});
