import { createHmac } from 'node:crypto';
import { shopifyOrder, shopifySignature } from './shopify.js';

const items = [
  { item: 'CD-0001', description: 'Red Mug', price: '2.50' },
  { item: 'CD-0002', description: 'Blue Bowl', price: '12.00' },
];
const anOrder = (nth: number) => shopifyOrder({ seed: '1', nth, createdAt: '2026-11-21T10:00:00Z', items });

describe('a Shopify order', () => {
  it('is the bare order object, neither a test nor cancelled', () => {
    expect(anOrder(1)).toMatchObject({ test: false, cancelled_at: null, currency: 'GBP', name: '#1001' });
    expect(anOrder(1)).not.toHaveProperty('order');
  });

  it('adds up', () => {
    for (let nth = 1; nth <= 50; nth += 1) {
      const { line_items: lines, shipping_lines: shipping, total_price: total } = anOrder(nth);
      const pence = (price: string) => Math.round(Number(price) * 100);
      const sum =
        lines.reduce((all, { price, quantity }) => all + pence(price) * quantity, 0) + pence(shipping[0]?.price ?? '0');
      expect(pence(total)).toBe(sum);
    }
  });

  it('is the same for a seed and number, and another for another', () => {
    expect(anOrder(1)).toEqual(anOrder(1));
    expect(new Set(Array.from({ length: 100 }, (_, nth) => anOrder(nth).id)).size).toBe(100);
  });

  it('is signed over its bytes in base64', () => {
    expect(shopifySignature('{}', 'secret')).toBe(createHmac('sha256', 'secret').update('{}').digest('base64'));
  });
});
