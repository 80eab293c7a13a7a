/** What the web shop sells: items of the ERP's master data that have a list price. */
import type { ItemChangedData } from '@crossdock/contracts';
import type { Catalogue } from '../masterdata/catalogue.js';
import type { Sellable } from './shopify.js';

/** A shop window, not the whole catalogue. */
const MOST = 200;

export const sellables = async (catalogue: Catalogue, tenant: string): Promise<readonly Sellable[]> => {
  const found: Sellable[] = [];
  for await (const { item, description, prices } of catalogue.of<ItemChangedData>('items', tenant)) {
    const [price] = prices;
    if (price) found.push({ item, description, price: Number(price.price).toFixed(2) });
    if (found.length === MOST) break;
  }
  return found;
};
