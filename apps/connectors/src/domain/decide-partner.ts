/** Partners, cross references and mappings change: each change is a new version, nothing is overwritten. */
import { accept, answer, change, ignore, reject, type Decision, type Input, type Ref } from '@crossdock/kernel';
import {
  CUSTOMER_SOURCES,
  ITEM_SOURCES,
  type SaveMappingData,
  type SavePartnerData,
  type SaveReferencesData,
} from '@crossdock/contracts';
import {
  mappingRef,
  partnerKind,
  partnerRef,
  referenceId,
  referenceRef,
  type MappingSaved,
  type PartnerSaved,
  type ReferenceSaved,
} from './partner.js';
import { wound } from './decide-report.js';
import { runChanged } from './decide-warehouse-order.js';
import { reportClockRef } from './report-clock.js';
import type { PartnerStates } from './touched.js';

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
const ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/;

export const touchesPartner = ({ data }: Input<SavePartnerData>): readonly Ref[] => [
  partnerRef(data.partner),
  reportClockRef(data.partner),
];
export const savePartner = ({ data, at }: Input<SavePartnerData>, states: PartnerStates): Decision => {
  const { partner, author, validFrom, profile } = data;
  if (!ID.test(partner)) return reject('partner-id-unfit', [{ reason: 'partner-id-unfit', field: 'partner' }]);
  const known = states.partner(partner);
  const newest = known.versions.at(-1);
  if (newest && same([newest.data, newest.validFrom], [profile, validFrom]))
    return ignore('already-known', { partner, version: newest.version });
  const fact: PartnerSaved = { type: 'version-saved', at, author, data: profile, validFrom };
  return accept(
    change(partnerRef(partner), fact),
    wound(partner, profile, states.reportClock(partner), at),
    runChanged(partner, known.versions, partnerKind.evolve(known, fact).versions, at),
    answer({ partner, version: (newest?.version ?? 0) + 1 }),
  );
};

export const touchesReferences = ({ data }: Input<SaveReferencesData>): readonly Ref[] => [
  partnerRef(data.partner),
  ...data.entries.map(({ theirs }) => referenceRef(data.partner, data.list, theirs)),
];
export const saveReferences = ({ data, at }: Input<SaveReferencesData>, states: PartnerStates): Decision => {
  const { partner, list, author, entries } = data;
  if (states.partner(partner).versions.length === 0)
    return reject('partner-unknown', [{ reason: 'partner-unknown', field: 'partner' }]);
  const changes = entries.flatMap(({ theirs, ours, validFrom, validTo }) => {
    const days = { ...(validFrom ? { validFrom } : {}), ...(validTo ? { validTo } : {}) };
    const newest = states.reference(referenceId(partner, list, theirs)).versions.at(-1);
    if (newest && same([newest.data, newest.validFrom, newest.validTo], [ours, validFrom, validTo])) return [];
    const fact: ReferenceSaved = { type: 'version-saved', at, author, data: ours, ...days };
    return [change(referenceRef(partner, list, theirs), fact)];
  });
  const told = { partner, list, saved: changes.length, alreadyKnown: entries.length - changes.length };
  return changes.length === 0 ? ignore('already-known', told) : accept(changes, answer(told));
};

export const touchesMapping = ({ data }: Input<SaveMappingData>): readonly Ref[] => [
  partnerRef(data.partner),
  mappingRef(data.partner, data.kind),
];
export const saveMapping = ({ data, at }: Input<SaveMappingData>, states: PartnerStates): Decision => {
  const { partner, kind, author, rules, validFrom } = data;
  if (states.partner(partner).versions.length === 0)
    return reject('partner-unknown', [{ reason: 'partner-unknown', field: 'partner' }]);
  const unknown = [
    ...rules.itemFrom.filter((one) => !(ITEM_SOURCES as readonly string[]).includes(one)),
    ...rules.customerFrom.filter((one) => !(CUSTOMER_SOURCES as readonly string[]).includes(one)),
  ];
  if (unknown.length > 0)
    return reject('rule-unknown', [{ reason: 'rule-unknown', field: 'rules', text: unknown.join(', ') }]);
  const newest = states.mapping(mappingRef(partner, kind).id).versions.at(-1);
  if (newest && same([newest.data, newest.validFrom], [rules, validFrom]))
    return ignore('already-known', { partner, kind, version: newest.version });
  const fact: MappingSaved = { type: 'version-saved', at, author, data: rules, validFrom };
  return accept(
    change(mappingRef(partner, kind), fact),
    answer({ partner, kind, version: (newest?.version ?? 0) + 1 }),
  );
};
