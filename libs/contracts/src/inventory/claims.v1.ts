/** How claims on stock move between orders and back: what the node's lane says to itself, and to orders. */
import { LineQuantity } from '../canonical/line.js';
import { accountLane, byAccount, byNode, defineCommand, defineEvent } from '../language/define.js';
import {
  IsAccountNo,
  IsInstant,
  IsItemNo,
  IsKey,
  IsLines,
  IsNodeId,
  IsNote,
  IsOneOf,
  IsOrderId,
  IsTexts,
  IsUnits,
  IsWhole,
  Optional,
} from '../language/fields.js';
import { OrderStockData } from './events.v1.js';

/** A release names no items; the hold knows them and sends the node's lane after the positions. */
export class FreeClaimsData {
  @IsOrderId() orderId!: string;
  @IsAccountNo() account!: string;
  @IsNodeId() node!: string;
  @IsTexts(5000) items!: string[];
}
export const FreeClaims = defineCommand('inventory', 'free-claims', 1, FreeClaimsData, {
  about: 'Everything that a released order holds or waits for goes back to the others.',
  key: (data) => data.orderId,
  lane: byNode((data) => data.node),
  travels: 'private',
});

/** Subjects of a review: what the books and the world may disagree about. */
export const STOCK_REVIEWS = ['pick-short', 'pick-above-books', 'transfer-differs'] as const;
export type StockReview = (typeof STOCK_REVIEWS)[number];
export class ReviewStockData {
  @IsNodeId() node!: string;
  @IsItemNo() item!: string;
  @IsOneOf(STOCK_REVIEWS) reason!: StockReview;
  @IsKey('movementDocument') documentNo!: string;
  @IsNote() text!: string;
}
export const ReviewStock = defineCommand('inventory', 'review-stock', 1, ReviewStockData, {
  about: 'Books and world disagree about an item, or agree again: the exception case follows.',
  key: (data) => `${data.node}/${data.item}`,
  lane: byNode((data) => data.node),
  travels: 'private',
});

/** `quantity`: what waited in the queue or was held softly for later, and is picked now. */
export class RestoredLine extends LineQuantity {
  /**
   * What the pick did not find of what had been taken back. It goes on waiting, and is told twice: as freed and as a
   * short pick.
   */
  @Optional() @IsUnits() missed?: number;
}
export class StockHoldRestoredData extends OrderStockData {
  @IsKey('fulfilment') fulfilmentId!: string;
  @IsLines(RestoredLine) lines!: RestoredLine[];
}
export const StockHoldRestored = defineEvent('inventory', 'stock-hold-restored', 1, StockHoldRestoredData, {
  about: "A pick was on its way when its claim was taken back: what it found is the order's after all.",
  key: (data) => data.orderId,
  lane: byAccount((data) => accountLane(data.account, data.orderId)),
});

/** Gives what one order holds softly to another one that waits. Identity: node and document number. */
export class TransferClaimData {
  @IsKey('claimTransfer') transferId!: string;
  @IsKey('claimTransferNo') documentNo!: string;
  @IsNodeId() node!: string;
  @IsItemNo() item!: string;
  @IsOrderId() fromOrderId!: string;
  @IsOrderId() toOrderId!: string;
  @IsWhole(1, 1_000_000_000) quantity!: number;
  @IsNote() reason!: string;
  @IsInstant() occurredAt!: string;
}
export const TransferClaim = defineCommand('inventory', 'transfer-claim', 1, TransferClaimData, {
  about: "An order's soft hold goes to another order that waits; the first one queues again.",
  key: (data) => data.transferId,
  lane: byNode((data) => data.node),
  travels: 'door',
});
