/** A decision in the making: facts change the order one after the other, so each step sees what the last one left. */
import { accept, change, say, within, type Accept, type Contract, type Output, type Ref } from '@crossdock/kernel';
import { accountLane, caseRef, endCase, raiseCase, type CaseState } from '@crossdock/contracts';
import { evolveOrder, orderRef, type Order, type OrderFact } from './order.js';

export interface Course {
  readonly order: Order;
  readonly outputs: readonly Output[];
  readonly at: string;
}
export const courseOf = (order: Order, at: string): Course => ({ order, outputs: [], at });

export const take = (course: Course, fact: OrderFact): Course => {
  const change_ = { ...fact, at: course.at };
  const order = evolveOrder(course.order, change_);
  if (order.status === 'none') return course;
  return { ...course, order, outputs: [...course.outputs, change(orderRef(order.orderId), change_)] };
};
export const add = (course: Course, ...outputs: readonly Output[]): Course => ({
  ...course,
  outputs: [...course.outputs, ...outputs],
});

/** What came of it belongs to the order's own conversation, whoever moved it: a receipt fills backorders of many. */
export const decided = ({ order, outputs }: Course): Accept => within(order, accept(outputs));

interface NamesOrder {
  readonly orderId: string;
  readonly orderNo: string;
  readonly account: string;
}
/** Says an event of the order, which carries the order's own version. */
export const tell = <D extends NamesOrder>(
  course: Course,
  event: Contract<D>,
  data: Omit<D, keyof NamesOrder>,
): Course => {
  const { orderId, orderNo, account } = course.order;
  return add(course, say(event, { orderId, orderNo, account, ...data } as D, orderRef(orderId)));
};

/** Cases that an order may have open. */
export type OrderCase =
  'backorder' | 'erp-unanswered' | 'erp-refused' | 'erp-cancel-unanswered' | 'erp-cancel-refused' | 'step-late';
export const orderCaseRef = (orderId: string, reason: OrderCase): Ref => caseRef(orderRef(orderId), reason);
export type Cases = (id: string) => CaseState;

export const raise = (course: Course, reason: OrderCase, text: string): Course => {
  const { orderId, orderNo, account, batchId, correlationId, customerPo } = course.order;
  return add(
    course,
    raiseCase({
      reason,
      subject: orderRef(orderId),
      keys: [`orderNo:${orderNo}`, `account:${account}`, ...(customerPo ? [`customerPo:${customerPo}`] : [])],
      text,
      at: course.at,
      correlationId,
      lane: accountLane(account, orderId),
      ...(batchId ? { batchId } : {}),
    }),
  );
};
/** Ends a case of the order when it is open. */
export const resolve = (course: Course, cases: Cases, reason: OrderCase): Course => {
  const { orderId } = course.order;
  if (cases(orderCaseRef(orderId, reason).id).status !== 'open') return course;
  return add(course, endCase(orderRef(orderId), reason, { how: 'resolved', at: course.at }));
};
