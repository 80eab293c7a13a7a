/** The partner's own codes for what we send without a document of its own to repeat them from. */
import { dayOf, type Day } from '@crossdock/kernel';
import type { SendDocumentData } from '@crossdock/contracts';
import type { Queries } from '@crossdock/runtime';
import type { Unordered } from '../answer/invoice.js';
import type { Item } from '../canonical/shapes.js';
import { oursOn, profileOn, type Partner, type Reference } from '../domain/partner.js';

/** The partner's item numbers by ours; of several for one item the one that comes first in the alphabet. */
export const theirItems = async (
  queries: Queries,
  tenant: string,
  partner: string,
  day: Day,
): Promise<ReadonlyMap<string, string>> => {
  const theirs = new Map<string, string>();
  for await (const { state } of queries.scan<Reference>(tenant, 'reference', [`references:${partner}:items`])) {
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

/** How a document that no order is behind names items and the buyer. */
export const unordered = async (
  queries: Queries,
  tenant: string,
  { partner, queuedAt, addressing }: SendDocumentData,
): Promise<Unordered> => {
  const day = dayOf(queuedAt);
  const [theirs, found] = await Promise.all([
    theirItems(queries, tenant, partner, day),
    queries.get<Partner>(tenant, 'partner', partner),
  ]);
  const name = found && profileOn(found.state, day)?.name;
  return {
    item: (ours, description) => itemIn(theirs, ours, description),
    buyer: { ids: [{ value: addressing.theirId }], ...(name ? { name } : {}) },
  };
};
