/** What those hear who wait for a decision: callers at the door, asks that brought an answer. */
import type { Told } from './batch.js';
import type { StoredAnswer } from './ports.js';
import type { Work } from './work.js';

const REUSED = { reason: 'key-reused', field: 'Idempotency-Key' };
/** A work that was done before: its caller gets the stored answer. */
export const repeat = (work: Work, stored: StoredAnswer | undefined): void => {
  if (work.from.kind === 'answer') work.from.done();
  if (work.from.kind !== 'door') return;
  const other = stored?.bodyHash && work.from.bodyHash && stored.bodyHash !== work.from.bodyHash;
  if (other) work.from.reply({ kind: 'reject', reason: 'key-reused', refusals: [REUSED] });
  else work.from.reply(stored?.answer ?? { kind: 'ignore', reason: 'duplicate-message' });
};

/** Whoever waits for what was just committed. */
export const tell = ({ work, reason }: Told, answers: readonly StoredAnswer[]): void => {
  if (work.from.kind === 'answer') work.from.done();
  if (work.from.kind !== 'door') return;
  const answer = answers.find(({ id }) => id === work.cause)?.answer;
  work.from.reply(answer ?? { kind: 'defer', reason: reason ?? 'order-unknown-yet' });
};
