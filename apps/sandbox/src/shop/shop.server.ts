/** The web shop: sends order webhooks on demand, alone or in many copies at once. */
import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import pLimit from 'p-limit';
import type { Callbacks } from '../web/callbacks.js';
import { judgeCallback } from '../web/deliver.js';
import { Refused } from '../web/problem.js';
import { PLATFORMS, type Platform, type ShopBook, type Shown } from './book.js';
import { API_VERSION, shopifyOrder, shopifySignature, type Sellable } from './shopify.js';
import { openThinShops } from './thin.js';
import { openToldShops } from './told.js';

export interface ShopParts {
  readonly ordersUrl: string;
  readonly connection: string;
  readonly secret: string;
  readonly callbacks: Callbacks;
  readonly book: ShopBook;
  readonly items: () => Promise<readonly Sellable[]>;
  readonly signal: AbortSignal;
}
interface ShopRequest {
  /** how many orders; 1 when left out */
  readonly n?: number;
  readonly seed?: string | number;
  /** copies of each, sent at the same moment */
  readonly copies?: number;
}

const CONCURRENCY = 20;
const MOST = 10_000;
const isCount = (value: unknown): value is number =>
  Number.isInteger(value) && (value as number) >= 1 && (value as number) <= MOST;

const headersOf = (body: string, secret: string) => ({
  'content-type': 'application/json',
  'user-agent': 'Shopify-Captain-Hook',
  'x-shopify-topic': 'orders/create',
  'x-shopify-shop-domain': 'crossdock-demo.myshopify.com',
  'x-shopify-api-version': API_VERSION,
  'x-shopify-webhook-id': randomUUID(),
  'x-shopify-triggered-at': new Date().toISOString(),
  'x-shopify-hmac-sha256': shopifySignature(body, secret),
});

export const openShop = (app: FastifyInstance, parts: ShopParts): void => {
  const room = pLimit(CONCURRENCY);
  const send = async (body: string) => {
    const { answer } = await parts.callbacks.tell({
      system: 'shop',
      url: `${parts.ordersUrl}/webhooks/shopify/${encodeURIComponent(parts.connection)}`,
      body,
      headers: () => Promise.resolve(headersOf(body, parts.secret)),
      room: (task) => room(task),
      signal: parts.signal,
      judge: judgeCallback,
    });
    return answer.status;
  };
  app.post<{ Body: ShopRequest | undefined }>('/shop/orders', async ({ body }, reply) => {
    const { n = 1, seed = 1, copies = 1 } = body ?? {};
    if (!isCount(n) || !isCount(copies)) throw new Refused(400, 'bad-parameter', `n and copies must be 1 to ${MOST}`);
    const items = await parts.items();
    if (items.length === 0)
      throw new Refused(409, 'nothing-to-sell', 'publish master data first: POST /erp/master-data/day');
    const createdAt = new Date().toISOString();
    const orders = Array.from({ length: n }, (_, at) =>
      shopifyOrder({ seed: String(seed), nth: at + 1, createdAt, items }),
    );
    const sent = orders.map(async (order) => {
      const json = JSON.stringify(order);
      const statuses = await Promise.all(Array.from({ length: copies }, () => send(json)));
      return { id: order.id, name: order.name, total: order.total_price, statuses };
    });
    return reply.code(201).send({ orders: await Promise.all(sent) });
  });
  app.get('/books/shop', () => ({ webhooks: parts.callbacks.countsOf('shop'), writes: parts.book.writes }));
  openBook(app, parts.book);
};

interface Entry {
  Params: { platform: Platform; what: string; id: string };
  Body: Shown;
}
/** Administration: what stands in the shops' book, as its platform shows it. */
export const openBook = (app: FastifyInstance, book: ShopBook): void => {
  app.put<Entry>('/shop/:platform/:what/:id', async ({ params, body }) => {
    if (!PLATFORMS.includes(params.platform))
      throw new Refused(400, 'bad-parameter', `the platform must be one of ${PLATFORMS.join(', ')}`);
    await book.put({ ...params, shown: body });
    return body;
  });
  app.get<Entry>('/shop/:platform/:what/:id', ({ params: { platform, what, id } }) => {
    const shown = book.get(platform, what, id);
    if (!shown) throw new Refused(404, 'not-found', `${platform} has no ${what} ${id}`);
    return shown;
  });
  openThinShops(app, book);
  openToldShops(app, book);
};
