/** The canonical invoice and credit note (UBL 2.1 Invoice, CreditNote): X12 810, EDIFACT INVOIC, UBL, ERP invoices. */
import type {
  AllowanceCharge,
  Day,
  DecimalText,
  Item,
  Money,
  Party,
  Quantity,
  Reference,
  TaxSubtotal,
} from './shapes.js';

export interface CanonicalInvoiceLine {
  readonly lineNo: string;
  readonly item: Item;
  readonly quantity: Quantity;
  readonly unitPrice?: DecimalText;
  readonly per?: DecimalText;
  /** net of the line, after its own allowances and charges */
  readonly amount?: Money;
  readonly orderLineNo?: string;
  readonly orderNumber?: string;
  readonly allowanceCharges?: readonly AllowanceCharge[];
  readonly taxCategory?: string;
  readonly taxPercent?: DecimalText;
}
/** Totals of UBL LegalMonetaryTotal; `lines` = LineExtensionAmount, `payable` = PayableAmount. */
export interface InvoiceTotals {
  readonly lines?: Money;
  readonly allowances?: Money;
  readonly charges?: Money;
  readonly net?: Money;
  readonly tax?: Money;
  readonly gross?: Money;
  readonly prepaid?: Money;
  /** PayableRoundingAmount: what was added so that the payable amount is round */
  readonly rounding?: Money;
  readonly payable?: Money;
}
export interface CanonicalInvoice {
  readonly number: string;
  /** UNCL 1001 (380, 381 ...) or as sent */
  readonly type?: string;
  readonly issued?: Day;
  readonly due?: Day;
  readonly currency?: string;
  readonly buyer?: Party;
  readonly seller?: Party;
  readonly deliverTo?: Party;
  readonly billTo?: Party;
  readonly remitTo?: Party;
  readonly orderNumber?: string;
  readonly references?: readonly Reference[];
  readonly lines: readonly CanonicalInvoiceLine[];
  readonly allowanceCharges?: readonly AllowanceCharge[];
  readonly taxes?: readonly TaxSubtotal[];
  readonly totals?: InvoiceTotals;
  readonly terms?: string;
  readonly notes?: readonly string[];
}
