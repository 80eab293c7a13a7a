/** The canonical order (UBL 2.1 Order): X12 850/875, EDIFACT ORDERS, UBL Order, shop orders, IDoc ORDERS. */
import type {
  AllowanceCharge,
  Day,
  DecimalText,
  Item,
  LocalDateTime,
  Money,
  Party,
  Quantity,
  Reference,
  TaxSubtotal,
} from './shapes.js';

export interface CanonicalOrderLine {
  /** the buyer's line number as sent; its place, from 1, where none was sent */
  readonly lineNo: string;
  readonly item: Item;
  readonly quantity: Quantity;
  /** price of one `per` of the unit (1 when left out), up to 6 places, without tax and before allowances */
  readonly unitPrice?: DecimalText;
  readonly per?: DecimalText;
  /** quantity x price as the partner says */
  readonly amount?: Money;
  readonly requestedDate?: Day;
  readonly deliverTo?: Party;
  /** how the quantity is shared out over several places (X12 SDQ, EDIFACT LOC with QTY 11) */
  readonly deliveries?: readonly { readonly deliverTo: Party; readonly quantity: Quantity }[];
  readonly allowanceCharges?: readonly AllowanceCharge[];
  readonly taxPercent?: DecimalText;
  readonly note?: string;
}
export interface CanonicalOrder {
  /** the buyer's number: BEG03, BGM02, cbc:ID, the shop's order name */
  readonly number: string;
  /**
   * what it does: `original`, `replace`, `change`, `cancel`, `duplicate`, `confirmation`; of a shop also `pending` (not
   * paid or not finished: nothing is to be sent yet) and `over` (sent, refunded, or sent by somebody else)
   */
  readonly purpose?: string;
  /** BEG02, cbc:OrderTypeCode as sent */
  readonly type?: string;
  readonly issued?: Day;
  readonly issuedAt?: LocalDateTime;
  readonly requestedDate?: Day;
  /** ISO 4217 when the document says one; the agreement decides otherwise */
  readonly currency?: string;
  readonly buyer?: Party;
  readonly seller?: Party;
  readonly deliverTo?: Party;
  readonly billTo?: Party;
  readonly references?: readonly Reference[];
  readonly lines: readonly CanonicalOrderLine[];
  readonly allowanceCharges?: readonly AllowanceCharge[];
  readonly taxes?: readonly TaxSubtotal[];
  readonly totals?: { readonly lines?: Money; readonly tax?: Money; readonly payable?: Money };
  readonly notes?: readonly string[];
}
