/** A document goes to its partner: one at a time, in the order of its numbers, tried until it is taken or refused. */
import {
  accept,
  answer,
  ask,
  change,
  derivedId,
  hours,
  ignore,
  later,
  plusMs,
  ref,
  reject,
  say,
  type Change,
  type Decision,
  type Input,
  type Output,
  type Ref,
} from '@crossdock/kernel';
import {
  DispatchDue,
  DispatchStepped,
  SendDocument,
  SendNext,
  TellShop,
  type CaseRaised,
  type DecideDispatchData,
  type DispatchStep,
  type DocumentSentData,
  type PartnerDispatch,
  type SendDocumentData,
} from '@crossdock/contracts';
import { dispatchRef, outboxKind, outboxRef, type Dispatch, type DispatchFact, type Outbox } from './dispatch.js';
import { documentRef } from './document.js';
import { documentChange, stepped as documentStepped } from './document-course.js';
import type { PartnerStates } from './touched.js';
import { warehouseOrderAnswered } from './warehouse-order.js';

/** Where documents go when a partner has agreed on no delivery: they wait to be fetched. */
export const MAILBOX = { by: 'mailbox' } as const;
export type Wanted = Omit<SendDocumentData, 'control' | 'queuedAt'>;
interface Occasion {
  readonly at: string;
  readonly correlationId: string;
}

export const changed = (dispatchId: string, fact: DispatchFact): Change => change(dispatchRef(dispatchId), fact);
export const dispatchCase = (dispatchId: string): Ref => ref('case', derivedId('case', 'dispatch', dispatchId));
type Told = Pick<Dispatch, 'dispatchId' | 'partner' | 'standard' | 'type' | 'control' | 'documentId'>;
export const stepped = (
  { dispatchId, partner, standard, type, control, documentId }: Told,
  step: DispatchStep,
): Output => {
  const data = { dispatchId, partner, step, standard, type, control, ...(documentId ? { documentId } : {}) };
  return say(DispatchStepped, data, dispatchRef(dispatchId));
};

/** Shops are told by their API, everybody else is handed a document. */
const sending = (data: SendDocumentData): Output =>
  data.delivery.by === 'shop' ? ask(TellShop, data) : ask(SendDocument, data);

/** What `queue` changes, beside the case that may come of it. */
export const touchesQueue = (partner: string, dispatchId: string): readonly Ref[] => [
  outboxRef(partner),
  dispatchRef(dispatchId),
];
/** Gives it the next number and sends it, or lets it wait behind the one that is on its way. */
export const queue = (wanted: Wanted, outbox: Outbox, { at, correlationId }: Occasion): readonly Output[] => {
  const { dispatchId, partner, standard } = wanted;
  const data: SendDocumentData = { ...wanted, control: (outbox.last[standard] ?? 0) + 1, queuedAt: at };
  return [
    change(outboxRef(partner), { type: 'number-taken', standard, dispatchId }),
    changed(dispatchId, { type: 'dispatch-queued', at, correlationId, data }),
    stepped(data, 'queued'),
    ...(outbox.sending === undefined ? [sending(data)] : []),
  ];
};

/** Several at once, in this order: each waits behind the one before. */
export const queueAll = (all: readonly Wanted[], outbox: Outbox, occasion: Occasion): readonly Output[] => {
  const outputs: Output[] = [];
  let behind = outbox;
  for (const wanted of all) {
    outputs.push(...queue(wanted, behind, occasion));
    const { standard, dispatchId } = wanted;
    behind = outboxKind.evolve(behind, { type: 'number-taken', standard, dispatchId });
  }
  return outputs;
};

const questionOf = (dispatch: Dispatch): SendDocumentData => {
  const { status: _s, steps: _t, hash: _h, bytes: _b, correlationId: _c, ...data } = dispatch;
  return data;
};
/** Lets the next one go. */
const next = ({ dispatchId, partner }: PartnerDispatch, { sending: current, waiting }: Outbox): readonly Output[] => {
  if (current !== dispatchId) return [];
  const [following] = waiting;
  return [
    change(outboxRef(partner), { type: 'dispatch-over', dispatchId }),
    ...(following ? [say(SendNext, { dispatchId: following, partner })] : []),
  ];
};

export const touchesDispatch = ({ data }: Input<PartnerDispatch>): readonly Ref[] => [
  ...touchesQueue(data.partner, data.dispatchId),
  dispatchCase(data.dispatchId),
];

export const sendNext = ({ data }: Input<PartnerDispatch>, states: PartnerStates): Decision => {
  const dispatch = states.dispatch(data.dispatchId);
  if (dispatch.status !== 'queued') return ignore('nothing-to-do');
  return accept(sending(questionOf(dispatch)));
};

export const touchesDelivered = (input: Input<DocumentSentData>): readonly Ref[] => [
  ...touchesDispatch(input),
  ...(input.data.documentId ? [documentRef(input.data.documentId)] : []),
];
export const delivered = (input: Input<DocumentSentData>, states: PartnerStates): Decision => {
  const { data, at } = input;
  const { dispatchId, outcome, text = '' } = data;
  const dispatch = states.dispatch(dispatchId);
  if (dispatch.status !== 'queued') return ignore('nothing-to-do');
  if (outcome === 'unanswered') return accept(raised(dispatch, at, 'delivery-unanswered', text));
  const following = next(data, states.outbox(data.partner));
  if (outcome === 'refused')
    return accept(
      changed(dispatchId, { type: 'dispatch-refused', at, text }),
      raised(dispatch, at, 'delivery-refused', text),
      stepped(dispatch, 'refused'),
      following,
    );
  const { hash, bytes } = data;
  return accept(
    changed(dispatchId, {
      type: 'dispatch-sent',
      at,
      ...(hash ? { hash } : {}),
      ...(bytes === undefined ? {} : { bytes }),
    }),
    change(dispatchCase(dispatchId), { type: 'case-ended', how: 'resolved', at }),
    stepped(dispatch, 'sent'),
    following,
    acknowledged(dispatch, states, at),
    waits(dispatch, at),
    // Where it is to be acknowledged, that is what counts.
    dispatch.acknowledgedWithinHours === undefined ? warehouseOrderAnswered(dispatch, 'done') : [],
  );
};

/** Where the partner is to acknowledge, we look whether it did. */
const waits = ({ dispatchId, partner, acknowledgedWithinHours }: Dispatch, at: string): readonly Output[] =>
  acknowledgedWithinHours === undefined
    ? []
    : [later(DispatchDue, { dispatchId, partner }, plusMs(at, hours(acknowledgedWithinHours)))];

/** The document that it answers is acknowledged once its answer has left. */
const acknowledged = (dispatch: Dispatch, states: PartnerStates, at: string): readonly Output[] => {
  const { documentId, type, control } = dispatch;
  const document = documentId ? states.document(documentId) : undefined;
  if (!documentId || document?.status !== 'applied') return [];
  const text = `${type} ${control}`;
  return [
    documentChange(documentId, { type: 'document-acknowledged', at, text }),
    documentStepped(document, 'acknowledged'),
  ];
};

export const raised = (dispatch: Dispatch, at: string, reason: string, text: string): Change => {
  const { dispatchId, partner, control, correlationId, type } = dispatch;
  const fact: CaseRaised = {
    type: 'case-raised',
    reason,
    subject: dispatchRef(dispatchId),
    keys: [`partner:${partner}`, `control:${control}`],
    text: `${type} ${control}: ${text}`,
    at,
    correlationId,
    lane: partner,
  };
  return change(dispatchCase(dispatchId), fact);
};

export const decideDispatch = ({ data, at, actor }: Input<DecideDispatchData>, states: PartnerStates): Decision => {
  const { dispatchId, partner, verdict, comment } = data;
  const dispatch = states.dispatch(dispatchId);
  if (dispatch.status === 'none') return reject('not-found');
  if (dispatch.status !== 'refused')
    return reject('not-quarantined', [{ reason: 'not-quarantined', text: `the document is ${dispatch.status}` }]);
  if (verdict === 'discard' && comment.trim() === '')
    return reject('comment-missing', [{ reason: 'comment-missing', field: 'comment' }]);
  const how = verdict === 'retry' ? 'retried' : 'discarded';
  const over = change(dispatchCase(dispatchId), {
    type: 'case-ended',
    how: verdict === 'retry' ? 'resolved' : 'discarded',
    at,
    comment,
    by: actor.id,
  });
  const decided = changed(dispatchId, { type: 'dispatch-decided', at, how, by: actor.id, text: comment });
  const told = answer({ dispatchId, status: how });
  if (how === 'discarded')
    return accept(decided, over, stepped(dispatch, how), warehouseOrderAnswered(dispatch, 'refused', comment), told);
  // Its number is its own for good: it goes again under it, behind what is on its way.
  const isFree = states.outbox(partner).sending === undefined;
  return accept(
    decided,
    over,
    stepped(dispatch, how),
    change(outboxRef(partner), { type: 'dispatch-behind', dispatchId }),
    isFree ? [sending(questionOf(dispatch))] : [],
    told,
  );
};
