import { byNode, defineCommand } from '../language/define.js';
import {
  IsDay,
  IsDelta,
  IsInstant,
  IsItemNo,
  IsKey,
  IsLines,
  IsNodeId,
  IsNote,
  IsOneOf,
  IsUnitPrice,
  IsUnits,
  IsWhole,
  Optional,
} from '../language/fields.js';

export const STOCK_OWNERS = ['own', 'consigned', 'vendor-managed'] as const;
export type StockOwner = (typeof STOCK_OWNERS)[number];
export class ReceivedLine {
  @IsWhole(1, 1_000_000) lineNo!: number;
  @IsItemNo() item!: string;
  @IsWhole(1, 1_000_000_000) quantity!: number;
  @Optional() @IsKey('lot') lot?: string;
  /** whose the goods are: consigned and vendor-managed ones lie and sell here, but are not ours; own when left out */
  @Optional() @IsOneOf(STOCK_OWNERS) owner?: StockOwner;
  /** purchase cost of one base unit; the item's cost when left out */
  @Optional() @IsUnitPrice() unitCost?: string;
}
/** Goods receipt (UBL ReceiptAdvice). Identity: tenant, node, document number. */
export class RecordReceiptData {
  @IsKey('receipt') receiptId!: string;
  @IsKey('receiptNo') documentNo!: string;
  @IsNodeId() node!: string;
  @IsInstant() occurredAt!: string;
  @Optional() @IsDay() postingDate?: string;
  @IsLines(ReceivedLine) lines!: ReceivedLine[];
}
export const RecordReceipt = defineCommand('inventory', 'record-receipt', 1, RecordReceiptData, {
  about: 'Goods have come in; they fill backorders by priority, then age.',
  key: (data) => data.receiptId,
  lane: byNode((data) => data.node),
  travels: 'door',
});

export class AdjustStockLine {
  @IsWhole(1, 1_000_000) lineNo!: number;
  @IsItemNo() item!: string;
  @IsDelta() quantity!: number;
}
export class AdjustStockData {
  @IsKey('adjustment') adjustmentId!: string;
  @IsKey('adjustmentNo') documentNo!: string;
  @IsNodeId() node!: string;
  @IsNote() reason!: string;
  @IsDay() postingDate!: string;
  @IsInstant() occurredAt!: string;
  @IsLines(AdjustStockLine) lines!: AdjustStockLine[];
}
export const AdjustStock = defineCommand('inventory', 'adjust-stock', 1, AdjustStockData, {
  about: 'The books are put right; below what is claimed the youngest claims are freed.',
  key: (data) => data.adjustmentId,
  lane: byNode((data) => data.node),
});

export class CountedLine {
  @IsWhole(1, 1_000_000) lineNo!: number;
  @IsItemNo() item!: string;
  /** what was found sellable */
  @IsUnits() counted!: number;
  @Optional() @IsKey('lot') lot?: string;
}
export class RecordCountData {
  @IsKey('count') countId!: string;
  @IsKey('countNo') documentNo!: string;
  @IsNodeId() node!: string;
  @IsInstant() occurredAt!: string;
  @IsLines(CountedLine) lines!: CountedLine[];
}
export const RecordCount = defineCommand('inventory', 'record-count', 1, RecordCountData, {
  about: 'A cycle count is compared with the books; the difference becomes an adjustment movement.',
  key: (data) => data.countId,
  lane: byNode((data) => data.node),
  travels: 'door',
});

export class TransferLine {
  @IsWhole(1, 1_000_000) lineNo!: number;
  @IsItemNo() item!: string;
  @IsWhole(1, 1_000_000_000) quantity!: number;
}
export class ShipTransferData {
  @IsKey('transfer') transferId!: string;
  @IsKey('transferNo') documentNo!: string;
  @IsNodeId() node!: string;
  @IsNodeId() toNode!: string;
  @IsInstant() occurredAt!: string;
  @IsLines(TransferLine) lines!: TransferLine[];
}
export const ShipTransfer = defineCommand('inventory', 'ship-transfer', 1, ShipTransferData, {
  about: 'Stock leaves a node for another one.',
  key: (data) => data.transferId,
  lane: byNode((data) => data.node),
  travels: 'door',
});
export class ExpectTransferData {
  @IsKey('transfer') transferId!: string;
  @IsKey('transferNo') documentNo!: string;
  @IsNodeId() node!: string;
  @IsNodeId() fromNode!: string;
  @IsInstant() occurredAt!: string;
  @IsLines(TransferLine) lines!: TransferLine[];
}
export const ExpectTransfer = defineCommand('inventory', 'expect-transfer', 1, ExpectTransferData, {
  about: 'Stock is on its way to a node.',
  key: (data) => data.transferId,
  lane: byNode((data) => data.node),
});
/** Identity: transfer and receipt number; a transfer that arrives at once needs none. */
export class CompleteTransferData {
  @IsKey('transfer') transferId!: string;
  @IsKey('transferNo') documentNo!: string;
  @Optional() @IsKey('receiptNo') receiptNo?: string;
  @IsNodeId() node!: string;
  @IsInstant() occurredAt!: string;
  @IsLines(TransferLine) lines!: TransferLine[];
}
export const CompleteTransfer = defineCommand('inventory', 'complete-transfer', 1, CompleteTransferData, {
  about: 'Stock of a transfer has arrived.',
  key: (data) => data.transferId,
  lane: byNode((data) => data.node),
  travels: 'door',
});
