/** APIs of shops that are told of fulfilments and stock: Shopify (REST Admin API) and WooCommerce (REST v3). */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { PARTNER } from '../web/server.js';
import type { ShopBook, Shown } from './book.js';
import { SHOP_TOKEN } from './thin.js';

type Body = Record<string, unknown>;
interface Call {
  Params: { id: string };
  Querystring: Record<string, string | undefined>;
  Body: Body | undefined;
}
interface Line {
  readonly id: number;
  readonly quantity: number;
}
const linesOf = (order: Shown): readonly Line[] => (order['line_items'] as Line[] | undefined) ?? [];

/** The one fulfilment order of an order, and its lines, have ids of their own. */
const OWN_ID = 1_000_000;
interface Fulfilled {
  readonly fulfillment_order_id: number;
  readonly fulfillment_order_line_items: readonly Line[];
}

class Shopify {
  constructor(private readonly book: ShopBook) {}

  order(id: string): Shown | undefined {
    return this.book.get('shopify', 'orders', id);
  }
  fulfilments(id: string): readonly Shown[] {
    return this.book.list('shopify', 'fulfillments', `${id}/`);
  }
  fulfilmentOrder(id: string, order: Shown) {
    const done = new Map<number, number>();
    for (const { line_items } of this.fulfilments(id) as readonly { line_items: readonly Line[] }[])
      for (const line of line_items) done.set(line.id, (done.get(line.id) ?? 0) + line.quantity);
    const lines = linesOf(order).map((line) => ({
      id: OWN_ID + line.id,
      line_item_id: line.id,
      quantity: line.quantity,
      fulfillable_quantity: line.quantity - (done.get(line.id) ?? 0),
    }));
    const isOpen = lines.some(({ fulfillable_quantity }) => fulfillable_quantity > 0);
    return { id: OWN_ID + Number(id), order_id: Number(id), status: isOpen ? 'open' : 'closed', line_items: lines };
  }
  /** Undefined when it is more than the shop waits for. */
  async fulfil(wanted: Fulfilled, tracking: Body): Promise<Shown | undefined> {
    const id = String(wanted.fulfillment_order_id - OWN_ID);
    const order = this.order(id);
    if (!order) return undefined;
    const waiting = new Map(this.fulfilmentOrder(id, order).line_items.map((line) => [line.id, line]));
    const fits = wanted.fulfillment_order_line_items.every(
      (line) => (waiting.get(line.id)?.fulfillable_quantity ?? 0) >= line.quantity && line.quantity > 0,
    );
    if (!fits || wanted.fulfillment_order_line_items.length === 0) return undefined;
    const made = {
      id: OWN_ID * 2 + this.book.list('shopify', 'fulfillments').length,
      order_id: Number(id),
      status: 'success',
      tracking_company: tracking['company'] ?? null,
      tracking_numbers: tracking['numbers'] ?? (tracking['number'] === undefined ? [] : [tracking['number']]),
      line_items: wanted.fulfillment_order_line_items.map((line) => ({
        id: line.id - OWN_ID,
        quantity: line.quantity,
      })),
    };
    await this.book.put({ platform: 'shopify', what: 'fulfillments', id: `${id}/${made.id}`, shown: made });
    return made;
  }
}

const allowed = (request: FastifyRequest, reply: FastifyReply, given: unknown, needed: string): boolean => {
  if (given === needed) return true;
  void reply.code(401).send({ errors: '[API] Invalid API key or access token' });
  return false;
};

const openShopify = (app: FastifyInstance, book: ShopBook): void => {
  const root = '/shopify/admin/api/:version';
  const shop = new Shopify(book);
  const guarded =
    (serve: (request: FastifyRequest<Call>, reply: FastifyReply) => Promise<FastifyReply> | FastifyReply) =>
    (request: FastifyRequest<Call>, reply: FastifyReply) =>
      allowed(request, reply, request.headers['x-shopify-access-token'], SHOP_TOKEN) ? serve(request, reply) : reply;
  const ofOrder = (shown: (id: string, order: Shown) => unknown) =>
    guarded(({ params }, reply) => {
      const order = shop.order(params.id);
      return order ? reply.send(shown(params.id, order)) : reply.code(404).send({ errors: 'Not Found' });
    });
  app.get<Call>(
    `${root}/orders/:id/fulfillment_orders.json`,
    PARTNER,
    ofOrder((id, order) => ({ fulfillment_orders: [shop.fulfilmentOrder(id, order)] })),
  );
  app.get<Call>(
    `${root}/orders/:id/fulfillments.json`,
    PARTNER,
    ofOrder((id) => ({ fulfillments: shop.fulfilments(id) })),
  );
  app.post<Call>(
    `${root}/fulfillments.json`,
    PARTNER,
    guarded(async ({ body }, reply) => {
      const wanted = body?.['fulfillment'] as Body | undefined;
      const [first, ...others] = (wanted?.['line_items_by_fulfillment_order'] ?? []) as Fulfilled[];
      const made =
        first && others.length === 0 ? await shop.fulfil(first, (wanted?.['tracking_info'] ?? {}) as Body) : undefined;
      return made
        ? reply.code(201).send({ fulfillment: made })
        : reply.code(422).send({ errors: ['The specified quantity can not be fulfilled'] });
    }),
  );
  app.get<Call>(
    `${root}/products.json`,
    PARTNER,
    guarded(({ query }, reply) => {
      const { limit = '50', since_id = '0' } = query;
      const products = book.list('shopify', 'products').filter(({ id }) => Number(id) > Number(since_id));
      return reply.send({ products: products.slice(0, Number(limit)) });
    }),
  );
  app.get<Call>(
    `${root}/locations.json`,
    PARTNER,
    guarded((_request, reply) => reply.send({ locations: book.list('shopify', 'locations') })),
  );
  app.get<Call>(
    `${root}/inventory_levels.json`,
    PARTNER,
    guarded(({ query }, reply) => {
      const wanted = new Set((query['inventory_item_ids'] ?? '').split(','));
      const levels = book.list('shopify', 'levels').filter((level) => wanted.has(String(level['inventory_item_id'])));
      return reply.send({ inventory_levels: levels });
    }),
  );
  app.post<Call>(
    `${root}/inventory_levels/set.json`,
    PARTNER,
    guarded(async ({ body = {} }, reply) => {
      const { inventory_item_id: item, location_id: location } = body;
      await book.put({ platform: 'shopify', what: 'levels', id: `${String(location)}/${String(item)}`, shown: body });
      return reply.send({ inventory_level: body });
    }),
  );
};

const openWooCommerce = (app: FastifyInstance, book: ShopBook): void => {
  const root = '/woocommerce/wp-json/wc/v3';
  const basic = `Basic ${Buffer.from(`${SHOP_TOKEN}:${SHOP_TOKEN}`).toString('base64')}`;
  const guarded =
    (serve: (request: FastifyRequest<Call>, reply: FastifyReply) => Promise<FastifyReply> | FastifyReply) =>
    (request: FastifyRequest<Call>, reply: FastifyReply) =>
      allowed(request, reply, request.headers.authorization, basic) ? serve(request, reply) : reply;
  const unknown = (reply: FastifyReply) =>
    reply.code(404).send({ code: 'woocommerce_rest_shop_order_invalid_id', message: 'Invalid ID.' });
  const below = `${root}/orders/:id/shipment-trackings`;
  app.get<Call>(
    below,
    PARTNER,
    guarded(({ params }, reply) =>
      book.get('woocommerce', 'orders', params.id)
        ? reply.send(book.list('woocommerce', 'shipment-trackings', `${params.id}/`))
        : unknown(reply),
    ),
  );
  app.post<Call>(
    below,
    PARTNER,
    guarded(async ({ params: { id }, body = {} }, reply) => {
      if (!book.get('woocommerce', 'orders', id)) return unknown(reply);
      const nth = book.list('woocommerce', 'shipment-trackings', `${id}/`).length + 1;
      await book.put({ platform: 'woocommerce', what: 'shipment-trackings', id: `${id}/${nth}`, shown: body });
      return reply.code(201).send(body);
    }),
  );
  app.put<Call>(
    `${root}/orders/:id`,
    PARTNER,
    guarded(async ({ params: { id }, body = {} }, reply) => {
      const order = book.get('woocommerce', 'orders', id);
      if (!order) return unknown(reply);
      const shown = { ...order, ...body };
      await book.put({ platform: 'woocommerce', what: 'orders', id, shown });
      return reply.send(shown);
    }),
  );
  app.get<Call>(
    `${root}/products`,
    PARTNER,
    guarded(({ query }, reply) => {
      const skus = new Set((query['sku'] ?? '').split(','));
      return reply.send(book.list('woocommerce', 'products').filter(({ sku }) => skus.has(String(sku))));
    }),
  );
  app.post<Call>(
    `${root}/products/batch`,
    PARTNER,
    guarded(async ({ body = {} }, reply) => {
      const updates = (body['update'] ?? []) as Body[];
      for (const update of updates) {
        const id = String(update['id']);
        const shown = { ...book.get('woocommerce', 'products', id), ...update };
        await book.put({ platform: 'woocommerce', what: 'products', id, shown });
      }
      return reply.send({ update: updates });
    }),
  );
};

export const openToldShops = (app: FastifyInstance, book: ShopBook): void => {
  openShopify(app, book);
  openWooCommerce(app, book);
};
