/** What a shop gives out of an order that it told us of. */
import { OutsideRefusal, type Outside } from '@crossdock/runtime';
import type { CanonicalNotification } from '../canonical/notification.js';
import type { ShopConnection } from './connection.js';

/** `order`: the shop's own JSON, with its lines and addresses put in where the shop keeps them elsewhere. */
export type FromShop =
  | { readonly order: unknown; readonly name: string; readonly isCancelled: boolean }
  /** nothing to take, and why */
  | { readonly text: string };

export type FetchFromShop = (
  outside: Outside,
  connection: ShopConnection,
  event: CanonicalNotification,
) => Promise<FromShop>;

/** A page that repeats for ever is the shop's mistake; nobody orders so much. */
const MOST_PAGES = 200;
/** All pages of a list; `next` gives the page after one, undefined after the last. */
export const allPages = async <P>(
  first: () => Promise<P>,
  next: (page: P, number: number) => Promise<P> | undefined,
): Promise<readonly P[]> => {
  const pages = [await first()];
  for (let number = 2; ; number++) {
    const following = next(pages.at(-1) as P, number);
    if (!following) return pages;
    if (number > MOST_PAGES) throw new OutsideRefusal(0, `the shop gives more than ${MOST_PAGES} pages`);
    pages.push(await following);
  }
};
