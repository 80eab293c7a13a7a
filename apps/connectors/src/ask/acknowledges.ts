/** Which documents of ours a partner's acknowledgement or application advice is about, and what it says of each. */
import type { AcknowledgedDispatch, FoundDocument } from '@crossdock/contracts';
import type { Found, Queries } from '@crossdock/runtime';
import type { CanonicalAcknowledgement } from '../canonical/acknowledgement.js';
import type { AdvisedDocument } from '../canonical/application-advice.js';
import { controlKey, documentNoKey, type Dispatch } from '../domain/dispatch.js';
import type { TranslatedDocument } from '../translate/translation.js';

const MOST_TEXT = 200;
/** Documents of ours that one document of theirs may be about. */
const MOST = 100;

interface Whose {
  readonly tenant: string;
  readonly partner: string;
  readonly standard: string;
}
type Ours = readonly Found<Dispatch>[];
const byControl = async (queries: Queries, { tenant, partner, standard }: Whose, control: string): Promise<Ours> => {
  const number = Number(control);
  if (!Number.isInteger(number) || number < 1) return [];
  return queries.byKey<Dispatch>(tenant, 'dispatch', controlKey({ partner, standard, control: number }));
};

const acknowledged = async (
  queries: Queries,
  whose: Whose,
  type: string,
  { interchangeControl, groupControl, status }: CanonicalAcknowledgement,
): Promise<AcknowledgedDispatch[]> => {
  const ours = await byControl(queries, whose, groupControl ?? interchangeControl ?? '');
  const accepted = status !== 'rejected' && status !== 'partially-accepted';
  return ours.map(({ id: dispatchId }) => ({ dispatchId, accepted, text: `${type}: ${status}` }));
};

/** By the number that our envelope had, else by the numbers of documents that are named. */
const advised = async (
  queries: Queries,
  whose: Whose,
  type: string,
  { status, documentType, references = [], groupControl, errors = [] }: AdvisedDocument,
): Promise<AcknowledgedDispatch[]> => {
  const { tenant, partner } = whose;
  const named = groupControl === undefined ? [] : await byControl(queries, whose, groupControl);
  const numbered = await Promise.all(
    named.length > 0
      ? []
      : references.map(({ number }) => queries.byKey<Dispatch>(tenant, 'dispatch', documentNoKey(partner, number))),
  );
  const said = errors.map(({ code, text }) => (text === undefined ? code : `${code} ${text}`));
  const text = [`${type}: ${status}`, ...said].join('; ').slice(0, MOST_TEXT);
  return [...named, ...numbered.flat()]
    .filter(({ state }) => documentType === undefined || state.type === documentType)
    .map(({ id: dispatchId }) => ({ dispatchId, accepted: status.startsWith('accepted'), text }));
};

export const acknowledgesIn = async (
  { standard, type, canonical }: TranslatedDocument,
  queries: Queries,
  tenant: string,
  partner: string,
): Promise<Pick<FoundDocument, 'acknowledges'>> => {
  const whose = { tenant, partner, standard };
  if (canonical?.kind === 'acknowledgement')
    return { acknowledges: await acknowledged(queries, whose, type, canonical.data) };
  if (canonical?.kind !== 'application-advice') return {};
  const all = await Promise.all(canonical.data.documents.map((one) => advised(queries, whose, type, one)));
  const first = new Map<string, AcknowledgedDispatch>();
  // Of several words on one document the refusing one counts.
  for (const one of all.flat()) if (!first.get(one.dispatchId) || !one.accepted) first.set(one.dispatchId, one);
  return { acknowledges: [...first.values()].slice(0, MOST) };
};
