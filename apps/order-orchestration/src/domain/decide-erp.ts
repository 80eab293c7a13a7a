/** What the ERP answered (or did not): registration and cancellation, with compensation when it refuses or is late. */
import { ask, defer, ignore, type Decision, type Input, type Ref } from '@crossdock/kernel';
import { CancelWithErp, ErpOrderRegistered, OrderRejected, type ErpAnswerData } from '@crossdock/contracts';
import { creditChange } from './account.js';
import { unitsAt, type CounterName, type Shift } from './counters.js';
import { add, courseOf, decided, raise, resolve, take, tell, type Course, type OrderCase } from './course.js';
import { moveOn, releaseStock } from './flow.js';
import { hasEnded, orderRef, type Order } from './order.js';
import { orderAndCredit, type OrderStates } from './touched.js';

type Answer = Input<ErpAnswerData>;

const CASES: Readonly<Record<ErpAnswerData['question'], readonly OrderCase[]>> = {
  register: ['erp-unanswered', 'erp-refused', 'backorder'],
  cancel: ['erp-cancel-unanswered', 'erp-cancel-refused'],
};
export const touchesErpAnswer = ({ data }: Answer): readonly Ref[] => orderAndCredit(data, ...CASES[data.question]);

export const erpAnswered = (input: Answer, states: OrderStates): Decision => {
  const order = states.order(input.data.orderId);
  if (order.status === 'none') return defer('order-unknown-yet', orderRef(input.data.orderId));
  return input.data.question === 'cancel'
    ? cancelAnswered(input, order, states)
    : registerAnswered(input, order, states);
};

const registerAnswered = (input: Answer, order: Order, states: OrderStates): Decision => {
  const { data, at } = input;
  if (hasEnded(order)) return answeredTooLate(input, order);
  if (order.erp.status !== 'asked') return ignore('nothing-to-do');
  const course = courseOf(order, at);
  if (data.outcome === 'unanswered')
    return decided(raise(course, 'erp-unanswered', data.text || 'the ERP has not answered'));
  const heard = resolve(course, states.case, 'erp-unanswered');
  if (data.outcome === 'refused') return decided(refused(heard, data.text ?? ''));
  const orderNos = data.erpOrderNos ?? [];
  const known = take(heard, { type: 'erp-answered', status: 'registered', orderNos });
  const told = tell(known, ErpOrderRegistered, { erpOrderNos: [...orderNos] });
  return decided(moveOn(told, states.terms(order.orderId)));
};

/** Refused for good: what was reserved and the credit are free again, and somebody has to tell the customer. */
const refused = (course: Course, text: string): Course => {
  const { account, creditOpen, nodes } = course.order;
  const freed = add(course, ...creditChange(account, { type: 'credit-freed', amount: creditOpen }));
  const released = nodes.reduce((next, { node }) => releaseStock(next, node, 'rejected'), freed);
  const answered = take(released, { type: 'erp-answered', status: 'refused', orderNos: [] });
  const over = take(answered, { type: 'order-refused', reason: 'erp-refused', shifts: withdrawn(course.order) });
  const refusal = { reason: 'erp-refused', ...(text ? { text: text.slice(0, 1000) } : {}) };
  return raise(tell(over, OrderRejected, { refusals: [refusal] }), 'erp-refused', text || 'the ERP refuses the order');
};

/** Everything counts as cancelled, charges too; nothing has left yet, and nothing is held or waited for any more. */
export const withdrawn = ({ counters }: Order): readonly Shift[] => {
  const left: readonly CounterName[] = ['reserved', 'allocated', 'backordered', 'asked', 'shipped', 'delivered'];
  return counters.ordered.map((ordered, at) => ({
    at,
    by: {
      ...Object.fromEntries(left.map((name) => [name, -unitsAt(counters, name, at)])),
      cancelled: ordered - unitsAt(counters, 'cancelled', at),
    },
  }));
};

/** The order is over. What the ERP registered all the same is cancelled with it, also when it was asked before. */
const answeredTooLate = ({ data, at }: Answer, order: Order): Decision => {
  const registered = data.erpOrderNos ?? [];
  const isNews = data.outcome === 'done' && registered.some((no) => !order.erp.orderNos.includes(no));
  if (order.status !== 'cancelled' || !isNews) return ignore('order-ended');
  const { orderId, orderNo, account, entity } = order;
  const course = take(courseOf(order, at), { type: 'erp-answered', status: 'cancelling', orderNos: registered });
  return decided(add(course, ask(CancelWithErp, { orderId, orderNo, account, entity })));
};

const cancelAnswered = ({ data, at }: Answer, order: Order, states: OrderStates): Decision => {
  if (order.erp.status !== 'cancelling') return ignore('nothing-to-do');
  const course = courseOf(order, at);
  if (data.outcome === 'unanswered')
    return decided(raise(course, 'erp-cancel-unanswered', data.text || 'the ERP has not answered'));
  const heard = resolve(course, states.case, 'erp-cancel-unanswered');
  if (data.outcome === 'refused')
    return decided(raise(heard, 'erp-cancel-refused', data.text || 'the ERP refuses to cancel'));
  const orderNos = data.erpOrderNos?.length ? data.erpOrderNos : order.erp.orderNos;
  const done = take(heard, { type: 'erp-answered', status: 'cancelled', orderNos });
  return decided(resolve(done, states.case, 'erp-cancel-refused'));
};
