import type { CanonicalKind } from '../../canonical/document.js';
import { dataOfKind } from '../canonical.builders.js';
import { NO_CONTEXT, type Translation } from '../translation.js';
import { readAmazon } from './amazon.js';
import { readBigCommerce } from './bigcommerce.js';
import { readShopify } from './shopify.js';
import { readWooCommerce } from './woocommerce.js';

const read = (translation: Translation, value: unknown) =>
  translation(new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value)), NO_CONTEXT);
const dataOf = <K extends CanonicalKind>(translation: Translation, value: unknown, kind: K) => {
  const [document] = read(translation, value).documents;
  return dataOfKind(document?.canonical, kind);
};

const anOrder = (more: object = {}) => ({
  id: 450789469,
  name: '#1001',
  currency: 'USD',
  created_at: '2026-01-05T10:30:00-05:00',
  financial_status: 'paid',
  total_price: '25.00',
  line_items: [
    { id: 1, sku: 'TEA', title: 'Tea', quantity: 2, price: '10.00', tax_lines: [{ rate: 0.06, price: '1.20' }] },
  ],
  shipping_lines: [{ title: 'Post', price: '5.00' }],
  shipping_address: {
    first_name: 'Ann',
    last_name: 'Bee',
    address1: '1 Road',
    city: 'Ottawa',
    zip: 'K2P',
    country: 'Canada',
  },
  ...more,
});

describe('Shopify', () => {
  it.each([
    ['wrapped', { order: anOrder() }],
    ['bare, as a webhook', anOrder()],
    ['in a list', { orders: [anOrder()] }],
  ])('an order %s is read', (_, body) => {
    expect(dataOf(readShopify, body, 'order')).toMatchObject({
      number: '#1001',
      purpose: 'original',
      issued: '2026-01-05',
      issuedAt: '2026-01-05T10:30:00-05:00',
      deliverTo: { name: 'Ann Bee', address: { lines: ['1 Road'], city: 'Ottawa', postcode: 'K2P', country: 'CA' } },
      references: [{ kind: 'shop-order', number: '450789469' }],
      lines: [
        {
          lineNo: '1',
          item: { sellerItem: 'TEA', ids: [{ scheme: 'shopify-line-item', value: '1' }], description: 'Tea' },
          quantity: { value: '2', unit: 'EA' },
          unitPrice: '10',
          taxPercent: '6',
        },
      ],
      allowanceCharges: [{ charge: true, reason: 'Post', amount: { minor: 500, currency: 'USD' } }],
      totals: { payable: { minor: 2500, currency: 'USD' } },
    });
  });
  it('a cancelled order says so', () => {
    expect(dataOf(readShopify, anOrder({ cancelled_at: '2026-01-06T00:00:00Z' }), 'order').purpose).toBe('cancel');
  });
  it('an id longer than a double keeps its digits', () => {
    const body = JSON.stringify(anOrder()).replace('450789469', '45078946912345678901');
    expect(dataOf(readShopify, body, 'order').references).toEqual([
      { kind: 'shop-order', number: '45078946912345678901' },
    ]);
  });
  it('a line without a readable quantity is a fault, and the others are read', () => {
    const [document] = read(
      readShopify,
      anOrder({
        line_items: [
          { id: 1, quantity: 'many' },
          { id: 2, quantity: 1 },
        ],
      }),
    ).documents;
    expect(document?.faults.map(({ path }) => path)).toEqual(['/line_items[1]/quantity']);
    expect(document?.figures.lines).toBe(1);
  });
  it.each([
    [
      'fulfillment',
      { id: 1, order_id: 2, tracking_company: 'UPS', tracking_number: 'T1', line_items: [{ id: 3, quantity: 1 }] },
      'despatch-advice',
    ],
    ['fulfillment_order', { id: 1, request_status: 'unsubmitted', line_items: [] }, 'warehouse-order'],
    ['fulfillment_event', { id: 1, fulfillment_id: 2, status: 'in_transit' }, 'transportation-status'],
    ['inventory_level', { inventory_item_id: 1, location_id: 2, available: 6 }, 'inventory-report'],
    ['product', { id: 1, title: 'Tea', variants: [{ id: 2, price: '1.00' }] }, 'catalogue'],
    ['customer', { id: 1, verified_email: true }, 'party-record'],
    ['transaction', { id: 1, gateway: 'x', kind: 'sale', amount: '1.00', currency: 'USD' }, 'remittance-advice'],
    ['location', { id: 1, legacy: false, address1: 'x' }, 'location-list'],
  ])('a %s, wrapped or bare, is a canonical document', (name, resource, kind) => {
    const kinds = [{ [name]: resource }, resource].map((body) => read(readShopify, body).documents[0]?.canonical?.kind);
    expect(kinds).toEqual([kind, kind]);
  });
});

it('a refund of Shopify gives back what its lines and its payment say', () => {
  const refund = {
    id: 1,
    order_id: 2,
    created_at: '2026-01-05T10:00:00Z',
    refund_line_items: [{ quantity: 2, subtotal: 10, total_tax: 0.6, line_item: { id: 3, sku: 'TEA', price: '5.00' } }],
    transactions: [{ kind: 'refund', amount: '10.60', currency: 'USD' }],
  };
  expect(dataOf(readShopify, { refund }, 'credit-note')).toMatchObject({
    issued: '2026-01-05',
    lines: [{ item: { sellerItem: 'TEA' }, unitPrice: '5', amount: { minor: 1000, currency: 'USD' } }],
    totals: { tax: { minor: 60 }, payable: { minor: 1060 } },
  });
});

describe('WooCommerce', () => {
  it('a customer is a party', () => {
    const customer = {
      id: 25,
      email: 'a@b.example',
      is_paying_customer: true,
      meta_data: [],
      billing: { first_name: 'Ann', last_name: 'Bee' },
    };
    expect(dataOf(readWooCommerce, customer, 'party-record')).toMatchObject({
      number: '25',
      party: { name: 'Ann Bee', email: 'a@b.example' },
    });
  });
  const order = {
    id: 727,
    number: '727',
    currency: 'EUR',
    date_created: '2026-01-05T16:28:02',
    status: 'processing',
    line_items: [{ id: 315, sku: 'TEA', quantity: 3, subtotal: '10.00', total: '9.00', price: 3.3333333333 }],
    total: '9.00',
  };
  it('an order keeps its local time, and its price is of one piece before discounts', () => {
    const data = dataOf(readWooCommerce, [order], 'order');
    expect([data.issuedAt, data.lines[0]?.unitPrice]).toEqual(['2026-01-05T16:28:02', '3.333333']);
    expect(data.lines[0]?.allowanceCharges).toEqual([
      { charge: false, reason: 'discount', amount: { minor: 100, currency: 'EUR' } },
    ]);
  });
});

describe('BigCommerce', () => {
  it('a webhook is thin: it names what to fetch', () => {
    const event = {
      scope: 'store/order/statusUpdated',
      store_id: '1',
      hash: 'h',
      created_at: 1767609000,
      data: { type: 'order', id: 250 },
    };
    expect(dataOf(readBigCommerce, event, 'notification')).toEqual({
      number: 'h',
      subject: 'order',
      subjectId: '250',
      what: 'statusUpdated',
      store: '1',
      at: '2026-01-05T10:30:00.000Z',
    });
  });
  it('an order whose products are still a link waits for them', () => {
    const order = { id: 250, status_id: 11, billing_address: {}, subtotal_ex_tax: '1', products: { url: 'x' } };
    expect(read(readBigCommerce, order).documents[0]?.faults.map(({ path }) => path)).toEqual(['/products']);
    expect(
      dataOf(
        readBigCommerce,
        { ...order, products: [{ id: 1, sku: 'TEA', quantity: 2, price_ex_tax: '1.50' }] },
        'order',
      ).lines,
    ).toMatchObject([{ item: { sellerItem: 'TEA' }, unitPrice: '1.5' }]);
  });
});

describe('Amazon', () => {
  const order = { AmazonOrderId: 'A-1', PurchaseDate: '2026-01-05T10:00:00Z', OrderStatus: 'Unshipped' };
  const items = {
    AmazonOrderId: 'A-1',
    OrderItems: [{ SellerSKU: 'TEA', QuantityOrdered: 3, ItemPrice: { CurrencyCode: 'USD', Amount: '10.00' } }],
  };
  it('an order without its items waits for them; with them it is one order', () => {
    expect(read(readAmazon, { payload: { Orders: [order] } }).documents[0]?.faults.map(({ code }) => code)).toEqual([
      'element-missing',
    ]);
    const both = read(readAmazon, [{ payload: { Orders: [order] } }, { payload: items }]);
    expect(both.documents.map(({ number, faults, figures }) => [number, faults.length, figures.lines])).toEqual([
      ['A-1', 0, 1],
    ]);
  });
  it('the price of a line is shared by its pieces', () => {
    expect(dataOf(readAmazon, { payload: items }, 'order').lines[0]).toMatchObject({
      unitPrice: '3.333333',
      amount: { minor: 1000 },
    });
  });
  it('a notice that an order changed is a thin event, and no order without items', () => {
    const event = {
      NotificationVersion: '1.0',
      NotificationType: 'ORDER_CHANGE',
      Payload: {
        OrderChangeNotification: {
          SellerId: 'S-1',
          AmazonOrderId: 'A-1',
          OrderChangeType: 'OrderStatusChange',
          OrderChangeTrigger: { TimeOfOrderChange: '2026-01-05T10:00:00Z' },
          Summary: { OrderStatus: 'Unshipped', OrderItems: [{ SellerSKU: 'TEA', Quantity: 3 }] },
        },
      },
      NotificationMetadata: { NotificationId: 'N-1' },
    };
    expect(read(readAmazon, event).documents).toMatchObject([{ type: 'OrderChange', faults: [] }]);
    expect(dataOf(readAmazon, event, 'notification')).toEqual({
      number: 'N-1',
      subject: 'order',
      subjectId: 'A-1',
      what: 'OrderStatusChange',
      store: 'S-1',
      at: '2026-01-05T10:00:00Z',
    });
  });
  it('an order of direct fulfilment has its address without a party, and prices without a cost', () => {
    const body = {
      payload: {
        orders: [
          {
            purchaseOrderNumber: 'P2',
            orderDetails: {
              orderDate: '2026-01-05T10:00:00Z',
              shipToParty: {
                name: 'Ann Bee',
                addressLine1: '1 Road',
                city: 'Leeds',
                postalCode: 'LS1',
                countryCode: 'GB',
              },
              sellingParty: { partyId: '999US' },
              items: [
                {
                  itemSequenceNumber: '1',
                  vendorProductIdentifier: 'TEA',
                  orderedQuantity: { unitOfMeasure: 'Each', amount: 2 },
                  netPrice: { currencyCode: 'GBP', amount: '4.50' },
                },
              ],
            },
          },
        ],
      },
    };
    expect(dataOf(readAmazon, body, 'order')).toMatchObject({
      number: 'P2',
      issued: '2026-01-05',
      currency: 'GBP',
      deliverTo: { name: 'Ann Bee', address: { lines: ['1 Road'], city: 'Leeds', postcode: 'LS1', country: 'GB' } },
      lines: [{ item: { sellerItem: 'TEA' }, quantity: { value: '2', unit: 'EA' }, unitPrice: '4.5' }],
    });
  });
  it("a vendor's purchase order is read, in cases and pieces", () => {
    const body = {
      payload: {
        orders: [
          {
            purchaseOrderNumber: 'P1',
            orderDetails: {
              purchaseOrderDate: '2026-01-05T10:00:00Z',
              deliveryWindow: '2026-01-09T00:00:00Z--2026-01-12T00:00:00Z',
              items: [
                {
                  itemSequenceNumber: '1',
                  vendorProductIdentifier: 'TEA',
                  orderedQuantity: { amount: 2, unitOfMeasure: 'Cases' },
                  netCost: { amount: '5', currencyCode: 'USD' },
                },
              ],
            },
          },
        ],
      },
    };
    expect(dataOf(readAmazon, body, 'order')).toMatchObject({
      number: 'P1',
      requestedDate: '2026-01-12',
      currency: 'USD',
      lines: [{ item: { sellerItem: 'TEA' }, quantity: { value: '2', unit: 'CS', sentUnit: 'Cases' }, unitPrice: '5' }],
    });
  });
});
