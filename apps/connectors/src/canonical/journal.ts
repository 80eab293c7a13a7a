/** A journal entry of a ledger outside: QuickBooks JournalEntry. */
import type { Day, Money } from './shapes.js';

export interface CanonicalJournalLine {
  readonly lineNo: string;
  readonly side: 'debit' | 'credit';
  readonly account: string;
  readonly amount: Money;
  readonly note?: string;
}
export interface CanonicalJournal {
  readonly number: string;
  readonly posted?: Day;
  readonly currency?: string;
  readonly lines: readonly CanonicalJournalLine[];
}
