import { dataOfKind } from '../canonical.builders.js';
import { NO_CONTEXT } from '../translation.js';
import { readShopify } from './shopify.js';
import { shopifyFulfilment, shopifyStock, wooFulfilment, wooStock } from './write.js';

describe('what goes back to a shop', () => {
  const despatch = {
    number: 'S-1',
    issued: '2026-01-05',
    carrierCode: 'UPSN',
    trackingNumbers: ['T1'],
    references: [{ kind: 'shop-order', number: '727' }],
    lines: [
      {
        lineNo: '1',
        item: { ids: [{ scheme: 'shopify-line-item', value: '1' }] },
        quantity: { value: '2', unit: 'EA' },
      },
      { lineNo: '2', item: { sellerItem: 'TEA' }, quantity: { value: '1', unit: 'EA' } },
    ],
  };
  it('to Shopify: a fulfilment by the ids of the shop; a line without one is named', () => {
    const { requests, faults } = shopifyFulfilment(despatch, '99');
    expect(requests).toEqual([
      {
        method: 'POST',
        path: 'fulfillments.json',
        body: {
          fulfillment: {
            notify_customer: true,
            tracking_info: { company: 'UPSN', number: 'T1' },
            line_items_by_fulfillment_order: [
              { fulfillment_order_id: 99, fulfillment_order_line_items: [{ id: 1, quantity: 2 }] },
            ],
          },
        },
      },
    ]);
    expect(faults.map(({ path }) => path)).toEqual(['/lines[2]/item']);
  });
  it('to WooCommerce: parcels, then completed; not completed while something is still to come', () => {
    expect(wooFulfilment(despatch).requests.map(({ path }) => path)).toEqual([
      'orders/727/shipment-trackings',
      'orders/727',
    ]);
    const lines = [
      { lineNo: '1', item: {}, quantity: { value: '1', unit: 'EA' }, outstanding: { value: '1', unit: 'EA' } },
    ];
    expect(wooFulfilment({ ...despatch, lines }).requests.map(({ path }) => path)).toEqual([
      'orders/727/shipment-trackings',
    ]);
  });
  it('stock to Shopify reads back as the same level; unknown stock is not zero', () => {
    const level = { inventory_item_id: 1, location_id: 2, available: 6 };
    const [read] = readShopify(new TextEncoder().encode(JSON.stringify(level)), NO_CONTEXT).documents;
    const report = dataOfKind(read?.canonical, 'inventory-report');
    expect(shopifyStock(report).requests.map(({ body }) => body)).toEqual([level]);
    expect(
      shopifyStock({ ...report, lines: report.lines.map((line) => ({ ...line, quantities: [] })) }).requests,
    ).toEqual([]);
  });
  it('stock to WooCommerce goes in batches of what it takes at once', () => {
    const lines = Array.from({ length: 150 }, (_, at) => ({
      lineNo: String(at + 1),
      item: { ids: [{ scheme: 'woocommerce-product', value: String(at + 1) }] },
      quantities: [{ kind: 'available', quantity: { value: '1', unit: 'EA' } }],
    }));
    const { requests } = wooStock({ number: 'I-1', lines });
    expect(requests.map(({ path, body }) => [path, (body as { update: unknown[] }).update.length])).toEqual([
      ['products/batch', 100],
      ['products/batch', 50],
    ]);
  });
});
