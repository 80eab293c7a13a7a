/** What a partner hears of an order after it was answered: what left, what was billed and credited, as it agreed to. */
import {
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
  AdvanceDocumentData,
  Agreement,
  NoteCreditData,
  NotedInvoice,
  NotedShipment,
  PartnerProfile,
  SendDocumentData,
} from '@crossdock/contracts';
import { MAILBOX, queue, queueAll, touchesQueue, type Wanted } from './decide-dispatch.js';
import { addressingOf, type KnownDocument } from './document.js';
import { addressingTo, agreementOn, partnerRef, profileOn } from './partner.js';
import type { PartnerStates } from './touched.js';

/** Types by standard, of which the agreement about what we send names those that the partner takes. */
type Types = Readonly<Record<string, string>>;
const DESPATCH: Types = {
  ...{ X12: '856', EDIFACT: 'DESADV', UBL: 'DespatchAdvice', Crossdock: 'DespatchAdvice' },
  ...{ Shopify: 'Fulfillment', WooCommerce: 'Fulfillment' },
};
/** Told besides, by whoever takes events: they say where goods are, not what is to be paid or put away. */
export const EVENTS: Types = { EPCIS: 'ObjectEvent' };
const INVOICE: Types = { X12: '810', EDIFACT: 'INVOIC', UBL: 'Invoice', Crossdock: 'Invoice' };
const CREDIT: Types = { X12: '810', EDIFACT: 'INVOIC', UBL: 'CreditNote', Crossdock: 'CreditNote' };

interface Agreed {
  readonly standard: string;
  readonly type: string;
  readonly agreement: Agreement;
}
/** The document that is agreed, in the standard that the partner ordered by where there are several. */
export const agreedOut = (profile: PartnerProfile, day: Day, types: Types, preferred?: string): readonly Agreed[] => {
  const standards = Object.keys(types).sort((a, b) => Number(b === preferred) - Number(a === preferred));
  return standards.flatMap((standard) => {
    const type = types[standard] ?? '';
    const agreement = agreementOn(profile, day, { standard, type, direction: 'out' });
    return agreement ? [{ standard, type, agreement }] : [];
  });
};

export const envelopeOf = (
  partner: string,
  profile: PartnerProfile,
  { standard, type, agreement }: Agreed,
): Pick<SendDocumentData, 'partner' | 'standard' | 'type' | 'delivery' | 'acknowledgedWithinHours'> => {
  const { acknowledgedWithinHours: hours } = agreement;
  const delivery = profile.delivery ?? MAILBOX;
  return { partner, standard, type, delivery, ...(hours === undefined ? {} : { acknowledgedWithinHours: hours }) };
};

/** One document per shipment and per invoice, however often it is told. */
const adviceId = ({ documentId, shipment, invoice }: AdvanceDocumentData): string =>
  derivedId(
    'dispatch',
    documentId,
    shipment ? 'shipment' : 'invoice',
    (shipment?.shipmentId ?? invoice?.documentId) || '',
  );
const eventId = (documentId: string, { shipmentId }: NotedShipment): string =>
  derivedId('dispatch', documentId, 'shipping-event', shipmentId);
export const touchesAdvice = (data: AdvanceDocumentData): readonly Ref[] => {
  const { partner, documentId, shipment, invoice } = data;
  return [
    ...(shipment || invoice ? touchesQueue(partner, adviceId(data)) : []),
    ...(shipment ? touchesQueue(partner, eventId(documentId, shipment)) : []),
  ];
};

/** Of the order that came by this document. */
export const advise = (
  document: KnownDocument,
  data: AdvanceDocumentData,
  states: PartnerStates,
  at: string,
): readonly Output[] => {
  const { partner, orderId, shipment, invoice, changes } = data;
  const profile = profileOn(states.partner(partner), dayOf(at));
  const { canonical, correlationId } = document;
  if (!profile || !canonical) return [];
  const wanted = (types: Types, dispatchId: string, content: Wanted['content']): readonly Wanted[] => {
    const [agreed] = agreedOut(profile, dayOf(at), types, document.standard);
    if (!agreed || states.dispatch(dispatchId).status !== 'none') return [];
    return [
      {
        ...envelopeOf(partner, profile, agreed),
        ...{ dispatchId, addressing: addressingOf(document), content, canonical, orderId },
        ...(changes ? { changes } : {}),
      },
    ];
  };
  const all = [
    ...wanted(shipment ? DESPATCH : INVOICE, adviceId(data), shipment ? { shipment } : { invoice }),
    ...(shipment ? wanted(EVENTS, eventId(document.documentId, shipment), { shipping: shipment }) : []),
  ];
  return queueAll(all, states.outbox(partner), { at, correlationId });
};

const creditId = (partner: string, { documentId }: NotedInvoice): string =>
  derivedId('dispatch', partner, 'credit-memo', documentId);
export const touchesCredit = ({ data: { partner, credit } }: Input<NoteCreditData>): readonly Ref[] => [
  partnerRef(partner),
  ...touchesQueue(partner, creditId(partner, credit)),
];
export const noteCredit = ({ data, at, correlationId }: Input<NoteCreditData>, states: PartnerStates): Decision => {
  const { partner, account, shared, credit } = data;
  const dispatchId = creditId(partner, credit);
  if (states.dispatch(dispatchId).status !== 'none') return ignore('already-known');
  const profile = profileOn(states.partner(partner), dayOf(at));
  const isMeant = ({ agreement }: Agreed): boolean =>
    agreement.account === undefined ? !shared : agreement.account === account;
  const agreed = profile && agreedOut(profile, dayOf(at), CREDIT).find(isMeant);
  if (!agreed) return ignore('not-agreed');
  const addressing = addressingTo(partner, profile, dayOf(at));
  const wanted = { ...envelopeOf(partner, profile, agreed), dispatchId, addressing, content: { invoice: credit } };
  return accept(queue(wanted, states.outbox(partner), { at, correlationId }));
};
