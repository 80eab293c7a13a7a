/** What nodes answer about an order's stock: held, short, allocated, lost, restored, filled. */
import { defer, ignore, reject, type Decision, type Input } from '@crossdock/kernel';
import {
  OrderReleased,
  type LineQuantity,
  type StockAllocatedData,
  type StockHoldFreedData,
  type StockHoldLines,
  type StockHoldRestoredData,
  type StockReservedData,
} from '@crossdock/contracts';
import { fits, placeOf, recalled, unitsAt, type Shift } from './counters.js';
import { courseOf, decided, resolve, take, tell, type Course } from './course.js';
import { announceAllocated, backordered, moveOn, reserveAgain } from './flow.js';
import { hasEnded, orderRef, type Order } from './order.js';
import type { TermsState } from './terms.js';
import type { OrderStates } from './touched.js';

/** The order, when it lives; otherwise what to decide at once. */
export const living = (states: OrderStates, orderId: string): Order | Decision => {
  const order = states.order(orderId);
  if (order.status === 'none') return defer('order-unknown-yet', orderRef(orderId));
  return hasEnded(order) ? ignore('order-ended') : order;
};
export const isDecision = (found: Order | Decision): found is Decision => 'kind' in found;

/** One shift per line; a line that is not part of the order gives none and is found by its number. */
export const shiftsOf = <L extends { readonly lineNo: number }>(
  order: Order,
  lines: readonly L[],
  by: (line: L, at: number) => Shift['by'],
): readonly Shift[] | number => {
  const shifts: Shift[] = [];
  for (const line of lines) {
    const at = placeOf(order.lineNos, line.lineNo);
    if (at === undefined) return line.lineNo;
    shifts.push({ at, by: by(line, at) });
  }
  return shifts;
};
export const unknownLine = (lineNo: number): Decision =>
  reject('line-unknown', [{ reason: 'line-unknown', field: 'lines', text: `line ${lineNo} is not part of the order` }]);
export const tooEarly = (order: Order): Decision => defer('counter-not-ready', orderRef(order.orderId));

export const stockReserved = ({ data, at }: Input<StockReservedData>, states: OrderStates): Decision => {
  const order = living(states, data.orderId);
  if (isDecision(order)) return order;
  const node = order.nodes.find((one) => one.node === data.node);
  if (!node) return ignore('nothing-to-do');
  const course = courseOf(order, at);
  const terms = states.terms(data.orderId);
  if (data.answers === 'backorder') return filled(data, course, terms, states);
  const round = data.round ?? node.answered + 1;
  if (round <= node.answered || round > node.asked) return ignore('nothing-to-do');
  // What a later round asks for counts as backordered meanwhile: it is wanted and not held.
  const shifts = shiftsOf(order, data.lines, ({ reserved, short }) =>
    round === 1 ? { reserved, backordered: short } : { reserved, backordered: -reserved },
  );
  if (typeof shifts === 'number') return unknownLine(shifts);
  if (!fits(order.counters, shifts)) return tooEarly(order);
  return stockMoved(order, take(course, { type: 'node-answered', node: data.node, round, shifts }), terms, states);
};

/**
 * A receipt has filled what was short, or has given back what was taken from a fulfilment order. A fill that overtakes
 * the short pick it follows from waits for it.
 */
const filled = (data: StockReservedData, course: Course, terms: TermsState, states: OrderStates): Decision => {
  const { order } = course;
  const { node, movementId } = data;
  const progress = order.nodes.find((one) => one.node === node);
  if (movementId && progress?.fills.includes(movementId)) return ignore('nothing-to-do');
  const shifts = shiftsOf(order, data.lines, ({ reserved, hard = 0 }, place) => {
    const soft = reserved - hard;
    const given = recalled(order.counters, place, -hard);
    return { ...given, reserved: soft, backordered: (given.backordered ?? 0) - soft };
  });
  if (typeof shifts === 'number') return unknownLine(shifts);
  if (!fits(order.counters, shifts)) return tooEarly(order);
  const fact = { type: 'backorder-filled', node, shifts, ...(movementId ? { movementId } : {}) } as const;
  return stockMoved(order, take(course, fact), terms, states);
};

/** What follows from moved stock: acceptance, allocation, events, and the backorder's case. */
const stockMoved = (before: Order, course: Course, terms: TermsState, states: OrderStates): Decision => {
  const next = moveOn(announceAllocated(before, course, terms), terms);
  return decided(settledBackorder(next, states));
};
const isWaiting = (order: Order): boolean => order.counters.backordered.some((units) => units > 0);
export const settledBackorder = (course: Course, states: OrderStates): Course =>
  isWaiting(course.order) ? course : resolve(course, states.case, 'backorder');

/** How much of a line's missing units is news: the rest was told as expired or freed before. */
const untold = (order: Order, at: number, missing: number): number => {
  const told = Math.max(0, unitsAt(order.counters, 'asked', at) - unitsAt(order.counters, 'reserved', at));
  return Math.max(0, missing - told);
};

export const stockAllocated = ({ data, at }: Input<StockAllocatedData>, states: OrderStates): Decision => {
  const order = living(states, data.orderId);
  if (isDecision(order)) return order;
  const { fulfilmentId, node } = data;
  const fulfilment = order.fulfilments.find((one) => one.fulfilmentId === fulfilmentId);
  if (fulfilment?.status !== 'allocating') return ignore('nothing-to-do');
  const again: LineQuantity[] = [];
  const shifts = shiftsOf(order, data.lines, ({ lineNo, item, quantity, missing }, place) => {
    const lost = untold(order, place, missing);
    if (lost > 0) again.push({ lineNo, item, quantity: lost });
    return {
      allocated: quantity,
      released: quantity,
      reserved: -quantity - lost,
      backordered: lost,
      asked: -quantity - missing,
    };
  });
  if (typeof shifts === 'number') return unknownLine(shifts);
  if (!fits(order.counters, shifts)) return tooEarly(order);
  const lines = data.lines.flatMap(({ lineNo, item, quantity }) => (quantity > 0 ? [{ lineNo, item, quantity }] : []));
  const terms = states.terms(data.orderId);
  const fact = {
    type: 'allocation-answered',
    fulfilmentId,
    node,
    released: lines.length > 0,
    again: again.length > 0,
    shifts,
  } as const;
  let course = announceAllocated(order, take(courseOf(order, at), fact), terms);
  if (lines.length > 0) {
    const { shipTo } = terms;
    const po = order.customerPo ? { customerPo: order.customerPo } : {};
    course = tell(course, OrderReleased, { fulfilmentId, node, shipTo, ...po, lines });
  }
  if (again.length > 0) course = reserveAgain(course, node, again);
  return decided(moveOn(course, terms));
};

/** A soft hold outlived its time: what is still wanted is asked for again. */
export const holdExpired = ({ data, at }: Input<StockHoldLines>, states: OrderStates): Decision => {
  const order = living(states, data.orderId);
  if (isDecision(order)) return order;
  const shifts = shiftsOf(order, data.lines, ({ quantity }) => ({ reserved: -quantity, backordered: quantity }));
  if (typeof shifts === 'number') return unknownLine(shifts);
  if (!fits(order.counters, shifts)) return tooEarly(order);
  const { node } = data;
  const course = take(courseOf(order, at), { type: 'hold-lost', node, again: true, shifts });
  return decided(reserveAgain(course, node, data.lines));
};

/** An adjustment took back a claim; the node has it in its queue again, so nothing is asked. */
export const holdFreed = ({ data, at }: Input<StockHoldFreedData>, states: OrderStates): Decision => {
  const order = living(states, data.orderId);
  if (isDecision(order)) return order;
  const isHard = data.claim === 'hard';
  const shifts = shiftsOf(order, data.lines, ({ quantity }, place) =>
    isHard ? recalled(order.counters, place, quantity) : { reserved: -quantity, backordered: quantity },
  );
  if (typeof shifts === 'number') return unknownLine(shifts);
  if (!fits(order.counters, shifts)) return tooEarly(order);
  const { node } = data;
  const course = take(courseOf(order, at), { type: 'hold-lost', node, again: false, shifts });
  const lines = data.lines.map((line, nth) => ({ ...line, quantity: shifts[nth]?.by.backordered ?? 0, node }));
  return decided(
    backordered(
      course,
      lines.filter(({ quantity }) => quantity > 0),
    ),
  );
};

/**
 * The pick was on its way when its claim was taken back: what it found is the order's after all, and what it missed is
 * told by the short pick.
 */
export const holdRestored = ({ data, at }: Input<StockHoldRestoredData>, states: OrderStates): Decision => {
  const order = living(states, data.orderId);
  if (isDecision(order)) return order;
  const shifts = shiftsOf(order, data.lines, ({ quantity, missed = 0 }, place) =>
    recalled(order.counters, place, -quantity - missed),
  );
  if (typeof shifts === 'number') return unknownLine(shifts);
  if (!fits(order.counters, shifts)) return tooEarly(order);
  const terms = states.terms(data.orderId);
  return stockMoved(order, take(courseOf(order, at), { type: 'hold-restored', shifts }), terms, states);
};
