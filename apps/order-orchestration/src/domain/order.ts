/**
 * An order from taken to closed. What each line is at stands in counters; status and stages follow from them, so they
 * can't contradict each other. Facts carry what they add to the counters.
 */
import { kind, ref, type Instant, type Ref } from '@crossdock/kernel';
import type { OrderStatus } from '@crossdock/contracts';
import { countersOf, shifted, type Counters, type Shift } from './counters.js';
import { settled } from './settle.js';

/** What one node has been asked for and has answered. */
export interface NodeProgress {
  readonly node: string;
  /** number of the newest reserve, and of the newest that was answered */
  readonly asked: number;
  readonly answered: number;
  /** movements whose fill of a backorder is counted already */
  readonly fills: readonly string[];
}
export interface Fulfilment {
  readonly fulfilmentId: string;
  readonly node: string;
  /** `empty`: nothing was left to allocate when the node looked */
  readonly status: 'allocating' | 'released' | 'empty';
  /** picks that are counted already */
  readonly picks: readonly string[];
}
export interface Shipment {
  readonly shipmentId: string;
  readonly fulfilmentId: string;
  readonly status: 'dispatched' | 'delivered';
}
/** Stages that an order has reached, 1 or 0, so that they can be added up over a batch. */
export const STAGES = [
  'accepted',
  'reserved',
  'allocated',
  'released',
  'shipped',
  'delivered',
  'invoiced',
  'posted',
  'closed',
] as const;
export type Stage = (typeof STAGES)[number];

/** An order by its id and number. */
export interface OrderName {
  readonly orderId: string;
  readonly orderNo: string;
}
/** Everything about an order that is fixed when it is taken, except its lines. */
export interface OrderHeader {
  readonly orderId: string;
  readonly orderNo: string;
  readonly account: string;
  readonly channel: string;
  readonly customerPo?: string;
  readonly entity: string;
  readonly currency: string;
  readonly country: string;
  readonly orderDate: string;
  readonly contentHash: string;
  readonly source?: string;
  readonly priority: number;
  readonly shipComplete: boolean;
  readonly releaseNotBefore?: Instant;
  readonly requestedDate?: string;
  /** what a shortage does, where the order says it: a change is checked by the same */
  readonly backorders?: 'allowed' | 'refused';
  /** of a changed order: the number that it was first taken under, and how often it was changed since */
  readonly first?: { readonly orderNo: string; readonly changes: number };
  /** of a changed order: the one that it stands in the place of */
  readonly replaces?: OrderName;
  /** and the change that made it */
  readonly changedBy?: string;
  /** a changed order keeps the moment of the first one, and with it its turn */
  readonly takenAt: Instant;
  readonly net: number;
  readonly tax: number;
  readonly gross: number;
  /** numbers of lines, for sums over a batch */
  readonly size: { readonly ordered: number; readonly goods: number; readonly charges: number };
  readonly batchId?: string;
  readonly correlationId: string;
}
export interface Order extends OrderHeader {
  readonly status: OrderStatus;
  /** when the status last changed */
  readonly since: Instant;
  readonly lineNos: readonly number[];
  /** places of lines that are no goods */
  readonly charges: readonly number[];
  readonly counters: Counters;
  readonly nodes: readonly NodeProgress[];
  readonly fulfilments: readonly Fulfilment[];
  readonly shipments: readonly Shipment[];
  /** posted invoices that are counted already */
  readonly invoices: readonly string[];
  readonly invoiced: { readonly net: number; readonly tax: number };
  /** part of `gross` that takes up credit as an open order */
  readonly creditOpen: number;
  readonly erp: {
    readonly status: 'asked' | 'registered' | 'refused' | 'cancelling' | 'cancelled';
    readonly orderNos: readonly string[];
  };
  readonly stages: Readonly<Record<Stage, 0 | 1>>;
  /** the date of `releaseNotBefore` has come: what happened before it may still be on its way */
  readonly dateCame?: true;
  /** step that was found late, until it is over */
  readonly late?: string;
  /** why it ended early */
  readonly reason?: string;
  /** it was changed: the order that stands in its place */
  readonly replacedBy?: OrderName;
}
export type OrderState = { readonly status: 'none' } | Order;

interface Moves {
  readonly shifts: readonly Shift[];
}
export type OrderFact =
  | {
      readonly type: 'order-taken';
      readonly header: OrderHeader;
      readonly lineNos: readonly number[];
      readonly ordered: readonly number[];
      readonly charges: readonly number[];
      readonly nodes: readonly string[];
    }
  | ({ readonly type: 'node-answered'; readonly node: string; readonly round: number } & Moves)
  | ({
      readonly type: 'backorder-filled';
      readonly node: string;
      readonly movementId?: string;
    } & Moves)
  | ({ readonly type: 'hold-lost'; readonly node: string; readonly again: boolean } & Moves)
  | ({ readonly type: 'hold-restored' } & Moves)
  | { readonly type: 'erp-answered'; readonly status: Order['erp']['status']; readonly orderNos: readonly string[] }
  | ({ readonly type: 'order-accepted' } & Moves)
  | ({ readonly type: 'allocation-asked'; readonly fulfilmentId: string; readonly node: string } & Moves)
  | ({
      readonly type: 'allocation-answered';
      readonly fulfilmentId: string;
      readonly node: string;
      readonly released: boolean;
      readonly again: boolean;
    } & Moves)
  | ({ readonly type: 'goods-picked'; readonly fulfilmentId: string; readonly pick: string } & Moves)
  | ({ readonly type: 'goods-shipped'; readonly fulfilmentId: string; readonly shipmentId: string } & Moves)
  | ({ readonly type: 'goods-delivered'; readonly shipmentId: string } & Moves)
  | ({
      readonly type: 'invoice-counted';
      readonly documentId: string;
      readonly net: number;
      readonly tax: number;
      readonly creditOpen: number;
    } & Moves)
  | { readonly type: 'order-closed' }
  | ({ readonly type: 'order-cancelled'; readonly reason: string; readonly replacedBy?: OrderName } & Moves)
  | ({ readonly type: 'order-refused'; readonly reason: string } & Moves)
  | { readonly type: 'release-date-came' }
  | { readonly type: 'step-found-late'; readonly step: string }
  | { readonly type: 'step-caught-up' };
/** A fact with the moment it happened; the moment dates a change of status. */
export type OrderChange = OrderFact & { readonly at: Instant };

const NO_STAGE = Object.fromEntries(STAGES.map((stage) => [stage, 0])) as unknown as Order['stages'];

const taken = (fact: OrderFact & { type: 'order-taken' }, at: Instant): Order => ({
  ...fact.header,
  status: 'created',
  since: at,
  lineNos: fact.lineNos,
  charges: fact.charges,
  counters: countersOf(fact.ordered),
  nodes: fact.nodes.map((node) => ({ node, asked: 1, answered: 0, fills: [] })),
  fulfilments: [],
  shipments: [],
  invoices: [],
  invoiced: { net: 0, tax: 0 },
  creditOpen: fact.header.gross,
  erp: { status: 'asked', orderNos: [] },
  stages: NO_STAGE,
});

const nodeWith = (order: Order, node: string, change: (old: NodeProgress) => NodeProgress): Order => ({
  ...order,
  nodes: order.nodes.map((one) => (one.node === node ? change(one) : one)),
});
const fulfilmentWith = (order: Order, id: string, change: (old: Fulfilment) => Fulfilment): Order => ({
  ...order,
  fulfilments: order.fulfilments.map((one) => (one.fulfilmentId === id ? change(one) : one)),
});
const askAgain = (old: NodeProgress): NodeProgress => ({ ...old, asked: old.asked + 1 });

/** What a fact changes beside the counters. */
const noted = (order: Order, fact: OrderFact): Order => {
  switch (fact.type) {
    case 'node-answered':
      return nodeWith(order, fact.node, (old) => ({ ...old, answered: Math.max(old.answered, fact.round) }));
    case 'backorder-filled':
      return nodeWith(order, fact.node, (old) => ({
        ...old,
        fills: fact.movementId ? [...old.fills, fact.movementId] : old.fills,
      }));
    case 'hold-lost':
      return fact.again ? nodeWith(order, fact.node, askAgain) : order;
    case 'erp-answered':
      return { ...order, erp: { status: fact.status, orderNos: fact.orderNos } };
    case 'order-accepted':
      return { ...order, status: 'accepted' };
    case 'allocation-asked': {
      const { fulfilmentId, node } = fact;
      return { ...order, fulfilments: [...order.fulfilments, { fulfilmentId, node, status: 'allocating', picks: [] }] };
    }
    case 'allocation-answered': {
      const status = fact.released ? 'released' : 'empty';
      const answered = fulfilmentWith(order, fact.fulfilmentId, (old) => ({ ...old, status }));
      return fact.again ? nodeWith(answered, fact.node, askAgain) : answered;
    }
    default:
      return notedLater(order, fact);
  }
};
const notedLater = (order: Order, fact: OrderFact): Order => {
  switch (fact.type) {
    case 'goods-picked':
      return fulfilmentWith(order, fact.fulfilmentId, (old) => ({ ...old, picks: [...old.picks, fact.pick] }));
    case 'goods-shipped': {
      const { shipmentId, fulfilmentId } = fact;
      return { ...order, shipments: [...order.shipments, { shipmentId, fulfilmentId, status: 'dispatched' }] };
    }
    case 'goods-delivered':
      return {
        ...order,
        shipments: order.shipments.map((one) =>
          one.shipmentId === fact.shipmentId ? { ...one, status: 'delivered' } : one,
        ),
      };
    case 'invoice-counted': {
      const invoiced = { net: order.invoiced.net + fact.net, tax: order.invoiced.tax + fact.tax };
      return {
        ...order,
        invoices: [...order.invoices, fact.documentId],
        invoiced,
        creditOpen: order.creditOpen - fact.creditOpen,
      };
    }
    case 'order-closed':
      return { ...order, status: 'closed', creditOpen: 0 };
    case 'order-cancelled':
      return { ...order, ...endedBy(fact), status: 'cancelled', creditOpen: 0 };
    case 'order-refused':
      return { ...order, status: 'rejected', reason: fact.reason, creditOpen: 0 };
    case 'release-date-came':
      return { ...order, dateCame: true };
    case 'step-found-late':
      return { ...order, late: fact.step };
    case 'step-caught-up':
      return inTime(order);
    default:
      return order;
  }
};
const endedBy = ({ reason, replacedBy }: OrderFact & { type: 'order-cancelled' }): Partial<Order> =>
  replacedBy ? { reason, replacedBy } : { reason };
const inTime = ({ late: _late, ...rest }: Order): Order => rest;

export const evolveOrder = (state: OrderState, fact: OrderChange): OrderState => {
  if (fact.type === 'order-taken') return taken(fact, fact.at);
  if (state.status === 'none') return state;
  const moved = 'shifts' in fact ? { ...state, counters: shifted(state.counters, fact.shifts) } : state;
  return settled(noted(moved, fact), fact.at);
};

export const orderKind = kind<OrderState, OrderChange>({
  initial: () => ({ status: 'none' }),
  evolve: evolveOrder,
  keys: (order) =>
    order.status === 'none'
      ? []
      : [
          `orderNo:${order.orderNo}`,
          `account:${order.account}`,
          `status:${order.status}`,
          `correlationId:${order.correlationId}`,
          ...(order.customerPo ? [`customerPo:${order.customerPo}`] : []),
          ...(order.batchId ? [`batch:${order.batchId}`] : []),
        ],
});
export const orderRef = (orderId: string): Ref => ref('order', orderId);

export const hasEnded = ({ status }: OrderState): boolean =>
  status === 'closed' || status === 'cancelled' || status === 'rejected';
