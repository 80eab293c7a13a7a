/** An order is cancelled before it is released: stock, credit and ERP are put back, each exactly once. */
import { answer, ask, ignore, reject, type Decision, type Input, type Ref } from '@crossdock/kernel';
import { CancelWithErp, OrderCancelled, type CancelOrderData } from '@crossdock/contracts';
import { creditChange } from './account.js';
import { add, courseOf, decided, resolve, take, tell } from './course.js';
import { withdrawn } from './decide-erp.js';
import { orderAnswer } from './decide-submit.js';
import { linesWith, releaseStock } from './flow.js';
import type { Order } from './order.js';
import { orderAndCredit, type OrderStates } from './touched.js';

type Cancel = Input<CancelOrderData>;
export const touchesCancel = ({ data }: Cancel): readonly Ref[] => orderAndCredit(data, 'backorder', 'erp-unanswered');

/** Why an order can no longer be cancelled; undefined when it can. An order of charges is billed once it is accepted. */
const obstacle = (order: Order): string | undefined => {
  if (order.status === 'rejected' || order.status === 'closed') return 'order-ended';
  if (order.fulfilments.some(({ status }) => status === 'released')) return 'order-released-already';
  return order.size.goods === 0 && order.status !== 'created' ? 'illegal-transition' : undefined;
};

export const cancel = ({ data, at }: Cancel, states: OrderStates): Decision => {
  const order = states.order(data.orderId);
  if (order.status === 'none') return reject('order-not-found');
  if (order.status === 'cancelled') return ignore('nothing-to-do', orderAnswer(order));
  const reason = obstacle(order);
  if (reason) return reject(reason, [{ reason, field: 'orderId', text: `the order is ${order.status}` }]);
  const { orderId, orderNo, account, entity, creditOpen, nodes } = order;
  const freed = add(courseOf(order, at), ...creditChange(account, { type: 'credit-freed', amount: creditOpen }));
  const released = nodes.reduce((next, { node }) => releaseStock(next, node, 'cancelled'), freed);
  const withErp = add(released, ask(CancelWithErp, { orderId, orderNo, account, entity }));
  const asked = take(withErp, { type: 'erp-answered', status: 'cancelling', orderNos: order.erp.orderNos });
  const over = take(asked, { type: 'order-cancelled', reason: data.reason, shifts: withdrawn(order) });
  const lines = linesWith(over.order, states.terms(orderId), 'cancelled');
  const told = tell(over, OrderCancelled, { reason: data.reason, lines });
  const quiet = resolve(resolve(told, states.case, 'backorder'), states.case, 'erp-unanswered');
  return decided(add(quiet, answer(orderAnswer(quiet.order))));
};
