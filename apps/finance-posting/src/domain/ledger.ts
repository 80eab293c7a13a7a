/** What the ledger owns, and how a journal enters it: once, numbered, chained, summed, and told. */
import { change, dayOf, ref, say, type Input, type Output, type Touched } from '@crossdock/kernel';
import { caseKind, JournalPosted, type JournalEntry, type JournalPostedData } from '@crossdock/contracts';
import { entityKind, itemKind } from './catalogue.js';
import { documentKind, documentLinesKind, numberingKind } from './document.js';
import { balanceId, balanceKind, bookKind, journalKind, nextJournal, type PostedJournal } from './journal.js';
import { journalIdOf, ruleLabel, type PostingRule } from './posting-rules.js';

export const ledgerKinds = {
  numbering: numberingKind,
  document: documentKind,
  documentLines: documentLinesKind,
  journal: journalKind,
  book: bookKind,
  balance: balanceKind,
  case: caseKind,
};
export const ledgerReads = { entity: entityKind, item: itemKind };
export type Seen = Touched<typeof ledgerKinds & typeof ledgerReads>;

export interface JournalContents {
  readonly entity: string;
  readonly currency: string;
  readonly postingDate: string;
  readonly entries: readonly JournalEntry[];
}

/** The outputs of a journal that takes its place in the book. */
const enter = (journal: PostedJournal, data: JournalPostedData): readonly Output[] => {
  const { journalId, entity, currency, postingDate, entries, no, hash, recordedAt } = journal;
  return [
    change(ref('journal', journalId), { type: 'journal-recorded', journal }),
    change(ref('book', entity), { type: 'journal-booked', no, hash, at: recordedAt }),
    change(ref('balance', balanceId(entity, postingDate)), {
      type: 'journal-summed',
      entity,
      postingDate,
      currency,
      entries,
      recordedOn: dayOf(recordedAt),
    }),
    say(JournalPosted, data, ref('journal', journalId)),
  ];
};

/**
 * The outputs of one posting; none when a journal of this rule and source stands already. At most one posting a
 * decision: its number is taken from the book as it stood before.
 */
export const postJournal = (
  by: PostingRule,
  source: string,
  { entity, currency, postingDate, entries }: JournalContents,
  input: Input,
  { journal, book }: Seen,
): readonly Output[] => {
  const journalId = journalIdOf(by, source);
  const { status } = journal(journalId);
  if (status === 'posted' || status === 'empty') return [];
  if (entries.length === 0) return [change(ref('journal', journalId), { type: 'journal-empty' })];
  const rule = ruleLabel(by);
  const data: JournalPostedData = { journalId, entity, currency, postingDate, rule, source, entries: [...entries] };
  const recorded = nextJournal(book(entity), data, {
    at: input.at,
    actor: `${input.actor.kind}:${input.actor.id}`,
    messageId: input.id,
    correlationId: input.correlationId,
    ...(input.batchId ? { batchId: input.batchId } : {}),
  });
  return enter(recorded, data);
};
