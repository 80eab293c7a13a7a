/** A timer of an order is a message to itself: the state decides whether it still matters. */
import { ignore, later, plusMs, type Decision, type Input, type Output, type Ref } from '@crossdock/kernel';
import { OrderStepDue, type OrderStepDueData } from '@crossdock/contracts';
import { totalsOf } from './counters.js';
import { add, courseOf, decided, raise, resolve, take, type Course } from './course.js';
import { moveOn } from './flow.js';
import { hasEnded, type Order } from './order.js';
import { STEP_LIMIT_MS, WATCH_MS, type WatchedStep } from './policy.js';
import { orderAndTerms, type OrderStates } from './touched.js';

type Due = Input<OrderStepDueData>;
export const touchesStepDue = ({ data }: Due): readonly Ref[] => orderAndTerms(data, 'step-late');

/** What the order waits for; undefined while it waits for stock or for its own date, which take as long as they take. */
export const stepOf = (order: Order): WatchedStep | undefined => {
  if (hasEnded(order)) return undefined;
  if (order.status === 'created')
    return order.nodes.some(({ answered }) => answered === 0) ? 'stock-answer' : 'erp-answer';
  const goods = totalsOf(order.counters, order.charges);
  if (goods.asked > 0) return 'allocation';
  if (goods.allocated > 0) return 'fulfilment';
  if (goods.delivered < goods.shipped) return 'delivery';
  if (goods.backordered > 0 || goods.reserved > 0) return undefined;
  return 'invoice';
};

export const stepDue = (input: Due, states: OrderStates): Decision => {
  const { data, at } = input;
  const order = states.order(data.orderId);
  if (order.status === 'none') return ignore('timer-moot');
  const course = courseOf(order, at);
  if (data.step === 'release') return released(course, states);
  return watched(course, data, states);
};

/**
 * The date that the order was kept back for has come. It is noted: an answer that happened before it, and comes after it,
 * would otherwise find the order kept back still, and nobody would look again.
 */
const released = (course: Course, states: OrderStates): Decision => {
  const { order } = course;
  if (hasEnded(order) || order.dateCame) return ignore('timer-moot');
  return decided(moveOn(take(course, { type: 'release-date-came' }), states.terms(order.orderId)));
};

const watched = (course: Course, data: OrderStepDueData, states: OrderStates): Decision => {
  const { order, at } = course;
  const step = stepOf(order);
  const due = step === undefined ? undefined : plusMs(order.since, STEP_LIMIT_MS[step]);
  const isLate = due !== undefined && due <= at;
  const caughtUp = order.late !== undefined && order.late !== step;
  const settled = caughtUp ? resolve(take(course, { type: 'step-caught-up' }), states.case, 'step-late') : course;
  const told = isLate && step !== order.late ? late(settled, step as WatchedStep) : settled;
  if (hasEnded(order)) return told.outputs.length > 0 ? decided(told) : ignore('timer-moot');
  return decided(add(told, next(order, data, due !== undefined && due > at ? due : undefined, at)));
};
const late = (course: Course, step: WatchedStep): Course =>
  raise(take(course, { type: 'step-found-late', step }), 'step-late', `${step} is open since ${course.order.since}`);

/** The next look: when the step is due, or after a while that doubles up to a day. */
const next = (
  { orderId, account }: Order,
  { step, times }: OrderStepDueData,
  due: string | undefined,
  at: string,
): Output => {
  const soonest = plusMs(at, WATCH_MS);
  const wait = plusMs(at, Math.min(WATCH_MS * 2 ** Math.min(times, 9), 24 * 3_600_000));
  const when = due === undefined ? wait : due > soonest ? due : soonest;
  return later(OrderStepDue, { orderId, account, step, times: Math.min(times + 1, 1000) }, when);
};
