import { byEntity, defineCommand } from '../language/define.js';
import {
  IsDay,
  IsDelta,
  IsItemNo,
  IsKey,
  IsLines,
  IsOneOf,
  IsUnitPrice,
  IsWhole,
  Optional,
} from '../language/fields.js';

/** Posting rules that value units of stock at cost. */
export const STOCK_VALUE_RULES = [
  'goods-receipt',
  'stock-adjustment',
  'transfer-shipped',
  'transfer-completed',
  'cost-of-goods-late',
  'return-cost-late',
] as const;
export type StockValueRule = (typeof STOCK_VALUE_RULES)[number];

export class ValuedLine {
  @IsItemNo() item!: string;
  /** base units, signed: what came to (or left) the stock that is ours */
  @IsDelta() units!: number;
  /** cost of one base unit; the item's cost when left out */
  @Optional() @IsUnitPrice() unitCost?: string;
}
export class ValueStockData {
  /** derived from source and rule; unique for ever */
  @IsKey('journal') journalId!: string;
  @IsKey('entity') entity!: string;
  @IsOneOf(STOCK_VALUE_RULES) rule!: StockValueRule;
  @IsKey('journalSource') source!: string;
  @IsDay() postingDate!: string;
  @IsLines(ValuedLine) lines!: ValuedLine[];
}
const ofJournal = {
  key: (data: ValueStockData) => data.journalId,
  lane: byEntity((data: ValueStockData) => data.entity),
};
export const ValueStock = defineCommand('finance', 'value-stock', 1, ValueStockData, {
  about: 'Stock moved, or its cost became due: the ledger values and posts it.',
  ...ofJournal,
  travels: 'private',
});

export class ValueStockDueData extends ValueStockData {
  /** times that a cost was already found missing */
  @IsWhole(0, 1_000_000) times!: number;
}
export const ValueStockDue = defineCommand('finance', 'check-stock-value', 1, ValueStockDueData, {
  about: 'A journal waits for the cost of an item; it may be known by now.',
  ...ofJournal,
  travels: 'timer',
});
