/** A tracker: all that carriers have told of one tracking number, and the shipments whose package it is. */
import { kind, ref, type Instant, type Ref } from '@crossdock/kernel';
import type { TrackPackageData, TrackingEventData } from '@crossdock/contracts';
import { compareScans, standingOf, type Scan } from './milestones.js';

/** A shipment that has a package under this number; several when one package carries goods of several orders. */
export interface TrackerLink extends Omit<TrackPackageData, 'trackingNo'> {
  readonly correlationId: string;
  readonly batchId?: string;
  readonly linkedAt: Instant;
}
interface Heard {
  readonly trackingNo: string;
  readonly carrier: string;
  /** in event order */
  readonly scans: readonly Scan[];
  /** when a carrier last told anything new */
  readonly heardAt?: Instant;
}
export type TrackerState =
  | { readonly status: 'none'; readonly trackingNo: string }
  /** carriers report it, but no shipment has it yet */
  | (Heard & { readonly status: 'unlinked' })
  | (Heard & {
      readonly status: 'linked';
      readonly links: readonly TrackerLink[];
      /** ids of the occurrences that were said (see `occurrencesOf`), and keys of their scans */
      readonly said: readonly string[];
    });

export type TrackerFact =
  | { readonly type: 'scans-heard'; readonly carrier: string; readonly scans: readonly Scan[]; readonly at: Instant }
  /** `afresh`: a carrier gave the number out again; what was told of the earlier package is over */
  | { readonly type: 'package-linked'; readonly link: TrackerLink; readonly afresh: boolean }
  | { readonly type: 'milestones-said'; readonly said: readonly string[] };

export const trackerRef = (trackingNo: string): Ref => ref('tracker', trackingNo);

/** Two tellings are the same scan when carrier code, kind, moment and place are the same, whatever we map them to. */
export const scanKey = (event: TrackingEventData): string =>
  [event.classifier, event.occurredAt, event.rawCode, event.location ?? '', event.voids ?? ''].join('|');

export const scanOf = (
  event: TrackingEventData,
  told: Pick<Scan, 'source' | 'receivedAt' | 'mappingVersion'>,
): Scan => ({
  key: scanKey(event),
  ...event,
  ...told,
});

/** The better reading of one scan: a mapped one, then the newer mapping. The same whichever came first. */
const isBetter = (scan: Scan, known: Scan): boolean => {
  if ((scan.milestone === 'UNKNOWN') !== (known.milestone === 'UNKNOWN')) return known.milestone === 'UNKNOWN';
  return scan.milestone !== known.milestone && scan.mappingVersion > known.mappingVersion;
};

export const scansOf = (state: TrackerState): readonly Scan[] => (state.status === 'none' ? [] : state.scans);

/** Of these scans, those that tell something new; none of them twice. */
export const newScans = (state: TrackerState, scans: readonly Scan[]): readonly Scan[] => {
  const known = new Map(scansOf(state).map((scan) => [scan.key, scan]));
  const fresh = new Map<string, Scan>();
  for (const scan of scans) {
    const before = fresh.get(scan.key) ?? known.get(scan.key);
    if (!before || isBetter(scan, before)) fresh.set(scan.key, scan);
  }
  return [...fresh.values()];
};

const merged = (before: readonly Scan[], scans: readonly Scan[]): readonly Scan[] => {
  const replaced = new Set(scans.map(({ key }) => key));
  return [...before.filter(({ key }) => !replaced.has(key)), ...scans].sort(compareScans);
};

export const trackerKind = kind<TrackerState, TrackerFact>({
  initial: (id) => ({ status: 'none', trackingNo: id }),
  evolve: (state, fact) => {
    switch (fact.type) {
      case 'scans-heard': {
        const scans = merged(scansOf(state), fact.scans);
        if (state.status !== 'none') return { ...state, scans, heardAt: fact.at };
        return { status: 'unlinked', trackingNo: state.trackingNo, carrier: fact.carrier, scans, heardAt: fact.at };
      }
      case 'package-linked': {
        const { link, afresh } = fact;
        const linked = { trackingNo: state.trackingNo, status: 'linked' as const, carrier: link.carrier };
        if (state.status === 'none' || afresh) return { ...linked, scans: [], links: [link], said: [] };
        if (state.status === 'unlinked') return { ...state, ...linked, links: [link], said: [] };
        return { ...state, links: [...state.links, link] };
      }
      case 'milestones-said':
        return state.status === 'linked' ? { ...state, said: [...state.said, ...fact.said] } : state;
    }
    return state;
  },
  keys: (state) => {
    if (state.status === 'none') return [];
    const links = state.status === 'linked' ? state.links : [];
    const standing = standingOf(state.scans);
    return [
      `tracking:${state.status}`,
      `carrier:${state.carrier}`,
      ...(standing ? [`milestone:${standing.milestone}`] : []),
      ...links.flatMap(({ shipmentId, orderId }) => [`shipment:${shipmentId}`, `order:${orderId}`]),
    ];
  },
});
