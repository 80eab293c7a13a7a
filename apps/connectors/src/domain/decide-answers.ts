/** When a partner is answered, and with what: that its interchange was read, and what becomes of its order. */
import {
  holdsOn,
  accept,
  dayOf,
  derivedId,
  ignore,
  type Day,
  type Decision,
  type Input,
  type Output,
  type Ref,
} from '@crossdock/kernel';
import type {
  AcknowledgeFileData,
  Addressing,
  AnsweredLine,
  OrderRefusal,
  PartnerProfile,
  RefuseInterchangeData,
} from '@crossdock/contracts';
import { MAILBOX, queue, touchesQueue } from './decide-dispatch.js';
import { addressingIn, addressingOf, documentRef, type KnownDocument } from './document.js';
import { agreementOn, partnerRef, profileOn, type Partner } from './partner.js';
import type { PartnerStates } from './touched.js';

/** Types of answers by standard; a standard without one is not answered. */
const ACKNOWLEDGEMENT: Readonly<Record<string, string>> = { X12: '997', EDIFACT: 'CONTRL' };
/** Of an interchange whose envelope is all that could be read. */
const OF_ENVELOPE: Readonly<Record<string, string>> = { X12: 'TA1', EDIFACT: 'CONTRL' };
const TO_AMENDMENT: Readonly<Record<string, string>> = { X12: '865' };
const RESPONSE: Readonly<Record<string, string>> = {
  X12: '855',
  EDIFACT: 'ORDRSP',
  UBL: 'OrderResponse',
  Crossdock: 'OrderResponse',
};

type Read = Pick<AcknowledgeFileData, 'fileId' | 'partner' | 'interchange' | 'nth'>;
const acknowledgementId = ({ fileId, partner, interchange, nth = 0 }: Read): string =>
  derivedId('dispatch', fileId, partner, interchange, nth);
export const touchesAcknowledge = ({ data }: Input<AcknowledgeFileData>): readonly Ref[] => [
  ...touchesRefuse({ data }),
  ...data.messages.flatMap(({ documentId }) => (documentId ? [documentRef(documentId)] : [])),
];
export const touchesRefuse = ({ data }: { readonly data: Read }): readonly Ref[] => [
  partnerRef(data.partner),
  ...touchesQueue(data.partner, acknowledgementId(data)),
];

interface Told {
  readonly type: string | undefined;
  readonly addressing: Addressing;
  readonly isAgreed: (profile: PartnerProfile, day: Day) => boolean;
  /** `<group>/<control>` of messages that we refuse though they are whole */
  readonly refused: readonly string[];
}
/** Queued once for each interchange, whatever the file is read again for. */
const acknowledged = (
  { data, at, correlationId }: Input<Read & Pick<AcknowledgeFileData, 'standard' | 'receivedAt' | 'hash'>>,
  { type, addressing, isAgreed, refused }: Told,
  states: PartnerStates,
): Decision => {
  const { partner, standard, interchange, hash, nth = 0 } = data;
  const dispatchId = acknowledgementId(data);
  const day = dayOf(data.receivedAt);
  const profile = profileOn(states.partner(partner), day);
  if (!type || !profile || !hash || !isAgreed(profile, day)) return ignore('not-agreed');
  if (states.dispatch(dispatchId).status !== 'none') return ignore('already-known');
  const content = { interchange, hash, nth, refused };
  const delivery = profile.delivery ?? MAILBOX;
  const wanted = { dispatchId, partner, standard, type, addressing, delivery, content };
  return accept(queue(wanted, states.outbox(partner), { at, correlationId }));
};

export const acknowledge = (input: Input<AcknowledgeFileData>, states: PartnerStates): Decision => {
  const { standard, addressing, messages } = input.data;
  const isAgreed = (profile: PartnerProfile, day: Day): boolean =>
    messages.some(({ type }) => agreementOn(profile, day, { standard, type, direction: 'in' })?.acknowledge);
  const refused = refusedAmong(messages, states);
  return acknowledged(input, { type: ACKNOWLEDGEMENT[standard], addressing, isAgreed, refused }, states);
};

/** No message is known, so acknowledgements of anything that comes by the standard must be agreed. */
export const refuse = (input: Input<RefuseInterchangeData>, states: PartnerStates): Decision => {
  const { standard } = input.data;
  const isAgreed = ({ agreements }: PartnerProfile, day: Day): boolean =>
    agreements.some(
      (one) => one.standard === standard && one.direction === 'in' && one.acknowledge === true && holdsOn(one, day),
    );
  const told = { type: OF_ENVELOPE[standard], addressing: addressingIn(input.data), isAgreed, refused: [] };
  return acknowledged(input, told, states);
};

/** What we refuse though it is whole: a number that the partner used before. The rest is said of the bytes. */
const refusedAmong = (messages: AcknowledgeFileData['messages'], states: PartnerStates): readonly string[] =>
  messages.flatMap(({ documentId, group = '', control }) => {
    const document = documentId ? states.document(documentId) : undefined;
    const isRepeated = document?.status === 'quarantined' && document.reason === 'control-number-repeated';
    return isRepeated ? [`${group}/${control}`] : [];
  });

const responseId = (documentId: string): string => derivedId('dispatch', documentId, 'response');
/** A change that was refused, and is done after all when a person has it tried again, is told so. */
const secondId = (documentId: string): string => derivedId('dispatch', documentId, 'response', 'after-refusal');
export const touchesResponse = (partner: string, documentId: string): readonly Ref[] => [
  partnerRef(partner),
  ...touchesQueue(partner, responseId(documentId)),
  ...touchesQueue(partner, secondId(documentId)),
];
/** The id that the answer goes under; undefined when it was given already. */
const unanswered = (
  documentId: string,
  status: Answered['status'],
  { dispatch }: PartnerStates,
): string | undefined => {
  const first = dispatch(responseId(documentId));
  if (first.status === 'none') return responseId(documentId);
  const isTurned = status === 'accepted' && first.content['status'] === 'rejected';
  return isTurned && dispatch(secondId(documentId)).status === 'none' ? secondId(documentId) : undefined;
};

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

/** Why a line is refused, by the partner's number of it. */
export interface RefusedLine {
  readonly customerLineNo: string;
  readonly text: string;
}
interface Answered {
  readonly status: 'accepted' | 'rejected';
  readonly lines: readonly AnsweredLine[];
  readonly text?: string;
  readonly refusals?: readonly OrderRefusal[];
}
/** What is told of single lines that were refused, with the code of each. */
const refusedLines = (refusals: readonly OrderRefusal[] = []): { readonly refused?: readonly RefusedLine[] } => {
  const refused = refusals.flatMap(({ customerLineNo, reason, text }) =>
    customerLineNo === undefined ? [] : [{ customerLineNo, text: text ? `${reason}: ${text}` : reason }],
  );
  return refused.length > 0 ? { refused } : {};
};
/** The response to an order or to a change of one, where the partner wants one. Never the same again. */
export const respond = (
  document: KnownDocument,
  states: { readonly partner: Partner; readonly all: PartnerStates },
  { status, lines, text, refusals }: Answered,
  at: string,
): readonly Output[] => {
  const { documentId, partner, standard, type, receivedAt, number, canonical, correlationId, orderId, kind } = document;
  const day = dayOf(receivedAt);
  const profile = profileOn(states.partner, day);
  const agreement = profile && agreementOn(profile, day, { standard, type, direction: 'in' });
  const response = kind === 'order' ? RESPONSE[standard] : (TO_AMENDMENT[standard] ?? RESPONSE[standard]);
  const dispatchId = unanswered(documentId, status, states.all);
  if (!agreement?.respond || !response || !canonical || !dispatchId) return [];
  const content = {
    status,
    lines,
    ...(number ? { number } : {}),
    ...(text ? { text } : {}),
    ...refusedLines(refusals),
  };
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
