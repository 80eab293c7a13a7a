import {
  AmendmentAnswered,
  AmendOrder,
  ChangeOrder,
  CancelWithErp,
  OrderCreated,
  type ChangedLine,
  type OrderChange,
} from '@crossdock/contracts';
import { input } from '@crossdock/testing';
import { credit, FULL, ID, ORDER, shopFloor, type OrderScenario, type World } from '../../test/shop-floor.js';
import { ACCOUNT, aCustomer, anOrder, erpAnswered, line, stockHeld } from './order.builders.js';

const wants = (lines: ChangedLine[], more: Partial<OrderChange> = {}) =>
  input(ChangeOrder, { orderId: ID, account: ACCOUNT, reason: 'changed', change: { lines, ...more } }, { id: 'c1' });
const tea = (quantity: number): ChangedLine => ({ action: 'change', lineNo: 1, item: 'TEA', quantity: `${quantity}` });
const none = [1, 2].map((lineNo): ChangedLine => ({ action: 'cancel', lineNo }));
const ordered = (world: World = {}, ...order: Parameters<typeof anOrder>): OrderScenario =>
  shopFloor(world).given(anOrder(...order), stockHeld(FULL), erpAnswered());
/** The customer as it is since the order was taken. */
const now = (floor: OrderScenario, more: Parameters<typeof aCustomer>[0]): OrderScenario =>
  floor.knowing({ kind: 'customer', id: ACCOUNT }, { known: true, ...aCustomer(more) });

describe('what an account may do no more', () => {
  it('does not keep it from asking for less, or for the same at another place', () => {
    const lowered = () => now(ordered(), { creditLimit: 100 });
    lowered()
      .when(wants([tea(5)]))
      .thenSays(OrderCreated, { gross: 2700 });
    lowered()
      .when(wants([], { shipTo: { country: 'GB', city: 'Leeds' } }))
      .thenSays(OrderCreated, { gross: 3000 });
    lowered()
      .when(wants([tea(7)]))
      .thenRejects('credit-limit-exceeded');
  });
  it.each([{ creditLimit: 100 }, { status: 'hold' as const }])(
    'does not keep it from giving all of it up: %j',
    (more) => {
      const floor = now(ordered(), more).when(wants(none));
      floor.thenState(ORDER, { status: 'cancelled' }).thenSays(CancelWithErp, { orderId: ID }).thenNever(OrderCreated);
      expect(credit(floor)).toMatchObject({ openOrders: 0 });
    },
  );
});

describe('an order whose goods are all cancelled', () => {
  const freight = line(3, 'FREIGHT', 1, { kind: 'charge', unitPrice: '9.50' });
  const lines = [line(1, 'TEA', 6), line(2, 'POT', 4), freight];
  it('is cancelled with the charges that went with them: freight of nothing is not billed', () => {
    const floor = ordered({}, '536365', { lines }).when(wants(none));
    floor.thenState(ORDER, { status: 'cancelled' }).thenNever(OrderCreated);
    expect(credit(floor)).toMatchObject({ openOrders: 0 });
  });
  it('keeps a charge that the change asks for', () => {
    const kept: ChangedLine = { action: 'change', lineNo: 3, unitPrice: '5' };
    ordered({}, '536365', { lines })
      .when(wants([...none, kept]))
      .thenSays(OrderCreated, { net: 500 });
  });
});

describe('a change to nothing that comes again', () => {
  it('is done, as a cancel that comes again is', () => {
    const floor = ordered().given(wants(none));
    floor.when({ ...wants(none), id: 'again' }).thenIgnores('nothing-to-do');
    floor.when({ ...wants([tea(5)]), id: 'c2' }).thenRejects('order-ended');
  });
  it('is told to the partner as it was the first time', () => {
    const wish = { amendmentId: 'D2', orderId: ID, account: ACCOUNT, channel: 'partner-ACME', reason: 'none' };
    const amends = (id: string) => input(AmendOrder, { ...wish, wish: 'change', change: { lines: none } }, { id });
    const floor = ordered({}, '536365', { channel: 'partner-ACME' }).given(amends('m1')).when(amends('m2'));
    expect(floor.said(AmendmentAnswered)).toEqual([
      { amendmentId: 'D2', orderId: ID, account: ACCOUNT, channel: 'partner-ACME', outcome: 'done', refusals: [] },
    ]);
  });
});

describe('who may not wait', () => {
  it('may ask for less before its stock is answered, and while nothing is left', () => {
    const floor = shopFloor({ available: { TEA: 6, POT: 4 } }).given(anOrder('536365', { backorders: 'refused' }));
    floor.knowing({ kind: 'channelStock', id: 'TEA' }, { item: 'TEA', channels: [] });
    floor.when(wants([tea(5)])).thenSays(OrderCreated, { net: 2250 });
  });
});

describe('a line that is added twice by one number', () => {
  it.each([{ lineNo: 7 }, { customerLineNo: '007' }])('is refused at the second, by %j', (number) => {
    const add: ChangedLine = { action: 'set', item: 'CUP', quantity: '5', ...number };
    const again = 'customerLineNo' in number ? { ...add, customerLineNo: '7' } : add;
    const { decision } = ordered().when(wants([add, again]));
    expect(decision).toMatchObject({ refusals: [{ reason: 'duplicate-line-number', field: 'lines[1].lineNo' }] });
  });
});

describe('a destination without a country', () => {
  it('stays in its country, and is taxed there', () => {
    ordered({}, '536365', { shipTo: { country: 'GB', gln: '5412345000013' } })
      .when(wants([tea(5)], { shipTo: { country: 'ZZ', gln: '5412345000013' } }))
      .thenSays(OrderCreated, { tax: 450, shipTo: { country: 'GB' } });
    ordered()
      .when(wants([], { shipTo: { country: 'ZZ', city: 'Leeds' } }))
      .thenSays(OrderCreated, { tax: 500, shipTo: { country: 'GB', city: 'Leeds' } });
  });
});
