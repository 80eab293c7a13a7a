/** The canonical receipt advice (UBL 2.1 ReceiptAdvice): X12 861, EDIFACT RECADV. */
import type { ItemInstance } from './despatch-advice.js';
import type { Day, Item, LocalDateTime, Party, Quantity, Reference } from './shapes.js';

export interface CanonicalReceiptLine {
  readonly lineNo: string;
  readonly orderLineNo?: string;
  readonly orderNumber?: string;
  readonly despatchLineNo?: string;
  readonly item: Item;
  readonly received?: Quantity;
  readonly accepted?: Quantity;
  readonly short?: Quantity;
  readonly rejected?: Quantity;
  readonly oversupplied?: Quantity;
  readonly reasonCode?: string;
  readonly reason?: string;
  readonly instances?: readonly ItemInstance[];
  readonly note?: string;
}
export interface CanonicalReceiptAdvice {
  readonly number: string;
  readonly issued?: Day;
  readonly received?: LocalDateTime;
  readonly orderNumber?: string;
  readonly despatchNumber?: string;
  readonly buyer?: Party;
  readonly seller?: Party;
  readonly shipFrom?: Party;
  readonly deliverTo?: Party;
  readonly references?: readonly Reference[];
  readonly lines: readonly CanonicalReceiptLine[];
  readonly notes?: readonly string[];
}
