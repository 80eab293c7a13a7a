import fc from 'fast-check';
import { lineAmount } from '@crossdock/kernel';
import { OrderDocument, violationsOf } from '@crossdock/contracts';
import { shopifyOrder, type ShopifyConnection } from './shopify.js';
import { pricesOf } from './unit-price.js';

const connection: ShopifyConnection = { tenant: 'acme', secret: 's' };
const aLine = (more: object = {}) => ({
  id: 466157049,
  variant_id: 39072856,
  sku: 'TEA',
  name: 'Tea - 100 g',
  quantity: 3,
  current_quantity: 3,
  price: '10.00',
  requires_shipping: true,
  gift_card: false,
  taxable: true,
  discount_allocations: [],
  tax_lines: [],
  ...more,
});
const aShopOrder = (more: object = {}) => ({
  id: 450789469,
  admin_graphql_api_id: 'gid://shopify/Order/450789469',
  name: '#1001',
  po_number: null,
  currency: 'GBP',
  created_at: '2026-03-02T23:30:00-05:00',
  processed_at: '2026-03-02T23:30:00-05:00',
  test: false,
  cancelled_at: null,
  taxes_included: false,
  customer: { id: 207119551 },
  line_items: [aLine()],
  shipping_lines: [
    { id: 1, title: 'Standard', price: '4.95', discounted_price: '4.95', discount_allocations: [], tax_lines: [] },
  ],
  shipping_address: {
    name: 'Ada Byron',
    company: null,
    address1: '1 Mill Lane',
    address2: '',
    city: 'Leeds',
    zip: 'LS1 4AP',
    country_code: 'GB',
  },
  ...more,
});
const document = (order: object, by: ShopifyConnection = connection): OrderDocument => {
  const outcome = shopifyOrder(order, by);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.refusals));
  expect(violationsOf(OrderDocument, outcome.document, 'strict')).toEqual([]);
  return outcome.document;
};
const amountOf = ({ lines }: OrderDocument): number =>
  lines.reduce((sum, { unitPrice = '0', quantity }) => sum + lineAmount(unitPrice, quantity), 0);
const refused = (order: unknown) => {
  const outcome = shopifyOrder(order, connection);
  return outcome.ok ? [] : outcome.refusals.map(({ reason, field }) => [reason, field]);
};

describe('a Shopify order', () => {
  it('becomes ours: shop day, address, goods and freight', () => {
    expect(document(aShopOrder())).toEqual({
      documentNo: '450789469',
      account: 'GUEST',
      customerPo: '#1001',
      currency: 'GBP',
      orderDate: '2026-03-02',
      shipTo: { name: 'Ada Byron', lines: ['1 Mill Lane'], city: 'Leeds', postcode: 'LS1 4AP', country: 'GB' },
      backorders: 'allowed',
      lines: [
        {
          lineNo: 1,
          item: 'TEA',
          kind: 'goods',
          description: 'Tea - 100 g',
          quantity: '3',
          unitPrice: '10',
          customerLineNo: '466157049',
        },
        { lineNo: 2, item: 'SHIPPING', kind: 'freight', description: 'Standard', quantity: '1', unitPrice: '4.95' },
      ],
    });
  });

  it('costs what the buyer owes: less what was discounted, in shares too', () => {
    const discounted = aShopOrder({
      line_items: [aLine({ discount_allocations: [{ amount: '1.00' }, { amount: '0.99' }] })],
      shipping_lines: [],
    });
    expect(amountOf(document(discounted))).toBe(3000 - 199);
  });
  it('is without tax when its prices include it', () => {
    const included = aShopOrder({
      taxes_included: true,
      line_items: [aLine({ tax_lines: [{ price: '5.00', rate: 0.2, title: 'VAT' }] })],
      shipping_lines: [{ title: 'Standard', price: '6.00', tax_lines: [{ price: '1.00' }] }],
    });
    expect(amountOf(document(included))).toBe(2500 + 500);
  });
  it('has no freight when shipping is free or was taken off', () => {
    const free = [
      { title: 'Free', price: '4.95', discounted_price: '0.00' },
      { title: 'Old', price: '9.00', is_removed: true },
    ];
    expect(document(aShopOrder({ shipping_lines: free })).lines).toHaveLength(1);
  });
  it('has what was taken off it since no more', () => {
    const edited = aShopOrder({
      line_items: [aLine({ current_quantity: 2 }), aLine({ id: 2, current_quantity: 0 })],
      shipping_lines: [],
    });
    expect(document(edited).lines).toMatchObject([{ quantity: '2', unitPrice: '10' }]);
  });
  it('has gift cards and services as charges', () => {
    const lines = [
      aLine({ gift_card: true, sku: '' }),
      aLine({ requires_shipping: false, sku: null }),
      aLine({ requires_shipping: false, sku: 'ENGRAVING' }),
    ];
    expect(
      document(aShopOrder({ line_items: lines, shipping_lines: [] })).lines.map(({ item, kind }) => [item, kind]),
    ).toEqual([
      ['GIFT-CARD', 'charge'],
      ['SERVICE', 'charge'],
      ['ENGRAVING', 'charge'],
    ]);
  });
  it('names a variant when it has no SKU, or our item for it', () => {
    const bare = aShopOrder({ line_items: [aLine({ sku: null })] });
    expect(document(bare).lines[0]?.item).toBe('variant-39072856');
    expect(document(bare, { ...connection, items: { 39072856: 'POT' } }).lines[0]?.item).toBe('POT');
  });
  it('belongs to the account of its customer, as the connection knows it', () => {
    const by: ShopifyConnection = { ...connection, account: 'WEB', accounts: { 207119551: 'C10001' } };
    expect(document(aShopOrder(), by).account).toBe('C10001');
    expect(document(aShopOrder({ customer: null }), by).account).toBe('WEB');
  });
  it('keeps every digit of a long id', () => {
    const long = aShopOrder({ id: 820982911946154508, admin_graphql_api_id: 'gid://shopify/Order/820982911946154508' });
    expect(document(long).documentNo).toBe('820982911946154508');
  });
  it('without a shipping address goes by another one, or to an unknown country', () => {
    expect(document(aShopOrder({ shipping_address: null, billing_address: { country_code: 'ie' } })).shipTo).toEqual({
      country: 'IE',
    });
    expect(document(aShopOrder({ shipping_address: null })).shipTo).toEqual({ country: 'ZZ' });
  });
});

describe('a Shopify order that must not be taken', () => {
  it('is a test, or cancelled, whatever else is wrong with it', () => {
    const wrapped = {
      order: {
        id: 123456,
        test: true,
        cancelled_at: '2016-05-17T04:14:36-04:00',
        line_items: [{ sku: '', quantity: 1, price: '0.00' }],
      },
    };
    expect(refused(wrapped)).toEqual([
      ['order-test', 'test'],
      ['order-cancelled-by-shop', 'cancelled_at'],
    ]);
    expect(refused(aShopOrder({ test: true }))).toEqual([['order-test', 'test']]);
  });
  it.each<[string, unknown, string | undefined]>([
    ['no order', 'hello', undefined],
    ['an order without lines', aShopOrder({ line_items: [], shipping_lines: [] }), 'line_items'],
    ['an order without an id', aShopOrder({ id: null, admin_graphql_api_id: null }), 'id'],
    ['an order without a currency', aShopOrder({ currency: null }), 'currency'],
    ['a price that is none', aShopOrder({ line_items: [aLine({ price: 'ten' })] }), 'line_items[0].price'],
    ['a quantity that is none', aShopOrder({ line_items: [aLine({ quantity: 1.5 })] }), 'line_items[0].quantity'],
    [
      'more discount than price',
      aShopOrder({ line_items: [aLine({ discount_allocations: [{ amount: '99.00' }] })] }),
      'line_items[0]',
    ],
  ])('is %s', (_, order, field) => {
    expect(refused(order)).toEqual([['schema-violation', field]]);
  });
});

describe('an amount as unit prices', () => {
  it('gives the very amount again, whatever amount and quantity', () => {
    fc.assert(
      fc.property(fc.nat(100_000_000), fc.integer({ min: 1, max: 1_000_000 }), (amount, quantity) => {
        const prices = pricesOf(amount, quantity, 'GBP');
        expect(prices.reduce((sum, one) => sum + lineAmount(one.unitPrice, String(one.quantity)), 0)).toBe(amount);
        expect(prices.reduce((sum, one) => sum + one.quantity, 0)).toBe(quantity);
        expect(prices.every((one) => one.quantity > 0 && /^\d{1,12}(\.\d{1,6})?$/.test(one.unitPrice))).toBe(true);
      }),
    );
  });
});
