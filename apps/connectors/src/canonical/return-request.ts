/** A customer's wish to send goods back, or our authorisation of it: X12 180. */
import type { AllowanceCharge, Day, DecimalText, Item, Money, Party, Quantity, Reference } from './shapes.js';

export interface CanonicalReturnLine {
  readonly lineNo: string;
  readonly item: Item;
  readonly quantity: Quantity;
  readonly unitPrice?: DecimalText;
  readonly amount?: Money;
  readonly orderNumber?: string;
  /** RDR01 and RDR02 as sent */
  readonly disposition?: string;
  readonly reasonCode?: string;
  readonly allowanceCharges?: readonly AllowanceCharge[];
  readonly references?: readonly Reference[];
  readonly note?: string;
}
export interface CanonicalReturnRequest {
  readonly number: string;
  readonly purpose?: string;
  readonly issued?: Day;
  readonly buyer?: Party;
  readonly seller?: Party;
  readonly deliverTo?: Party;
  readonly references?: readonly Reference[];
  readonly lines: readonly CanonicalReturnLine[];
  readonly notes?: readonly string[];
}
