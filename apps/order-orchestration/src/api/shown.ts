/** How an order is shown: where each line is, and what it waits for. */
import { reasonOf } from '@crossdock/contracts';
import type { Found, Queries } from '@crossdock/runtime';
import { COUNTERS, unitsAt, type CounterName } from '../domain/counters.js';
import { stepOf } from '../domain/decide-watch.js';
import type { Order, OrderState } from '../domain/order.js';
import type { TermsState } from '../domain/terms.js';

const INNER: readonly CounterName[] = ['asked', 'lost'];
const SHOWN = COUNTERS.filter((name) => !INNER.includes(name));

/** An order in a list. */
export const orderRow = (order: Order) => ({
  orderId: order.orderId,
  orderNo: order.orderNo,
  ...(order.customerPo ? { customerPo: order.customerPo } : {}),
  account: order.account,
  channel: order.channel,
  status: order.status,
  since: order.since,
  takenAt: order.takenAt,
  orderDate: order.orderDate,
  currency: order.currency,
  net: order.net,
  tax: order.tax,
  gross: order.gross,
  lines: order.size.ordered,
  correlationId: order.correlationId,
  ...(order.batchId ? { batchId: order.batchId } : {}),
  ...(order.reason ? { reason: order.reason } : {}),
  ...(order.replaces ? { replaces: order.replaces } : {}),
  ...(order.replacedBy ? { replacedBy: order.replacedBy } : {}),
});

const lineViews = (order: Order, terms: TermsState) =>
  terms.lines.map((line, at) => ({
    lineNo: line.lineNo,
    item: line.item,
    kind: line.kind,
    ...(line.description ? { description: line.description } : {}),
    ...(line.node ? { node: line.node } : {}),
    unit: line.unit,
    unitPrice: line.unitPrice,
    net: line.net,
    tax: line.tax,
    ...Object.fromEntries(SHOWN.map((name) => [name, unitsAt(order.counters, name, at)])),
  }));

/** Why part of an order has not moved, in words; undefined when nothing waits for stock. */
const backorderOf = (order: Order, terms: TermsState) => {
  if (order.status === 'created') return undefined;
  const lines = terms.lines.flatMap(({ lineNo, item, node }, at) => {
    const quantity = unitsAt(order.counters, 'backordered', at);
    return quantity > 0 ? [{ lineNo, item, ...(node ? { node } : {}), quantity }] : [];
  });
  if (lines.length === 0) return undefined;
  const { business = '', next = '' } = reasonOf('backorder') ?? {};
  return { reason: 'backorder', text: business, next, lines };
};

export const orderView = (order: Order, terms: TermsState) => {
  const backorder = backorderOf(order, terms);
  const waitingFor = stepOf(order);
  return {
    ...orderRow(order),
    entity: order.entity,
    priority: order.priority,
    shipComplete: order.shipComplete,
    ...(order.releaseNotBefore ? { releaseNotBefore: order.releaseNotBefore } : {}),
    ...(order.requestedDate ? { requestedDate: order.requestedDate } : {}),
    shipTo: terms.shipTo,
    ...(waitingFor ? { waitingFor } : {}),
    ...(backorder ? { backorder } : {}),
    erp: order.erp,
    nodes: order.nodes.map(({ node, answered }) => ({ node, answered: answered > 0 })),
    fulfilments: order.fulfilments.map(({ fulfilmentId, node, status }) => ({ fulfilmentId, node, status })),
    shipments: order.shipments,
    invoiced: order.invoiced,
    creditOpen: order.creditOpen,
    stages: order.stages,
    lines: lineViews(order, terms),
  };
};

/** An order by its id, else the newest one with its number. */
export const findOrder = async (queries: Queries, tenant: string, id: string): Promise<Order | undefined> => {
  const byId = await queries.get<OrderState>(tenant, 'order', id);
  if (byId && byId.state.status !== 'none') return byId.state;
  const [byNo] = await queries.byKey<OrderState>(tenant, 'order', `orderNo:${id}`, { limit: 1 });
  return byNo && byNo.state.status !== 'none' ? byNo.state : undefined;
};
export const isKnown = (found: Found<OrderState>): found is Found<Order> => found.state.status !== 'none';
