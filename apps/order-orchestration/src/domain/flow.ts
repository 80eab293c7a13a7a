/** The saga's engine: after every change of an order, what comes next. */
import { derivedId, plusMs, say } from '@crossdock/kernel';
import {
  AllocateStock,
  BackorderCreated,
  OrderAccepted,
  OrderAllocated,
  OrderClosed,
  OrderDelivered,
  OrderInvoiced,
  OrderShipped,
  ReleaseStock,
  ReserveStock,
  type BackorderedLine,
  type LineQuantity,
  type PricedLine,
} from '@crossdock/contracts';
import { creditChange } from './account.js';
import { totalsOf, unitsAt, type CounterName, type Shift } from './counters.js';
import { add, take, tell, raise, type Course } from './course.js';
import { hasEnded, type Order } from './order.js';
import { HOLD_MS } from './policy.js';
import type { TermsState } from './terms.js';

/** Places of goods lines, by node. */
const placesByNode = (terms: TermsState): ReadonlyMap<string, readonly number[]> => {
  const places = new Map<string, number[]>();
  terms.lines.forEach(({ node }, at) => {
    if (!node) return;
    const own = places.get(node);
    if (own) own.push(at);
    else places.set(node, [at]);
  });
  return places;
};
const lineAt = (terms: TermsState, at: number): PricedLine => terms.lines[at] as PricedLine;
const lineQuantity = ({ lineNo, item }: PricedLine, quantity: number): LineQuantity => ({ lineNo, item, quantity });

/** Lines with units of a counter, as they are told. */
export const linesWith = (order: Order, terms: TermsState, name: CounterName): LineQuantity[] =>
  terms.lines.flatMap((line, at) => {
    const units = unitsAt(order.counters, name, at);
    return units > 0 ? [lineQuantity(line, units)] : [];
  });

export const reserveAgain = (course: Course, node: string, lines: readonly LineQuantity[]): Course => {
  const { order, at } = course;
  const round = order.nodes.find((one) => one.node === node)?.asked ?? 1;
  const { orderId, account, priority, takenAt: orderedAt } = order;
  const holdUntil = plusMs(at, HOLD_MS);
  return add(
    course,
    say(ReserveStock, { orderId, account, node, priority, orderedAt, holdUntil, round, lines: [...lines] }),
  );
};

export const releaseStock = (course: Course, node: string, reason: 'cancelled' | 'rejected'): Course => {
  const { orderId, account } = course.order;
  return add(course, say(ReleaseStock, { orderId, account, node, reason }));
};

const isAnswered = (order: Order): boolean => order.nodes.every(({ answered }) => answered > 0);

/** Every node has answered and the ERP knows the order: its terms are fixed, and what is short becomes a backorder. */
const accepted = (course: Course, terms: TermsState): Course => {
  const { order } = course;
  if (order.status !== 'created' || order.erp.status !== 'registered' || !isAnswered(order)) return course;
  // Charges move no stock: they count as shipped and delivered from the start.
  const shifts: Shift[] = order.charges.map((at) => {
    const units = unitsAt(order.counters, 'ordered', at);
    return { at, by: { shipped: units, delivered: units } };
  });
  const { entity, currency, orderDate, country, erp } = order;
  const next = tell(take(course, { type: 'order-accepted', shifts }), OrderAccepted, {
    entity,
    currency,
    orderDate,
    country,
    erpOrderNos: [...erp.orderNos],
    lines: [...terms.lines],
  });
  return backordered(next, backorderedLines(order, terms));
};

export const backorderedLines = (order: Order, terms: TermsState): BackorderedLine[] =>
  terms.lines.flatMap((line, at) => {
    const quantity = unitsAt(order.counters, 'backordered', at);
    return quantity > 0 ? [{ ...lineQuantity(line, quantity), node: line.node ?? '' }] : [];
  });

/** Tells and keeps in sight what waits for stock; nothing when nothing does. */
export const backordered = (course: Course, lines: readonly BackorderedLine[]): Course => {
  if (lines.length === 0) return course;
  const units = lines.reduce((sum, { quantity }) => sum + quantity, 0);
  const text = `${units} units on ${lines.length} lines wait for stock`;
  return raise(tell(course, BackorderCreated, { lines: [...lines] }), 'backorder', text);
};

const mayAllocate = ({ order, at }: Course): boolean => {
  if (order.status === 'created' || hasEnded(order)) return false;
  if (order.releaseNotBefore && order.releaseNotBefore > at && !order.dateCame) return false;
  if (!order.shipComplete) return true;
  const goods = totalsOf(order.counters, order.charges);
  return goods.reserved + goods.allocated + goods.shipped + goods.cancelled === goods.ordered;
};

/** Turns what is held softly into hard holds, one fulfilment order per node. */
const allocated = (course: Course, terms: TermsState): Course => {
  if (!mayAllocate(course)) return course;
  let next = course;
  for (const [node, places] of placesByNode(terms)) {
    const free = places.flatMap((at) => {
      const units = unitsAt(course.order.counters, 'reserved', at) - unitsAt(course.order.counters, 'asked', at);
      return units > 0 ? [{ at, units }] : [];
    });
    if (free.length === 0) continue;
    const { orderId, account, fulfilments } = next.order;
    const fulfilmentId = derivedId('fulfilment', orderId, node, fulfilments.length);
    const lines = free.map(({ at, units }) => lineQuantity(lineAt(terms, at), units));
    const shifts = free.map(({ at, units }) => ({ at, by: { asked: units } }));
    next = take(next, { type: 'allocation-asked', fulfilmentId, node, shifts });
    next = add(next, say(AllocateStock, { orderId, account, node, fulfilmentId, lines }));
  }
  return next;
};

/** After stock, ERP or time has moved: accept when all have answered, allocate what may go. */
export const moveOn = (course: Course, terms: TermsState): Course => allocated(accepted(course, terms), terms);

/** Says each stage once, when it is reached, in the order in which stages follow each other. */
export const announce = (before: Order, course: Course): Course => {
  const { order } = course;
  const hasGoods = order.size.goods > 0;
  const isNew = (stage: keyof Order['stages']): boolean => before.stages[stage] === 0 && order.stages[stage] === 1;
  let next = course;
  if (hasGoods && isNew('shipped')) next = tell(next, OrderShipped, {});
  if (hasGoods && isNew('delivered')) next = tell(next, OrderDelivered, {});
  if (isNew('invoiced')) next = tell(next, OrderInvoiced, order.invoiced);
  return closed(next);
};

/** Says once that every open line has its stock; before the release that follows from it. */
export const announceAllocated = (before: Order, course: Course, terms: TermsState): Course => {
  const { order } = course;
  if (before.stages.allocated === 1 || order.stages.allocated === 0 || order.size.goods === 0) return course;
  return tell(course, OrderAllocated, { lines: linesWith(order, terms, 'allocated') });
};

/** Closed = all shipped, delivered, invoiced and posted. What rounding left of its credit is free again. */
const closed = (course: Course): Course => {
  const { order } = course;
  const { stages } = order;
  const isOver = stages.shipped && stages.delivered && stages.invoiced && stages.posted;
  if (hasEnded(order) || !isOver || order.counters.backordered.some((units) => units > 0)) return course;
  const freed =
    order.creditOpen === 0 ? [] : creditChange(order.account, { type: 'credit-freed', amount: order.creditOpen });
  return tell(add(take(course, { type: 'order-closed' }), ...freed), OrderClosed, {});
};
