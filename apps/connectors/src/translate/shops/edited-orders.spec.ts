import type { CanonicalInvoice } from '../../canonical/invoice.js';
import type { CanonicalOrder } from '../../canonical/order.js';
import type { CanonicalOrderResponse } from '../../canonical/order-response.js';
import { NO_CONTEXT, type Translation } from '../translation.js';
import { readAmazon } from './amazon.js';
import { readBigCommerce } from './bigcommerce.js';
import { readShopify } from './shopify.js';

const dataOf = (translation: Translation, value: unknown): unknown =>
  translation(new TextEncoder().encode(JSON.stringify(value)), NO_CONTEXT).documents[0]?.canonical?.data;
const line = (more: object = {}) => ({ id: 1, sku: 'TEA', quantity: 2, price: '12.00', ...more });
const shopify = (more: object): CanonicalOrder =>
  dataOf(readShopify, {
    id: 7,
    name: '#7',
    currency: 'EUR',
    financial_status: 'paid',
    line_items: [line()],
    ...more,
  }) as CanonicalOrder;

describe('an order of Shopify', () => {
  const VAT = [{ rate: 0.2, price: '4.00' }];
  it('whose prices hold the tax has the prices, discounts and sums without it', () => {
    const order = shopify({
      taxes_included: true,
      line_items: [line({ tax_lines: VAT, discount_allocations: [{ amount: '1.20' }] })],
      shipping_lines: [{ title: 'Post', price: '6.00', tax_lines: [{ rate: 0.2, price: '1.00' }] }],
      ...{ subtotal_price: '22.80', total_tax: '4.80', total_price: '28.80' },
    });
    expect(order.lines[0]).toMatchObject({
      unitPrice: '10',
      amount: { minor: 1900 },
      taxPercent: '20',
      allowanceCharges: [{ charge: false, amount: { minor: 100 } }],
    });
    expect(order.allowanceCharges).toMatchObject([{ charge: true, amount: { minor: 500 } }]);
    expect(order.totals).toMatchObject({ lines: { minor: 1900 }, tax: { minor: 480 }, payable: { minor: 2880 } });
  });

  it('is wanted as it is now: what was taken out of it since is not in it', () => {
    const order = shopify({
      line_items: [line({ current_quantity: 1 }), line({ id: 2, current_quantity: 0 }), line({ id: 3 })],
      ...{ total_price: '72.00', current_total_price: '36.00' },
    });
    expect(order.lines.map(({ lineNo, quantity }) => [lineNo, quantity.value])).toEqual([
      ['1', '1'],
      ['3', '2'],
    ]);
    expect(order.totals?.payable?.minor).toBe(3600);
    expect(shopify({ total_price: '24.00', current_total_price: '20.00' }).totals?.payable?.minor).toBe(2400);
  });

  it.each([
    [null, 'original'],
    ['unfulfilled', 'original'],
    ['partial', 'over'],
    ['fulfilled', 'over'],
    ['restocked', 'over'],
  ])('that is %s is %s', (fulfillment_status, purpose) => {
    expect(shopify({ fulfillment_status }).purpose).toBe(purpose);
    expect(shopify({ fulfillment_status, cancelled_at: '2026-01-05T10:00:00Z' }).purpose).toBe('cancel');
  });
});

describe('a refund of Shopify', () => {
  const refund = (...transactions: readonly object[]): CanonicalInvoice =>
    dataOf(readShopify, {
      refund: {
        id: 1,
        refund_line_items: [
          {
            quantity: 1,
            subtotal: 10,
            line_item: { id: 3 },
            subtotal_set: { shop_money: { amount: '10.00', currency_code: 'EUR' } },
          },
        ],
        transactions,
      },
    }) as CanonicalInvoice;
  it('is in the currency of the shop, whatever the customer paid in', () => {
    const { currency, lines, totals } = refund({ kind: 'refund', status: 'success', amount: '11.50', currency: 'USD' });
    expect([currency, lines[0]?.amount, totals?.payable]).toEqual(['EUR', { minor: 1000, currency: 'EUR' }, undefined]);
  });
  it('has paid back what did not fail', () => {
    const paid = { kind: 'refund', amount: '10.00', currency: 'EUR' };
    const { totals } = refund({ ...paid, status: 'failure' }, { ...paid, status: 'success' });
    expect(totals?.payable?.minor).toBe(1000);
  });
});

it('an order of BigCommerce says what is taken off and added', () => {
  const order = dataOf(readBigCommerce, {
    ...{ id: 9, status_id: 11, currency_code: 'EUR', billing_address: {}, subtotal_ex_tax: '20' },
    ...{ coupon_discount: '2.00', discount_amount: '1.00', handling_cost_ex_tax: '0.50', wrapping_cost_ex_tax: '0' },
    products: [{ id: 1, sku: 'TEA', upc: '12', quantity: 2, price_ex_tax: '10' }],
  }) as CanonicalOrder;
  expect(order.allowanceCharges?.map(({ charge, reason, amount }) => [charge, reason, amount.minor])).toEqual([
    [true, 'handling', 50],
    [false, 'discount', 100],
    [false, 'coupon', 200],
  ]);
  expect(order.lines[0]?.item).toMatchObject({ sellerItem: 'TEA' });
  expect(order.lines[0]?.item.gtin).toBeUndefined();
});

it('an acknowledgement of an Amazon vendor has a line for each part that is answered in its own way', () => {
  const amount = (value: number) => ({ amount: value, unitOfMeasure: 'Eaches' });
  const { lines } = dataOf(readAmazon, {
    purchaseOrderNumber: 'PO1',
    acknowledgementDate: '2026-01-05T10:00:00Z',
    items: [
      {
        itemSequenceNumber: '1',
        itemAcknowledgements: [
          {
            acknowledgementCode: 'Accepted',
            acknowledgedQuantity: amount(8),
            scheduledDeliveryDate: '2026-01-09T00:00:00Z',
          },
          { acknowledgementCode: 'Rejected', acknowledgedQuantity: amount(2), rejectionReason: 'ObsoleteProduct' },
        ],
      },
      { itemSequenceNumber: '2' },
    ],
  }) as CanonicalOrderResponse;
  expect(lines).toMatchObject([
    { lineNo: '1', status: 'accepted', quantity: { value: '8' }, promisedDate: '2026-01-09' },
    { lineNo: '1', status: 'rejected', quantity: { value: '2' }, note: 'ObsoleteProduct' },
    { lineNo: '2' },
  ]);
});
