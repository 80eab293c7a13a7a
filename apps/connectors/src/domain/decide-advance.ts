/** What became of its order moves a document on. First the order's own state is found, then the document behind it. */
import { accept, change, ignore, say, type Decision, type Input, type Output, type Ref } from '@crossdock/kernel';
import {
  AdvanceDocument,
  type AdvanceDocumentData,
  type DocumentFault,
  type NoteOrderData,
} from '@crossdock/contracts';
import { advise, touchesAdvice } from './decide-advice.js';
import { respond, touchesResponse } from './decide-answers.js';
import { documentRef, sentOrderRef, type KnownDocument } from './document.js';
import { caseOver, documentCase, documentChange, quarantine, stepped } from './document-course.js';
import type { Partner } from './partner.js';
import type { PartnerStates } from './touched.js';

export const touchesNote = ({ data }: Input<NoteOrderData>): readonly Ref[] => [sentOrderRef(data.orderId)];

export const noteOrder = ({ data }: Input<NoteOrderData>, states: PartnerStates): Decision => {
  const { orderId, partner, what, refusals, lines, shipment, invoice } = data;
  const sent = states.sentOrder(orderId);
  // Somebody named the partner's channel at another door: there is no document of ours behind it.
  if (sent.status === 'none') return ignore('not-of-a-partner');
  const { documentId } = sent;
  const status = what === 'refused' ? 'refused' : 'taken';
  return accept(
    change(sentOrderRef(orderId), { type: 'order-noted', status }),
    say(AdvanceDocument, {
      ...{ documentId, partner, orderId, what, refusals, lines },
      ...(shipment ? { shipment } : {}),
      ...(invoice ? { invoice } : {}),
    }),
  );
};

export const touchesAdvance = ({ data }: Input<AdvanceDocumentData>): readonly Ref[] => [
  documentRef(data.documentId),
  documentCase(data.documentId),
  ...touchesResponse(data.partner, data.documentId),
  ...touchesAdvice(data),
];

export const advance = ({ data, at }: Input<AdvanceDocumentData>, states: PartnerStates): Decision => {
  const { documentId, orderId, what, partner } = data;
  const document = states.document(documentId);
  if (document.status === 'none' || document.status === 'quarantined' || document.orderId !== orderId)
    return ignore('nothing-to-do');
  if (what === 'refused') return accept(quarantine(document, at, faultsOf(data)));
  const outputs = [
    ...(document.status === 'mapped' ? applied(document, at) : []),
    ...(what === 'answered' ? answered(document, data, states.partner(partner), states, at) : []),
    ...(what === 'shipped' || what === 'invoiced' ? advise(document, data, states, at) : []),
  ];
  return outputs.length > 0 ? accept(outputs) : ignore('nothing-to-do');
};

const faultsOf = ({ refusals }: AdvanceDocumentData): readonly DocumentFault[] =>
  refusals.map(({ reason, field = '', text }) => ({ code: reason, path: field, text: text ?? reason }));

const applied = (document: KnownDocument, at: string): readonly Output[] => [
  documentChange(document.documentId, { type: 'document-applied', at }),
  caseOver(document.documentId, { how: 'resolved', at }),
  stepped(document, 'applied'),
];

/** Every line is held or waits: that is what the partner is told. */
const answered = (
  document: KnownDocument,
  { lines }: AdvanceDocumentData,
  partner: Partner,
  all: PartnerStates,
  at: string,
): readonly Output[] => respond(document, { partner, all }, { status: 'accepted', lines }, at);
