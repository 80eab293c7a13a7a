/** BigCommerce, Orders API v2: an order, its products and its shipping addresses are three answers. */
import { recordsOf, textAt, type Fields } from '../translate/json-fields.js';
import { purposeOfStatus } from '../translate/shops/bigcommerce.js';
import { rootOf } from './connection.js';
import { allPages, type FetchFromShop } from './fetched.js';

const PAGE = 250;

export const fetchFromBigCommerce: FetchFromShop = async (outside, connection, { subject, subjectId }) => {
  if (subject !== 'order') return { text: `a ${subject} is not fetched` };
  const path = `${rootOf(connection)}/v2/orders/${encodeURIComponent(subjectId)}`;
  const headers = { 'x-auth-token': connection.token ?? '' };
  // An empty list is answered 204, without a body.
  const get = <T>(below: string): Promise<T> => outside.request<T>('GET', `${path}${below}`, undefined, headers);
  const page = (list: string, number: number) => async () =>
    recordsOf(await get<unknown>(`/${list}?limit=${PAGE}&page=${number}`));
  const all = async (list: string): Promise<readonly Fields[]> =>
    (await allPages(page(list, 1), (last, number) => (last.length < PAGE ? undefined : page(list, number)()))).flat();
  const order = await get<Fields>('');
  const status = textAt(order, 'status_id') ?? '';
  const purpose = purposeOfStatus(status);
  if (purpose === 'pending' || purpose === 'over')
    return {
      text: `order ${subjectId} has status ${status} (${textAt(order, 'status') ?? '?'}): there is nothing to send`,
    };
  const products = await all('products');
  const shipping_addresses = await all('shipping_addresses');
  return {
    order: { ...order, products, shipping_addresses },
    name: `order-${subjectId}.json`,
    isCancelled: purpose === 'cancel',
  };
};
