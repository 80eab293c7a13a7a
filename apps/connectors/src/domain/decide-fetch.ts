/** What a thin event named was fetched from the shop: it becomes a file of its own, read like any that arrives. */
import { accept, ignore, say, type Decision, type Input, type Ref } from '@crossdock/kernel';
import { TakeFile, type DocumentFetchedData } from '@crossdock/contracts';
import { documentRef } from './document.js';
import { applied, caseOver, documentCase, documentChange, quarantine, raised, stepped } from './document-course.js';
import { fileIdOf } from './file.js';
import type { PartnerStates } from './touched.js';

type Fetched = Input<DocumentFetchedData>;
export const touchesFetched = ({ data }: Fetched): readonly Ref[] => [
  documentRef(data.documentId),
  documentCase(data.documentId),
];

export const fetched = ({ data, at, tenant }: Fetched, states: PartnerStates): Decision => {
  const { documentId, partner, connection, outcome, fetched: file, text = '' } = data;
  const document = states.document(documentId);
  if (document.status !== 'validated') return ignore('nothing-to-do');
  if (outcome === 'unanswered') return accept(raised(document, at, [{ code: 'fetch-unanswered', path: '', text }]));
  if (outcome === 'refused') return accept(quarantine(document, at, [{ code: 'fetch-refused', path: '', text }]));
  const mapped = documentChange(documentId, { type: 'document-mapped', at, ...(text ? { text } : {}) });
  if (!file) return accept(mapped, caseOver(documentId, { how: 'resolved', at }), stepped(document, 'mapped'));
  // The same content fetched for several events is one file.
  const found = { source: `shop:${connection}`, partner, ...file };
  const fileId = fileIdOf(tenant, found);
  return accept(mapped, say(TakeFile, { fileId, ...found, contentType: 'application/json' }), applied(document, at));
};
