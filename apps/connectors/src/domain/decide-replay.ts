/** A person looks at a quarantined document: fixed and replayed, or discarded with a reason. */
import { accept, answer, reject, type Decision, type Input, type Output, type Ref } from '@crossdock/kernel';
import type { DecideDocumentData } from '@crossdock/contracts';
import { respond, touchesResponse } from './decide-answers.js';
import { documentRef } from './document.js';
import { caseOver, documentCase, documentChange, stepped } from './document-course.js';
import { goOn, notAgreed } from './decide-document.js';
import type { PartnerStates } from './touched.js';

export const touchesDecide = ({ data }: Input<DecideDocumentData>): readonly Ref[] => [
  documentRef(data.documentId),
  documentCase(data.documentId),
  ...touchesResponse(data.partner, data.documentId),
];

export const decideDocument = (input: Input<DecideDocumentData>, states: PartnerStates): Decision => {
  const { documentId, verdict, partner } = input.data;
  const document = states.document(documentId);
  if (document.status === 'none' || document.partner !== partner) return reject('not-found');
  if (document.status !== 'quarantined')
    return reject('not-quarantined', [
      { reason: 'not-quarantined', field: 'documentId', text: `the document is ${document.status}` },
    ]);
  return verdict === 'discard' ? discard(input, document, states) : replay(input, document, states);
};

type Quarantined = Extract<ReturnType<PartnerStates['document']>, { status: 'quarantined' }>;

const ANSWERED = new Set(['order', 'order-change', 'order-cancellation']);
/** A refused order, or change of one, that is given up is answered with a refusal, where the partner wants to know. */
const refusal = (document: Quarantined, states: PartnerStates, comment: string, at: string): readonly Output[] => {
  if (!ANSWERED.has(document.kind ?? '')) return [];
  const partner = states.partner(document.partner);
  return respond(document, { partner, all: states }, { status: 'rejected', lines: [], text: comment }, at);
};

const discard = (
  { data, at, actor }: Input<DecideDocumentData>,
  document: Quarantined,
  states: PartnerStates,
): Decision => {
  const { documentId, comment } = data;
  const by = actor.id;
  if (comment.trim() === '') return reject('comment-missing', [{ reason: 'comment-missing', field: 'comment' }]);
  return accept(
    documentChange(documentId, { type: 'document-decided', at, how: 'discarded', by, text: comment, accepted: [] }),
    caseOver(documentId, { how: 'discarded', at, comment, by }),
    stepped(document, 'discarded'),
    refusal(document, states, comment, at),
    answer({ documentId, status: 'discarded' }),
  );
};

/** Faults of the document itself stay until a person lets them pass; the rest is judged again. */
const replay = (
  { data, at, actor }: Input<DecideDocumentData>,
  document: Quarantined,
  states: PartnerStates,
): Decision => {
  const { documentId, comment, accept: letPass = [] } = data;
  const passed = new Set([...document.accepted, ...letPass]);
  const remaining = [...document.found, ...notAgreed(document, states.partner(document.partner))].filter(
    ({ code }) => !passed.has(code),
  );
  if (remaining.length > 0)
    return reject(
      'faults-remain',
      remaining.slice(0, 100).map(({ code, path, text }) => ({ reason: code, field: path, text })),
    );
  return accept(
    documentChange(documentId, {
      type: 'document-decided',
      at,
      how: 'replayed',
      by: actor.id,
      text: comment,
      accepted: letPass,
    }),
    stepped(document, 'replayed'),
    goOn(document, states.partner(document.partner), at),
    answer({ documentId, status: 'replayed' }),
  );
};
