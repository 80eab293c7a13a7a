/** The partner's own codes for what we send without a document of its own to repeat them from. */
import { dayOf, type Day } from '@crossdock/kernel';
import type { ReferenceList, SendDocumentData, SendWarehouseOrderData } from '@crossdock/contracts';
import type { Queries } from '@crossdock/runtime';
import type { Unordered } from '../answer/invoice.js';
import type { TheirCodes } from '../answer/warehouse-order.js';
import type { Item } from '../canonical/shapes.js';
import { ourItemsOf } from '../map/map-document.js';
import { isGln } from '../translate/gs1.js';
import { oursOn, profileOn, type Partner, type Reference } from '../domain/partner.js';

/** The partner's codes of a list by ours; of several for one the one that comes first in the alphabet. */
export const theirCodes = async (
  queries: Queries,
  tenant: string,
  partner: string,
  day: Day,
  list: ReferenceList = 'items',
): Promise<ReadonlyMap<string, string>> => {
  const theirs = new Map<string, string>();
  for await (const { state } of queries.scan<Reference>(tenant, 'reference', [`references:${partner}:${list}`])) {
    const ours = oursOn(state, day);
    const known = ours === undefined ? undefined : theirs.get(ours);
    if (ours !== undefined && (known === undefined || state.theirs < known)) theirs.set(ours, state.theirs);
  }
  return theirs;
};
export const itemIn = (theirs: ReadonlyMap<string, string>, ours: string, description?: string): Item => {
  const buyerItem = theirs.get(ours);
  return {
    ...(buyerItem === undefined ? {} : { buyerItem }),
    sellerItem: ours,
    ...(description ? { description } : {}),
  };
};

/** How the world calls our node: its GLN, where it is called by one or the partner's references have one for it. */
export const glnOf = async (
  queries: Queries,
  tenant: string,
  { partner, queuedAt }: Pick<SendDocumentData, 'partner' | 'queuedAt'>,
  node: string,
): Promise<string | undefined> => {
  if (isGln(node)) return node;
  const day = dayOf(queuedAt);
  for await (const { state } of queries.scan<Reference>(tenant, 'reference', [`references:${partner}:locations`]))
    if (oursOn(state, day) === node && isGln(state.theirs)) return state.theirs;
  return undefined;
};

/** How a document that no order is behind names items and the buyer. */
export const unordered = async (
  queries: Queries,
  tenant: string,
  { partner, queuedAt, addressing }: SendDocumentData,
): Promise<Unordered> => {
  const day = dayOf(queuedAt);
  const [theirs, found] = await Promise.all([
    theirCodes(queries, tenant, partner, day),
    queries.get<Partner>(tenant, 'partner', partner),
  ]);
  const name = found && profileOn(found.state, day)?.name;
  return {
    item: (ours, description) => itemIn(theirs, ours, description),
    buyer: { ids: [{ value: addressing.theirId }], ...(name ? { name } : {}) },
  };
};

/** One (UN/ECE Rec 20), of an item whose unit nobody has told us. */
export const ONE = 'C62';
/** How an order to ship names items, units and the site. */
export const warehouseCodes = async (
  queries: Queries,
  tenant: string,
  { partner, queuedAt, addressing }: SendDocumentData,
  { node, lines }: SendWarehouseOrderData,
): Promise<TheirCodes> => {
  const day = dayOf(queuedAt);
  const [items, sites, ourItem, found] = await Promise.all([
    theirCodes(queries, tenant, partner, day),
    theirCodes(queries, tenant, partner, day, 'locations'),
    ourItemsOf(queries, tenant, [...new Set(lines.map(({ item }) => item))]),
    queries.get<Partner>(tenant, 'partner', partner),
  ]);
  const name = found && profileOn(found.state, day)?.name;
  const unit = (ours: string): string => {
    const known = ourItem(ours);
    return known.status === 'known' ? known.baseUnit : ONE;
  };
  return {
    item: (ours) => itemIn(items, ours),
    unit,
    site: sites.get(node) ?? node,
    us: addressing.ourId,
    ...(name ? { name } : {}),
  };
};
