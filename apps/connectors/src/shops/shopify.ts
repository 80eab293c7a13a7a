/** Shopify, REST Admin API: what left fulfils the fulfilment orders that wait for it; stock is set where it differs. */
import { at, decimalAt, recordsOf, textAt, textsOf, type Fields } from '../translate/json-fields.js';
import { shopifyFulfilment, shopifyStock, type FulfilmentOrder, type ShopRequests } from '../translate/shops/write.js';
import type { ShopConnection } from './connection.js';
import { allPages } from './fetched.js';
import { nothingToSay, skuOf, withId, type GetFromShop, type ShopTeller } from './tell.js';

/** Statuses of fulfilment orders that may be fulfilled. */
const WAITING = ['open', 'in_progress', 'incomplete', 'scheduled'];
const waitingIn = (answer: unknown): readonly FulfilmentOrder[] =>
  recordsOf(at(answer, 'fulfillment_orders'))
    .filter((order) => WAITING.includes(textAt(order, 'status') ?? ''))
    .map((order) => ({
      id: textAt(order, 'id') ?? '',
      lines: recordsOf(order['line_items']).map((line) => ({
        id: textAt(line, 'id') ?? '',
        lineItem: textAt(line, 'line_item_id') ?? '',
        fulfillable: Number(decimalAt(line, 'fulfillable_quantity') ?? 0),
      })),
    }));
const isLive = (fulfilment: Fields): boolean =>
  !['cancelled', 'error', 'failure'].includes(textAt(fulfilment, 'status') ?? '');

const fulfil: ShopTeller['fulfil'] = async (get, order, despatch) => {
  const path = `orders/${encodeURIComponent(order)}`;
  // The shop knows no key of ours, so a fulfilment that an earlier try made is found by its parcels.
  const made = recordsOf(at(await get(`${path}/fulfillments.json`), 'fulfillments')).filter(isLive);
  const known = new Set(
    made.flatMap((one) => [...textsOf(one['tracking_numbers']), ...textsOf(one['tracking_number'])]),
  );
  const numbers = despatch.trackingNumbers ?? [];
  if (numbers.length > 0 && numbers.every((number) => known.has(number))) return { requests: [], faults: [] };
  return shopifyFulfilment(despatch, waitingIn(await get(`${path}/fulfillment_orders.json`)));
};

const PAGE = 250;
/** Inventory items of the shop by sku; one that stands twice is nobody's. */
const inventoryItems = async (get: GetFromShop): Promise<ReadonlyMap<string, string>> => {
  const page = (since: string) => async () =>
    recordsOf(at(await get(`products.json?fields=id,variants&limit=${PAGE}&since_id=${since}`), 'products'));
  const pages = await allPages(page('0'), (last) =>
    last.length < PAGE ? undefined : page(textAt(last.at(-1), 'id') ?? '0')(),
  );
  const items = new Map<string, string>();
  const seen = new Set<string>();
  for (const variant of pages.flat().flatMap((product) => recordsOf(product['variants']))) {
    const [sku, item] = [textAt(variant, 'sku'), textAt(variant, 'inventory_item_id')];
    if (sku === undefined || item === undefined) continue;
    if (seen.has(sku)) items.delete(sku);
    else items.set(sku, item);
    seen.add(sku);
  }
  return items;
};
const locationOf = async (get: GetFromShop, { location }: ShopConnection): Promise<string> => {
  if (location !== undefined) return location;
  const active = recordsOf(at(await get('locations.json'), 'locations')).filter((one) => one['active'] !== false);
  const id = active.length === 1 ? textAt(active[0], 'id') : undefined;
  if (id === undefined) throw nothingToSay(`the shop has ${active.length} locations: its connection names none`);
  return id;
};

const LEVELS = 50;
const levelsOf = async (
  get: GetFromShop,
  location: string,
  items: readonly string[],
): Promise<ReadonlyMap<string, string | undefined>> => {
  const levels = new Map<string, string | undefined>();
  for (let from = 0; from < items.length; from += LEVELS) {
    const ids = items.slice(from, from + LEVELS).join(',');
    const path = `inventory_levels.json?inventory_item_ids=${ids}&location_ids=${location}&limit=${LEVELS}`;
    for (const level of recordsOf(at(await get(path), 'inventory_levels')))
      levels.set(textAt(level, 'inventory_item_id') ?? '', textAt(level, 'available'));
  }
  return levels;
};

const setStock: ShopTeller['setStock'] = async (get, report, connection) => {
  const known = await inventoryItems(get);
  const location = await locationOf(get, connection);
  const sold = report.lines.flatMap((line) => {
    const id = known.get(skuOf(line.item));
    return id === undefined ? [] : [withId(line, 'shopify-inventory-item', id)];
  });
  if (sold.length === 0) throw nothingToSay('the shop sells none of these items');
  const { requests, faults } = shopifyStock({
    ...report,
    location: { ids: [{ scheme: 'shopify-location', value: location }] },
    lines: sold,
  });
  const levels = await levelsOf(
    get,
    location,
    sold.map(({ item }) => known.get(skuOf(item)) ?? ''),
  );
  const isNews = ({ body }: ShopRequests['requests'][number]): boolean =>
    levels.get(textAt(body, 'inventory_item_id') ?? '') !== textAt(body, 'available');
  return { requests: requests.filter(isNews), faults };
};

export const shopify: ShopTeller = {
  headersOf: ({ token = '' }) => ({ 'x-shopify-access-token': token }),
  fulfil,
  setStock,
};
