/** What left for orders of shops, and what they may sell, goes back by the shop's own API, each thing once. */
import { jest } from '@jest/globals';
import { AvailabilityChanged, documentIdOf, ShipmentDispatched } from '@crossdock/contracts';
import type { Json } from './test/shops.ts';
import { partnerOf, said, Trade, until, type Shop } from './test/trade.ts';

jest.setTimeout(90_000);

let trade: Trade;
beforeAll(async () => {
  trade = await Trade.open();
}, 90_000);
afterEach(() => trade?.shops.faults.clear());
afterAll(() => trade?.close(), 30_000);

const shipped = (shop: Shop, number: string, nth: number, lines: readonly [item: string, quantity: number][]) => {
  const orderId = documentIdOf('acme', `partner-${partnerOf(shop)}`, number);
  return trade.world.tell(
    said(ShipmentDispatched, {
      ...{ orderId, orderNo: number, account: 'C10001', fulfilmentId: `F-${number}-${nth}`, node: 'DC1' },
      shipmentId: `S-${number}-${nth}`,
      dispatchedAt: '2026-03-03T10:00:00.000Z',
      packages: [
        {
          trackingNo: `T-${number}-${nth}`,
          carrier: 'UPSN',
          contents: lines.map(([, quantity], at) => ({ lineNo: at + 1, quantity })),
        },
      ],
      lines: lines.map(([item, quantity], at) => ({ lineNo: at + 1, item, quantity })),
    }),
  );
};
const available = (item: string, quantity: number) =>
  trade.world.tell(
    said(AvailabilityChanged, {
      channel: 'web',
      item,
      available: quantity,
      inStock: quantity > 0,
      asOf: new Date().toISOString(),
    }),
  );

describe('Shopify', () => {
  const order = {
    id: 450,
    name: '#1450',
    order_number: 1450,
    financial_status: 'paid',
    created_at: '2026-03-02T09:00:00+00:00',
    currency: 'GBP',
    line_items: [
      { id: 7, sku: 'TEA', quantity: 3, price: '1.00', name: 'Tea' },
      { id: 8, sku: 'POT', quantity: 1, price: '2.00', name: 'Pot' },
    ],
    shipping_address: { address1: '1 Station Road', city: 'Leeds', country_code: 'GB' },
  };
  it('hears what left, by its own ids, once, though its answer got lost', async () => {
    await trade.shops.put('shopify', 'orders', '450', order);
    await trade.webhook('shopify', order);
    await trade.taken('#1450');
    trade.shops.faults.add({
      system: 'shop',
      kind: 'timeout-after',
      rate: 1,
      left: 1,
      ms: 20,
      path: '/shopify/admin/api/2026-01/fulfillments.json',
    });
    await shipped('shopify', '#1450', 1, [['TEA', 2]]);
    await shipped('shopify', '#1450', 2, [
      ['TEA', 1],
      ['POT', 1],
    ]);
    const made = await until('two fulfilments', () => {
      const found = trade.shops.list('shopify', 'fulfillments');
      return found.length >= 2 && found;
    });
    expect(made.map(({ tracking_numbers, line_items }) => [tracking_numbers, line_items])).toEqual([
      [['T-#1450-1'], [{ id: 7, quantity: 2 }]],
      [
        ['T-#1450-2'],
        [
          { id: 7, quantity: 1 },
          { id: 8, quantity: 1 },
        ],
      ],
    ]);
    await until('both are sent', async () => {
      const { body } = await trade.world.call<{ dispatches: Json[] }>(
        'GET',
        '/v1/dispatches?partner=SHOPIFY&status=sent',
      );
      return body.dispatches.length === 2;
    });
    expect(trade.shops.list('shopify', 'fulfillments')).toHaveLength(2);
  });

  it('hears what it may sell, where that is another number than it has', async () => {
    await trade.shops.put('shopify', 'locations', '1', { id: 1, active: true });
    await trade.shops.put('shopify', 'products', '5', {
      id: 5,
      variants: [
        { id: 51, sku: 'TEA', inventory_item_id: 501 },
        { id: 52, sku: 'POT', inventory_item_id: 502 },
      ],
    });
    await trade.shops.put('shopify', 'levels', '1/502', { inventory_item_id: 502, location_id: 1, available: 4 });
    await available('TEA', 9);
    await available('POT', 4);
    await available('UNSOLD', 3);
    const before = trade.shops.writes().length;
    await until('a report goes', async () => {
      const told = await trade.world.call('POST', '/v1/partners/SHOPIFY/stock-report');
      return told.status < 300;
    });
    await until('the level is set', () => trade.shops.get('shopify', 'levels', '1/501') !== undefined);
    expect(trade.shops.get('shopify', 'levels', '1/501')).toMatchObject({ available: 9 });
    expect(
      trade.shops
        .writes()
        .slice(before)
        .filter(({ platform }) => platform === 'shopify'),
    ).toHaveLength(1);
  });
});

describe('WooCommerce', () => {
  const order = {
    id: 727,
    number: '727',
    status: 'processing',
    currency: 'GBP',
    date_created: '2026-03-02T09:00:00',
    order_key: 'wc_order_1',
    line_items: [
      { id: 1, sku: 'TEA', product_id: 11, quantity: 3, subtotal: '3.00', total: '3.00', name: 'Tea' },
      { id: 2, sku: 'POT', product_id: 12, quantity: 1, subtotal: '2.00', total: '2.00', name: 'Pot' },
    ],
    shipping: { address_1: '1 Station Road', city: 'Leeds', country: 'GB' },
  };
  it('hears of each parcel, and that the order is complete with the last', async () => {
    await trade.shops.put('woocommerce', 'orders', '727', order);
    await trade.webhook('woocommerce', order);
    await trade.taken('727');
    await shipped('woocommerce', '727', 1, [['TEA', 3]]);
    await until('the first parcel', () => trade.shops.list('woocommerce', 'shipment-trackings').length === 1);
    expect(trade.shops.get('woocommerce', 'orders', '727')).toMatchObject({ status: 'processing' });
    trade.shops.faults.add({
      system: 'shop',
      kind: 'timeout-after',
      rate: 1,
      left: 1,
      ms: 20,
      path: '/woocommerce/wp-json/wc/v3/orders/727',
    });
    await shipped('woocommerce', '727', 2, [
      ['TEA', 0],
      ['POT', 1],
    ]);
    await until('complete', () => trade.shops.get('woocommerce', 'orders', '727')?.['status'] === 'completed');
    const numbers = trade.shops.list('woocommerce', 'shipment-trackings').map((one) => one['tracking_number']);
    expect(numbers).toEqual(['T-727-1', 'T-727-2']);
  });

  it('hears what it may sell, by its products', async () => {
    await trade.shops.put('woocommerce', 'products', '11', {
      id: 11,
      sku: 'TEA',
      type: 'simple',
      parent_id: 0,
      stock_quantity: 1,
    });
    await available('TEA', 10);
    await until('the stock is set', async () => {
      await trade.world.call('POST', '/v1/partners/WOOCOMMERCE/stock-report');
      return trade.shops.get('woocommerce', 'products', '11')?.['stock_quantity'] === 10;
    });
  });
});
