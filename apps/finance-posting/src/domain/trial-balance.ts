/**
 * A trial balance from sums per posting day, kept by the day they were recorded. Whole days come from the sums; only the
 * journals of the one day that the asked moment cuts are looked at one by one.
 */
import { dayOf, type Day, type Instant } from '@crossdock/kernel';
import { accountName, accountType, type AccountType } from './accounts.js';
import { addEntries, type Balance, type PostedJournal, type Sums, type SumsByAccount } from './journal.js';

/** Which journals count. Every limit includes its own day, moment or number. */
export interface Cut {
  /** posted on this business day or before; none: every day */
  readonly postedUntil?: Day;
  /** recorded at this moment or before */
  readonly recordedUntil: Instant;
  /** and not after this journal */
  readonly through: number;
}

const isPostedIn = ({ postedUntil }: Cut, postingDate: Day): boolean =>
  postedUntil === undefined || postingDate <= postedUntil;

/** Adds the sums of one posting day: of the recording days before that of the cut, or of that day too. */
export const addBalance = (
  sums: SumsByAccount,
  cut: Cut,
  { postingDate, recorded }: Balance,
  days: 'before' | 'until',
): SumsByAccount => {
  if (!isPostedIn(cut, postingDate)) return sums;
  const cutDay = dayOf(cut.recordedUntil);
  const next: Record<string, Sums> = { ...sums };
  for (const [day, byAccount] of Object.entries(recorded)) {
    if (day > cutDay || (day === cutDay && days === 'before')) continue;
    for (const [key, { debit, credit }] of Object.entries(byAccount)) {
      const before = next[key] ?? { debit: 0, credit: 0 };
      next[key] = { debit: before.debit + debit, credit: before.credit + credit };
    }
  }
  return next;
};
export const isWithin = (cut: Cut, { postingDate, recordedAt, no }: PostedJournal): boolean =>
  isPostedIn(cut, postingDate) && recordedAt <= cut.recordedUntil && no <= cut.through;

/** Adds a journal of the day of the cut when it lies within it. */
export const addJournal = (sums: SumsByAccount, cut: Cut, journal: PostedJournal): SumsByAccount =>
  isWithin(cut, journal) ? addEntries(sums, journal.currency, journal.entries) : sums;

export interface TrialBalanceRow {
  readonly account: string;
  readonly name: string;
  readonly type: AccountType;
  readonly currency: string;
  readonly debit: number;
  readonly credit: number;
  /** debit less credit: above zero a debit balance */
  readonly balance: number;
}
export interface TrialBalance {
  readonly accounts: readonly TrialBalanceRow[];
  readonly totals: readonly { readonly currency: string; readonly debit: number; readonly credit: number }[];
  readonly balanced: boolean;
}

export const trialBalance = (sums: SumsByAccount): TrialBalance => {
  const accounts = Object.entries(sums)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, { debit, credit }]) => {
      const [currency = '', account = ''] = key.split('/');
      const name = accountName(account) ?? account;
      return { account, name, type: accountType(account), currency, debit, credit, balance: debit - credit };
    });
  const currencies = [...new Set(accounts.map(({ currency }) => currency))];
  const totals = currencies.map((currency) => {
    const own = accounts.filter((row) => row.currency === currency);
    const sum = (of: 'debit' | 'credit'): number => own.reduce((total, row) => total + row[of], 0);
    return { currency, debit: sum('debit'), credit: sum('credit') };
  });
  return { accounts, totals, balanced: totals.every(({ debit, credit }) => debit === credit) };
};
