/** What became of its order moves a document on. First the order's own state is found, then the document behind it. */
import { accept, change, ignore, say, type Decision, type Input, type Ref } from '@crossdock/kernel';
import { AdvanceDocument, type AdvanceDocumentData, type NoteOrderData } from '@crossdock/contracts';
import { documentRef, sentOrderRef } from './document.js';
import { caseOver, documentCase, documentChange, quarantine, stepped } from './document-course.js';
import type { PartnerStates } from './touched.js';

export const touchesNote = ({ data }: Input<NoteOrderData>): readonly Ref[] => [sentOrderRef(data.orderId)];

export const noteOrder = ({ data }: Input<NoteOrderData>, states: PartnerStates): Decision => {
  const { orderId, partner, what, refusals, lines } = data;
  const sent = states.sentOrder(orderId);
  // Somebody named the partner's channel at another door: there is no document of ours behind it.
  if (sent.status === 'none') return ignore('not-of-a-partner');
  const { documentId } = sent;
  const status = what === 'refused' ? 'refused' : 'taken';
  return accept(
    change(sentOrderRef(orderId), { type: 'order-noted', status }),
    say(AdvanceDocument, { documentId, partner, orderId, what, refusals, lines }),
  );
};

export const touchesAdvance = ({ data }: Input<AdvanceDocumentData>): readonly Ref[] => [
  documentRef(data.documentId),
  documentCase(data.documentId),
];

export const advance = ({ data, at }: Input<AdvanceDocumentData>, states: PartnerStates): Decision => {
  const { documentId, orderId, what } = data;
  const document = states.document(documentId);
  if (document.status === 'none' || document.status === 'quarantined' || document.orderId !== orderId)
    return ignore('nothing-to-do');
  if (what === 'refused') {
    const faults = data.refusals.map(({ reason, field = '', text }) => ({
      code: reason,
      path: field,
      text: text ?? reason,
    }));
    return accept(quarantine(document, at, faults));
  }
  if (document.status !== 'mapped') return ignore('nothing-to-do');
  return accept(
    documentChange(documentId, { type: 'document-applied', at }),
    caseOver(documentId, { how: 'resolved', at }),
    stepped(document, 'applied'),
  );
};
