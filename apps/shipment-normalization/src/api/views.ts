/** What callers see of shipments and trackers. Always from our own books: a silent carrier shows as degraded, never as an error. */
import type { LineQuantity, Milestone, PackageData } from '@crossdock/contracts';
import { compareScans, isTerminal, standingOf, type Scan } from '../domain/milestones.js';
import type { FulfilmentState } from '../domain/fulfilment.js';
import type { ManifestState, ShipmentState } from '../domain/shipment.js';
import { scansOf, type TrackerState } from '../domain/tracker.js';

export type FulfilmentView = Omit<
  Exclude<FulfilmentState, { status: 'none' }>,
  'shipTo' | 'documents' | 'correlationId'
>;
export const fulfilmentView = (state: Exclude<FulfilmentState, { status: 'none' }>): FulfilmentView => {
  const { shipTo: _shipTo, documents: _documents, correlationId: _correlationId, ...view } = state;
  return view as FulfilmentView;
};

/** The last known milestone: since when by the carrier's clock, and how fresh our knowledge is. */
export interface Standing {
  readonly milestone: Milestone | null;
  /** by the clock of the place, without zone, where the carrier told no offset */
  readonly asOf: string | null;
  /** when a carrier last told us anything new */
  readonly heardAt: string | null;
  /** true when the package is under way and nothing was heard for too long: the milestone may be out of date */
  readonly degraded: boolean;
}
export interface Freshness {
  readonly nowMs: number;
  readonly staleAfterMs: number;
}

/** `since`: from when on we could expect to hear something, such as the dispatch. */
export const standingView = (
  tracker: TrackerState | undefined,
  since: string | undefined,
  fresh: Freshness,
): Standing => {
  const standing = tracker && standingOf(scansOf(tracker));
  const heardAt = (tracker && tracker.status !== 'none' ? tracker.heardAt : undefined) ?? null;
  const last = heardAt ?? since;
  const isOver = standing !== undefined && isTerminal(standing.milestone);
  const isSilent = last !== undefined && fresh.nowMs - Date.parse(last) > fresh.staleAfterMs;
  return {
    milestone: standing?.milestone ?? null,
    asOf: standing?.localTime ?? standing?.occurredAt ?? null,
    heardAt,
    degraded: !isOver && isSilent,
  };
};

export type TimelineEntry = Omit<Scan, 'key'>;
export interface TrackingView extends Standing {
  readonly trackingNo: string;
  readonly carrier: string;
  /** false: carriers report it, but no shipment has it */
  readonly known: boolean;
  readonly shipments: readonly {
    readonly shipmentId: string;
    readonly fulfilmentId: string;
    readonly orderId: string;
  }[];
  /** newest estimate of the delivery, as told */
  readonly estimatedDelivery: string | null;
  /** every scan in event order, with source and time of receipt */
  readonly timeline: readonly TimelineEntry[];
}
const estimateOf = (scans: readonly Scan[]): string | null =>
  scans
    .filter(({ classifier, milestone }) => classifier === 'EST' && milestone === 'DELIVERED')
    .reduce<Scan | undefined>(
      (newest, scan) => (newest && newest.receivedAt > scan.receivedAt ? newest : scan),
      undefined,
    )?.occurredAt ?? null;

export const trackingView = (tracker: Exclude<TrackerState, { status: 'none' }>, fresh: Freshness): TrackingView => {
  const links = tracker.status === 'linked' ? tracker.links : [];
  return {
    trackingNo: tracker.trackingNo,
    carrier: tracker.carrier,
    known: tracker.status === 'linked',
    ...standingView(tracker, links[0]?.linkedAt, fresh),
    shipments: links.map(({ shipmentId, fulfilmentId, orderId }) => ({ shipmentId, fulfilmentId, orderId })),
    estimatedDelivery: estimateOf(tracker.scans),
    timeline: [...tracker.scans].sort(compareScans).map(({ key: _key, ...entry }) => entry),
  };
};

export type PackageView = PackageData & Standing;
export interface ShipmentView {
  readonly shipmentId: string;
  readonly fulfilmentId: string;
  readonly documentNo: string;
  readonly orderId: string;
  readonly orderNo: string;
  readonly node: string;
  readonly status: 'in-transit' | 'delivered' | 'reopened';
  readonly dispatchedAt: string;
  readonly deliveredAt: string | null;
  /** true when one of its packages is */
  readonly degraded: boolean;
  readonly packages: readonly PackageView[];
  readonly lines: readonly (LineQuantity & { readonly delivered: number })[];
}

/** Delivered quantity by line: the contents of packages that have arrived; a line may be in several. */
const deliveredByLine = (packages: readonly PackageView[]): ReadonlyMap<number, number> => {
  const sums = new Map<number, number>();
  for (const { milestone, contents } of packages)
    if (milestone === 'DELIVERED')
      for (const { lineNo, quantity } of contents) sums.set(lineNo, (sums.get(lineNo) ?? 0) + quantity);
  return sums;
};

export const shipmentView = (
  shipment: Exclude<ShipmentState, { status: 'none' }>,
  manifest: ManifestState | undefined,
  trackers: ReadonlyMap<string, TrackerState>,
  fresh: Freshness,
): ShipmentView => {
  const packages = (manifest?.packages ?? []).map((each) => ({
    ...each,
    ...standingView(trackers.get(each.trackingNo), shipment.dispatchedAt, fresh),
  }));
  const delivered = deliveredByLine(packages);
  return {
    shipmentId: shipment.shipmentId,
    fulfilmentId: shipment.fulfilmentId,
    documentNo: shipment.documentNo,
    orderId: shipment.orderId,
    orderNo: shipment.orderNo,
    node: shipment.node,
    status: shipment.status,
    dispatchedAt: shipment.dispatchedAt,
    deliveredAt: shipment.status === 'delivered' ? shipment.deliveredAt : null,
    degraded: packages.some(({ degraded }) => degraded),
    packages,
    lines: (manifest?.lines ?? []).map((line) => ({ ...line, delivered: delivered.get(line.lineNo) ?? 0 })),
  };
};
