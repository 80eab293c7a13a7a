/** Invariant of projections: what one place keeps of another's events is the newest that was said, whatever came last. */
import { INVENTORY, SHIPMENTS, type ItemAvailabilityRow, type ShipmentRow } from './shapes.js';
import { Findings, type Verdict } from './verdict.js';
import type { Sent, World } from './world.js';

/** The newest of each key by its version, of those messages that `read` gives one for. */
const newestOf = async <T extends { readonly version: number }>(
  messages: AsyncIterable<Sent>,
  read: (message: Sent) => readonly [key: string, value: T] | undefined,
): Promise<ReadonlyMap<string, T>> => {
  const newest = new Map<string, T>();
  for await (const message of messages) {
    const [key, value] = read(message) ?? [];
    if (key !== undefined && value && value.version >= (newest.get(key)?.version ?? 0)) newest.set(key, value);
  }
  return newest;
};

/** Items: every service that keeps them has the version that master data said last. */
const items = async (world: World, found: Findings): Promise<void> => {
  const newest = await newestOf(
    world.sent('MASTERDATA', ['masterdata.evt.item-changed.v1.*']),
    ({ tenant, key, body }) => [`${tenant}|${key}`, JSON.parse(body) as { version: number }],
  );
  for (const service of world.services)
    for await (const { tenant, id, state } of world.states<{ version?: number }>(service, 'item')) {
      const said = newest.get(`${tenant}|${id}`)?.version;
      if (said === undefined || state.version === undefined) continue;
      found.expect(
        state.version === said,
        () => `${service}: item ${id} is at version ${state.version}, master data at ${said}`,
      );
    }
};

interface Position {
  readonly item: string;
  readonly node: string;
  readonly sellable: number;
  readonly soft: number;
  readonly allocated: number;
  readonly unfound?: number;
}
/** Availability: what is free at a node is what its position said last. */
const stockOfNodes = async (world: World, found: Findings): Promise<void> => {
  const newest = await newestOf(
    world.sent('INVENTORY', ['inventory.evt.position-changed.v1.*']),
    ({ tenant, body, entityVersion: version }) => {
      const { item, node, sellable, soft, allocated, unfound = 0 } = JSON.parse(body) as Position;
      return [`${tenant}|${item}|${node}`, { version, free: sellable - soft - allocated - unfound }];
    },
  );
  for await (const { tenant, state } of world.states<ItemAvailabilityRow>(INVENTORY, 'itemAvailability'))
    for (const { node, free, version } of state.nodes) {
      const said = newest.get(`${tenant}|${state.item}|${node}`);
      // An event that has aged out of its stream says nothing any more.
      if (!said || said.version < version) continue;
      found.expect(
        version === said.version && free === said.free,
        () =>
          `availability of ${state.item} has ${free} free at ${node} by version ${version}, the position says ${said.free} by ${said.version}`,
      );
    }
};

interface Milestone {
  readonly shipmentId: string;
  readonly trackingNo: string;
  readonly milestone: string;
  readonly current: boolean;
}
/** Parcels: each stands where its tracker said last that it is. */
const parcels = async (world: World, found: Findings): Promise<void> => {
  const newest = await newestOf(
    world.sent('SHIPMENTS', ['shipments.evt.milestone-reached.v1.*']),
    ({ tenant, body, entityVersion: version }) => {
      const { shipmentId, trackingNo, milestone, current } = JSON.parse(body) as Milestone;
      return current ? [`${tenant}|${shipmentId}|${trackingNo}`, { version, milestone }] : undefined;
    },
  );
  for await (const { tenant, state } of world.states<ShipmentRow>(SHIPMENTS, 'shipment'))
    for (const { trackingNo, milestone, version } of state.parcels ?? []) {
      const said = newest.get(`${tenant}|${state.shipmentId}|${trackingNo}`);
      if (!said || said.version < version) continue;
      found.expect(
        milestone === said.milestone,
        () =>
          `parcel ${trackingNo} stands at ${milestone} by version ${version}, its tracker says ${said.milestone} by ${said.version}`,
      );
    }
};

/** I9: what is kept of items, of the nodes' stock and of where parcels stand is the newest that was said. */
export const projectionsAreFolds = async (world: World): Promise<Verdict> => {
  const found = new Findings('I9', 'projections are folds of events');
  await items(world, found);
  await stockOfNodes(world, found);
  await parcels(world, found);
  return found.verdict();
};
