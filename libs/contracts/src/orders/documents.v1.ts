import { LINE_KINDS, type LineKind } from '../canonical/line.js';
import { accountLane, byAccount, defineCommand } from '../language/define.js';
import {
  IsAccountNo,
  IsCountry,
  IsCurrency,
  IsDay,
  IsDecimal,
  IsFlag,
  IsItemNo,
  IsKey,
  IsLines,
  IsNodeId,
  IsNote,
  IsOneOf,
  IsOrderId,
  IsText,
  IsUnitPrice,
  IsRecord,
  IsWhole,
  Optional,
} from '../language/fields.js';

export class ReturnedLine {
  @IsWhole(1, 1_000_000) lineNo!: number;
  @IsItemNo() item!: string;
  @IsOneOf(LINE_KINDS) kind!: LineKind;
  @Optional() @IsNote() description?: string;
  /** positive: what comes back */
  @IsDecimal() quantity!: string;
  @IsUnitPrice() unitPrice!: string;
}

/** An unreferenced return: goods come back without naming the order they left by. */
export class SubmitReturnData {
  @IsKey('return') returnId!: string;
  @IsKey('channel') channel!: string;
  @IsKey('returnNo') documentNo!: string;
  @IsKey() contentHash!: string;
  @IsAccountNo() account!: string;
  @IsCurrency() currency!: string;
  @IsDay() returnDate!: string;
  @IsCountry() country!: string;
  @IsNodeId() node!: string;
  @Optional() @IsNote() source?: string;
  /** it was put aside before: once it is taken, its case is over */
  @Optional() @IsFlag() parked?: boolean;
  /** days after today that its date may lie in; any when left out */
  @Optional() @IsWhole(0, 36_500) daysAhead?: number;
  @IsLines(ReturnedLine) lines!: ReturnedLine[];
}
export const SubmitReturn = defineCommand('orders', 'submit-return', 1, SubmitReturnData, {
  about: 'A return document arrives.',
  key: (data) => data.returnId,
  lane: byAccount((data) => accountLane(data.account, data.returnId)),
  travels: 'door',
});

export class AdjustedLine {
  @IsWhole(1, 1_000_000) lineNo!: number;
  @IsItemNo() item!: string;
  /** goods when left out; anything else has no stock to adjust */
  @Optional() @IsOneOf(LINE_KINDS) kind?: LineKind;
  /** signed */
  @IsDecimal() quantity!: string;
  @Optional() @IsNote() description?: string;
}
/** A stock adjustment by document: less or more than the books say, with a reason. */
export class SubmitAdjustmentData {
  @IsKey('adjustment') adjustmentId!: string;
  @IsKey('channel') channel!: string;
  @IsKey('adjustmentNo') documentNo!: string;
  @IsKey() contentHash!: string;
  @IsDay() adjustmentDate!: string;
  @IsNodeId() node!: string;
  @IsNote() reason!: string;
  @Optional() @IsNote() source?: string;
  /** it was put aside before: once it is taken, its case is over */
  @Optional() @IsFlag() parked?: boolean;
  /** days after today that its date may lie in; any when left out */
  @Optional() @IsWhole(0, 36_500) daysAhead?: number;
  @IsLines(AdjustedLine) lines!: AdjustedLine[];
}
export const SubmitAdjustment = defineCommand('orders', 'submit-adjustment', 1, SubmitAdjustmentData, {
  about: 'A stock adjustment document arrives.',
  key: (data) => data.adjustmentId,
  lane: byAccount((data) => data.adjustmentId),
  travels: 'door',
});

/** A document that can't be taken as it is: kept with its content and the reason, for a person to decide. */
export class ParkDocumentData {
  @IsKey('document') documentId!: string;
  @IsKey('channel') channel!: string;
  @IsKey('documentNo') documentNo!: string;
  @IsKey() contentHash!: string;
  @IsKey() reason!: string;
  @IsText(1000) text!: string;
  /** file and row */
  @Optional() @IsNote() source?: string;
  /** the document as it came */
  @IsRecord() content!: Record<string, unknown>;
}
export const ParkDocument = defineCommand('orders', 'park-document', 1, ParkDocumentData, {
  about: 'A document that cannot be read is put aside with its reason.',
  key: (data) => data.documentId,
  lane: byAccount((data) => data.documentId),
  travels: 'door',
});

/** What became of an order file, for whoever asks for its batch: what changed nothing stands nowhere else. */
export class RecordFileData {
  @IsKey('file') fileId!: string;
  @IsNote(200) name!: string;
  @IsWhole() rows!: number;
  @IsWhole() documents!: number;
  /** documents that were known with the same content */
  @IsWhole() alreadyKnown!: number;
}
export const RecordFile = defineCommand('orders', 'record-file', 1, RecordFileData, {
  about: 'An order file is worked off.',
  key: (data) => data.fileId,
  lane: byAccount((data) => data.fileId),
  travels: 'door',
});

export class SettleDocumentData {
  @IsKey('document') documentId!: string;
}
export const SettleDocument = defineCommand('orders', 'settle-document', 1, SettleDocumentData, {
  about: 'A document that was put aside has been taken after all; its exception case is over.',
  key: (data) => data.documentId,
  lane: byAccount((data) => data.documentId),
  travels: 'private',
});

export class CancelOrderData {
  @IsOrderId() orderId!: string;
  @IsAccountNo() account!: string;
  @IsText(200) reason!: string;
}
export const CancelOrder = defineCommand('orders', 'cancel-order', 1, CancelOrderData, {
  about: 'Somebody wants an order cancelled before it is released.',
  key: (data) => data.orderId,
  lane: byAccount((data) => accountLane(data.account, data.orderId)),
  travels: 'door',
});
