/** Orders to ship that went to a partner that runs a warehouse of ours: found by the number that they have on paper. */
import { kind, ref, say, type Output, type Ref } from '@crossdock/kernel';
import { WarehouseOrderAnswered, type LineQuantity, type SendWarehouseOrderData } from '@crossdock/contracts';
import type { Dispatch } from './dispatch.js';
import { warehouseOrderNumber } from './dispatch.js';

export interface SentWarehouseOrder {
  readonly fulfilmentId: string;
  readonly orderId: string;
  readonly orderNo: string;
  readonly account: string;
  readonly node: string;
  readonly lines: readonly LineQuantity[];
}
export type WarehouseOrder = { readonly status: 'none' } | (SentWarehouseOrder & { readonly status: 'sent' });
export interface WarehouseOrderQueued extends SentWarehouseOrder {
  readonly type: 'warehouse-order-queued';
}
export const warehouseOrderKind = kind<WarehouseOrder, WarehouseOrderQueued>({
  initial: () => ({ status: 'none' }),
  evolve: (_state, { type: _type, ...order }) => ({ status: 'sent', ...order }),
  keys: (order) => (order.status === 'none' ? [] : [`orderId:${order.orderId}`, `fulfilment:${order.fulfilmentId}`]),
});
/** Each partner's own: nobody's advice is about another partner's order. Old systems know capitals only. */
export const warehouseOrderRef = (partner: string, number: string): Ref =>
  ref('warehouseOrder', `${partner}|${number.toUpperCase()}`);

/** What the fulfilment order's own lane hears of a document that asks to ship; nothing of any other document. */
export const warehouseOrderAnswered = (
  { content }: Dispatch,
  outcome: 'done' | 'refused',
  text?: string,
): readonly Output[] => {
  const { warehouseOrder } = content as { readonly warehouseOrder?: SendWarehouseOrderData };
  if (!warehouseOrder) return [];
  const { fulfilmentId, orderId, account, node, partner, attempt } = warehouseOrder;
  const about = { fulfilmentId, orderId, account, node, partner, attempt, outcome };
  return [
    say(WarehouseOrderAnswered, {
      ...about,
      ...(outcome === 'done' ? { wmsRef: warehouseOrderNumber(warehouseOrder) } : {}),
      ...(text ? { text: text.slice(0, 1000) } : {}),
    }),
  ];
};
