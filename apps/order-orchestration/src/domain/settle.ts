/** Status and stages of an order, from its counters (DOMAIN, order state machine). */
import type { Instant } from '@crossdock/kernel';
import type { OrderStatus } from '@crossdock/contracts';
import { totalsOf, type Totals } from './counters.js';
import type { Order, Stage } from './order.js';

/** Goods that are still wanted: ordered less cancelled. */
const wanted = ({ ordered, cancelled }: Totals): number => ordered - cancelled;

const statusOf = (order: Order, goods: Totals): OrderStatus => {
  const { status } = order;
  if (status === 'created' || status === 'closed' || status === 'cancelled' || status === 'rejected') return status;
  const all = wanted(goods);
  if (all === 0) return 'accepted';
  if (goods.delivered === all) return 'delivered';
  if (goods.shipped === all) return 'shipped';
  if (goods.shipped > 0) return 'partially-shipped';
  if (goods.picked > 0) return 'in-fulfilment';
  if (goods.released > 0) return 'released';
  if (goods.allocated === all) return 'allocated';
  if (goods.allocated > 0) return 'partially-allocated';
  return goods.backordered > 0 ? 'backordered' : 'accepted';
};

const isReached = (order: Order, goods: Totals): Readonly<Record<Stage, boolean>> => {
  const all = wanted(goods);
  const every = totalsOf(order.counters);
  const invoiced = every.invoiced === wanted(every);
  const live = order.status !== 'created' && order.status !== 'cancelled' && order.status !== 'rejected';
  return {
    accepted: live,
    reserved: live && goods.reserved + goods.allocated + goods.shipped === all,
    allocated: live && goods.allocated + goods.shipped === all,
    released: live && goods.released === all,
    shipped: live && goods.shipped === all,
    delivered: live && goods.delivered === all,
    invoiced: live && invoiced && order.invoices.length > 0,
    posted: live && invoiced && order.invoices.length > 0,
    closed: order.status === 'closed',
  };
};

/** A stage that was reached stays reached, also when a short pick takes goods back. */
export const settled = (order: Order, at: Instant): Order => {
  const goods = totalsOf(order.counters, order.charges);
  const status = statusOf(order, goods);
  const reached = isReached({ ...order, status }, goods);
  let { stages } = order;
  for (const stage of Object.keys(reached) as Stage[])
    if (reached[stage] && stages[stage] === 0) stages = { ...stages, [stage]: 1 };
  return { ...order, status, stages, since: status === order.status ? order.since : at };
};
