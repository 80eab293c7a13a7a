/** Evidence that an entity's journals are all there and as they were posted: numbers, hash chain, both sides equal. */
import { hashOf, type PostedJournal } from './journal.js';
import { isBalanced } from './posting-rules.js';

export interface TrailFault {
  readonly no: number;
  readonly fault: 'missing' | 'changed' | 'chain-broken' | 'unbalanced';
}
export interface TrailCheck {
  /** number and hash of the last journal seen */
  readonly last: number;
  readonly hash: string;
  readonly faults: readonly TrailFault[];
}
export const trailStart: TrailCheck = { last: 0, hash: '', faults: [] };
/** A trail is wrong or it is not: after this many faults nobody needs more. */
const FAULTS_MAX = 100;

const faultsOf = (journal: PostedJournal, previousHash: string, expectedNo: number): readonly TrailFault[] => {
  const { no, hash, entries } = journal;
  const faults: TrailFault[] = [];
  if (no !== expectedNo) faults.push({ no: expectedNo, fault: 'missing' });
  else if (journal.previousHash !== previousHash) faults.push({ no, fault: 'chain-broken' });
  if (hashOf(journal) !== hash) faults.push({ no, fault: 'changed' });
  if (!isBalanced(entries)) faults.push({ no, fault: 'unbalanced' });
  return faults;
};

/** Goes on with the next journals, in any order among themselves. */
export const checkTrail = (before: TrailCheck, journals: readonly PostedJournal[]): TrailCheck => {
  const faults = [...before.faults];
  let { last, hash } = before;
  for (const journal of journals.toSorted((a, b) => a.no - b.no)) {
    if (faults.length < FAULTS_MAX) faults.push(...faultsOf(journal, hash, last + 1));
    last = journal.no;
    hash = journal.hash;
  }
  return { last, hash, faults };
};
