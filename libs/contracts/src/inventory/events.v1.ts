import { LineQuantity } from '../canonical/line.js';
import { MOVEMENT_TYPES, type MovementType } from '../canonical/status.js';
import { accountLane, byAccount, byItem, byNode, defineEvent } from '../language/define.js';
import {
  IsAccountNo,
  IsDay,
  IsDelta,
  IsFlag,
  IsInstant,
  IsItemNo,
  IsKey,
  IsLines,
  IsListOf,
  IsNodeId,
  IsNote,
  IsOneOf,
  IsOrderId,
  IsUnitPrice,
  IsUnits,
  IsWhole,
  Optional,
} from '../language/fields.js';

/** What a node says to an order about its stock; a message to the order's account lane. */
export class OrderStockData {
  @IsOrderId() orderId!: string;
  @IsAccountNo() account!: string;
  @IsNodeId() node!: string;
}
const toOrder = {
  key: (data: OrderStockData) => data.orderId,
  lane: byAccount((data: OrderStockData) => accountLane(data.account, data.orderId)),
};

export class ReservedLine {
  @IsWhole(1, 1_000_000) lineNo!: number;
  @IsItemNo() item!: string;
  /** newly held by this message */
  @IsUnits() reserved!: number;
  /** newly queued by this message; 0 when a receipt filled a backorder */
  @IsUnits() short!: number;
  /** of `reserved`: held hard, for the fulfilment order that they had been taken from; nothing is to be allocated */
  @Optional() @IsUnits() hard?: number;
}
export class StockReservedData extends OrderStockData {
  /** `reserve`: the answer to ReserveStock; `backorder`: a later fill of what was short */
  @IsOneOf(['reserve', 'backorder']) answers!: 'reserve' | 'backorder';
  /** of the ReserveStock that it answers */
  @Optional() @IsWhole(1, 1_000_000) round?: number;
  /** what filled a backorder: with it a repetition is known by its nature */
  @Optional() @IsKey('movement') movementId?: string;
  @IsLines(ReservedLine) lines!: ReservedLine[];
}
export const StockReserved = defineEvent('inventory', 'stock-reserved', 1, StockReservedData, {
  about: 'What a node holds for an order, line by line, and what is short.',
  ...toOrder,
});

export class AllocatedLine extends LineQuantity {
  /** no longer held, so not allocated; `quantity` is what was */
  @IsUnits() missing!: number;
}
export class StockAllocatedData extends OrderStockData {
  @IsKey('fulfilment') fulfilmentId!: string;
  @IsLines(AllocatedLine) lines!: AllocatedLine[];
}
export const StockAllocated = defineEvent('inventory', 'stock-allocated', 1, StockAllocatedData, {
  about: 'Stock is held hard for one fulfilment order.',
  ...toOrder,
});

export class StockHoldLines extends OrderStockData {
  @IsListOf(LineQuantity, 5000, 1) lines!: LineQuantity[];
}
export const StockHoldExpired = defineEvent(
  'inventory',
  'stock-hold-expired',
  1,
  class StockHoldExpiredData extends StockHoldLines {},
  {
    about: 'A soft hold was not allocated in time; the order may reserve again.',
    ...toOrder,
  },
);
export class StockHoldFreedData extends StockHoldLines {
  /** what kind of claim was taken back; the quantity waits in the node's backorder queue again */
  @IsOneOf(['soft', 'hard']) claim!: 'soft' | 'hard';
  @IsKey() reason!: string;
}
export const StockHoldFreed = defineEvent('inventory', 'stock-hold-freed', 1, StockHoldFreedData, {
  about: 'An adjustment took back a claim; it is a backorder again.',
  ...toOrder,
});
export const StockReleased = defineEvent(
  'inventory',
  'stock-released',
  1,
  class StockReleasedData extends OrderStockData {},
  {
    about: 'All that an order held at a node is free again.',
    ...toOrder,
  },
);

/** Effects of a movement on the buckets of one item at one node, in base units (DOMAIN: inventory buckets). */
export class MovementLine {
  @IsWhole(1, 1_000_000) lineNo!: number;
  @IsItemNo() item!: string;
  @Optional() @IsKey('lot') lot?: string;
  @IsDelta() sellable!: number;
  @IsDelta() picked!: number;
  @IsDelta() quarantine!: number;
  @IsDelta() inTransit!: number;
  /** of the sellable delta: goods that a supplier owns and has consigned to us */
  @Optional() @IsDelta() consigned?: number;
  /** of the sellable delta: goods that a vendor owns and keeps stocked here */
  @Optional() @IsDelta() vendorManaged?: number;
  @Optional() @IsUnitPrice() unitCost?: string;
}
export class MovementRecordedData {
  @IsKey('movement') movementId!: string;
  @IsOneOf(MOVEMENT_TYPES) movement!: MovementType;
  @IsNodeId() node!: string;
  @IsKey('movementDocument') documentNo!: string;
  @IsInstant() occurredAt!: string;
  @Optional() @IsDay() postingDate?: string;
  @Optional() @IsNote() reason?: string;
  @Optional() @IsOrderId() orderId?: string;
  @IsLines(MovementLine) lines!: MovementLine[];
}
export const MovementRecorded = defineEvent('inventory', 'movement-recorded', 1, MovementRecordedData, {
  about: 'A line in the stock ledger: one document, one node.',
  key: (data) => data.movementId,
  lane: byNode((data) => data.node),
});

/** Buckets of one item at one node, the newest value. */
export class PositionChangedData {
  @IsItemNo() item!: string;
  @IsNodeId() node!: string;
  @IsUnits() sellable!: number;
  @IsUnits() soft!: number;
  @IsUnits() allocated!: number;
  @IsUnits() picked!: number;
  @IsUnits() quarantine!: number;
  @IsUnits() inTransit!: number;
  @IsUnits() backordered!: number;
  /** a pick did not find them: on the books, but not sold before a count has looked */
  @Optional() @IsUnits() unfound?: number;
  @IsInstant() asOf!: string;
}
export const PositionChanged = defineEvent('inventory', 'position-changed', 1, PositionChangedData, {
  about: "Stock of an item at a node changed; from it the item's lane says what each channel may sell.",
  key: (data) => `${data.node}/${data.item}`,
  lane: byItem((data) => data.item),
  travels: 'private',
  newestValue: true,
});

export class AvailabilityChangedData {
  @IsItemNo() item!: string;
  @IsKey('channel') channel!: string;
  /** base units that the channel may sell */
  @IsUnits() available!: number;
  @IsFlag() inStock!: boolean;
  @IsInstant() asOf!: string;
}
const ofItemInChannel = {
  key: (data: { channel: string; item: string }) => `${data.channel}/${data.item}`,
  lane: byItem((data: { item: string }) => data.item),
};
export const AvailabilityChanged = defineEvent('inventory', 'availability-changed', 1, AvailabilityChangedData, {
  about: 'What a channel may sell of an item.',
  ...ofItemInChannel,
  newestValue: true,
});
export class StockCrossingData {
  @IsItemNo() item!: string;
  @IsKey('channel') channel!: string;
  @IsInstant() at!: string;
}
export const ItemInStock = defineEvent(
  'inventory',
  'item-in-stock',
  1,
  class ItemInStockData extends StockCrossingData {},
  {
    about: 'A channel may sell an item again.',
    ...ofItemInChannel,
  },
);
export const ItemOutOfStock = defineEvent(
  'inventory',
  'item-out-of-stock',
  1,
  class ItemOutOfStockData extends StockCrossingData {},
  {
    about: 'A channel may no longer sell an item.',
    ...ofItemInChannel,
  },
);
