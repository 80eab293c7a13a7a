import {
  AllocateStock,
  CancelWithErp,
  OrderAccepted,
  OrderCancelled,
  OrderRejected,
  OrderStepDue,
  ReleaseStock,
} from '@crossdock/contracts';
import { input } from '@crossdock/testing';
import { accountRef } from './account.js';
import {
  shopFloor,
  type OrderScenario,
  ID,
  ORDER,
  FULL,
  fulfilment,
  caseOf,
  accepted,
  released,
  counters,
} from '../../test/shop-floor.js';
import {
  ACCOUNT,
  anOrder,
  cancelled,
  erpAnswered,
  invoiced,
  NOW,
  stockAllocated,
  stockHeld,
} from './order.builders.js';

describe('the ERP', () => {
  it('refuses for good: stock and credit are free, and somebody tells the customer', () => {
    const floor = shopFloor().given(anOrder(), stockHeld(FULL));
    floor
      .when(erpAnswered('refused'))
      .thenSays(ReleaseStock, { node: 'DC1', reason: 'rejected' })
      .thenSays(OrderRejected, { refusals: [{ reason: 'erp-refused', text: 'the ERP says so' }] })
      .thenState(ORDER, { status: 'rejected', reason: 'erp-refused', creditOpen: 0 })
      .thenState(caseOf('erp-refused'), { status: 'open' })
      .thenState(accountRef(ACCOUNT), { openOrders: 0 });
    floor.when(stockHeld(FULL, { node: 'DC1' })).thenIgnores('order-ended');
  });

  it('does not answer: the order stays created, an exception says so, and ends with the answer', () => {
    const floor = shopFloor().given(anOrder(), stockHeld(FULL));
    floor
      .when(erpAnswered('unanswered'))
      .thenNever(OrderAccepted)
      .thenState(ORDER, { status: 'created' })
      .thenState(caseOf('erp-unanswered'), { status: 'open' });
    floor.when(erpAnswered()).thenSays(OrderAccepted).thenState(caseOf('erp-unanswered'), { status: 'resolved' });
  });

  it('answers once', () => {
    accepted()
      .when({ ...erpAnswered(), id: 'another' })
      .thenIgnores('nothing-to-do');
  });

  it('registers after the order was cancelled: it is asked to cancel once more', () => {
    const floor = shopFloor().given(anOrder(), cancelled());
    floor.given(erpAnswered('done', { question: 'cancel' }));
    floor.when(erpAnswered()).thenSays(CancelWithErp, { orderNo: '536365' });
    floor.given(erpAnswered('done', { question: 'cancel' }));
    floor.when({ ...erpAnswered(), id: 'another' }).thenIgnores('order-ended');
  });

  it('does not confirm a cancellation: an exception says so', () => {
    const floor = shopFloor().given(anOrder(), cancelled());
    floor
      .when(erpAnswered('unanswered', { question: 'cancel' }))
      .thenState(caseOf('erp-cancel-unanswered'), { status: 'open' });
    floor
      .when(erpAnswered('refused', { question: 'cancel' }))
      .thenState(caseOf('erp-cancel-refused'), { status: 'open' });
    floor
      .when(erpAnswered('done', { question: 'cancel' }))
      .thenState(caseOf('erp-cancel-refused'), { status: 'resolved' });
  });
});

describe('a cancellation', () => {
  it.each<[string, () => OrderScenario]>([
    ['before anybody answered', () => shopFloor().given(anOrder())],
    ['with stock held', () => shopFloor().given(anOrder(), stockHeld(FULL))],
    [
      'while short',
      () =>
        shopFloor().given(
          anOrder(),
          erpAnswered(),
          stockHeld([
            [1, 'TEA', 0, 6],
            [2, 'POT', 0, 4],
          ]),
        ),
    ],
    ['while the node is asked for a hard hold', accepted],
  ])('%s puts stock, credit and ERP back', (_, scenario) => {
    const floor = scenario();
    floor
      .when(cancelled())
      .thenSays(OrderCancelled, {
        lines: [
          { lineNo: 1, quantity: 6 },
          { lineNo: 2, quantity: 4 },
        ],
      })
      .thenSays(ReleaseStock, { node: 'DC1', reason: 'cancelled' })
      .thenSays(CancelWithErp, { orderNo: '536365' })
      .thenAnswers({ status: 'cancelled' })
      .thenState(ORDER, { status: 'cancelled', creditOpen: 0 })
      .thenState(accountRef(ACCOUNT), { openOrders: 0, receivables: 0 });
    expect(counters(floor, 'cancelled', 'reserved', 'backordered', 'asked')).toEqual({
      cancelled: [6, 4],
      reserved: [0, 0],
      backordered: [0, 0],
      asked: [0, 0],
    });
    floor.when({ ...cancelled(), id: 'again' }).thenIgnores('nothing-to-do');
    floor.when(stockHeld(FULL)).thenIgnores('order-ended');
  });

  it('is refused once a warehouse has the order', () => {
    released().when(cancelled()).thenRejects('order-released-already').thenNever(ReleaseStock);
  });
  it('is refused for an order that is not there', () => {
    shopFloor().when(cancelled()).thenRejects('order-not-found');
  });
  it('is refused when the order is over', () => {
    shopFloor().given(anOrder(), erpAnswered('refused')).when(cancelled()).thenRejects('order-ended');
  });
  it('frees the credit for the next order', () => {
    const floor = shopFloor().given(anOrder('1'), cancelled({ documentNo: '1' }));
    floor.when(anOrder('2')).thenAccepts().thenState(accountRef(ACCOUNT), { openOrders: 3000 });
  });
});

describe('a date before which nothing is released', () => {
  const date = '2026-03-05T06:00:00.000Z';
  const due = (step: string, at: string) =>
    input(OrderStepDue, { orderId: ID, account: ACCOUNT, step, times: 0 }, { at });
  it('keeps the order back, cancellable, until it comes', () => {
    const floor = shopFloor();
    floor
      .when(anOrder('536365', { releaseNotBefore: date }))
      .thenSays(OrderStepDue, { step: 'stock-answer' }, { step: 'release' });
    floor.given(erpAnswered());
    floor.when(stockHeld(FULL)).thenSays(OrderAccepted).thenNever(AllocateStock);
    floor.when(due('release', date)).thenSays(AllocateStock, { node: 'DC1' });
    floor.when(due('release', date)).thenIgnores('timer-moot');
  });
  it('has come also for an answer that happened before it and is heard after it', () => {
    const floor = shopFloor().given(anOrder('536365', { releaseNotBefore: date }), erpAnswered());
    floor.given(due('release', date));
    expect(stockHeld(FULL).at < date).toBe(true);
    floor.when(stockHeld(FULL)).thenSays(OrderAccepted).thenSays(AllocateStock, { node: 'DC1' });
  });
});

describe('the watch over an order', () => {
  const due = (at: string, times = 0) =>
    input(OrderStepDue, { orderId: ID, account: ACCOUNT, step: 'stock-answer', times }, { at });
  const LATER = '2026-03-02T09:05:00.000Z';
  it('finds a step that is late, says so once, and ends it when the step is over', () => {
    const floor = shopFloor().given(anOrder());
    floor.when(due(LATER)).thenState(caseOf('step-late'), { status: 'open', times: 1 }).thenSays(OrderStepDue);
    floor.when(due('2026-03-02T09:15:00.000Z', 1)).thenState(caseOf('step-late'), { times: 1 });
    floor.given(stockHeld(FULL), erpAnswered());
    floor.given(stockAllocated(fulfilment(floor), FULL));
    floor
      .when(due('2026-03-02T09:30:00.000Z', 2))
      .thenState(caseOf('step-late'), { status: 'resolved' })
      .thenSays(OrderStepDue);
  });
  it('is moot when the order is over', () => {
    shopFloor().given(anOrder(), cancelled()).when(due(LATER)).thenIgnores('timer-moot');
  });
  it('is of no use for an order that was never taken', () => {
    shopFloor().when(due(NOW)).thenIgnores('timer-moot');
  });
});

describe('an answer that overtakes its question', () => {
  it('waits for the order', () => {
    const floor = shopFloor();
    floor.when(stockHeld(FULL)).thenDefers('order-unknown-yet');
    floor.when(erpAnswered()).thenDefers('order-unknown-yet');
    floor.when(invoiced('I1', [[1, 1]])).thenDefers('order-unknown-yet');
  });
  it('that names a line that is not there goes to quarantine', () => {
    shopFloor()
      .given(anOrder())
      .when(stockHeld([[9, 'TEA', 1]]))
      .thenRejects('line-unknown');
  });
});
