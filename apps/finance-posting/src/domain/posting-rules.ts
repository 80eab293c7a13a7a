/**
 * Posting rules (DOMAIN, section 6): from amounts to the two sides of a journal. Pure tables, one function per rule.
 * Amounts are minor units of one currency, rounded before they come here; a rule never rounds, so it never loses.
 */
import { derivedId } from '@crossdock/kernel';
import type { JournalEntry } from '@crossdock/contracts';
import { ACCOUNTS, type AccountName } from './accounts.js';

/** Version of each rule: what a journal was made by. Its id does not carry it (see DECISIONS). */
export const POSTING_RULES = {
  'sales-invoice': 1,
  'cost-of-goods': 1,
  'cost-of-goods-late': 1,
  'credit-memo': 1,
  'return-cost': 1,
  'return-cost-late': 1,
  'goods-receipt': 1,
  'stock-adjustment': 1,
  'transfer-shipped': 1,
  'transfer-completed': 1,
} as const;
export type PostingRule = keyof typeof POSTING_RULES;

export const ruleLabel = (rule: PostingRule): string => `${rule}.${POSTING_RULES[rule]}`;
/** One journal per rule and source, whatever is replayed and whichever version of the rule runs. */
export const journalIdOf = (rule: PostingRule, source: string): string => derivedId('journal', rule, source);

const entry = (account: AccountName, debit: number): JournalEntry =>
  debit >= 0
    ? { account: ACCOUNTS[account], debit, credit: 0 }
    : { account: ACCOUNTS[account], debit: 0, credit: -debit };
const dr = (account: AccountName, amount: number): JournalEntry => entry(account, amount);
const cr = (account: AccountName, amount: number): JournalEntry => entry(account, amount === 0 ? 0 : -amount);
/** A side of nothing is left out; a journal of nothing has no entries and is not posted. */
const journal = (...entries: readonly JournalEntry[]): readonly JournalEntry[] =>
  entries.filter(({ debit, credit }) => debit !== 0 || credit !== 0);

/** Net amounts of a billing document by what they stand for, and its tax. */
export interface BilledAmounts {
  readonly goods: number;
  readonly freight: number;
  readonly charges: number;
  readonly tax: number;
}

export const salesInvoice = ({ goods, freight, charges, tax }: BilledAmounts): readonly JournalEntry[] =>
  journal(
    dr('AR', goods + freight + charges + tax),
    cr('REVENUE', goods),
    cr('FREIGHT_REVENUE', freight),
    cr('OTHER_CHARGES', charges),
    cr('TAX_PAYABLE', tax),
  );

/** Goods that came back lower sales by SALES_RETURNS; a charge given back lowers the account it was earned on. */
export const creditMemo = ({ goods, freight, charges, tax }: BilledAmounts): readonly JournalEntry[] =>
  journal(
    dr('SALES_RETURNS', goods),
    dr('FREIGHT_REVENUE', freight),
    dr('OTHER_CHARGES', charges),
    dr('TAX_PAYABLE', tax),
    cr('AR', goods + freight + charges + tax),
  );

export const costOfGoods = (cost: number): readonly JournalEntry[] => journal(dr('COGS', cost), cr('INVENTORY', cost));
/** Goods back in quarantine stock are still ours. */
export const returnCost = (cost: number): readonly JournalEntry[] => journal(dr('INVENTORY', cost), cr('COGS', cost));
export const goodsReceipt = (value: number): readonly JournalEntry[] =>
  journal(dr('INVENTORY', value), cr('GRNI', value));

/** Counts and adjustments: what is missing and what was found stand side by side, never netted. */
export const stockAdjustment = (lost: number, found: number): readonly JournalEntry[] =>
  journal(dr('INVENTORY_SHRINKAGE', lost), cr('INVENTORY', lost), dr('INVENTORY', found), cr('INVENTORY_FOUND', found));
export const transferShipped = (value: number): readonly JournalEntry[] =>
  journal(dr('INVENTORY_IN_TRANSIT', value), cr('INVENTORY', value));
export const transferCompleted = (value: number): readonly JournalEntry[] =>
  journal(dr('INVENTORY', value), cr('INVENTORY_IN_TRANSIT', value));

/** The mirror of a journal: the only way to take one back. */
export const reversal = (entries: readonly JournalEntry[]): readonly JournalEntry[] =>
  entries.map(({ account, debit, credit }) => ({ account, debit: credit, credit: debit }));

export const debitsOf = (entries: readonly JournalEntry[]): number =>
  entries.reduce((sum, { debit }) => sum + debit, 0);
export const creditsOf = (entries: readonly JournalEntry[]): number =>
  entries.reduce((sum, { credit }) => sum + credit, 0);

/** Both sides alike, whole minor units, none negative, none on both sides: what a ledger takes. */
export const isBalanced = (entries: readonly JournalEntry[]): boolean =>
  debitsOf(entries) === creditsOf(entries) &&
  entries.every(
    ({ debit, credit }) =>
      Number.isSafeInteger(debit) && Number.isSafeInteger(credit) && debit >= 0 && credit >= 0 && debit * credit === 0,
  );
