/** Goods that trading partners tell of by document: booked like any other, and answered, because nobody waits at a door. */
import { partnerOf } from '../canonical/identity.js';
import { MadeBy } from '../canonical/made-by.js';
import { byNode, bySelf, defineCommand, defineEvent } from '../language/define.js';
import {
  IsA,
  IsDay,
  IsInstant,
  IsKey,
  IsLines,
  IsListOf,
  IsNodeId,
  IsNote,
  IsOneOf,
  IsTexts,
  Optional,
} from '../language/fields.js';
import { OrderRefusal } from '../orders/events.v1.js';
import { RecordReceiptData, TransferLine } from './movements.v1.js';

export class TakeReceiptData extends RecordReceiptData {
  /** whose document it is: `partner-<id>` */
  @IsKey('channel') channel!: string;
  /** the document that the answer names */
  @IsKey('document') sourceId!: string;
  /** numbers that it names of what was on its way: the first of them that is known is meant */
  @Optional() @IsTexts(3) inboundNos?: string[];
  @Optional() @IsA(MadeBy) madeBy?: MadeBy;
}
export const TakeReceipt = defineCommand('inventory', 'take-receipt', 1, TakeReceiptData, {
  about: 'A trading partner tells of goods that came in; answered by document-booked.',
  key: (data) => data.receiptId,
  lane: byNode((data) => data.node),
});

/** Goods are on their way to a node (X12 943 and 856, EDIFACT DESADV, UBL DespatchAdvice). Identity: node, document number. */
export class TakeInboundAdviceData {
  @IsNodeId() node!: string;
  /** the partner and its number of the document: `<partner>/<number>` */
  @IsKey('movementDocument') documentNo!: string;
  /** the number that receipts name; several advices may tell of one */
  @IsKey('inbound') inboundNo!: string;
  @IsInstant() occurredAt!: string;
  @Optional() @IsDay() expectedOn?: string;
  @IsLines(TransferLine) lines!: TransferLine[];
  @IsKey('channel') channel!: string;
  @IsKey('document') sourceId!: string;
  @Optional() @IsA(MadeBy) madeBy?: MadeBy;
}
export const TakeInboundAdvice = defineCommand('inventory', 'take-inbound-advice', 1, TakeInboundAdviceData, {
  about: 'A trading partner tells of goods that are on their way to a node; answered by document-booked.',
  key: (data) => data.inboundNo,
  lane: byNode((data) => data.node),
});

/** A person gives up what was advised and did not come: nothing of it is in transit any more. */
export class CloseInboundData {
  @IsNodeId() node!: string;
  @IsKey('inbound') inboundNo!: string;
  /** counted for each advice, so that one that comes afterwards can be closed as well */
  @IsKey('movementDocument') documentNo!: string;
  @IsTexts(5000) items!: string[];
  @IsNote(1000) comment!: string;
  @IsNote(200) by!: string;
}
export const CloseInbound = defineCommand('inventory', 'close-inbound', 1, CloseInboundData, {
  about: 'A person gives up goods that were advised and did not come.',
  key: (data) => data.inboundNo,
  lane: byNode((data) => data.node),
  travels: 'door',
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
