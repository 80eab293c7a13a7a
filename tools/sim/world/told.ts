/** What carriers told is what the books of shipments say, whatever came first, late or twice. */
import type { Fault } from '../run.ts';
import type { Carried } from './carriers.ts';
import { SHIPMENTS } from './services.ts';
import type { World } from './world.ts';

interface Tracker {
  readonly scans?: readonly { readonly occurredAt: string; readonly rawCode: string; readonly voids?: string }[];
}
interface Shipment {
  readonly status: string;
  readonly documentNo: string;
  readonly parcels?: readonly { readonly trackingNo: string; readonly milestone: string; readonly asOf?: string }[];
}

/** I11: every scan that a carrier was answered for stands in the package's history. */
const forgotten = (world: World, { tenant, trackingNo, scans, voids }: Carried): Fault[] => {
  const row = world.stores[SHIPMENTS].states.get(`tracker/${tenant}|${trackingNo}`);
  const kept = (row?.s as Tracker | undefined)?.scans ?? [];
  const missing = [
    ...[...scans.values()].filter(
      ({ status, at }) =>
        !kept.some(({ occurredAt, rawCode }) => occurredAt === at && rawCode.startsWith(`${status}/`)),
    ),
    ...[...voids].filter((at) => !kept.some((scan) => scan.voids !== undefined && scan.occurredAt === at)),
  ];
  return missing.length === 0
    ? []
    : [{ id: 'I11', text: `${missing.length} scans of ${trackingNo} of ${tenant} are not in its history` }];
};

/** The first delivery that was not taken back: where a package stands, whatever else was told (DOMAIN 5: terminal). */
const deliveredAt = ({ scans, voids }: Carried): string | undefined =>
  [...scans.values()]
    .filter(({ status, at }) => status === 'delivered' && ![...voids].some((voided) => at <= voided))
    .map(({ at }) => at)
    .sort()[0];

interface Reached {
  readonly trackingNo: string;
  readonly shipmentId: string;
  readonly milestone: string;
  readonly occurredAt: string;
  readonly voids?: string;
}
/** I6: a milestone is said to a shipment once, however often carriers repeat what they told. */
const repeated = (world: World): Fault[] => {
  const said = new Set<string>();
  return world.stores[SHIPMENTS].committed.flatMap(({ events }) =>
    events.flatMap(({ type, tenant, body }): Fault[] => {
      if (type !== 'shipments.evt.milestone-reached') return [];
      const { trackingNo, shipmentId, milestone, occurredAt, voids = '' } = JSON.parse(body) as Reached;
      const key = [tenant, trackingNo, shipmentId, milestone, occurredAt, voids].join('|');
      const isNew = !said.has(key);
      said.add(key);
      return isNew
        ? []
        : [{ id: 'I6', text: `${milestone} of ${trackingNo} at ${occurredAt} was said twice to ${shipmentId}` }];
    }),
  );
};

/** I9: a shipment says of each package what its newest milestone is, by what happened and not by what came last. */
export const misplaced = (world: World): readonly Fault[] => {
  const { carried } = world.warehouse.carriers;
  const parcels = [...world.stores[SHIPMENTS].states.values()].flatMap(({ kind, id, s }) => {
    const { status, documentNo, parcels: own = [] } = s as Shipment;
    const tenant = id.slice(0, id.indexOf('|'));
    return kind === 'shipment' && status !== 'none'
      ? own.map((parcel) => ({ ...parcel, tenant, status, documentNo }))
      : [];
  });
  const wrong = parcels.flatMap(({ tenant, trackingNo, milestone, asOf, status, documentNo }): Fault[] => {
    const told = carried.get(`${tenant}|${trackingNo}`);
    const at = told && deliveredAt(told);
    if (!at || (milestone === 'DELIVERED' && asOf === at && status === 'delivered')) return [];
    const text = `${trackingNo} was delivered at ${at}; shipment ${documentNo} is ${status}, and says ${milestone} at ${asOf}`;
    return [{ id: 'I9', text }];
  });
  const lost = [...carried.values()].flatMap((told) => forgotten(world, told));
  return [...lost, ...wrong, ...repeated(world)].slice(0, 3);
};
