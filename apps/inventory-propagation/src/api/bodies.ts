/** Documents of stock as they come in at the door. Every one names item, location (`node`), quantity and correlation. */
import {
  IsDay,
  IsDelta,
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
  STOCK_OWNERS,
  type StockOwner,
} from '@crossdock/contracts';

class DocumentBody {
  /** the sender's number; with the node it is the document's identity */
  @IsKey('movementDocument') documentNo!: string;
  /** the location */
  @IsNodeId() node!: string;
  /** may stand in the header X-Correlation-Id instead; one of both is required */
  @Optional() @IsKey() correlationId?: string;
  /** when it happened; now, when left out */
  @Optional() @IsInstant() occurredAt?: string;
}
class LineBody {
  /** position in the document when left out */
  @Optional() @IsWhole(1, 1_000_000) lineNo?: number;
  @IsItemNo() item!: string;
}

export class ReceiptLineBody extends LineBody {
  /** base units */
  @IsWhole(1, 1_000_000_000) quantity!: number;
  @Optional() @IsKey('lot') lot?: string;
  @Optional() @IsOneOf(STOCK_OWNERS) owner?: StockOwner;
  /** purchase cost of one base unit; the item's cost when left out */
  @Optional() @IsUnitPrice() unitCost?: string;
}
export class ReceiptBody extends DocumentBody {
  @Optional() @IsDay() postingDate?: string;
  @IsLines(ReceiptLineBody) lines!: ReceiptLineBody[];
}

export class CountLineBody extends LineBody {
  @Optional() @IsKey('lot') lot?: string;
  /** base units found sellable, claimed or not */
  @IsUnits() quantity!: number;
}
export class CountBody extends DocumentBody {
  @IsLines(CountLineBody) lines!: CountLineBody[];
}

export class AdjustmentLineBody extends LineBody {
  @Optional() @IsKey('lot') lot?: string;
  /** base units, with a sign */
  @IsDelta() quantity!: number;
}
export class AdjustmentBody extends DocumentBody {
  @IsNote() reason!: string;
  /** the day of `occurredAt` when left out */
  @Optional() @IsDay() postingDate?: string;
  @IsLines(AdjustmentLineBody) lines!: AdjustmentLineBody[];
}

export class TransferLineBody extends LineBody {
  @IsWhole(1, 1_000_000_000) quantity!: number;
}
export class TransferBody extends DocumentBody {
  @IsNodeId() toNode!: string;
  @IsLines(TransferLineBody) lines!: TransferLineBody[];
}
/** Arrival of a transfer: all of it when no lines are given. */
export class ArrivalBody {
  @Optional() @IsKey() correlationId?: string;
  @Optional() @IsInstant() occurredAt?: string;
  /** needed when a transfer arrives in parts */
  @Optional() @IsKey('receiptNo') receiptNo?: string;
  @Optional() @IsListOf(TransferLineBody, 5000, 1) lines?: TransferLineBody[];
}

export class ClaimTransferBody extends DocumentBody {
  @IsItemNo() item!: string;
  @IsOrderId() fromOrderId!: string;
  @IsOrderId() toOrderId!: string;
  @IsWhole(1, 1_000_000_000) quantity!: number;
  @IsNote() reason!: string;
}

/** What the door answers for a document: booked now, or booked before. */
export class DocumentTaken {
  @IsKey('movement') movementId!: string;
  @IsKey('movementDocument') documentNo!: string;
  @IsNodeId() node!: string;
  @IsOneOf(['recorded', 'already-recorded']) status!: 'recorded' | 'already-recorded';
  @Optional() @IsKey('transfer') transferId?: string;
}
