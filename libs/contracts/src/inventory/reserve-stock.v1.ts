import { LineQuantity } from '../canonical/line.js';
import { byNode, defineCommand } from '../language/define.js';
import {
  IsA,
  IsAccountNo,
  IsInstant,
  IsKey,
  IsLines,
  IsListOf,
  IsNodeId,
  IsOneOf,
  IsOrderId,
  IsTexts,
  IsWhole,
  Optional,
} from '../language/fields.js';

/** A hold that goes over to the order in whose name stock is reserved. */
export class ReplacedHold {
  @IsOrderId() orderId!: string;
  /** items that it may claim at the node */
  @IsTexts(5000) items!: string[];
}
/** Asks a fulfilment node to hold stock for an order. Answered by StockReserved, one answer per line. */
export class ReserveStockData {
  @IsOrderId() orderId!: string;
  @IsAccountNo() account!: string;
  @IsNodeId() node!: string;
  /** 0 most urgent, 9 least; then age decides */
  @IsWhole(0, 9) priority!: number;
  @IsInstant() orderedAt!: string;
  /** a soft hold that is not allocated by then expires */
  @IsInstant() holdUntil!: string;
  /** 1 when left out; an order whose hold expired asks again with the next number. Identity: order, node and round */
  @Optional() @IsWhole(1, 1_000_000) round?: number;
  /** the order that it is taken in the place of: what that one holds is first this one's, the rest the queue's */
  @Optional() @IsA(ReplacedHold) replaces?: ReplacedHold;
  /** an item may stand on several lines */
  @IsLines(LineQuantity) lines!: LineQuantity[];
}
const ofOrderAtNode = {
  key: (data: { orderId: string }) => data.orderId,
  lane: byNode((data: { node: string }) => data.node),
};
export const ReserveStock = defineCommand('inventory', 'reserve-stock', 1, ReserveStockData, {
  about: 'Asks a node to hold stock for an order; what is short is queued for later receipts.',
  ...ofOrderAtNode,
});

export class AllocateStockData {
  @IsOrderId() orderId!: string;
  @IsAccountNo() account!: string;
  @IsNodeId() node!: string;
  @IsKey('fulfilment') fulfilmentId!: string;
  @IsLines(LineQuantity) lines!: LineQuantity[];
}
export const AllocateStock = defineCommand('inventory', 'allocate-stock', 1, AllocateStockData, {
  about: "Turns an order's soft hold into a hard one, for one fulfilment order. Answered by StockAllocated.",
  ...ofOrderAtNode,
});

export class ReleaseStockData {
  @IsOrderId() orderId!: string;
  @IsAccountNo() account!: string;
  @IsNodeId() node!: string;
  @IsOneOf(['cancelled', 'rejected']) reason!: 'cancelled' | 'rejected';
}
export const ReleaseStock = defineCommand('inventory', 'release-stock', 1, ReleaseStockData, {
  about: 'Frees all that an order holds or waits for at a node; a reserve that comes later is refused.',
  ...ofOrderAtNode,
});

/** Timer of a soft hold. */
export class ExpireHoldData {
  @IsOrderId() orderId!: string;
  @IsNodeId() node!: string;
  @IsInstant() holdUntil!: string;
  /** items that the hold gave stock of, so the timer knows which positions to look at */
  @IsTexts(5000) items!: string[];
}
export const ExpireHold = defineCommand('inventory', 'expire-hold', 1, ExpireHoldData, {
  about: 'A soft hold may have outlived its time.',
  ...ofOrderAtNode,
  travels: 'timer',
});

export class PickedLine extends LineQuantity {
  /** asked for, but not found; `quantity` is what was picked */
  @IsWhole(0) short!: number;
}
/** Identity: fulfilment and document number; without a number, the moment of the pick. */
export class RecordPickData {
  @Optional() @IsKey('pickDocument') documentNo?: string;
  @IsOrderId() orderId!: string;
  @IsAccountNo() account!: string;
  @IsNodeId() node!: string;
  @IsKey('fulfilment') fulfilmentId!: string;
  @IsInstant() occurredAt!: string;
  @IsLines(PickedLine) lines!: PickedLine[];
}
export const RecordPick = defineCommand('inventory', 'record-pick', 1, RecordPickData, {
  about: 'A pick moves stock out of sellable; what was short goes back to the queue.',
  ...ofOrderAtNode,
});

export class RecordIssueData {
  @IsOrderId() orderId!: string;
  @IsAccountNo() account!: string;
  @IsNodeId() node!: string;
  @IsKey('fulfilment') fulfilmentId!: string;
  @IsKey('shipment') shipmentId!: string;
  @IsInstant() occurredAt!: string;
  @IsLines(LineQuantity) lines!: LineQuantity[];
}
export const RecordIssue = defineCommand('inventory', 'record-issue', 1, RecordIssueData, {
  about: 'Picked stock has left the node.',
  ...ofOrderAtNode,
});

export class RecordReturnData {
  @IsKey('return') returnId!: string;
  @IsKey('returnNo') documentNo!: string;
  @IsNodeId() node!: string;
  @IsInstant() occurredAt!: string;
  @IsListOf(LineQuantity, 5000, 1) lines!: LineQuantity[];
}
export const RecordReturn = defineCommand('inventory', 'record-return', 1, RecordReturnData, {
  about: 'Returned goods come into quarantine stock.',
  key: (data) => data.returnId,
  lane: byNode((data) => data.node),
});
