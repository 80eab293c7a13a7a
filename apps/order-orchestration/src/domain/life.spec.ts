import type { Input } from '@crossdock/kernel';
import {
  AllocateStock,
  BackorderCreated,
  ErpOrderRegistered,
  OrderAccepted,
  OrderAllocated,
  OrderClosed,
  OrderDelivered,
  OrderInvoiced,
  OrderPartiallyShipped,
  OrderReleased,
  OrderShipped,
} from '@crossdock/contracts';
import {
  shopFloor,
  type OrderScenario,
  ORDER,
  FULL,
  order,
  fulfilment,
  credit,
  accepted,
  released,
  counters,
} from '../../test/shop-floor.js';
import {
  anItem,
  anOrder,
  arrived,
  cancelled,
  erpAnswered,
  holdFreed,
  holdRestored,
  invoiced,
  line,
  picked,
  shipped,
  stockAllocated,
  stockHeld,
  type Units,
} from './order.builders.js';

describe('an order with everything in stock', () => {
  it('is accepted when every node and the ERP have answered, in either order', () => {
    for (const answers of [
      [stockHeld(FULL), erpAnswered()],
      [erpAnswered(), stockHeld(FULL)],
    ] as const) {
      const floor = shopFloor().given(anOrder(), answers[0]);
      expect(order(floor).status).toBe('created');
      floor
        .when(answers[1] as Input)
        .thenSays(OrderAccepted, {
          orderNo: '536365',
          erpOrderNos: ['4500000001'],
          lines: [{ net: 1500 }, { net: 1000 }],
        })
        .thenSays(AllocateStock, {
          node: 'DC1',
          lines: [
            { lineNo: 1, quantity: 6 },
            { lineNo: 2, quantity: 4 },
          ],
        })
        .thenNever(BackorderCreated)
        .thenState(ORDER, { status: 'accepted', stages: { accepted: 1, reserved: 1, released: 0 } });
    }
  });

  it('is known to the ERP under its numbers', () => {
    shopFloor()
      .given(anOrder())
      .when(erpAnswered())
      .thenSays(ErpOrderRegistered, { erpOrderNos: ['4500000001'] });
  });

  it('is released when its stock is held hard', () => {
    const floor = accepted();
    floor
      .when(stockAllocated(fulfilment(floor), FULL))
      .thenSays(OrderAllocated, { lines: [{ quantity: 6 }, { quantity: 4 }] })
      .thenSays(OrderReleased, { node: 'DC1', shipTo: { country: 'GB' }, lines: [{ quantity: 6 }, { quantity: 4 }] })
      .thenState(ORDER, { status: 'released' });
    expect(counters(floor, 'reserved', 'allocated', 'released', 'asked')).toEqual({
      reserved: [0, 0],
      allocated: [6, 4],
      released: [6, 4],
      asked: [0, 0],
    });
  });

  it('goes through every state, each said once, to closed', () => {
    const floor = released();
    const id = fulfilment(floor);
    floor.when(picked(id, FULL)).thenState(ORDER, { status: 'in-fulfilment' });
    floor
      .when(shipped('S1', id, FULL))
      .thenSays(OrderShipped)
      .thenNever(OrderPartiallyShipped);
    floor
      .when(arrived('S1', id, FULL))
      .thenSays(OrderDelivered)
      .thenNever(OrderClosed);
    floor
      .when(
        invoiced('I1', [
          [1, 6],
          [2, 4],
        ]),
      )
      .thenSays(OrderInvoiced, { net: 2500, tax: 500 })
      .thenSays(OrderClosed)
      .thenState(ORDER, { status: 'closed', creditOpen: 0, stages: { posted: 1, closed: 1 } });
    expect(credit(floor)).toMatchObject({ openOrders: 0, receivables: 3000 });
  });

  it('is closed by the delivery when it was invoiced before', () => {
    const floor = released();
    const id = fulfilment(floor);
    floor.given(
      picked(id, FULL),
      shipped('S1', id, FULL),
      invoiced('I1', [
        [1, 6],
        [2, 4],
      ]),
    );
    floor
      .when(arrived('S1', id, FULL))
      .thenSays(OrderDelivered)
      .thenSays(OrderClosed);
  });

  it('waits with an invoice that overtakes its shipment', () => {
    const floor = released();
    floor
      .when(
        invoiced('I1', [
          [1, 6],
          [2, 4],
        ]),
      )
      .thenDefers('counter-not-ready');
  });

  it('waits with a shipment that overtakes a restored hold', () => {
    const floor = released();
    const id = fulfilment(floor);
    floor.given(holdFreed('hard', [[1, 'TEA', 6]]), picked(id, FULL));
    floor.when(shipped('S1', id, FULL)).thenDefers('counter-not-ready');
    floor.given(holdRestored(id, [[1, 'TEA', 6]]));
    floor.when(shipped('S1', id, FULL)).thenSays(OrderShipped);
  });
});

describe('an order in several shipments', () => {
  it('is partially shipped, then shipped; credit moves exactly', () => {
    const floor = released();
    const id = fulfilment(floor);
    floor.given(picked(id, FULL));
    floor
      .when(
        shipped('S1', id, [
          [1, 'TEA', 6],
          [2, 'POT', 1],
        ]),
      )
      .thenSays(OrderPartiallyShipped, { lines: [{ quantity: 6 }, { quantity: 1 }] });
    floor.given(
      invoiced('I1', [
        [1, 6],
        [2, 1],
      ]),
    );
    expect(credit(floor)).toMatchObject({ openOrders: 900, receivables: 2100 });
    expect(order(floor).creditOpen).toBe(900);
    floor.when(shipped('S2', id, [[2, 'POT', 3]])).thenSays(OrderShipped);
    floor.given(
      arrived('S1', id, [
        [1, 'TEA', 6],
        [2, 'POT', 1],
      ]),
    );
    floor
      .when(invoiced('I2', [[2, 3]]))
      .thenSays(OrderInvoiced, { net: 2500 })
      .thenNever(OrderClosed);
    floor
      .when(arrived('S2', id, [[2, 'POT', 3]]))
      .thenSays(OrderDelivered)
      .thenSays(OrderClosed);
    expect(credit(floor)).toMatchObject({ openOrders: 0, receivables: 3000 });
  });

  it('counts each shipment, pick, delivery and invoice once, under whatever message it comes again', () => {
    const floor = released();
    const id = fulfilment(floor);
    for (const once of [picked(id, FULL), shipped('S1', id, FULL), arrived('S1', id, FULL)]) {
      floor.given(once);
      floor.when({ ...(once as Input), id: 'another' }).thenIgnores('nothing-to-do');
    }
    floor.given(
      invoiced('I1', [
        [1, 3],
        [2, 4],
      ]),
    );
    floor
      .when({
        ...invoiced('I1', [
          [1, 3],
          [2, 4],
        ]),
        id: 'another',
      })
      .thenIgnores('nothing-to-do');
  });
});

describe('an order of charges alone', () => {
  const charges = (): OrderScenario =>
    shopFloor().given(
      anOrder('536365', { lines: [line(1, 'BANK CHARGES', 1, { kind: 'charge', unitPrice: '15.00' })] }),
    );

  it('is accepted when the ERP knows it, and closed when it is invoiced', () => {
    const floor = charges();
    floor
      .when(erpAnswered())
      .thenSays(OrderAccepted, { lines: [{ kind: 'charge', net: 1500 }] })
      .thenNever(AllocateStock)
      .thenNever(OrderAllocated);
    floor
      .when(invoiced('I1', [[1, 1]], { net: 1500, tax: 300 }))
      .thenSays(OrderInvoiced, { net: 1500 })
      .thenSays(OrderClosed)
      .thenNever(OrderShipped)
      .thenState(ORDER, { status: 'closed' });
  });
  it('can no longer be cancelled once it is accepted: it is billed', () => {
    charges().given(erpAnswered()).when(cancelled()).thenRejects('illegal-transition');
  });
});

describe('an order of goods and charges', () => {
  it('is invoiced when its charges are as well', () => {
    const lines = [line(1, 'TEA', 6), line(2, 'POST', 1, { kind: 'freight', unitPrice: '5.00' })];
    const goods: readonly Units[] = [[1, 'TEA', 6]];
    const floor = shopFloor().given(anOrder('536365', { lines }), erpAnswered(), stockHeld(goods));
    const id = fulfilment(floor);
    floor.given(stockAllocated(id, goods), picked(id, goods), shipped('S1', id, goods), arrived('S1', id, goods));
    expect(order(floor).status).toBe('delivered');
    floor.when(invoiced('I1', [[1, 6]], { net: 1500, tax: 300 })).thenNever(OrderInvoiced);
    floor
      .when(invoiced('I2', [[2, 1]], { net: 500, tax: 100 }))
      .thenSays(OrderInvoiced, { net: 2000 })
      .thenSays(OrderClosed);
  });
});

describe('an order over several nodes', () => {
  const items = [anItem('TEA'), anItem('POT', { nodes: ['DC2'] })];
  it('is accepted when the last node has answered', () => {
    const floor = shopFloor({ items }).given(anOrder(), erpAnswered());
    floor.when(stockHeld([[1, 'TEA', 6]])).thenNever(OrderAccepted);
    floor
      .when(stockHeld([[2, 'POT', 4]], { node: 'DC2' }))
      .thenSays(OrderAccepted)
      .thenSays(AllocateStock, { node: 'DC1' }, { node: 'DC2' });
    const [first, second] = [fulfilment(floor, 0), fulfilment(floor, 1)];
    floor
      .when(stockAllocated(second, [[2, 'POT', 4]], { node: 'DC2' }))
      .thenSays(OrderReleased, { node: 'DC2' })
      .thenNever(OrderAllocated);
    floor
      .when(stockAllocated(first, [[1, 'TEA', 6]]))
      .thenSays(OrderAllocated)
      .thenSays(OrderReleased, { node: 'DC1' });
  });
});
