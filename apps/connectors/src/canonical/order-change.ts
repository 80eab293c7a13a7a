/** The canonical order change (UBL 2.1 OrderChange): X12 860, 865 of a buyer's change, EDIFACT ORDCHG. */
import type { CanonicalOrder, CanonicalOrderLine } from './order.js';

export type LineAction = 'add' | 'change' | 'delete' | 'none';
export interface CanonicalOrderChangeLine extends CanonicalOrderLine {
  /** what happens to the line; left out where the document doesn't say and the line simply replaces ours */
  readonly action?: LineAction;
  /** no quantity was said: it stays as it is, and `quantity` is none */
  readonly keepsQuantity?: true;
  /** neither quantity nor price says a unit: whether a price is for a case or a piece is not told */
  readonly unitUnsaid?: true;
  /** POC02, LIN02, cbc:LineStatusCode as sent */
  readonly sentAction?: string;
}
export interface CanonicalOrderChange extends Omit<CanonicalOrder, 'lines'> {
  /** the order that changes; `number` is the change's own */
  readonly orderNumber: string;
  /** which change of the order this is */
  readonly sequence?: string;
  readonly lines: readonly CanonicalOrderChangeLine[];
}
