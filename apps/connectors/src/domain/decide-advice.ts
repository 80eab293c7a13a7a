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
  PartnerProfile,
  SendDocumentData,
} from '@crossdock/contracts';
import { MAILBOX, queue, touchesQueue } from './decide-dispatch.js';
import { addressingOf, type KnownDocument } from './document.js';
import { addressingTo, agreementOn, partnerRef, profileOn } from './partner.js';
import type { PartnerStates } from './touched.js';

/** Types by standard, of which the agreement about what we send names those that the partner takes. */
type Types = Readonly<Record<string, string>>;
const DESPATCH: Types = {
  ...{ X12: '856', EDIFACT: 'DESADV', UBL: 'DespatchAdvice', Crossdock: 'DespatchAdvice' },
  ...{ Shopify: 'Fulfillment', WooCommerce: 'Fulfillment' },
};
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
export const touchesAdvice = (data: AdvanceDocumentData): readonly Ref[] =>
  data.shipment || data.invoice ? touchesQueue(data.partner, adviceId(data)) : [];

/** Of the order that came by this document. */
export const advise = (
  document: KnownDocument,
  data: AdvanceDocumentData,
  states: PartnerStates,
  at: string,
): readonly Output[] => {
  const { partner, orderId, shipment, invoice, changes } = data;
  const profile = profileOn(states.partner(partner), dayOf(at));
  const dispatchId = adviceId(data);
  const { canonical, correlationId } = document;
  if (!profile || !canonical || states.dispatch(dispatchId).status !== 'none') return [];
  const [agreed] = agreedOut(profile, dayOf(at), shipment ? DESPATCH : INVOICE, document.standard);
  if (!agreed) return [];
  const wanted = {
    ...envelopeOf(partner, profile, agreed),
    dispatchId,
    addressing: addressingOf(document),
    content: shipment ? { shipment } : { invoice },
    canonical,
    ...(changes ? { changes } : {}),
    orderId,
  };
  return queue(wanted, states.outbox(partner), { at, correlationId });
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
