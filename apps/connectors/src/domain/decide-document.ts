/** A document is taken on by its partner: known before, agreed, whole? Then it is mapped. */
import {
  accept,
  ask,
  change,
  dayOf,
  ignore,
  type Decision,
  type Input,
  type Output,
  type Ref,
} from '@crossdock/kernel';
import { FetchDocument, MapDocument, type DocumentFault, type TakeDocumentData } from '@crossdock/contracts';
import { controlRef, documentRef } from './document.js';
import { caseOver, documentCase, documentChange, quarantine, stepped } from './document-course.js';
import { acknowledged, touchesAcknowledged } from './decide-theirs.js';
import { agreementOn, partnerRef, profileOn, shopOf, type Partner } from './partner.js';
import type { PartnerStates } from './touched.js';

type Taken = Input<TakeDocumentData>;

export const touchesTake = ({ data }: Taken): readonly Ref[] => {
  const control = controlRef(data);
  return [
    documentRef(data.documentId),
    documentCase(data.documentId),
    partnerRef(data.partner),
    ...(control ? [control] : []),
    ...touchesAcknowledged(data),
  ];
};

export const take = ({ data, at, correlationId }: Taken, states: PartnerStates): Decision => {
  const { documentId } = data;
  const known = states.document(documentId);
  if (known.status !== 'none' && known.status !== 'quarantined') return ignore('already-known');
  const { faults: found, ...document } = data;
  const control = controlRef(data);
  const user = control && states.control(control.id).documentId;
  const isRepeated = user !== undefined && user !== documentId && !mayRepeat(data, states.partner(data.partner));
  const repeated = isRepeated ? [repeatedBy(user, data)] : [];
  const accepted = known.status === 'none' ? [] : known.accepted;
  const faults = [...found, ...repeated, ...notAgreed(document, states.partner(data.partner))].filter(
    ({ code }) => !accepted.includes(code),
  );
  const about = { ...document, correlationId };
  return accept(
    documentChange(documentId, { type: 'document-taken', at, correlationId, document, found: [...found, ...repeated] }),
    control && user === undefined ? [change(control, { type: 'control-used', documentId })] : [],
    faults.length > 0
      ? quarantine(about, at, faults)
      : [...goOn(about, states.partner(data.partner), at), ...acknowledged(data, states, at)],
  );
};

/** Partners whose control numbers begin again, as agreed. */
const mayRepeat = ({ standard, type, receivedAt }: TakeDocumentData, state: Partner): boolean => {
  const day = dayOf(receivedAt);
  const profile = profileOn(state, day);
  return (profile && agreementOn(profile, day, { standard, type, direction: 'in' })?.repeatedControls) === true;
};
const repeatedBy = (user: string, data: TakeDocumentData): DocumentFault => ({
  code: 'control-number-repeated',
  path: 'control',
  text: `control number ${data.interchange ?? ''}/${data.control ?? ''} was used before, by document ${user}`,
});

/** Faults against what is agreed with the partner; judged again at each replay. */
export const notAgreed = (
  { partner, standard, type, release, receivedAt }: Omit<TakeDocumentData, 'faults'>,
  state: Partner,
): readonly DocumentFault[] => {
  const day = dayOf(receivedAt);
  const profile = profileOn(state, day);
  const fault = (code: string, text: string): DocumentFault[] => [{ code, path: 'agreement', text }];
  if (!profile) return fault('partner-unknown', `${partner} is not known`);
  if (profile.status === 'blocked') return fault('partner-blocked', `${partner} is blocked`);
  const agreement = agreementOn(profile, day, { standard, type, direction: 'in' });
  if (!agreement) return fault('agreement-missing', `no agreement with ${partner} about ${standard} ${type} on ${day}`);
  if (agreement.release && release && agreement.release !== release)
    return fault('release-not-agreed', `${release} was sent, ${agreement.release} is agreed`);
  return [];
};

type About = Omit<TakeDocumentData, 'faults'> & { readonly correlationId: string };
/** Kinds that ask something of us in our own numbers. */
const MAPPED = new Set([
  'order',
  'order-change',
  'order-cancellation',
  'receipt-advice',
  'stock-transfer-advice',
  'despatch-advice',
  'warehouse-advice',
  'inventory-report',
  'transportation-status',
]);
/**
 * What asks something of us is mapped and handed on, what a thin event of a shop names is fetched; what else can be read
 * is kept for those who ask for it.
 */
export const goOn = (about: About, state: Partner, at: string): readonly Output[] => {
  const { documentId, partner, kind, canonical, standard, type, receivedAt } = about;
  const validated = documentChange(documentId, { type: 'document-validated', at });
  const over = caseOver(documentId, { how: 'resolved', at });
  if (!kind || !canonical)
    return quarantine(about, at, [{ code: 'not-mappable', path: '', text: `${standard} ${type} has no mapping` }]);
  const connection = kind === 'notification' ? shopOf(state, dayOf(at)) : undefined;
  if (connection !== undefined)
    return [
      validated,
      ask(FetchDocument, { documentId, partner, connection, standard, canonical }),
      stepped(about, 'validated'),
    ];
  if (!MAPPED.has(kind))
    return [validated, documentChange(documentId, { type: 'document-mapped', at }), over, stepped(about, 'mapped')];
  const question = { documentId, partner, kind, standard, type, canonical, asOf: receivedAt };
  return [validated, ask(MapDocument, question), stepped(about, 'validated')];
};
