/** How a shop is told of what left and of what it may sell: looked up there first, so that a try more changes nothing. */
import { OutsideRefusal, type Outside } from '@crossdock/runtime';
import type { CanonicalDocument } from '../canonical/document.js';
import type { CanonicalDespatchAdvice } from '../canonical/despatch-advice.js';
import type { CanonicalInventoryLine, CanonicalInventoryReport } from '../canonical/inventory-report.js';
import type { Item } from '../canonical/shapes.js';
import { shopOrderOf, type ShopRequests } from '../translate/shops/write.js';
import { rootOf, type ShopConnection } from './connection.js';

export interface ToTell {
  readonly document: CanonicalDocument;
  /** of a despatch advice: with it all of the order has left */
  readonly isWhole: boolean;
}
export interface ShopTeller {
  readonly headersOf: (connection: ShopConnection) => Record<string, string>;
  /** what is still to be said of parcels, `order` and all else in the ids of the shop */
  readonly fulfil: (
    get: GetFromShop,
    order: string,
    despatch: CanonicalDespatchAdvice,
    isWhole: boolean,
  ) => Promise<ShopRequests>;
  /** what is still to be said of stock */
  readonly setStock: (
    get: GetFromShop,
    report: CanonicalInventoryReport,
    connection: ShopConnection,
  ) => Promise<ShopRequests>;
}
/** `path`: below the root of the shop's API */
export type GetFromShop = <T>(path: string) => Promise<T>;

/** It would not help to try again: somebody has to look at it. */
export const nothingToSay = (text: string): OutsideRefusal => new OutsideRefusal(0, text);

/** What is still to be said. */
export const planOf = (
  { headersOf, fulfil, setStock }: ShopTeller,
  outside: Outside,
  connection: ShopConnection,
  { document, isWhole }: ToTell,
): Promise<ShopRequests> => {
  const get: GetFromShop = <T>(path: string) =>
    outside.request<T>('GET', `${rootOf(connection)}/${path}`, undefined, headersOf(connection));
  if (document.kind === 'inventory-report') return setStock(get, document.data, connection);
  if (document.kind !== 'despatch-advice') throw nothingToSay(`a ${document.kind} is nothing that the shop is told`);
  const order = shopOrderOf(document.data);
  if (order === undefined) throw nothingToSay('the order has no id of the shop');
  return fulfil(get, order, document.data, isWhole);
};

/** What a shop knows an item by: the partner's number where it has one, else ours. */
export const skuOf = ({ buyerItem, sellerItem }: Item): string => buyerItem ?? sellerItem ?? '';
export const withId = (line: CanonicalInventoryLine, scheme: string, value: string): CanonicalInventoryLine => ({
  ...line,
  item: { ...line.item, ids: [...(line.item.ids ?? []), { scheme, value }] },
});
