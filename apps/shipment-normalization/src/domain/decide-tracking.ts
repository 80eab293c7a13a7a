/** Rules of the tracking decider: carriers report scans, warehouses say whose package a number is. Lane: tracking number. */
import {
  accept,
  change,
  ignore,
  plusMs,
  hours,
  reject,
  say,
  answer,
  ref,
  within,
  type Input,
  type Instant,
  type Output,
  type Ref,
  type Touched,
} from '@crossdock/kernel';
import {
  caseKind,
  caseRef,
  endCase,
  MilestoneReached,
  raiseCase,
  type IngestTrackingData,
  type MilestoneReachedData,
  type TrackPackageData,
} from '@crossdock/contracts';
import type { Decision } from '@crossdock/kernel';
import { isTerminal, occurrencesOf, standingOf, type Occurrence, type Scan } from './milestones.js';
import { newScans, scanOf, scansOf, trackerKind, trackerRef, type TrackerLink, type TrackerState } from './tracker.js';

export const trackingKinds = { tracker: trackerKind, case: caseKind };
type Tracking = Touched<typeof trackingKinds>;

/** Scans kept of one package; carriers send a few dozen. */
export const MAX_SCANS = 5_000;
/** Carriers give numbers out again after some months; a package that was over for so long has lost its number. */
const REUSED_AFTER_MS = 90 * hours(24);

const packageOf = (trackingNo: string): Ref => ref('tracker', trackingNo);
const keysOf = (trackingNo: string): readonly string[] => [`trackingNo:${trackingNo}`];

export const trackingTouches = ({ data: { trackingNo } }: Input<{ trackingNo: string }>): readonly Ref[] => [
  trackerRef(trackingNo),
  caseRef(packageOf(trackingNo), 'tracking-unknown'),
  caseRef(packageOf(trackingNo), 'code-not-mapped'),
];

const reached = (
  trackingNo: string,
  link: TrackerLink,
  { scan }: Occurrence,
  standing: Scan | undefined,
  current: boolean,
): MilestoneReachedData => ({
  trackingNo,
  carrier: link.carrier,
  shipmentId: link.shipmentId,
  fulfilmentId: link.fulfilmentId,
  orderId: link.orderId,
  account: link.account,
  milestone: scan.voids && standing ? standing.milestone : scan.milestone,
  current,
  classifier: scan.classifier,
  occurredAt: scan.occurredAt,
  offsetKnown: scan.offsetKnown,
  ...(scan.localTime ? { localTime: scan.localTime } : {}),
  ...(scan.detail ? { detail: scan.detail } : {}),
  ...(scan.reason ? { reason: scan.reason } : {}),
  ...(scan.location ? { location: scan.location } : {}),
  rawCode: scan.rawCode,
  ...(scan.voids ? { voids: scan.voids } : {}),
  mappingVersion: scan.mappingVersion,
});

/** Says the occurrences to each of these links; `current` is the last one of where the package stands. */
const saidTo = (
  state: TrackerState,
  links: readonly TrackerLink[],
  occurrences: readonly Occurrence[],
): readonly Output[] => {
  const standing = standingOf(scansOf(state));
  const last = occurrencesOf(scansOf(state)).findLast(
    ({ scan }) => scan.voids !== undefined || scan.milestone === standing?.milestone,
  );
  return links.flatMap((link) =>
    occurrences.map((occurrence) =>
      say(
        MilestoneReached,
        reached(state.trackingNo, link, occurrence, standing, occurrence.id === last?.id),
        trackerRef(state.trackingNo),
      ),
    ),
  );
};

/** The carrier's codes that we could not map among these scans. */
const unmapped = (scans: readonly Scan[]): readonly Scan[] =>
  scans.filter(({ milestone, reason }) => milestone === 'UNKNOWN' && reason === 'code-not-mapped');

const unmappedCase = (
  input: Input<IngestTrackingData>,
  fresh: readonly Scan[],
  all: readonly Scan[],
  isOpen: boolean,
): readonly Output[] => {
  const { data, at, correlationId } = input;
  const open = unmapped(all);
  const subject = packageOf(data.trackingNo);
  if (open.length === 0) return isOpen ? [endCase(subject, 'code-not-mapped', { how: 'resolved', at })] : [];
  if (unmapped(fresh).length === 0) return [];
  const codes = [...new Set(open.map(({ rawCode }) => rawCode))];
  return [
    raiseCase({
      reason: 'code-not-mapped',
      subject,
      keys: [...keysOf(data.trackingNo), ...codes.map((code) => `code:${data.carrier}/${code}`)],
      text: `${data.carrier} reports ${codes.join(', ')} for ${data.trackingNo}: ${open.at(-1)?.rawText ?? 'no text'}`.slice(
        0,
        1000,
      ),
      at,
      correlationId,
      lane: data.trackingNo,
      content: { trackingNo: data.trackingNo, carrier: data.carrier, events: open },
    }),
  ];
};

export interface TrackingTaken {
  readonly trackingNo: string;
  /** false: no shipment has this number yet; what was told is kept */
  readonly known: boolean;
  readonly milestone: string | null;
  readonly asOf: Instant | null;
  /** scans that were new */
  readonly taken: number;
}
const taken = (state: TrackerState, fresh: number): TrackingTaken => {
  const standing = standingOf(scansOf(state));
  return {
    trackingNo: state.trackingNo,
    known: state.status === 'linked',
    milestone: standing?.milestone ?? null,
    asOf: standing?.occurredAt ?? null,
    taken: fresh,
  };
};

const nameOf = ({ id }: Occurrence): string => id.slice(0, id.lastIndexOf('#'));
const marksOf = (occurrences: readonly Occurrence[]): readonly string[] =>
  occurrences.flatMap(({ id, scan }) => [id, scan.key]);

/**
 * Occurrences that were not said yet. A scan that is told late may make a known one the second of its milestone: then the
 * late one is the news, and nothing is said twice.
 */
const unsaid = (occurrences: readonly Occurrence[], said: readonly string[]): readonly Occurrence[] => {
  const told = new Set(said);
  const chosen = new Set<Occurrence>();
  for (const found of occurrences.filter(({ id }) => !told.has(id))) {
    const late = occurrences.find((one) => nameOf(one) === nameOf(found) && !told.has(one.scan.key));
    const news = told.has(found.scan.key) && late ? late : found;
    told.add(news.scan.key);
    chosen.add(news);
  }
  return occurrences.filter((one) => chosen.has(one));
};

/** What was not said yet, to everyone whose package it is. */
const newsOf = (state: TrackerState): readonly Output[] => {
  if (state.status !== 'linked') return [];
  const occurrences = occurrencesOf(state.scans);
  const news = unsaid(occurrences, state.said);
  if (news.length === 0) return [];
  const ids = occurrences.map(({ id }) => id).filter((id) => !state.said.includes(id));
  const marks = [...new Set([...ids, ...marksOf(news).filter((mark) => !state.said.includes(mark))])];
  return [
    change(trackerRef(state.trackingNo), { type: 'milestones-said', said: marks }),
    ...saidTo(state, state.links, news),
  ];
};

const unknownCase = ({ data, at, correlationId }: Input<IngestTrackingData>, touched: Tracking): readonly Output[] => {
  const { trackingNo, carrier } = data;
  const subject = packageOf(trackingNo);
  if (touched.case(caseRef(subject, 'tracking-unknown').id).status === 'open') return [];
  const text = `${carrier} reports ${trackingNo}, which no shipment has`;
  const keys = keysOf(trackingNo);
  return [raiseCase({ reason: 'tracking-unknown', subject, keys, text, at, correlationId, lane: trackingNo })];
};

/** A carrier reports scans: kept in any case, said to the shipments when they are news. */
export const ingest = (input: Input<IngestTrackingData>, touched: Tracking): Decision => {
  const { data, at } = input;
  const before = touched.tracker(data.trackingNo);
  const told = { source: data.source, receivedAt: at, mappingVersion: data.mappingVersion };
  const scans = data.events.map((event) => scanOf(event, told));
  const fresh = newScans(before, scans);
  if (fresh.length === 0 && (before.status !== 'none' || scans.length > 0))
    return ignore('already-known', taken(before, 0));
  if (scansOf(before).length + fresh.length > MAX_SCANS) return reject('too-many-lines');
  const heard = { type: 'scans-heard' as const, carrier: data.carrier, scans: fresh, at };
  const after = trackerKind.evolve(before, heard);
  const isUnmappedOpen = touched.case(caseRef(packageOf(data.trackingNo), 'code-not-mapped').id).status === 'open';
  const [link] = after.status === 'linked' ? after.links : [];
  const { correlationId, batchId } = link ?? input;
  const thread = { correlationId, ...(batchId ? { batchId } : {}) };
  // What a carrier tells of a known package belongs to its order's story.
  return within(
    thread,
    accept(
      change(trackerRef(data.trackingNo), heard),
      unmappedCase({ ...input, correlationId }, fresh, scansOf(after), isUnmappedOpen),
      after.status === 'linked' ? newsOf(after) : unknownCase(input, touched),
      answer(taken(after, fresh.length)),
    ),
  );
};

const wasGivenOutAgain = (state: TrackerState, at: Instant): boolean => {
  const standing = standingOf(scansOf(state));
  if (state.status !== 'linked' || !standing || !isTerminal(standing.milestone)) return false;
  return plusMs(standing.receivedAt, REUSED_AFTER_MS) < at;
};

/** A package has this number: what carriers told before is now told to its shipment. */
export const track = (input: Input<TrackPackageData>, touched: Tracking): Decision => {
  const { data, at, correlationId, batchId } = input;
  const { trackingNo, ...shipment } = data;
  const before = touched.tracker(trackingNo);
  if (before.status === 'linked' && before.links.some(({ shipmentId }) => shipmentId === data.shipmentId))
    return ignore('already-known');
  const link: TrackerLink = { ...shipment, correlationId, linkedAt: at, ...(batchId ? { batchId } : {}) };
  const linked = { type: 'package-linked' as const, link, afresh: wasGivenOutAgain(before, at) };
  const after = trackerKind.evolve(before, linked);
  const occurrences = occurrencesOf(scansOf(after));
  const said = after.status === 'linked' ? after.said : [];
  const news = marksOf(occurrences).filter((mark) => !said.includes(mark));
  const unknown = touched.case(caseRef(packageOf(trackingNo), 'tracking-unknown').id);
  return accept(
    change(trackerRef(trackingNo), linked),
    news.length > 0 ? [change(trackerRef(trackingNo), { type: 'milestones-said', said: news })] : [],
    saidTo(after, [link], occurrences),
    unknown.status === 'open' ? [endCase(packageOf(trackingNo), 'tracking-unknown', { how: 'resolved', at })] : [],
  );
};
