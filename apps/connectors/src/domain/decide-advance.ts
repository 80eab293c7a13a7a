/** What became of its order moves a document on. First the order's own state is found, then the document behind it. */
import { accept, change, ignore, say, type Decision, type Input, type Ref } from '@crossdock/kernel';
import { AdvanceDocument, type AdvanceDocumentData, type NoteOrderData } from '@crossdock/contracts';
import { advise, touchesAdvice } from './decide-advice.js';
import { respond, touchesResponse } from './decide-answers.js';
import { documentRef, sentOrderRef } from './document.js';
import { applied, documentCase, faultsOf, quarantine } from './document-course.js';
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
  if (what === 'refused') return accept(quarantine(document, at, faultsOf(data.refusals)));
  const known = { partner: states.partner(partner), all: states };
  if (what === 'amendment-refused') {
    const faults = faultsOf(data.refusals);
    const text = faults.map((fault) => fault.text).join('; ');
    return accept(
      quarantine(document, at, faults),
      respond(document, known, { status: 'rejected', lines: [], text }, at),
    );
  }
  const outputs = [
    ...(document.status === 'mapped' ? applied(document, at) : []),
    // Every line is held or waits, or what was wanted is done: that is what the partner is told.
    ...(what === 'answered' || what === 'amended'
      ? respond(document, known, { status: 'accepted', lines: data.lines }, at)
      : []),
    ...(what === 'shipped' || what === 'invoiced' ? advise(document, data, states, at) : []),
  ];
  return outputs.length > 0 ? accept(outputs) : ignore('nothing-to-do');
};
