/**
 * Orders of a Shopify shop, as its `orders/create` webhook delivers them: the bare Order object (field documentation of
 * the REST Admin API), signed with HMAC-SHA256 over the raw body, base64.
 */
import { createHmac } from 'node:crypto';
import { pickFrom, randomFrom, wholeFrom } from '../day/random.js';

export interface Sellable {
  readonly item: string;
  readonly description: string;
  /** decimal string, two places */
  readonly price: string;
}
export interface ShopOrderRequest {
  readonly seed: string;
  readonly nth: number;
  /** RFC 3339 with offset, as Shopify tells it */
  readonly createdAt: string;
  readonly items: readonly Sellable[];
}

export const API_VERSION = '2026-01';
const SHIPPING_PRICE = '4.95';
const CITIES = ['London', 'Leeds', 'Bath', 'York'];
const pence = (price: string): number => Math.round(Number(price) * 100);
const pounds = (amount: number): string => (amount / 100).toFixed(2);

const lineItem = ({ item, description, price }: Sellable, id: number, quantity: number) => ({
  id,
  admin_graphql_api_id: `gid://shopify/LineItem/${id}`,
  variant_id: id + 1,
  product_id: id + 2,
  title: description,
  name: description,
  variant_title: null,
  vendor: 'Crossdock',
  sku: item,
  quantity,
  current_quantity: quantity,
  fulfillable_quantity: quantity,
  fulfillment_service: 'manual',
  fulfillment_status: null,
  grams: 250,
  price,
  total_discount: '0.00',
  discount_allocations: [],
  requires_shipping: true,
  taxable: true,
  gift_card: false,
  product_exists: true,
  properties: [],
  tax_lines: [],
});

const addressOf = (city: string) => ({
  first_name: 'Sam',
  last_name: 'Example',
  name: 'Sam Example',
  company: null,
  address1: '1 Station Road',
  address2: null,
  city,
  province: 'England',
  province_code: 'ENG',
  zip: 'AB1 2CD',
  country: 'United Kingdom',
  country_code: 'GB',
  phone: null,
  latitude: null,
  longitude: null,
});

/** One order of one to four items. The same seed and number give the same order. */
export const shopifyOrder = ({ seed, nth, createdAt, items }: ShopOrderRequest) => {
  const random = randomFrom(`shop/${seed}/${nth}`);
  const id = 5_000_000_000_000 + wholeFrom(random, 0, 99_999_999) * 10_000 + nth;
  const lines = Array.from({ length: wholeFrom(random, 1, 4) }, (_, at) =>
    lineItem(pickFrom(random, items), id * 10 + at * 3, wholeFrom(random, 1, 5)),
  );
  const goods = lines.reduce((sum, { price, quantity }) => sum + pence(price) * quantity, 0);
  const total = pounds(goods + pence(SHIPPING_PRICE));
  const address = addressOf(pickFrom(random, CITIES));
  return {
    id,
    admin_graphql_api_id: `gid://shopify/Order/${id}`,
    app_id: 580_111,
    name: `#${1000 + nth}`,
    number: nth,
    order_number: 1000 + nth,
    created_at: createdAt,
    processed_at: createdAt,
    updated_at: createdAt,
    closed_at: null,
    cancelled_at: null,
    cancel_reason: null,
    test: false,
    confirmed: true,
    currency: 'GBP',
    presentment_currency: 'GBP',
    financial_status: 'paid',
    fulfillment_status: null,
    subtotal_price: pounds(goods),
    total_line_items_price: pounds(goods),
    total_discounts: '0.00',
    total_tax: '0.00',
    total_price: total,
    current_total_price: total,
    taxes_included: false,
    tax_lines: [],
    discount_codes: [],
    note: null,
    note_attributes: [],
    tags: '',
    email: 'sam@example.com',
    contact_email: 'sam@example.com',
    source_name: 'web',
    payment_gateway_names: ['bogus'],
    customer: { id: id + 7, first_name: 'Sam', last_name: 'Example', email: 'sam@example.com' },
    billing_address: address,
    shipping_address: address,
    line_items: lines,
    shipping_lines: [
      {
        id: id * 10 + 9,
        title: 'Standard',
        code: 'STANDARD',
        price: SHIPPING_PRICE,
        discounted_price: SHIPPING_PRICE,
        source: 'shopify',
        tax_lines: [],
      },
    ],
    fulfillments: [],
    refunds: [],
  };
};

/** Value of `X-Shopify-Hmac-Sha256`. */
export const shopifySignature = (body: string | Buffer, secret: string): string =>
  createHmac('sha256', secret).update(body).digest('base64');
