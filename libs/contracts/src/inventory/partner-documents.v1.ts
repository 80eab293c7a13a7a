/** Goods that trading partners tell of by document: booked like any other, and answered, because nobody waits at a door. */
import { partnerOf } from '../canonical/identity.js';
import { byNode, bySelf, defineCommand, defineEvent } from '../language/define.js';
import { IsKey, IsListOf, IsNodeId, IsOneOf } from '../language/fields.js';
import { OrderRefusal } from '../orders/events.v1.js';
import { RecordReceiptData } from './movements.v1.js';

export class TakeReceiptData extends RecordReceiptData {
  /** whose document it is: `partner-<id>` */
  @IsKey('channel') channel!: string;
  /** the document that the answer names */
  @IsKey('document') sourceId!: string;
}
export const TakeReceipt = defineCommand('inventory', 'take-receipt', 1, TakeReceiptData, {
  about: 'A trading partner tells of goods that came in; answered by document-booked.',
  key: (data) => data.receiptId,
  lane: byNode((data) => data.node),
});

export class DocumentBookedData {
  @IsKey('document') sourceId!: string;
  @IsKey('channel') channel!: string;
  @IsNodeId() node!: string;
  @IsKey('movementDocument') documentNo!: string;
  @IsOneOf(['done', 'refused']) outcome!: 'done' | 'refused';
  /** why it is refused: none when it is done */
  @IsListOf(OrderRefusal, 1000) refusals!: OrderRefusal[];
}
export const DocumentBooked = defineEvent('inventory', 'document-booked', 1, DocumentBookedData, {
  about: "A partner's document is in the stock ledger, or could not be booked.",
  key: (data) => data.sourceId,
  lane: bySelf((data) => partnerOf(data.channel) ?? data.channel),
});
