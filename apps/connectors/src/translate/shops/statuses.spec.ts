import type { CanonicalOrder } from '../../canonical/order.js';
import { NO_CONTEXT } from '../translation.js';
import { readAmazon } from './amazon.js';
import { readBigCommerce } from './bigcommerce.js';
import { readWooCommerce } from './woocommerce.js';

const bytes = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));
const WOO = {
  id: 7,
  number: '7',
  order_key: 'k',
  currency: 'EUR',
  date_created: '2026-01-05T10:00:00',
  line_items: [],
};
const LINE = { id: 3, name: 'Tea', product_id: 9, variation_id: 0, sku: 'TEA' };

describe('what a shop wants of an order, by its status', () => {
  const purpose = (data: unknown): string | undefined => (data as CanonicalOrder | undefined)?.purpose;
  it.each([
    ['processing', 'original'],
    ['wc-packed', 'original'],
    ['pending', 'pending'],
    ['on-hold', 'pending'],
    ['checkout-draft', 'pending'],
    ['completed', 'over'],
    ['refunded', 'over'],
    ['failed', 'cancel'],
  ])('WooCommerce %s: %s', (status, wanted) => {
    const [order] = readWooCommerce(bytes({ ...WOO, status }), NO_CONTEXT).documents;
    expect(purpose(order?.canonical?.data)).toBe(wanted);
  });

  it.each([
    ['11', 'original'],
    ['7', 'pending'],
    ['3', 'over'],
    ['5', 'cancel'],
  ])('BigCommerce %s: %s', (status_id, wanted) => {
    const order = { id: 1, status_id, billing_address: {}, subtotal_ex_tax: '1', products: [] };
    expect(purpose(readBigCommerce(bytes(order), NO_CONTEXT).documents[0]?.canonical?.data)).toBe(wanted);
  });

  it.each([
    ['Unshipped', 'MFN', 'original'],
    ['Unshipped', 'AFN', 'over'],
    ['Pending', 'MFN', 'pending'],
    ['PartiallyShipped', 'MFN', 'over'],
    ['Canceled', 'MFN', 'cancel'],
  ])('Amazon %s by %s: %s', (OrderStatus, FulfillmentChannel, wanted) => {
    const order = { AmazonOrderId: '1', OrderStatus, FulfillmentChannel, OrderItems: [] };
    expect(purpose(readAmazon(bytes(order), NO_CONTEXT).documents[0]?.canonical?.data)).toBe(wanted);
  });
});

describe('a refund of WooCommerce', () => {
  const refund = {
    id: 723,
    date_created: '2026-01-06T10:00:00',
    amount: '18.00',
    reason: 'broken',
    refunded_by: 1,
    line_items: [{ ...LINE, quantity: -2, subtotal: '-15.00', total: '-15.00', total_tax: '-3.00' }],
    meta_data: [],
    _links: { up: [{ href: 'https://shop.example/wp-json/wc/v3/orders/720' }] },
  };
  it('is a credit note of its order, and never an order', () => {
    const [document] = readWooCommerce(bytes({ ...refund, currency: 'GBP' }), NO_CONTEXT).documents;
    expect(document).toMatchObject({ type: 'Refund', number: '723', faults: [] });
    expect(document?.canonical).toMatchObject({
      kind: 'credit-note',
      data: {
        references: [{ kind: 'shop-order', number: '720' }],
        lines: [{ item: { sellerItem: 'TEA' }, quantity: { value: '2' }, amount: { minor: 1500, currency: 'GBP' } }],
        totals: { lines: { minor: 1500 }, tax: { minor: 300 }, payable: { minor: 1800 } },
        notes: ['broken'],
      },
    });
  });
  it('that names no currency is in the one of the agreement, or in none', () => {
    const totals = (currency?: string) =>
      readWooCommerce(bytes(refund), { ...NO_CONTEXT, ...(currency && { currency }) }).documents[0]?.canonical?.data;
    expect(totals('EUR')).toMatchObject({ currency: 'EUR', totals: { payable: { minor: 1800, currency: 'EUR' } } });
    expect(totals()).toMatchObject({ currency: 'XXX', totals: { payable: { minor: 1800, currency: 'XXX' } } });
  });
  it('of an amount alone has no lines', () => {
    const [document] = readWooCommerce(bytes({ ...refund, line_items: [] }), NO_CONTEXT).documents;
    expect(document?.canonical).toMatchObject({ kind: 'credit-note', data: { lines: [] } });
  });
});
