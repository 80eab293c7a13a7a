/** How a shop is told of what left and of what it may sell: looked up there first, so that a try more changes nothing. */
import { OutsideRefusal, type Outside } from '@crossdock/runtime';
import type { CanonicalDocument } from '../canonical/document.js';
import type { CanonicalInventoryLine } from '../canonical/inventory-report.js';
import type { Item } from '../canonical/shapes.js';
import type { ShopRequests } from '../translate/shops/write.js';
import type { ShopConnection } from './connection.js';

export interface ToTell {
  readonly document: CanonicalDocument;
  /** of a despatch advice: with it all of the order has left */
  readonly isWhole: boolean;
}
export interface ShopTeller {
  readonly headersOf: (connection: ShopConnection) => Record<string, string>;
  /** what is still to be said, in the ids of the shop */
  readonly plan: (outside: Outside, connection: ShopConnection, told: ToTell) => Promise<ShopRequests>;
}

/** It would not help to try again: somebody has to look at it. */
export const nothingToSay = (text: string): OutsideRefusal => new OutsideRefusal(0, text);

/** What a shop knows an item by: the partner's number where it has one, else ours. */
export const skuOf = ({ buyerItem, sellerItem }: Item): string => buyerItem ?? sellerItem ?? '';
export const withId = (line: CanonicalInventoryLine, scheme: string, value: string): CanonicalInventoryLine => ({
  ...line,
  item: { ...line.item, ids: [...(line.item.ids ?? []), { scheme, value }] },
});
