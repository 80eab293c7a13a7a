/** What warehouses and carriers report of an order: picked, dispatched, delivered. */
import { defer, ignore, reject, type Decision, type Input } from '@crossdock/kernel';
import {
  OrderPartiallyShipped,
  type BackorderedLine,
  type PickConfirmedData,
  type ShipmentDeliveredData,
  type ShipmentDispatchedData,
} from '@crossdock/contracts';
import { fits } from './counters.js';
import { courseOf, decided, take, tell } from './course.js';
import { isDecision, living, shiftsOf, tooEarly, unknownLine } from './decide-stock.js';
import { announce, backordered } from './flow.js';
import { orderRef } from './order.js';
import type { OrderStates } from './touched.js';

/**
 * A short pick is a backorder again; the node queues it by itself. What the pick misses of units that were taken back
 * before waits until the node has told so.
 */
export const pickConfirmed = ({ data, at }: Input<PickConfirmedData>, states: OrderStates): Decision => {
  const order = living(states, data.orderId);
  if (isDecision(order)) return order;
  const { fulfilmentId, node } = data;
  const fulfilment = order.fulfilments.find((one) => one.fulfilmentId === fulfilmentId);
  if (!fulfilment) return reject('fulfilment-unknown');
  const pick = data.documentNo ?? data.occurredAt;
  if (fulfilment.picks.includes(pick)) return ignore('nothing-to-do');
  const short: BackorderedLine[] = [];
  const shifts = shiftsOf(order, data.lines, ({ lineNo, item, picked, short: missing }) => {
    if (missing > 0) short.push({ lineNo, item, quantity: missing, node });
    return { picked, allocated: -missing, released: -missing, backordered: missing };
  });
  if (typeof shifts === 'number') return unknownLine(shifts);
  if (!fits(order.counters, shifts)) return tooEarly(order);
  const course = take(courseOf(order, at), { type: 'goods-picked', fulfilmentId, pick, shifts });
  return decided(backordered(course, short));
};

export const dispatched = ({ data, at }: Input<ShipmentDispatchedData>, states: OrderStates): Decision => {
  const order = living(states, data.orderId);
  if (isDecision(order)) return order;
  const { shipmentId, fulfilmentId } = data;
  if (order.shipments.some((shipment) => shipment.shipmentId === shipmentId)) return ignore('nothing-to-do');
  const shifts = shiftsOf(order, data.lines, ({ quantity }) => ({ shipped: quantity, allocated: -quantity }));
  if (typeof shifts === 'number') return unknownLine(shifts);
  if (!fits(order.counters, shifts)) return tooEarly(order);
  const gone = take(courseOf(order, at), { type: 'goods-shipped', shipmentId, fulfilmentId, shifts });
  const isAll = gone.order.stages.shipped === 1;
  const course = isAll ? gone : tell(gone, OrderPartiallyShipped, { lines: data.lines });
  return decided(announce(order, course));
};

export const delivered = ({ data, at }: Input<ShipmentDeliveredData>, states: OrderStates): Decision => {
  const order = living(states, data.orderId);
  if (isDecision(order)) return order;
  const { shipmentId } = data;
  const shipment = order.shipments.find((one) => one.shipmentId === shipmentId);
  if (!shipment) return defer('counter-not-ready', orderRef(data.orderId));
  if (shipment.status === 'delivered') return ignore('nothing-to-do');
  const shifts = shiftsOf(order, data.lines, ({ quantity }) => ({ delivered: quantity }));
  if (typeof shifts === 'number') return unknownLine(shifts);
  const course = take(courseOf(order, at), { type: 'goods-delivered', shipmentId, shifts });
  return decided(announce(order, course));
};
