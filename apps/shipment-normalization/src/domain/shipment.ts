/**
 * A shipment: what left a node in one dispatch, and where each of its packages stands. What is in the packages never
 * changes and stands in its manifest, so a scan does not rewrite thousands of lines.
 */
import { derivedId, kind, ref, type Instant, type Ref } from '@crossdock/kernel';
import type { LineQuantity, Milestone, PackageData } from '@crossdock/contracts';

/** One tracking number of a shipment. */
export interface Parcel {
  readonly trackingNo: string;
  readonly carrier: string;
  readonly milestone: Milestone | 'NONE';
  /** when the package stood there, by the carrier's clock */
  readonly asOf?: Instant;
  /** version of the tracker's newest event that was applied */
  readonly version: number;
  /** milestones that were applied (see `reachedKey`): none acts twice */
  readonly reached: readonly string[];
}
interface Dispatched {
  readonly shipmentId: string;
  readonly fulfilmentId: string;
  readonly documentNo: string;
  readonly orderId: string;
  readonly orderNo: string;
  readonly account: string;
  readonly node: string;
  readonly dispatchedAt: Instant;
  readonly parcels: readonly Parcel[];
  readonly batchId?: string;
}
export type ShipmentState =
  | { readonly status: 'none'; readonly shipmentId: string }
  | (Dispatched & { readonly status: 'in-transit' })
  | (Dispatched & { readonly status: 'delivered'; readonly deliveredAt: Instant })
  /** was said to be delivered, and the carrier took it back */
  | (Dispatched & { readonly status: 'reopened' });

export type ShipmentFact =
  | { readonly type: 'dispatched'; readonly shipment: Dispatched }
  | {
      readonly type: 'milestone-reached';
      readonly trackingNo: string;
      readonly key: string;
      readonly milestone: Milestone;
      readonly occurredAt: Instant;
      readonly current: boolean;
      readonly version: number;
    };

export const shipmentRef = (shipmentId: string): Ref => ref('shipment', shipmentId);
/** Natural key: fulfilment and dispatch document. */
export const shipmentIdOf = (fulfilmentId: string, documentNo: string): string =>
  derivedId('shipment', fulfilmentId, documentNo);
export const reachedKey = (data: { milestone: Milestone; occurredAt: Instant; voids?: Milestone }): string =>
  `${data.voids ? `void:${data.voids}` : data.milestone}@${data.occurredAt}`;

/** The packages of a dispatch by tracking number; carriers track several pieces under one. */
export const parcelsOf = (packages: readonly PackageData[]): readonly Parcel[] => {
  const byNumber = new Map<string, Parcel>();
  for (const { trackingNo, carrier } of packages)
    if (!byNumber.has(trackingNo))
      byNumber.set(trackingNo, { trackingNo, carrier, milestone: 'NONE', version: 0, reached: [] });
  return [...byNumber.values()];
};

const latest = (parcels: readonly Parcel[]): Instant =>
  parcels.reduce((last, { asOf }) => (asOf && asOf > last ? asOf : last), '');

const withParcels = (state: Exclude<ShipmentState, { status: 'none' }>, parcels: readonly Parcel[]): ShipmentState => {
  const isDelivered = parcels.every(({ milestone }) => milestone === 'DELIVERED');
  if (isDelivered) return { ...state, parcels, status: 'delivered', deliveredAt: latest(parcels) };
  if (state.status !== 'delivered') return { ...state, parcels };
  const { deliveredAt: _deliveredAt, ...dispatched } = state;
  return { ...dispatched, parcels, status: 'reopened' };
};

export const shipmentKind = kind<ShipmentState, ShipmentFact>({
  initial: (id) => ({ status: 'none', shipmentId: id }),
  evolve: (state, fact) => {
    if (fact.type === 'dispatched') return state.status === 'none' ? { ...fact.shipment, status: 'in-transit' } : state;
    if (state.status === 'none') return state;
    const parcels = state.parcels.map((parcel) => {
      if (parcel.trackingNo !== fact.trackingNo) return parcel;
      const reached = [...parcel.reached, fact.key];
      // An older event that comes after a newer one is kept, but does not move the package back.
      if (fact.version < parcel.version || !fact.current) return { ...parcel, reached };
      return { ...parcel, reached, milestone: fact.milestone, asOf: fact.occurredAt, version: fact.version };
    });
    return withParcels(state, parcels);
  },
  keys: (state) =>
    state.status === 'none'
      ? []
      : [
          `shipment:${state.status}`,
          `order:${state.orderId}`,
          `orderNo:${state.orderNo}`,
          `fulfilment:${state.fulfilmentId}`,
          ...state.parcels.map(({ trackingNo }) => `trackingNo:${trackingNo}`),
          ...(state.batchId ? [`batch:${state.batchId}`] : []),
        ],
});

/** What is in the packages of a shipment, as the warehouse told it. */
export interface ManifestState {
  readonly shipmentId: string;
  readonly packages: readonly PackageData[];
  /** added up by order line */
  readonly lines: readonly LineQuantity[];
}
export interface ManifestFact {
  readonly type: 'packed';
  readonly packages: readonly PackageData[];
  readonly lines: readonly LineQuantity[];
}
export const manifestRef = (shipmentId: string): Ref => ref('manifest', shipmentId);
export const manifestKind = kind<ManifestState, ManifestFact>({
  initial: (id) => ({ shipmentId: id, packages: [], lines: [] }),
  evolve: (state, { packages, lines }) => ({ ...state, packages, lines }),
});
