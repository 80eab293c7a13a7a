import {
  AmendmentAnswered,
  AmendOrder,
  CancelWithErp,
  OrderCancelled,
  type AmendOrderData,
} from '@crossdock/contracts';
import { input } from '@crossdock/testing';
import { accepted, ID, ORDER, released, shopFloor, type OrderScenario } from '../../test/shop-floor.js';
import { ACCOUNT, anOrder, cancelled } from './order.builders.js';

const wants = (more: Partial<AmendOrderData> = {}, id = 'm1') => {
  const of = { amendmentId: 'D2', orderId: ID, account: ACCOUNT, channel: 'partner-ACME' };
  return input(AmendOrder, { ...of, wish: 'cancel', reason: 'not needed', ...more }, { id });
};
const isRefused = (floor: OrderScenario, reason: string): void => {
  floor.thenSays(AmendmentAnswered, { amendmentId: 'D2', outcome: 'refused', refusals: [{ reason }] });
  floor.thenNever(OrderCancelled);
  // Nobody waits at a door: a refusal is an event, never a dead letter.
  expect(floor.decision.kind).toBe('accept');
};

describe('a partner that wants its order cancelled', () => {
  it('has it cancelled like anybody else before it is released, and is told so', () => {
    const floor = accepted().when(wants());
    floor
      .thenSays(OrderCancelled, { reason: 'not needed' })
      .thenSays(CancelWithErp, { orderId: ID })
      .thenSays(AmendmentAnswered, { amendmentId: 'D2', channel: 'partner-ACME', outcome: 'done', refusals: [] })
      .thenState(ORDER, { status: 'cancelled' });
    floor.when(wants({ amendmentId: 'D3' }, 'm2'));
    floor.thenSays(AmendmentAnswered, { amendmentId: 'D3', outcome: 'done' }).thenNever(OrderCancelled);
  });

  it('is told why it can not be, once a warehouse has it, and when there is no such order', () => {
    isRefused(released().when(wants()), 'order-released-already');
    isRefused(shopFloor().when(wants()), 'order-not-found');
  });
});

describe('a partner that wants its order changed and does not say how', () => {
  it('is told so, whatever the order is at', () => {
    for (const floor of [shopFloor().given(anOrder()), accepted(), shopFloor().given(anOrder(), cancelled())])
      isRefused(floor.when(wants({ wish: 'change' })), 'change-not-possible');
  });
});
