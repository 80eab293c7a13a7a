/** A partner's document is booked: it has done what it asked for, and of a receipt the partner is told as an event. */
import { dayOf, derivedId, type Decision, type Input, type Output, type Ref } from '@crossdock/kernel';
import { partnerOf, type DocumentBookedData } from '@crossdock/contracts';
import { agreedOut, envelopeOf, EVENTS } from './decide-advice.js';
import { queue, touchesQueue } from './decide-dispatch.js';
import { bookedOf, touchesBooked } from './decide-mapped.js';
import { addressingOf, type KnownDocument } from './document.js';
import { agreementOn, partnerRef, profileOn } from './partner.js';
import type { PartnerStates } from './touched.js';

type Booked = Input<DocumentBookedData>;
/** One event for each receipt; a second copy of it brings nothing, and nothing is told of it. */
const eventId = ({ channel, node, documentNo }: DocumentBookedData): string =>
  derivedId('dispatch', channel, 'receiving-event', node, documentNo);

export const touchesDocumentBooked = (input: Booked): readonly Ref[] => {
  const partner = partnerOf(input.data.channel);
  const told = partner === undefined ? [] : [partnerRef(partner), ...touchesQueue(partner, eventId(input.data))];
  return [...touchesBooked(input), ...told];
};

const told = (document: KnownDocument, { data, at }: Booked, states: PartnerStates): readonly Output[] => {
  const { documentId, partner, standard, type, kind, receivedAt, canonical, correlationId } = document;
  const known = states.partner(partner);
  const then = profileOn(known, dayOf(receivedAt));
  const taken = then && agreementOn(then, dayOf(receivedAt), { standard, type, direction: 'in' });
  const profile = profileOn(known, dayOf(at));
  const [agreed] = profile ? agreedOut(profile, dayOf(at), EVENTS) : [];
  const dispatchId = eventId(data);
  if (taken?.books !== 'receipt' || !profile || !agreed || !canonical) return [];
  if (states.dispatch(dispatchId).status !== 'none') return [];
  const received = { documentId, kind, standard, type, receivedAt };
  const wanted = {
    ...envelopeOf(partner, profile, agreed),
    ...{ dispatchId, addressing: addressingOf(document), content: { received }, canonical },
  };
  return queue(wanted, states.outbox(partner), { at, correlationId });
};

export const documentBooked = (input: Booked, states: PartnerStates): Decision =>
  bookedOf(input, states, (document) => told(document, input, states));
