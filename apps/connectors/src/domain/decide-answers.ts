/** When a partner is answered, and with what: that its interchange was read, and what becomes of its order. */
import { accept, dayOf, derivedId, ignore, type Decision, type Input, type Output, type Ref } from '@crossdock/kernel';
import type { AcknowledgeFileData, AnsweredLine, PartnerProfile } from '@crossdock/contracts';
import { MAILBOX, queue, touchesQueue } from './decide-dispatch.js';
import { addressingOf, documentRef, type KnownDocument } from './document.js';
import { agreementOn, partnerRef, profileOn, type Partner } from './partner.js';
import type { PartnerStates } from './touched.js';

/** Types of answers by standard; a standard without one is not answered. */
const ACKNOWLEDGEMENT: Readonly<Record<string, string>> = { X12: '997', EDIFACT: 'CONTRL' };
const RESPONSE: Readonly<Record<string, string>> = {
  X12: '855',
  EDIFACT: 'ORDRSP',
  UBL: 'OrderResponse',
  Crossdock: 'OrderResponse',
};

const acknowledgementId = ({ fileId, partner, interchange, nth = 0 }: AcknowledgeFileData): string =>
  derivedId('dispatch', fileId, partner, interchange, nth);
export const touchesAcknowledge = ({ data }: Input<AcknowledgeFileData>): readonly Ref[] => [
  partnerRef(data.partner),
  ...touchesQueue(data.partner, acknowledgementId(data)),
  ...data.messages.flatMap(({ documentId }) => (documentId ? [documentRef(documentId)] : [])),
];
export const acknowledge = (input: Input<AcknowledgeFileData>, states: PartnerStates): Decision => {
  const { data, at, correlationId } = input;
  const { partner, standard, interchange, addressing, receivedAt, messages } = data;
  const dispatchId = acknowledgementId(data);
  const type = ACKNOWLEDGEMENT[standard];
  const profile = profileOn(states.partner(partner), dayOf(receivedAt));
  const isAgreed = messages.some(
    (one) =>
      profile && agreementOn(profile, dayOf(receivedAt), { standard, type: one.type, direction: 'in' })?.acknowledge,
  );
  if (!type || !profile || !isAgreed || !data.hash) return ignore('not-agreed');
  if (states.dispatch(dispatchId).status !== 'none') return ignore('already-known');
  const content = { interchange, hash: data.hash, nth: data.nth ?? 0, refused: refusedAmong(messages, states) };
  const delivery = profile.delivery ?? MAILBOX;
  return accept(
    queue({ dispatchId, partner, standard, type, addressing, delivery, content }, states.outbox(partner), {
      at,
      correlationId,
    }),
  );
};

/** What we refuse though it is whole: a number that the partner used before. The rest is said of the bytes. */
const refusedAmong = (messages: AcknowledgeFileData['messages'], states: PartnerStates): readonly string[] =>
  messages.flatMap(({ documentId, group = '', control }) => {
    const document = documentId ? states.document(documentId) : undefined;
    const isRepeated = document?.status === 'quarantined' && document.reason === 'control-number-repeated';
    return isRepeated ? [`${group}/${control}`] : [];
  });

const responseId = (documentId: string): string => derivedId('dispatch', documentId, 'response');
export const touchesResponse = (partner: string, documentId: string): readonly Ref[] => [
  partnerRef(partner),
  ...touchesQueue(partner, responseId(documentId)),
];

/** The agreement about what we send tells how long its acknowledgement may take. */
const withinHours = (
  profile: PartnerProfile | undefined,
  day: string,
  standard: string,
  type: string,
): { readonly acknowledgedWithinHours?: number } => {
  const found = profile && agreementOn(profile, day, { standard, type, direction: 'out' });
  const hours = found?.acknowledgedWithinHours;
  return hours === undefined ? {} : { acknowledgedWithinHours: hours };
};

interface Answered {
  readonly status: 'accepted' | 'rejected';
  readonly lines: readonly AnsweredLine[];
  readonly text?: string;
}
/** The response to an order, where the partner wants one. Never a second one. */
export const respond = (
  document: KnownDocument,
  states: { readonly partner: Partner; readonly all: PartnerStates },
  { status, lines, text }: Answered,
  at: string,
): readonly Output[] => {
  const { documentId, partner, standard, type, receivedAt, number, canonical, correlationId, orderId } = document;
  const day = dayOf(receivedAt);
  const profile = profileOn(states.partner, day);
  const agreement = profile && agreementOn(profile, day, { standard, type, direction: 'in' });
  const response = RESPONSE[standard];
  const dispatchId = responseId(documentId);
  if (!agreement?.respond || !response || !canonical || states.all.dispatch(dispatchId).status !== 'none') return [];
  const content = { status, lines, ...(number ? { number } : {}), ...(text ? { text } : {}) };
  const wanted = {
    dispatchId,
    partner,
    standard,
    type: response,
    addressing: addressingOf(document),
    delivery: profile?.delivery ?? MAILBOX,
    content,
    canonical,
    documentId,
    ...(orderId ? { orderId } : {}),
    ...withinHours(profile, day, standard, response),
  };
  return queue(wanted, states.all.outbox(partner), { at, correlationId });
};
