/** Amazon SP-API: orders of sellers (Orders v0, with their items) and purchase orders of vendors (Vendor Orders v1). */
import { OutsideRefusal, type Outside } from '@crossdock/runtime';
import { fieldsOf, recordsOf, textAt, type Fields } from '../translate/json-fields.js';
import { purposeOfOrder } from '../translate/shops/amazon-seller.js';
import { rootOf, type ShopConnection } from './connection.js';
import { allPages, type FetchFromShop, type FromShop } from './fetched.js';

/** Access tokens by connection, each for as long as it holds; who has none asks for one. */
const tokens = new WeakMap<ShopConnection, { readonly token: string; readonly until: number }>();
const EARLY_MS = 60_000;

const tokenOf = async (outside: Outside, connection: ShopConnection): Promise<string> => {
  const known = tokens.get(connection);
  if (known && known.until > Date.now()) return known.token;
  const { tokenUrl = '', clientId = '', clientSecret = '', refreshToken = '' } = connection;
  const form = new URLSearchParams({
    grant_type: 'refresh_token',
    refresh_token: refreshToken,
    client_id: clientId,
    client_secret: clientSecret,
  });
  const asked = Buffer.from(form.toString());
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const answer = await outside.request<{ access_token: string; expires_in: number }>('POST', tokenUrl, asked, headers);
  const token = answer.access_token;
  tokens.set(connection, { token, until: Date.now() + answer.expires_in * 1000 - EARLY_MS });
  return token;
};

const REFUSED_TOKEN = [401, 403];
/** One call; a token that is refused before its time is had anew, once. */
const get = async (outside: Outside, connection: ShopConnection, path: string): Promise<Fields> => {
  const call = async () => {
    const headers = { 'x-amz-access-token': await tokenOf(outside, connection) };
    return outside.request<Fields>('GET', `${rootOf(connection)}${path}`, undefined, headers);
  };
  const known = tokens.get(connection);
  try {
    return await call();
  } catch (error) {
    const isStale = error instanceof OutsideRefusal && REFUSED_TOKEN.includes(error.status) && known !== undefined;
    if (!isStale) throw error;
    tokens.delete(connection);
    return call();
  }
};
const payloadOf = (answer: Fields): Fields => fieldsOf(answer['payload']) ?? {};

const sellerOrder = async (outside: Outside, connection: ShopConnection, id: string): Promise<FromShop> => {
  const path = `/orders/v0/orders/${encodeURIComponent(id)}`;
  const order = payloadOf(await get(outside, connection, path));
  const status = textAt(order, 'OrderStatus') ?? '?';
  const purpose = purposeOfOrder(order);
  if (textAt(order, 'FulfillmentChannel') === 'AFN') return { text: `Amazon itself sends order ${id}` };
  if (purpose === 'pending' || purpose === 'over')
    return { text: `order ${id} is ${status}: there is nothing to send` };
  const page = (token?: string) => async () =>
    payloadOf(
      await get(outside, connection, `${path}/orderItems${token ? `?NextToken=${encodeURIComponent(token)}` : ''}`),
    );
  const pages = await allPages(page(), (last) => {
    const token = textAt(last, 'NextToken');
    return token === undefined ? undefined : page(token)();
  });
  // A page that comes twice has the same items.
  const items = new Map(
    pages.flatMap((one) => recordsOf(one['OrderItems'])).map((item) => [textAt(item, 'OrderItemId'), item]),
  );
  return {
    order: { payload: { ...order, OrderItems: [...items.values()] } },
    name: `order-${id}.json`,
    isCancelled: purpose === 'cancel',
  };
};

const purchaseOrder = async (outside: Outside, connection: ShopConnection, number: string): Promise<FromShop> => {
  const path = `/vendor/orders/v1/purchaseOrders/${encodeURIComponent(number)}`;
  const answer = await get(outside, connection, path);
  const state = textAt(answer, 'payload', 'purchaseOrderState') ?? '?';
  if (state === 'Closed') return { text: `purchase order ${number} is ${state}: there is nothing to send` };
  return { order: answer, name: `purchase-order-${number}.json`, isCancelled: false };
};

export const fetchFromAmazon: FetchFromShop = (outside, connection, { subject, subjectId }) => {
  if (subject === 'order') return sellerOrder(outside, connection, subjectId);
  if (subject === 'purchase-order') return purchaseOrder(outside, connection, subjectId);
  return Promise.resolve({ text: `a ${subject} is not fetched` });
};
