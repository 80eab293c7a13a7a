/**
 * The ledger: one state per journal, immutable, numbered without gaps per entity and chained by hash; and per posting
 * day the sums by account, kept by the day they were recorded, so that a trial balance needs no journals of other days.
 */
import { compareInstants, dayOf, derivedId, kind, type Day, type Instant } from '@crossdock/kernel';
import type { JournalEntry, JournalPostedData } from '@crossdock/contracts';
import { creditsOf, debitsOf } from './posting-rules.js';

/** Journals per block of the audit trail. */
export const JOURNALS_PER_BLOCK = 1000;
export const journalBlockKey = (entity: string, no: number): string =>
  `trail:${entity}:${Math.floor(no / JOURNALS_PER_BLOCK)}`;
export const recordedKey = (entity: string, day: Day): string => `recorded:${entity}:${day}`;

/** How far an entity's books have come. */
export interface Book {
  readonly entity: string;
  readonly journals: number;
  /** hash of the last journal */
  readonly hash: string;
  /** when the last journal was recorded; never goes back, so what lies before it is final */
  readonly clock: Instant;
}
export const bookKind = kind<
  Book,
  { readonly type: 'journal-booked'; readonly no: number; readonly hash: string; readonly at: Instant }
>({
  initial: (id) => ({ entity: id, journals: 0, hash: '', clock: '' }),
  evolve: (state, { no, hash, at }) => ({ ...state, journals: no, hash, clock: at }),
});

export interface PostedJournal extends JournalPostedData {
  readonly status: 'posted';
  /** place in the entity's books, 1 for the first */
  readonly no: number;
  readonly recordedAt: Instant;
  readonly debits: number;
  readonly credits: number;
  readonly previousHash: string;
  readonly hash: string;
  /** who and why: the actor and the message that made it */
  readonly actor: string;
  readonly messageId: string;
  readonly correlationId: string;
  readonly batchId?: string;
}
export type Journal =
  | { readonly status: 'none' }
  /** a cost is not known yet; checked again at `times` + 1 */
  | { readonly status: 'waiting'; readonly times: number }
  /** there was nothing of value to post, for ever */
  | { readonly status: 'empty' }
  | PostedJournal;
export type JournalFact =
  | { readonly type: 'journal-recorded'; readonly journal: PostedJournal }
  | { readonly type: 'journal-waits'; readonly times: number }
  | { readonly type: 'journal-empty' };

export const journalKind = kind<Journal, JournalFact>({
  initial: () => ({ status: 'none' }),
  evolve: (state, fact) => {
    if (state.status === 'posted' || state.status === 'empty') return state;
    if (fact.type === 'journal-recorded') return fact.journal;
    return fact.type === 'journal-waits' ? { status: 'waiting', times: fact.times } : { status: 'empty' };
  },
  keys: (state) =>
    state.status === 'posted'
      ? [
          `source:${state.source}`,
          recordedKey(state.entity, dayOf(state.recordedAt)),
          journalBlockKey(state.entity, state.no),
          ...(state.batchId === undefined ? [] : [`batch:${state.batchId}`]),
        ]
      : [],
});

/** Debits and credits of one account. */
export interface Sums {
  readonly debit: number;
  readonly credit: number;
}
/** `<currency>/<account>` to its sums. */
export type SumsByAccount = Readonly<Record<string, Sums>>;
export const accountKey = (currency: string, account: string): string => `${currency}/${account}`;

export const addEntries = (sums: SumsByAccount, currency: string, entries: readonly JournalEntry[]): SumsByAccount => {
  const next: Record<string, Sums> = { ...sums };
  for (const { account, debit, credit } of entries) {
    const key = accountKey(currency, account);
    const before = next[key] ?? { debit: 0, credit: 0 };
    next[key] = { debit: before.debit + debit, credit: before.credit + credit };
  }
  return next;
};

/** Sums of one posting day of an entity, by the day on which they were recorded. */
export interface Balance {
  readonly entity: string;
  readonly postingDate: Day;
  readonly recorded: Readonly<Record<Day, SumsByAccount>>;
}
export const balanceId = (entity: string, postingDate: Day): string => `${entity}/${postingDate}`;
export interface JournalSummed {
  readonly type: 'journal-summed';
  readonly entity: string;
  readonly postingDate: Day;
  readonly recordedOn: Day;
  readonly currency: string;
  readonly entries: readonly JournalEntry[];
}
export const balanceKind = kind<Balance, JournalSummed>({
  initial: () => ({ entity: '', postingDate: '', recorded: {} }),
  evolve: (state, { entity, postingDate, recordedOn, currency, entries }) => ({
    entity,
    postingDate,
    recorded: { ...state.recorded, [recordedOn]: addEntries(state.recorded[recordedOn] ?? {}, currency, entries) },
  }),
  keys: ({ entity }) => (entity === '' ? [] : [`entity:${entity}`]),
});

/** What vouches for a journal: its place, its contents and the hash before it. */
export const hashOf = (journal: Omit<PostedJournal, 'hash'>): string =>
  derivedId(
    journal.previousHash,
    journal.no,
    journal.journalId,
    journal.entity,
    journal.currency,
    journal.postingDate,
    journal.recordedAt,
    journal.rule,
    journal.source,
    ...journal.entries.flatMap(({ account, debit, credit }) => [account, debit, credit]),
  );

export interface RecordedBy {
  readonly at: Instant;
  readonly actor: string;
  readonly messageId: string;
  readonly correlationId: string;
  readonly batchId?: string;
}
/** The next journal of a book. Its time is never before that of the one before, however late its message came. */
export const nextJournal = (book: Book, data: JournalPostedData, { at, ...by }: RecordedBy): PostedJournal => {
  const journal = {
    ...data,
    ...by,
    status: 'posted' as const,
    no: book.journals + 1,
    recordedAt: compareInstants(at, book.clock) > 0 ? at : book.clock,
    debits: debitsOf(data.entries),
    credits: creditsOf(data.entries),
    previousHash: book.hash,
  };
  return { ...journal, hash: hashOf(journal) };
};
