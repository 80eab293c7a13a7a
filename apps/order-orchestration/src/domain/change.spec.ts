import type { Input } from '@crossdock/kernel';
import {
  AmendmentAnswered,
  AmendOrder,
  CancelWithErp,
  ChangeOrder,
  OrderAccepted,
  OrderCancelled,
  OrderCreated,
  RegisterWithErp,
  ReleaseStock,
  ReserveStock,
  type AmendOrderData,
  type ChangedLine,
  type OrderChange,
} from '@crossdock/contracts';
import { input } from '@crossdock/testing';
import {
  accepted,
  credit,
  FULL,
  fulfilment,
  ID,
  ORDER,
  released,
  shopFloor,
  type OrderScenario,
  type World,
} from '../../test/shop-floor.js';
import {
  ACCOUNT,
  aCustomer,
  anItem,
  anOrder,
  cancelled,
  erpAnswered,
  line,
  NODE,
  shipped,
  stockAllocated,
  stockHeld,
} from './order.builders.js';
import { orderRef, type Order } from './order.js';
import { termsRef, type TermsState } from './terms.js';

const set = (lineNo: number, item: string, quantity: number, more: Partial<ChangedLine> = {}): ChangedLine => ({
  action: 'change',
  lineNo,
  item,
  quantity: String(quantity),
  ...more,
});
const wants = (lines: ChangedLine[], more: Partial<OrderChange> = {}, id = 'c1', orderId = ID) =>
  input(ChangeOrder, { orderId, account: ACCOUNT, reason: 'changed', change: { lines, ...more } }, { id });
const amends = (lines: ChangedLine[], more: Partial<AmendOrderData> = {}, id = 'm1') =>
  input(
    AmendOrder,
    {
      ...{
        amendmentId: 'D2',
        orderId: ID,
        account: ACCOUNT,
        channel: 'partner-ACME',
        wish: 'change',
        reason: 'changed',
      },
      change: { lines },
      ...more,
    },
    { id },
  );
const ordered = (world: World = {}, ...order: Parameters<typeof anOrder>): OrderScenario =>
  shopFloor(world).given(anOrder(...order), stockHeld(FULL), erpAnswered());
const successor = (floor: OrderScenario, of = ORDER): Order => {
  const { replacedBy } = floor.state<Order>(of);
  return floor.state(orderRef(replacedBy?.orderId ?? 'none'));
};
const linesOf = (floor: OrderScenario, { orderId }: Order) =>
  floor.state<TermsState>(termsRef(orderId)).lines.map(({ lineNo, item, quantity, unitPrice, net, tax }) => ({
    ...{ lineNo, item, quantity, unitPrice, net, tax },
  }));
/** What others say, of another order. */
const told = <D>(orderId: string, message: Input<D>): Input<D> => ({ ...message, data: { ...message.data, orderId } });
const refused = (floor: OrderScenario): unknown[] => {
  const { decision } = floor;
  floor.thenNever(OrderCancelled).thenNever(OrderCreated);
  return decision.kind === 'reject' ? decision.refusals.map(({ reason, field }) => [reason, field]) : [decision.kind];
};

describe('a change of an order that no warehouse has', () => {
  it('takes the changed order in its place, with all of it priced, in one decision', () => {
    const floor = ordered({}, '536365', { customerPo: 'PO-77' });
    floor.when(wants([set(1, 'TEA', 10), { action: 'cancel', lineNo: 2 }]));
    floor
      .thenState(ORDER, { status: 'cancelled', creditOpen: 0, replacedBy: { orderNo: '536365.R2' } })
      .thenSays(OrderCancelled, { orderId: ID })
      .thenSays(CancelWithErp, { orderId: ID, orderNo: '536365' })
      .thenSays(OrderCreated, { orderNo: '536365.R2', net: 2500, tax: 500, replaces: { orderId: ID } })
      .thenSays(RegisterWithErp, { orderNo: '536365.R2', gross: 3000 });
    const order = successor(floor);
    expect(order).toMatchObject({ status: 'created', customerPo: 'PO-77', replaces: { orderNo: '536365' } });
    expect(linesOf(floor, order)).toEqual([
      { lineNo: 1, item: 'TEA', quantity: 10, unitPrice: '2.50', net: 2500, tax: 500 },
    ]);
    expect(credit(floor)).toMatchObject({ openOrders: 3000 });
  });

  it('hands over what its nodes hold, and keeps its turn; a node that has nothing more to ship is released', () => {
    const floor = shopFloor()
      .given(anOrder('536365', { lines: [line(1, 'TEA', 6), line(2, 'POT', 4, { node: 'DC2' })] }))
      .given(stockHeld([[1, 'TEA', 6]]), stockHeld([[2, 'POT', 4]], { node: 'DC2' }), erpAnswered());
    floor.when({ ...wants([set(1, 'TEA', 8), { action: 'cancel', lineNo: 2 }]), at: '2026-03-03T09:00:00.000Z' });
    floor
      .thenSays(ReserveStock, {
        ...{ node: NODE, round: 1, orderedAt: '2026-03-02T09:00:00.000Z', replaces: { orderId: ID, items: ['TEA'] } },
        lines: [{ lineNo: 1, item: 'TEA', quantity: 8 }],
      })
      .thenSays(ReleaseStock, { orderId: ID, node: 'DC2' });
  });

  it('adds lines, and the changed order goes its way like any other', () => {
    const floor = accepted().when(wants([{ action: 'add', item: 'CUP', quantity: '1', unit: 'CS' }]));
    const { orderId } = successor(floor);
    expect(linesOf(floor, successor(floor)).map(({ lineNo, quantity }) => [lineNo, quantity])).toEqual([
      [1, 6],
      [2, 4],
      [3, 12],
    ]);
    floor
      .given(told(orderId, stockHeld([...FULL, [3, 'CUP', 12]])))
      .when(told(orderId, erpAnswered()))
      .thenSays(OrderAccepted, { orderId, lines: [{ quantity: 6 }, { quantity: 4 }, { quantity: 12 }] });
    // What was still on its way to the old order is nobody's any more.
    floor.when(stockAllocated(fulfilment(floor), FULL)).thenIgnores('order-ended');
    floor.when(cancelled()).thenRejects('order-replaced');
  });

  it('replaces all lines, or asks for a day and another place, taxed anew', () => {
    const replaced = accepted().when(wants([set(2, 'POT', 3, { action: 'set' })], { replace: true }));
    expect(linesOf(replaced, successor(replaced)).map(({ lineNo, quantity }) => [lineNo, quantity])).toEqual([[2, 3]]);
    const moved = accepted().when(wants([], { requestedDate: '2026-04-01', shipTo: { country: 'FR', city: 'Lyon' } }));
    expect(successor(moved)).toMatchObject({ requestedDate: '2026-04-01', country: 'FR', tax: 0, net: 2500 });
    moved.thenSays(OrderCreated, { shipTo: { country: 'FR', city: 'Lyon' } });
  });

  it('prices changed lines of a list by the list, and leaves the others as they were agreed', () => {
    const customers = [aCustomer({ pricing: 'list' })];
    const dearer = [anItem('TEA', { prices: [{ priceList: 'STANDARD', currency: 'GBP', price: '3' }] }), anItem('POT')];
    const floor = ordered({ customers });
    for (const item of dearer) floor.knowing({ kind: 'item', id: item.item }, { known: true, ...item });
    floor.when(wants([set(2, 'POT', 5)]));
    expect(linesOf(floor, successor(floor)).map(({ unitPrice }) => unitPrice)).toEqual(['2.50', '2.50']);
    floor.when(wants([set(1, 'TEA', 7)], {}, 'c2', successor(floor).orderId));
    const second = successor(floor, orderRef(successor(floor).orderId));
    expect(second.orderNo).toBe('536365.R3');
    expect(linesOf(floor, second).map(({ unitPrice }) => unitPrice)).toEqual(['3', '2.50']);
  });

  it('to nothing is its cancellation, and one that changes nothing leaves it alone', () => {
    const none = [1, 2].map((lineNo): ChangedLine => ({ action: 'cancel', lineNo }));
    const gone = accepted().when(wants(none));
    gone.thenState(ORDER, { status: 'cancelled', reason: 'changed' }).thenNever(OrderCreated);
    expect(gone.state<Order>(ORDER).replacedBy).toBeUndefined();
    accepted()
      .when(wants([set(1, 'TEA', 6)]))
      .thenIgnores('nothing-to-do')
      .thenState(ORDER, { status: 'accepted' });
  });

  it('said again changes nothing, said of the old order is told which one stands', () => {
    const floor = accepted().given(wants([set(1, 'TEA', 7)]));
    floor.when(wants([set(1, 'TEA', 7)])).thenIgnores('already-known');
    floor.when(wants([set(1, 'TEA', 7)], {}, 'c1', successor(floor).orderId)).thenIgnores('already-known');
    expect(refused(floor.when(wants([set(1, 'TEA', 9)], {}, 'c2')))).toEqual([['order-replaced', 'orderId']]);
  });
});

describe('a change that can not be', () => {
  it('is refused line by line once a warehouse has the order, or goods have left', () => {
    expect(refused(released().when(wants([set(1, 'TEA', 7), { action: 'add', item: 'CUP', quantity: '1' }])))).toEqual([
      ['order-released-already', 'lines[0]'],
      ['change-not-possible', 'lines[1]'],
    ]);
    const floor = released();
    floor.given(shipped('S1', fulfilment(floor), [[1, 'TEA', 6]]));
    expect(refused(floor.when(wants([set(1, 'TEA', 7), set(2, 'POT', 1)])))).toEqual([
      ['order-shipped-already', 'lines[0]'],
      ['order-released-already', 'lines[1]'],
    ]);
    floor.when(cancelled()).thenRejects('order-shipped-already');
  });

  it('is refused with a code for each thing that is wrong with it', () => {
    const lines: ChangedLine[] = [
      set(7, 'TEA', 1),
      set(1, 'POT', 1),
      { action: 'add', lineNo: 2, item: 'CUP', quantity: '1' },
      { action: 'add', item: 'NIX', quantity: '1' },
      set(2, 'POT', 0),
      { action: 'add', item: 'CUP' },
    ];
    expect(refused(accepted().when(wants(lines, { currency: 'EUR' })))).toEqual([
      ['wrong-currency', 'currency'],
      ['line-unknown', 'lines[0].lineNo'],
      ['line-item-differs', 'lines[1].item'],
      ['duplicate-line-number', 'lines[2].lineNo'],
      ['schema-violation', 'lines[5].quantity'],
      ['unknown-item', 'lines[3].item'],
      ['quantity-not-positive', 'lines[4].quantity'],
    ]);
  });

  it('counts the credit that the order takes up already, and no more', () => {
    const customers = [aCustomer({ creditLimit: 4000 })];
    ordered({ customers })
      .when(wants([set(1, 'TEA', 9)]))
      .thenSays(OrderCreated, { gross: 3900 });
    expect(refused(ordered({ customers }).when(wants([set(1, 'TEA', 10)])))).toEqual([
      ['credit-limit-exceeded', 'account'],
    ]);
    const blocked = ordered();
    blocked.knowing({ kind: 'customer', id: ACCOUNT }, { known: true, ...aCustomer({ status: 'hold' }) });
    expect(refused(blocked.when(wants([set(1, 'TEA', 1)])))).toEqual([['customer-on-hold', 'account']]);
  });

  it('asks of who may not wait only what goes beyond what is held', () => {
    const floor = ordered({ available: { TEA: 10, POT: 10 } }, '536365', { backorders: 'refused' });
    const left = (item: string, available: number) =>
      floor.knowing(
        { kind: 'channelStock', id: item },
        { item, channels: [{ channel: 'web', available, asOf: '2026-03-02T09:00:00.000Z', version: 2 }] },
      );
    left('TEA', 2);
    expect(refused(floor.when(wants([set(1, 'TEA', 9)])))).toEqual([
      ['insufficient-availability', 'lines[0].quantity'],
    ]);
    floor.when(wants([set(1, 'TEA', 8)])).thenSays(OrderCreated, { net: 3000 });
  });

  it("is refused for a guest's order, whose lane is its own", () => {
    const guest = shopFloor({ customers: [aCustomer({ account: 'GUEST' })] });
    guest.given(anOrder('536365', { account: 'GUEST' }));
    const { data, ...wish } = wants([set(1, 'TEA', 7)]);
    guest.when({ ...wish, data: { ...data, account: 'GUEST' } }).thenRejects('change-not-possible');
  });
});

describe("a trading partner's change", () => {
  it('is answered with the order that stands in the place of its own, also when it is said again', () => {
    const floor = ordered({}, '536365', { channel: 'partner-ACME' }).when(amends([set(1, 'TEA', 7)]));
    const { orderId } = successor(floor);
    const done = { amendmentId: 'D2', orderId: ID, outcome: 'done', replacedBy: orderId, replacedByNo: '536365.R2' };
    floor.thenSays(AmendmentAnswered, done as never).thenSays(OrderCreated, { replaces: { amendmentId: 'D2' } });
    floor.when(amends([set(1, 'TEA', 7)], {}, 'm2')).thenSays(AmendmentAnswered, done as never);
    floor.thenNever(OrderCreated);
    floor.given(told(orderId, erpAnswered('refused'))).when(amends([set(1, 'TEA', 7)], {}, 'm3'));
    floor.thenSays(AmendmentAnswered, { outcome: 'refused', refusals: [{ reason: 'order-ended' }] });
  });

  it('of an order that was changed since goes to what stands in its place, and so does its cancellation', () => {
    const floor = accepted().given(amends([set(1, 'TEA', 7)]));
    const { orderId } = successor(floor);
    for (const wish of ['change', 'cancel'] as const) {
      floor.when(amends([set(1, 'TEA', 9)], { amendmentId: `D-${wish}`, wish }, wish));
      floor.thenSays(AmendOrder, { orderId, namedOrderId: ID, wish }).thenNever(AmendmentAnswered);
    }
    floor.when(amends([], { amendmentId: 'D4', wish: 'cancel', orderId, namedOrderId: ID }, 'm4'));
    floor.thenSays(AmendmentAnswered, { amendmentId: 'D4', orderId: ID, outcome: 'done' });
    floor.thenState(orderRef(orderId), { status: 'cancelled' });
  });

  it('that asks for nothing new is told how its lines stand', () => {
    accepted()
      .when(amends([set(1, 'TEA', 6)]))
      .thenSays(AmendmentAnswered, {
        outcome: 'done',
        lines: [
          { lineNo: 1, ordered: 6, backordered: 0 },
          { lineNo: 2, ordered: 4 },
        ],
      })
      .thenState(ORDER, { status: 'accepted' });
  });

  it('finds lines by the numbers that the partner gave them, never one that two lines have', () => {
    const own = (customerLineNo: string) => ({ customerLineNo });
    const lines = [line(1, 'TEA', 6, own('10')), line(2, 'POT', 4, own('20')), line(3, 'CUP', 1, own('20'))];
    const floor = shopFloor().given(anOrder('536365', { lines }));
    floor.when(amends([{ action: 'change', ...own('20'), item: 'POT', quantity: '1' }]));
    floor.thenSays(AmendmentAnswered, { refusals: [{ reason: 'line-unknown', customerLineNo: '20' }] });
    const padded: ChangedLine = { action: 'change', ...own('0010'), item: 'TEA', quantity: '1' };
    floor.when(amends([padded], { amendmentId: 'D3' }, 'm3'));
    const { orderId } = successor(floor);
    expect(floor.state<TermsState>(termsRef(orderId)).lines[0]?.customerLineNo).toBe('10');
    expect(linesOf(floor, successor(floor)).map(({ quantity }) => quantity)).toEqual([1, 4, 1]);
  });
});
