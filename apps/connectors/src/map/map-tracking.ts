/** What a carrier's document says of packages, in our words: one message for each. Pure, as the mapping of orders is. */
import {
  keyOf,
  MappedTracking,
  MILESTONES,
  type DocumentFault,
  type Milestone,
  type ReferenceList,
  type TrackingEventData,
} from '@crossdock/contracts';
import type { CanonicalTransportationStatus, TransportEvent } from '../canonical/transportation-status.js';
import type { Code } from './codes.js';
import { fault, misfits } from './faults.js';
import { meaningOf, TRANSPORT_CODES_VERSION, type Meaning } from './transport-codes.js';

export interface TrackingContext {
  readonly partner: string;
  readonly standard: string;
  /** stands in for a moment that nobody told */
  readonly asOf: string;
  readonly ours: (list: ReferenceList, theirs: string) => string | undefined;
}
export interface TrackingMapped {
  readonly tracking?: MappedTracking[];
  readonly faults: readonly DocumentFault[];
}

const MAX_EVENTS = 1000;
const rawOf = ({ code, reasonCode }: TransportEvent): string => [code, reasonCode].filter(Boolean).join('/');
/** Status and reason together say more than the status alone. */
const codesOfEvent = (event: TransportEvent): readonly string[] =>
  event.code === undefined ? [] : [...new Set([rawOf(event), event.code])];

export const codesOfTracking = ({ carrierCode, events }: CanonicalTransportationStatus): readonly Code[] => {
  const statuses = new Set(events.flatMap(codesOfEvent));
  const carrier: Code[] = carrierCode ? [{ list: 'carriers', theirs: carrierCode }] : [];
  return [...carrier, ...[...statuses].map((theirs): Code => ({ list: 'statuses', theirs }))];
};

const isMilestone = (said: string | undefined): said is Milestone => MILESTONES.some((one) => one === said);
/** What the partner's references say comes first; a list that is not the standard's is read by them alone. */
const meaningIn = (event: TransportEvent, { standard, ours }: TrackingContext): Meaning | undefined => {
  const own = codesOfEvent(event)
    .map((code) => ours('statuses', code))
    .find(isMilestone);
  if (own) return { milestone: own, classifier: 'ACT' };
  if (event.code === undefined || event.codeList !== undefined) return undefined;
  return meaningOf(standard, event.code, event.reasonCode);
};

type When = Pick<TrackingEventData, 'occurredAt' | 'offsetKnown' | 'localTime'>;
/** A time without an offset stays a local one; for the order of scans alone it is read as UTC. */
const whenOf = (told: string): When => {
  const offsetKnown = told.includes('T') && /(?:Z|[+-]\d{2}:\d{2})$/.test(told);
  const occurredAt = new Date(offsetKnown ? told : `${told.length > 10 ? told : `${told}T00:00:00`}Z`).toISOString();
  return { occurredAt, offsetKnown, ...(offsetKnown ? {} : { localTime: told }) };
};

const eventOf = (
  event: TransportEvent,
  { issued, issuedAt }: CanonicalTransportationStatus,
  context: TrackingContext,
): TrackingEventData => {
  const meaning = meaningIn(event, context);
  const { milestone = 'UNKNOWN', classifier = 'ACT', name } = meaning ?? {};
  const reason = meaning ? meaning.reason : 'code-not-mapped';
  const told = event.at ?? issuedAt ?? issued;
  const text = event.text ?? name;
  return {
    milestone,
    ...(reason ? { reason } : {}),
    classifier,
    ...(told ? whenOf(told) : { occurredAt: context.asOf, offsetKnown: false }),
    ...(event.place ? { location: event.place.slice(0, 200) } : {}),
    rawCode: (rawOf(event) || '(none)').slice(0, 120),
    ...(text ? { rawText: text.slice(0, 500) } : {}),
  };
};

/** The package rather than its consignment, and that rather than the number that the shipper gave. */
const packageOf = (
  { subject }: TransportEvent,
  { trackingNumber, shipmentNumber }: CanonicalTransportationStatus,
): string | undefined => (subject === shipmentNumber ? undefined : subject) ?? trackingNumber ?? shipmentNumber;

export const mapTracking = (status: CanonicalTransportationStatus, context: TrackingContext): TrackingMapped => {
  const { partner, ours } = context;
  const { carrierCode } = status;
  const carrier = (carrierCode && (ours('carriers', carrierCode) ?? keyOf(carrierCode))) || partner;
  const faults: DocumentFault[] = [];
  const told = new Map<string, TrackingEventData[]>();
  for (const [place, event] of status.events.entries()) {
    const trackingNo = packageOf(event, status)?.trim();
    if (!trackingNo) faults.push(fault(`events[${place}]`, 'nothing says which package it is about'));
    else told.set(trackingNo, [...(told.get(trackingNo) ?? []), eventOf(event, status, context)]);
  }
  if (status.events.length === 0) faults.push(fault('events', 'it reports nothing'));
  const tracking = [...told].flatMap(([trackingNo, events]): MappedTracking[] => {
    const one = {
      trackingNo: keyOf(trackingNo),
      carrier,
      mappingVersion: TRANSPORT_CODES_VERSION,
      events: events.slice(-MAX_EVENTS),
    };
    faults.push(...misfits(MappedTracking, one));
    return [one];
  });
  return faults.length > 0 ? { faults } : { tracking, faults };
};
