/** When a partner is told what it may order: at the intervals of its agreement, or when somebody wants it. */
import {
  accept,
  answer,
  ask,
  change,
  dayOf,
  derivedId,
  hours,
  ignore,
  later,
  plusMs,
  reject,
  type Day,
  type Decision,
  type Input,
  type Instant,
  type Output,
  type Ref,
} from '@crossdock/kernel';
import {
  CompileReport,
  partnerChannel,
  ReportDue,
  type PartnerProfile,
  type PartnerReport,
  type ReportCompiledData,
  type ReportDueData,
} from '@crossdock/contracts';
import { agreedOut, envelopeOf } from './decide-advice.js';
import { queue, touchesQueue } from './decide-dispatch.js';
import { reportClockRef, type ReportClock } from './report-clock.js';
import { addressingTo, partnerRef, profileOn } from './partner.js';
import type { PartnerStates } from './touched.js';

const REPORT: Readonly<Record<string, string>> = {
  ...{ X12: '846', EDIFACT: 'INVRPT' },
  ...{ Shopify: 'InventoryLevel', WooCommerce: 'Stock' },
};

/** The shortest interval of those that hold or are still to hold; what is sent is judged when it is due. */
const intervalOf = (profile: PartnerProfile | undefined, day: Day): number | undefined => {
  if (profile?.status !== 'active') return undefined;
  const all = profile.agreements.flatMap(({ direction, everyHours, validTo }) =>
    direction === 'out' && everyHours !== undefined && (validTo === undefined || validTo >= day) ? [everyHours] : [],
  );
  return all.length > 0 ? Math.min(...all) : undefined;
};
const set = (partner: string, everyHours: number, at: Instant): readonly Output[] => {
  const dueAt = plusMs(at, hours(everyHours));
  return [
    change(reportClockRef(partner), { type: 'report-set', dueAt, everyHours }),
    later(ReportDue, { partner, dueAt }, dueAt),
  ];
};
/** A profile was saved: its interval holds from now on. */
export const wound = (partner: string, profile: PartnerProfile, clock: ReportClock, at: Instant): readonly Output[] => {
  const everyHours = intervalOf(profile, dayOf(at));
  if (everyHours === clock.everyHours) return [];
  if (everyHours === undefined) return [change(reportClockRef(partner), { type: 'report-stopped' })];
  return set(partner, everyHours, at);
};

export const touchesReport = ({ data }: Input<PartnerReport>): readonly Ref[] => [
  partnerRef(data.partner),
  reportClockRef(data.partner),
];
/** One question for each standard that is agreed; the channel is the partner's own unless the agreement names one. */
const questions = (input: Input<PartnerReport>, profile: PartnerProfile): readonly Output[] => {
  const { data, at, id } = input;
  const { partner } = data;
  return agreedOut(profile, dayOf(at), REPORT).map(({ standard, type, agreement }) => {
    const channel = agreement.channel ?? partnerChannel(partner);
    return ask(CompileReport, {
      ...{ partner, standard, type, channel, asOf: at },
      reportId: derivedId('report', id, standard),
    });
  });
};

export const reportDue = (input: Input<ReportDueData>, states: PartnerStates): Decision => {
  const { data, at } = input;
  const { partner, dueAt } = data;
  if (states.reportClock(partner).dueAt !== dueAt) return ignore('nothing-to-do');
  const known = states.partner(partner);
  const everyHours = intervalOf(known.versions.at(-1)?.data, dayOf(at));
  if (everyHours === undefined) return accept(change(reportClockRef(partner), { type: 'report-stopped' }));
  const profile = profileOn(known, dayOf(at));
  const isOpen = profile?.status === 'active';
  return accept(isOpen ? questions(input, profile) : [], set(partner, everyHours, at));
};

export const sendReport = (input: Input<PartnerReport>, states: PartnerStates): Decision => {
  const { data, at } = input;
  const profile = profileOn(states.partner(data.partner), dayOf(at));
  if (!profile) return reject('partner-unknown', [{ reason: 'partner-unknown', field: 'partner' }]);
  if (profile.status === 'blocked') return reject('partner-blocked', [{ reason: 'partner-blocked', field: 'partner' }]);
  const asked = questions(input, profile);
  if (asked.length === 0) return reject('agreement-missing', [{ reason: 'agreement-missing', field: 'partner' }]);
  return accept(asked, answer({ partner: data.partner, reports: asked.length }));
};

const dispatchOf = ({ reportId }: ReportCompiledData): string => derivedId('dispatch', reportId);
export const touchesCompiled = ({ data }: Input<ReportCompiledData>): readonly Ref[] => [
  partnerRef(data.partner),
  ...touchesQueue(data.partner, dispatchOf(data)),
];
export const compiled = ({ data, at, correlationId }: Input<ReportCompiledData>, states: PartnerStates): Decision => {
  const { partner, standard, type, outcome, canonical } = data;
  if (outcome === 'unanswered') return ignore('still-asked');
  const dispatchId = dispatchOf(data);
  const profile = profileOn(states.partner(partner), dayOf(at));
  const agreed = profile && agreedOut(profile, dayOf(at), REPORT).find((one) => one.standard === standard);
  if (!agreed || agreed.type !== type || canonical === undefined) return ignore('nothing-to-do');
  if (states.dispatch(dispatchId).status !== 'none') return ignore('already-known');
  const addressing = addressingTo(partner, profile, dayOf(at));
  const wanted = { ...envelopeOf(partner, profile, agreed), dispatchId, addressing, content: {}, canonical };
  return accept(queue(wanted, states.outbox(partner), { at, correlationId }));
};
