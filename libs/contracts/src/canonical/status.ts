/** Words of the published language for states, lower case (DOMAIN: order, invoice and shipment state machines). */
export const ORDER_STATUSES = [
  'created',
  'accepted',
  'backordered',
  'partially-allocated',
  'allocated',
  'released',
  'in-fulfilment',
  'partially-shipped',
  'shipped',
  'delivered',
  'closed',
  'cancelled',
  'rejected',
] as const;
export type OrderStatus = (typeof ORDER_STATUSES)[number];

/** Canonical milestones of a package, level 1. UNKNOWN is never guessed; EXPIRED is ours, by timer. */
export const MILESTONES = [
  'PRE_TRANSIT',
  'PICKED_UP',
  'IN_TRANSIT',
  'OUT_FOR_DELIVERY',
  'AVAILABLE_FOR_PICKUP',
  'DELIVERED',
  'DELAYED',
  'ON_HOLD',
  'DELIVERY_FAILED',
  'RETURNING',
  'RETURNED',
  'EXCEPTION',
  'LOST',
  'CANCELLED',
  'UNKNOWN',
  'EXPIRED',
] as const;
export type Milestone = (typeof MILESTONES)[number];

/** Movement types of the stock ledger. */
export const MOVEMENT_TYPES = [
  'receipt-posted',
  'pick-confirmed',
  'shipment-confirmed',
  'return-received',
  'count-adjusted',
  'stock-adjusted',
  'transfer-shipped',
  'transfer-completed',
  'advice-received',
  'advice-closed',
] as const;
export type MovementType = (typeof MOVEMENT_TYPES)[number];
