/** WooCommerce, REST API v3: parcels and completion of orders, stock of products and variations. */
import { OutsideRefusal } from '@crossdock/runtime';
import type { CanonicalInventoryLine } from '../canonical/inventory-report.js';
import { recordsOf, textAt, type Fields } from '../translate/json-fields.js';
import { wooFulfilment, wooStock, type WooOrder } from '../translate/shops/write.js';
import { nothingToSay, skuOf, withId, type GetFromShop, type ShopTeller } from './tell.js';

/** The shipment tracking extension is not in every shop; without it parcels stand in notes to the customer. */
const trackedIn = async (
  get: GetFromShop,
  order: string,
  numbers: readonly string[],
): Promise<Pick<WooOrder, 'tracked' | 'hasTracking'>> => {
  try {
    const trackings = recordsOf(await get(`orders/${order}/shipment-trackings`));
    return { hasTracking: true, tracked: trackings.flatMap((one) => textAt(one, 'tracking_number') ?? []) };
  } catch (error) {
    if (!(error instanceof OutsideRefusal) || error.status !== 404) throw error;
  }
  const notes = recordsOf(await get(`orders/${order}/notes`)).map((one) => textAt(one, 'note') ?? '');
  return { hasTracking: false, tracked: numbers.filter((number) => notes.some((note) => note.includes(number))) };
};

const fulfil: ShopTeller['fulfil'] = async (get, order, despatch, isWhole) => {
  const known = await trackedIn(get, encodeURIComponent(order), despatch.trackingNumbers ?? []);
  return wooFulfilment(despatch, { ...known, isWhole });
};

const AT_ONCE = 50;
/** Products and variations by sku, as the shop filters a list of them. */
const productsOf = async (get: GetFromShop, skus: readonly string[]): Promise<ReadonlyMap<string, Fields>> => {
  const found = new Map<string, Fields>();
  for (let from = 0; from < skus.length; from += AT_ONCE) {
    const part = skus
      .slice(from, from + AT_ONCE)
      .map(encodeURIComponent)
      .join(',');
    for (const product of recordsOf(await get(`products?sku=${part}&per_page=100`)))
      found.set(textAt(product, 'sku') ?? '', product);
  }
  return found;
};
const withProduct = (line: CanonicalInventoryLine, product: Fields): CanonicalInventoryLine => {
  const id = textAt(product, 'id') ?? '';
  const parent = textAt(product, 'parent_id') ?? '0';
  if (textAt(product, 'type') !== 'variation' || parent === '0') return withId(line, 'woocommerce-product', id);
  return withId(withId(line, 'woocommerce-product', parent), 'woocommerce-variation', id);
};

const setStock: ShopTeller['setStock'] = async (get, report) => {
  // A comma would name two.
  const skus = report.lines.map(({ item }) => skuOf(item)).filter((sku) => sku !== '' && !sku.includes(','));
  const products = await productsOf(get, skus);
  const lines = report.lines.flatMap((line) => {
    const product = products.get(skuOf(line.item));
    return product ? [withProduct(line, product)] : [];
  });
  if (lines.length === 0) throw nothingToSay('the shop sells none of these items');
  return wooStock({ ...report, lines });
};

export const woocommerce: ShopTeller = {
  headersOf: ({ user = '', password = '' }) => ({
    authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
  }),
  fulfil,
  setStock,
};
