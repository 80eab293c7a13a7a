import { OrderCreated, OrderRejected, TakeOrder } from '@crossdock/contracts';
import { input } from '@crossdock/testing';
import { shopFloor } from '../../test/shop-floor.js';
import { anOrder, erpAnswered, line, orderIdOf } from './order.builders.js';
import { orderRef } from './order.js';

const taken = (documentNo: string, more: Parameters<typeof anOrder>[1] = {}, id = 'm1') =>
  input(TakeOrder, { ...anOrder(documentNo, more).data, channel: 'partner-ACME' }, { id });

describe('an order that a trading partner sent', () => {
  it('is an order like any other, under the channel of the partner', () => {
    shopFloor()
      .when(taken('1'))
      .thenSays(OrderCreated, { orderNo: '1', channel: 'partner-ACME' })
      .thenState(orderRef(orderIdOf('1')), { status: 'created' });
  });

  it('that fails a check is answered by an event that names its channel, because nobody waits for an answer', () => {
    const floor = shopFloor().when(taken('1', { lines: [line(1, 'NONE', 1)] }));
    floor.thenSays(OrderRejected, { channel: 'partner-ACME', refusals: [{ reason: 'unknown-item' }] });
    expect(floor.decision.kind).toBe('accept');
    floor.thenState(orderRef(orderIdOf('1')), { status: 'none' });
  });

  it('again with the same content changes nothing; with other content under the number it is refused', () => {
    shopFloor()
      .given(taken('1'))
      .when(taken('1', {}, 'm2'))
      .thenIgnores('already-known');
    shopFloor()
      .given(taken('1'))
      .when(taken('1', { lines: [line(1, 'TEA', 1)] }, 'm2'))
      .thenRejects('document-changed');
  });

  it('that the ERP refused for good stays refused', () => {
    shopFloor()
      .given(taken('1'), erpAnswered('refused', { documentNo: '1' }))
      .when(taken('1', {}, 'm2'))
      .thenSays(OrderRejected, { channel: 'partner-ACME', refusals: [{ reason: 'order-ended' }] });
  });
});
