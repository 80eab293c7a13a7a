/** An order is cancelled before it is released: stock, credit and ERP are put back, each exactly once. */
import { answer, ask, ignore, reject, type Decision, type Input, type Instant, type Refusal } from '@crossdock/kernel';
import { CancelWithErp, OrderCancelled, type CancelOrderData } from '@crossdock/contracts';
import { creditChange } from './account.js';
import { add, courseOf, decided, resolve, take, tell, type Course } from './course.js';
import { withdrawn } from './decide-erp.js';
import { orderAnswer } from './decide-submit.js';
import { linesWith, releaseStock } from './flow.js';
import type { Order, OrderName } from './order.js';
import { orderAndCredit, type OrderStates } from './touched.js';

type Cancel = Input<CancelOrderData>;
export const touchesCancel = ({ data }: { readonly data: Pick<CancelOrderData, 'orderId' | 'account'> }) =>
  orderAndCredit(data, 'backorder', 'erp-unanswered');

/**
 * Why an order can no longer be cancelled or changed; undefined when it can. An order of charges is billed once it is
 * accepted.
 */
export const obstacle = (order: Order): Refusal | undefined => {
  const { status, replacedBy, shipments, fulfilments, size } = order;
  const because = (reason: string, text = `the order is ${status}`): Refusal => ({ reason, field: 'orderId', text });
  if (replacedBy) return because('order-replaced', `it was changed, and goes on as ${replacedBy.orderNo}`);
  const returnable = `the order is ${status}; goods that are not wanted can come back as a return`;
  if (status === 'cancelled' || status === 'rejected') return because('order-ended');
  if (status === 'closed') return because('order-ended', returnable);
  if (shipments.length > 0) return because('order-shipped-already', returnable);
  if (fulfilments.some((one) => one.status === 'released')) return because('order-released-already');
  return size.goods === 0 && status !== 'created' ? because('illegal-transition') : undefined;
};

export const cancel = ({ data, at }: Cancel, states: OrderStates): Decision => {
  const order = states.order(data.orderId);
  if (order.status === 'none') return reject('order-not-found');
  if (order.status === 'cancelled' && !order.replacedBy) return ignore('nothing-to-do', orderAnswer(order));
  const refusal = obstacle(order);
  if (refusal) return reject(refusal.reason, [refusal]);
  const over = withdraw(order, { reason: data.reason, at }, states);
  return decided(add(over, answer(orderAnswer(over.order))));
};

export interface Withdrawal {
  readonly reason: string;
  readonly at: Instant;
  /** the order that is taken in its place, and the nodes that hand what they hold over to it */
  readonly replacedBy?: OrderName;
  readonly handedOver?: ReadonlySet<string>;
}
/** Ends an order that no warehouse has: its credit is free, its nodes and the ERP are told, its open cases are over. */
export const withdraw = (
  order: Order,
  { reason, at, replacedBy, handedOver }: Withdrawal,
  states: OrderStates,
): Course => {
  const { orderId, orderNo, account, entity, creditOpen, nodes } = order;
  const freed = add(courseOf(order, at), ...creditChange(account, { type: 'credit-freed', amount: creditOpen }));
  const alone = nodes.filter(({ node }) => !handedOver?.has(node));
  const released = alone.reduce((next, { node }) => releaseStock(next, node, 'cancelled'), freed);
  const withErp = add(released, ask(CancelWithErp, { orderId, orderNo, account, entity }));
  const asked = take(withErp, { type: 'erp-answered', status: 'cancelling', orderNos: order.erp.orderNos });
  const by = replacedBy ? { replacedBy } : {};
  const over = take(asked, { type: 'order-cancelled', reason, shifts: withdrawn(order), ...by });
  const lines = linesWith(over.order, states.terms(orderId), 'cancelled');
  const told = tell(over, OrderCancelled, { reason, lines, ...(replacedBy ? { replacedBy: replacedBy.orderId } : {}) });
  return resolve(resolve(told, states.case, 'backorder'), states.case, 'erp-unanswered');
};
