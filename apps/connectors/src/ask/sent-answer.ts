/** The lane's answer of whoever was to send a document. */
import type { DocumentSentData, SendDocumentData } from '@crossdock/contracts';
import type { Input } from '@crossdock/kernel';
import type { Archived, AskOutcome } from '@crossdock/runtime';

const MOST = 1000;
export const sentAnswer = (
  { data: { dispatchId, partner, documentId } }: Input<SendDocumentData>,
  said: AskOutcome<Archived>,
): DocumentSentData => {
  const about = { dispatchId, partner, ...(documentId ? { documentId } : {}) };
  if (said.outcome === 'done') return { ...about, outcome: 'done', ...said.result };
  return { ...about, outcome: said.outcome, text: said.text.slice(0, MOST) };
};
