/** The canonical remittance advice (UBL 2.1 RemittanceAdvice): X12 820, EDIFACT REMADV, payments of an ERP. */
import type { Day, DecimalText, Money, Party, Reference } from './shapes.js';

export interface CanonicalRemittanceLine {
  readonly lineNo: string;
  /** invoice or credit note that is settled */
  readonly documentNumber?: string;
  /** `invoice`, `credit-note`, or the qualifier as sent */
  readonly documentType?: string;
  readonly documentDay?: Day;
  readonly paid?: Money;
  readonly gross?: Money;
  readonly discount?: Money;
  readonly adjusted?: Money;
  readonly reasonCode?: string;
  readonly note?: string;
}
export interface CanonicalRemittanceAdvice {
  readonly number: string;
  readonly issued?: Day;
  readonly paymentDay?: Day;
  readonly currency?: string;
  readonly amount?: Money;
  /** amount without a currency where the document names none */
  readonly amountText?: DecimalText;
  /** UNCL 4461, BPR04 ... as sent */
  readonly method?: string;
  /** what the bank's statement names: TRN02, cbc:PaymentID */
  readonly trace?: string;
  readonly payer?: Party;
  readonly payee?: Party;
  readonly references?: readonly Reference[];
  readonly lines: readonly CanonicalRemittanceLine[];
  readonly notes?: readonly string[];
}
