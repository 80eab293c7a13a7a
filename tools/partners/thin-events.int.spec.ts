/** Shops whose events only name an order: it is fetched by the shop's API, whatever goes wrong on the way. */
import { randomUUID } from 'node:crypto';
import { jest } from '@jest/globals';
import type { Json } from './test/shops.ts';
import { Trade, until } from './test/trade.ts';

jest.setTimeout(90_000);

let trade: Trade;
beforeAll(async () => {
  trade = await Trade.open();
}, 90_000);
afterEach(() => trade?.shops.faults.clear());
afterAll(() => trade?.close(), 30_000);

const event = (id: number, what = 'created', nth = 0): Json => ({
  scope: `store/order/${what}`,
  store_id: '1025646',
  data: { type: 'order', id },
  hash: `3f9ea420af83450d7ef9f78b08c8af25b2213637-${id}-${what}-${nth}`,
  created_at: 1_772_400_000 + nth,
  producer: 'stores/abc',
});
const address = {
  first_name: 'Sam',
  last_name: 'Example',
  street_1: '1 Station Road',
  city: 'Leeds',
  country_iso2: 'GB',
};
const aBigCommerceOrder = (id: number, lines: number, more: Json = {}): Json => ({
  id,
  status_id: 11,
  status: 'Awaiting Fulfillment',
  date_created: 'Mon, 02 Mar 2026 09:00:00 +0000',
  currency_code: 'GBP',
  subtotal_ex_tax: '10.00',
  total_inc_tax: '12.00',
  billing_address: address,
  products: Array.from({ length: lines }, (_, at) => ({
    ...{ id: at + 1, sku: at % 2 === 0 ? 'TEA' : 'POT', quantity: at + 1, price_ex_tax: '1.00', name: 'Tea' },
  })),
  shipping_addresses: [address],
  ...more,
});

describe('BigCommerce', () => {
  it('is asked for the order, its products page by page and its addresses; the order is ours', async () => {
    await trade.shops.put('bigcommerce', 'orders', '100', aBigCommerceOrder(100, 252));
    const fileId = await trade.webhook('bigcommerce', event(100));
    await trade.taken('100');
    expect(await trade.world.documentOf(fileId, 'applied')).toMatchObject({ kind: 'notification' });
    const order = await trade.canonicalOf('100');
    expect((order['lines'] as Json[]).length).toBe(252);
    expect(order['deliverTo']).toMatchObject({ address: { city: 'Leeds', country: 'GB' } });
  });

  it('is asked again when it fails, breaks off, or is asked too often, and waits as long as it says', async () => {
    await trade.shops.put('bigcommerce', 'orders', '101', aBigCommerceOrder(101, 1));
    const path = '/bigcommerce';
    for (const kind of ['429', '500', 'down', 'timeout-after'] as const)
      trade.shops.faults.add({
        system: 'shop',
        kind,
        rate: 1,
        left: 1,
        path,
        ...(kind === 'timeout-after' ? { ms: 20 } : {}),
      });
    const began = Date.now();
    await trade.webhook('bigcommerce', event(101));
    await trade.taken('101');
    expect(trade.shops.faults.list().map(({ hits }) => hits)).toEqual([1, 1, 1, 1]);
    expect(Date.now() - began).toBeGreaterThan(1000);
    expect(trade.asked('101')).toBe(1);
  });

  it('makes one order of one event that comes twenty times, and of twenty events about it', async () => {
    await trade.shops.put('bigcommerce', 'orders', '102', aBigCommerceOrder(102, 2));
    await Promise.all(Array.from({ length: 20 }, () => trade.webhook('bigcommerce', event(102))));
    await Promise.all(Array.from({ length: 20 }, (_, nth) => trade.webhook('bigcommerce', event(102, 'updated', nth))));
    await trade.taken('102');
    await until('all events are over', async () => {
      const found = await trade.world.documents('partner=BIGCOMMERCE&status=validated');
      return found.length === 0;
    });
    expect(trade.asked('102')).toBe(1);
    expect(await trade.ordersOf('102')).toHaveLength(1);
  });

  it('is believed as the order stands when it is fetched', async () => {
    const order = aBigCommerceOrder(103, 1);
    await trade.shops.put('bigcommerce', 'orders', '103', { ...order, status_id: 0, status: 'Incomplete' });
    const early = await trade.webhook('bigcommerce', event(103));
    const unready = await trade.world.documentOf(early, 'mapped');
    expect(unready.steps.at(-1)?.text).toMatch(/status 0 \(Incomplete\)/);
    await trade.shops.put('bigcommerce', 'orders', '103', {
      ...order,
      products: aBigCommerceOrder(103, 3)['products'],
    });
    await trade.webhook('bigcommerce', event(103, 'statusUpdated'));
    await trade.taken('103');
    expect(trade.asked('103')).toBe(1);
    // Sent by now: an event more changes nothing.
    await trade.shops.put('bigcommerce', 'orders', '103', {
      ...aBigCommerceOrder(103, 3),
      status_id: 2,
      status: 'Shipped',
    });
    await trade.world.documentOf(await trade.webhook('bigcommerce', event(103, 'archived')), 'mapped');
    expect(trade.asked('103')).toBe(1);
  });

  it('that does not know the order, or us, leaves a case; replayed, the order is fetched', async () => {
    const lost = await trade.world.documentOf(await trade.webhook('bigcommerce', event(104)), 'quarantined');
    expect(lost).toMatchObject({ reason: 'fetch-refused' });
    expect(lost.steps.at(-1)?.text).toContain('not found');
    await trade.shops.put('bigcommerce', 'orders', '104', aBigCommerceOrder(104, 1));
    const told = await trade.world.call('POST', `/v1/documents/${lost.documentId}/replay`, {
      comment: 'it is there now',
    });
    expect(told.status).toBe(200);
    await trade.taken('104');
  });

  it('cancels what we took, and says nothing of what we never had', async () => {
    await trade.shops.put(
      'bigcommerce',
      'orders',
      '105',
      aBigCommerceOrder(105, 1, { status_id: 6, status: 'Declined' }),
    );
    const declined = await trade.world.documentOf(await trade.webhook('bigcommerce', event(105)), 'mapped');
    expect(declined.steps.at(-1)?.text).toContain('before we took it');
    await trade.shops.put(
      'bigcommerce',
      'orders',
      '100',
      aBigCommerceOrder(100, 252, { status_id: 5, status: 'Cancelled' }),
    );
    await trade.webhook('bigcommerce', event(100, 'statusUpdated'));
    await until('the cancellation is asked for', async () => {
      const found = await trade.ordersOf('100');
      return found.length === 2 && found.every(({ orderId }) => orderId !== undefined);
    });
    expect(trade.asked('100')).toBe(1);
  });
});

describe('Amazon', () => {
  const change = (id: string): Json => ({
    NotificationVersion: '1.0',
    NotificationType: 'ORDER_CHANGE',
    EventTime: '2026-03-02T09:00:00.000Z',
    Payload: {
      OrderChangeNotification: {
        NotificationLevel: 'OrderLevel',
        SellerId: 'A3',
        AmazonOrderId: id,
        OrderChangeType: 'OrderStatusChange',
      },
    },
    NotificationMetadata: { NotificationId: randomUUID() },
  });
  const anOrder = (id: string, more: Json = {}): Json => ({
    AmazonOrderId: id,
    PurchaseDate: '2026-03-02T08:00:00Z',
    OrderStatus: 'Unshipped',
    FulfillmentChannel: 'MFN',
    OrderTotal: { CurrencyCode: 'GBP', Amount: '11.01' },
    ShippingAddress: { Name: 'Sam Example', AddressLine1: '1 Station Road', City: 'Leeds', CountryCode: 'GB' },
    OrderItems: [1, 2, 3, 4, 5].map((nth) => ({
      ASIN: `B0${nth}`,
      SellerSKU: nth % 2 ? 'TEA' : 'POT',
      OrderItemId: String(nth),
      QuantityOrdered: nth,
      ItemPrice: { CurrencyCode: 'GBP', Amount: '2.00' },
    })),
    ...more,
  });

  it('gives a token, the order and its items page by page; a token that is refused is had anew', async () => {
    await trade.shops.put('amazon', 'orders', '902-1', anOrder('902-1'));
    await trade.webhook('amazon', change('902-1'));
    await trade.taken('902-1');
    const order = await trade.canonicalOf('902-1');
    expect((order['lines'] as Json[]).length).toBe(5);
    expect(await trade.shops.post('/amazon/auth/expire')).toEqual({ ended: 1 });
    await trade.shops.put('amazon', 'orders', '902-2', anOrder('902-2'));
    await trade.webhook('amazon', change('902-2'));
    await trade.taken('902-2');
  });

  it('is left to send what it sends itself, and what is not paid', async () => {
    await trade.shops.put('amazon', 'orders', '902-3', anOrder('902-3', { FulfillmentChannel: 'AFN' }));
    await trade.shops.put('amazon', 'orders', '902-4', anOrder('902-4', { OrderStatus: 'Pending' }));
    for (const id of ['902-3', '902-4'])
      await trade.world.documentOf(await trade.webhook('amazon', change(id)), 'mapped');
    expect([trade.asked('902-3'), trade.asked('902-4')]).toEqual([0, 0]);
  });

  it('gives a vendor the purchase order that is named', async () => {
    const number = '4Z32PABC';
    await trade.shops.put('amazon', 'purchase-orders', number, {
      purchaseOrderNumber: number,
      purchaseOrderState: 'New',
      orderDetails: {
        purchaseOrderDate: '2026-03-02T08:00:00Z',
        items: [
          {
            itemSequenceNumber: '1',
            vendorProductIdentifier: 'TEA',
            orderedQuantity: { amount: 7, unitOfMeasure: 'Eaches' },
            netCost: { amount: '1.10', currencyCode: 'GBP' },
          },
        ],
      },
    });
    await trade.world.handIn(JSON.stringify({ purchaseOrderNumber: number }), '?partner=AMAZON', 'application/json');
    await trade.taken(number);
    expect(trade.asked(number)).toBe(1);
  });
});
