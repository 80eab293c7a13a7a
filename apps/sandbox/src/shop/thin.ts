/** APIs of shops whose events only name an order: BigCommerce (Orders v2) and Amazon (SP-API, Login with Amazon). */
import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { PARTNER } from '../web/server.js';
import type { ShopBook, Shown } from './book.js';

/** What every platform of the sandbox takes as credentials; for Amazon the refresh token. */
export const SHOP_TOKEN = 'sandbox-shop';
const TOKEN_SECONDS = 3600;
/** Items of an Amazon order that one answer holds, so that pages are met. */
const AMAZON_PAGE = 2;

interface Order {
  Params: { id: string };
  Querystring: { page?: string; limit?: string; NextToken?: string };
}
const listIn = (order: Shown, name: string): readonly unknown[] => (order[name] as unknown[] | undefined) ?? [];
const without = (order: Shown, ...names: readonly string[]): Shown =>
  Object.fromEntries(Object.entries(order).filter(([name]) => !names.includes(name)));

const openBigCommerce = (app: FastifyInstance, book: ShopBook): void => {
  const root = '/bigcommerce/stores/:store/v2/orders/:id';
  const found = (request: FastifyRequest<Order>, reply: FastifyReply): Shown | undefined => {
    if (request.headers['x-auth-token'] !== SHOP_TOKEN) {
      void reply.code(401).send([{ status: 401, message: 'Unauthorized' }]);
      return undefined;
    }
    const order = book.get('bigcommerce', 'orders', request.params.id);
    if (!order) void reply.code(404).send([{ status: 404, message: 'The requested resource was not found.' }]);
    return order;
  };
  app.get<Order>(root, PARTNER, (request, reply) => {
    const order = found(request, reply);
    // Lines and addresses are links there.
    return order
      ? reply.send({
          ...order,
          products: { resource: `/orders/${request.params.id}/products` },
          shipping_addresses: {},
        })
      : reply;
  });
  for (const list of ['products', 'shipping_addresses'])
    app.get<Order>(`${root}/${list}`, PARTNER, (request, reply) => {
      const order = found(request, reply);
      if (!order) return reply;
      const { page = '1', limit = '50' } = request.query;
      const from = (Number(page) - 1) * Number(limit);
      const part = listIn(order, list).slice(from, from + Number(limit));
      return part.length > 0 ? reply.send(part) : reply.code(204).send();
    });
};

const openAmazon = (app: FastifyInstance, book: ShopBook): void => {
  const tokens = new Set<string>();
  const refused = (reply: FastifyReply, status: number, code: string, message: string): FastifyReply =>
    reply.code(status).send({ errors: [{ code, message, details: '' }] });
  app.post<{ Body: Record<string, string> | undefined }>('/amazon/auth/o2/token', PARTNER, ({ body }, reply) => {
    if (body?.['grant_type'] !== 'refresh_token' || body['refresh_token'] !== SHOP_TOKEN)
      return reply.code(400).send({ error: 'invalid_grant', error_description: 'The request has an invalid grant' });
    const access_token = `Atza|${randomUUID()}`;
    tokens.add(access_token);
    return reply.send({ access_token, token_type: 'bearer', expires_in: TOKEN_SECONDS, refresh_token: SHOP_TOKEN });
  });
  // Administration: every token that is out ends before its time.
  app.post('/amazon/auth/expire', () => {
    const ended = tokens.size;
    tokens.clear();
    return { ended };
  });
  const show = (path: string, what: string, shown: (order: Shown, request: FastifyRequest<Order>) => unknown): void => {
    app.get<Order>(path, PARTNER, (request, reply) => {
      if (!tokens.has(String(request.headers['x-amz-access-token'])))
        return refused(reply, 403, 'Unauthorized', 'Access to requested resource is denied.');
      const order = book.get('amazon', what, request.params.id);
      if (!order) return refused(reply, 404, 'NotFound', 'Resource not found.');
      return reply.send({ payload: shown(order, request) });
    });
  };
  show('/amazon/orders/v0/orders/:id', 'orders', (order) => without(order, 'OrderItems'));
  show('/amazon/orders/v0/orders/:id/orderItems', 'orders', (order, { params, query }) => {
    const items = listIn(order, 'OrderItems');
    const from = Number(query.NextToken ?? 0);
    const next = from + AMAZON_PAGE;
    return {
      AmazonOrderId: params.id,
      OrderItems: items.slice(from, next),
      ...(next < items.length ? { NextToken: String(next) } : {}),
    };
  });
  show('/amazon/vendor/orders/v1/purchaseOrders/:id', 'purchase-orders', (order) => order);
};

export const openThinShops = (app: FastifyInstance, book: ShopBook): void => {
  openBigCommerce(app, book);
  openAmazon(app, book);
};
