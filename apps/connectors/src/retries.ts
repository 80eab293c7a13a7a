/** What a retry or a discard of an exception case puts in: a replay or a discard of what the case is about. */
import { DecideDispatch, DecideDocument, DecideFile, type CaseState } from '@crossdock/contracts';
import type { DiscardOf, Retried } from '@crossdock/runtime';

const decided = ({ subject, lane }: CaseState, verdict: 'replay' | 'discard', comment: string): Retried | undefined => {
  if (subject.kind === 'file') return { contract: DecideFile, data: { fileId: subject.id, verdict, comment } };
  if (subject.kind === 'dispatch') {
    const how = verdict === 'replay' ? 'retry' : 'discard';
    return { contract: DecideDispatch, data: { dispatchId: subject.id, partner: lane, verdict: how, comment } };
  }
  if (subject.kind !== 'document') return undefined;
  return { contract: DecideDocument, data: { documentId: subject.id, partner: lane, verdict, comment } };
};

export const retries = { '*': (found: CaseState) => decided(found, 'replay', 'retried as an exception') };
export const discards: Readonly<Record<string, DiscardOf>> = {
  '*': (found, comment) => decided(found, 'discard', comment),
};
