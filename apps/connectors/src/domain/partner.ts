/** Trading partners as data: who they are, what is agreed, what their codes mean, how their documents become ours. */
import { holdsOn, kind, ref, type Day, type Instant, type Ref } from '@crossdock/kernel';
import type { Addressing, Agreement, MappingRules, PartnerProfile, ReferenceList } from '@crossdock/contracts';
import { versionOn, withVersion, type Version } from './versions.js';

interface Saved<T> {
  readonly type: 'version-saved';
  readonly at: Instant;
  readonly author: string;
  readonly data: T;
  readonly validFrom?: Day;
  readonly validTo?: Day;
}
export type PartnerSaved = Saved<PartnerProfile>;

export interface Versions<T> {
  readonly partner: string;
  readonly versions: readonly Version<T>[];
}
const grown = <T, S extends Versions<T>>(state: S, { type: _type, ...next }: Saved<T>): S => ({
  ...state,
  versions: withVersion(state.versions, next),
});

export type Partner = Versions<PartnerProfile>;
export const partnerKind = kind<Partner, PartnerSaved>({
  initial: (id) => ({ partner: id, versions: [] }),
  evolve: (state, fact) => grown(state, fact),
  keys: ({ versions }) => {
    const identifiers = versions.flatMap(({ data }) => data.identifiers);
    const newest = versions.at(-1);
    return [
      ...(newest ? ['partner:all', `status:${newest.data.status}`] : []),
      ...new Set(identifiers.map(({ value }) => `identifier:${value}`)),
    ];
  },
});
export const partnerRef = (partner: string): Ref => ref('partner', partner);

/** The profile that holds on a day; the first one for days before it. */
export const profileOn = ({ versions }: Partner, day: Day): PartnerProfile | undefined =>
  (versionOn(versions, day) ?? versions[0])?.data;

/** The connection by which the partner's shop is asked, where it is one. */
export const shopOf = (partner: Partner, day: Day): string | undefined => {
  const delivery = profileOn(partner, day)?.delivery;
  return delivery?.by === 'shop' ? delivery.connection : undefined;
};

/** The partner carries the identifier on that day. */
export const isCalled = (partner: Partner, day: Day, value: string, scheme: string | undefined): boolean =>
  (profileOn(partner, day)?.identifiers ?? []).some(
    (one) => one.value === value && (one.scheme === undefined || one.scheme === scheme) && holdsOn(one, day),
  );

/** How we are called where nobody has agreed on another name. */
export const US = 'CROSSDOCK';
/** Ends of an exchange that no document of the partner's began. */
export const addressingTo = (partner: string, { identifiers, us }: PartnerProfile, day: Day): Addressing => {
  const them = identifiers.find((one) => holdsOn(one, day));
  return {
    ourId: us?.value ?? US,
    theirId: them?.value ?? partner,
    ...(us?.scheme ? { ourQualifier: us.scheme } : {}),
    ...(them?.scheme ? { theirQualifier: them.scheme } : {}),
  };
};

export const agreementOn = (
  profile: PartnerProfile,
  day: Day,
  wanted: { readonly standard: string; readonly type: string; readonly direction: 'in' | 'out' },
): Agreement | undefined =>
  profile.agreements.find(
    (one) =>
      one.standard === wanted.standard &&
      one.direction === wanted.direction &&
      (one.types.length === 0 || one.types.includes(wanted.type)) &&
      holdsOn(one, day),
  );

export interface Reference extends Versions<string> {
  readonly list: string;
  readonly theirs: string;
}
export type ReferenceSaved = Saved<string>;
/** `<partner>|<list>|<code>`: the partner has no `|` in its id, the list neither. */
export const referenceId = (partner: string, list: ReferenceList, theirs: string): string =>
  `${partner}|${list}|${theirs}`;
export const referenceRef = (partner: string, list: ReferenceList, theirs: string): Ref =>
  ref('reference', referenceId(partner, list, theirs));
export const referenceKind = kind<Reference, ReferenceSaved>({
  initial: (id) => {
    const [partner = '', list = '', ...rest] = id.split('|');
    return { partner, list, theirs: rest.join('|'), versions: [] };
  },
  evolve: (state, fact) => grown(state, fact),
  keys: ({ partner, list }) => [`references:${partner}:${list}`],
});
/** Our code on a day. */
export const oursOn = ({ versions }: Reference, day: Day): string | undefined => versionOn(versions, day)?.data;

export interface Mapping extends Versions<MappingRules> {
  readonly of: string;
}
export type MappingSaved = Saved<MappingRules>;
export const mappingRef = (partner: string, of: string): Ref => ref('mapping', `${partner}|${of}`);
export const mappingKind = kind<Mapping, MappingSaved>({
  initial: (id) => {
    const [partner = '', of = ''] = id.split('|');
    return { partner, of, versions: [] };
  },
  evolve: (state, fact) => grown(state, fact),
  keys: ({ partner }) => [`mappings:${partner}`],
});
/** What holds for everyone who has no mapping of his own; version 0. */
export const FIRST_MAPPING: MappingRules = {
  itemFrom: ['references', 'sellerItem'],
  customerFrom: ['deliverTo', 'billTo', 'buyer'],
  pieces: ['EA', 'C62', 'H87', 'PCE', 'PC', 'UN'],
  requestedDate: true,
};
export const mappingOn = ({ versions }: Mapping, day: Day): { version: number; rules: MappingRules } => {
  const found = versionOn(versions, day);
  return found ? { version: found.version, rules: found.data } : { version: 0, rules: FIRST_MAPPING };
};
