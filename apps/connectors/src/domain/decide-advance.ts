/** What became of its order moves a document on. First the order's own state is found, then the document behind it. */
import { accept, change, ignore, say, type Decision, type Input, type Ref } from '@crossdock/kernel';
import { AdvanceDocument, type AdvanceDocumentData, type NoteOrderData } from '@crossdock/contracts';
import { advise, touchesAdvice } from './decide-advice.js';
import { respond, touchesResponse } from './decide-answers.js';
import { documentRef, sentOrderRef, type SentOrder } from './document.js';
import { applied, documentCase, faultsOf, quarantine } from './document-course.js';
import type { PartnerStates } from './touched.js';

export const touchesNote = ({ data: { orderId, replaces } }: Input<NoteOrderData>): readonly Ref[] => [
  sentOrderRef(orderId),
  ...(replaces ? [sentOrderRef(replaces.orderId)] : []),
  ...(replaces?.amendmentId ? [documentRef(replaces.amendmentId)] : []),
];

type Sent = Exclude<SentOrder, { readonly status: 'none' }>;
/** An order in the place of another one came by the same document, and by the one that wanted it changed. */
const successorOf = ({ data }: Input<NoteOrderData>, states: PartnerStates): Sent | undefined => {
  const { replaces } = data;
  const before = replaces && states.sentOrder(replaces.orderId);
  if (!replaces || !before || before.status === 'none') return undefined;
  const { documentId, contentHash, account, changed } = before;
  const amendment = replaces.amendmentId ? states.document(replaces.amendmentId) : undefined;
  const canonical = amendment && amendment.status !== 'none' ? amendment.canonical : undefined;
  return {
    ...{ status: 'sent', documentId, contentHash },
    ...(account ? { account } : {}),
    changed: {
      namedOrderId: changed?.namedOrderId ?? replaces.orderId,
      ...(replaces.amendmentId ? { answers: replaces.amendmentId } : {}),
      changes: [...(changed?.changes ?? []), ...(canonical ? [canonical] : [])],
    },
  };
};

/** What answers a document; everything later is told of the order's first document, as the changes have made it. */
const ANSWERING = new Set<NoteOrderData['what']>(['answered', 'refused']);

export const noteOrder = (input: Input<NoteOrderData>, states: PartnerStates): Decision => {
  const { orderId, partner, what, refusals, lines, shipment, invoice } = input.data;
  const known = states.sentOrder(orderId);
  const sent = known.status === 'none' ? successorOf(input, states) : known;
  // Somebody named the partner's channel at another door: there is no document of ours behind it.
  if (!sent) return ignore('not-of-a-partner');
  const { changed } = sent;
  const { status: _status, ...successor } = sent;
  const documentId = (ANSWERING.has(what) ? changed?.answers : undefined) ?? sent.documentId;
  const isTold = shipment !== undefined || invoice !== undefined;
  return accept(
    known.status === 'none' ? change(sentOrderRef(orderId), { type: 'order-sent', ...successor }) : [],
    change(sentOrderRef(orderId), { type: 'order-noted', status: what === 'refused' ? 'refused' : 'taken' }),
    say(AdvanceDocument, {
      ...{ documentId, partner, orderId: changed?.namedOrderId ?? orderId, what, refusals, lines },
      ...(shipment ? { shipment } : {}),
      ...(invoice ? { invoice } : {}),
      ...(isTold && changed && changed.changes.length > 0 ? { changes: [...changed.changes] } : {}),
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
      respond(document, known, { status: 'rejected', lines: [], text, refusals: data.refusals }, at),
    );
  }
  const outputs = [
    ...(document.status === 'mapped' ? applied(document, at) : []),
    // Every line is held or waits, or what was wanted is done: that is what the partner is told. What became of the lines
    // of a changed order is told when it is known.
    ...(what === 'answered' || what === 'amended'
      ? respond(document, known, { status: 'accepted', lines: data.lines }, at)
      : []),
    ...(what === 'shipped' || what === 'invoiced' ? advise(document, data, states, at) : []),
  ];
  return outputs.length > 0 ? accept(outputs) : ignore('nothing-to-do');
};
