/** The canonical inventory report (UBL 2.1 InventoryReport): X12 846/852, EDIFACT INVRPT, stock levels of shops. */
import type { Day, Item, LocalDateTime, Money, Party, Quantity, Reference } from './shapes.js';

export interface ReportedQuantity {
  /** `on-hand`, `available`, `reserved`, `on-order`, `in-transit`, `sold`, `quarantined` ...; what it is called as sent */
  readonly kind: string;
  /** QTY01, QTY+6063 as sent */
  readonly sentKind?: string;
  readonly quantity: Quantity;
}
export interface CanonicalInventoryLine {
  readonly lineNo: string;
  readonly item: Item;
  readonly quantities: readonly ReportedQuantity[];
  readonly value?: Money;
  readonly location?: Party;
  readonly lot?: string;
  readonly status?: string;
}
export interface CanonicalInventoryReport {
  readonly number: string;
  readonly issued?: Day;
  readonly asOf?: LocalDateTime;
  readonly currency?: string;
  readonly reporter?: Party;
  readonly receiver?: Party;
  readonly location?: Party;
  readonly references?: readonly Reference[];
  readonly lines: readonly CanonicalInventoryLine[];
  readonly notes?: readonly string[];
}
