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
  const sharedOf = (requests: readonly { readonly body: unknown }[]) =>
    (requests[0]?.body as { fulfillment: { line_items_by_fulfillment_order: unknown } }).fulfillment
      .line_items_by_fulfillment_order;
  it('to Shopify: a fulfilment by the ids of the shop; a line without one is named', () => {
    const waiting = [{ id: '99', lines: [{ id: '11', lineItem: '1', fulfillable: 3 }] }];
    const { requests, faults } = shopifyFulfilment(despatch, waiting);
    expect(requests).toEqual([
      {
        method: 'POST',
        path: 'fulfillments.json',
        body: {
          fulfillment: {
            notify_customer: true,
            tracking_info: { company: 'UPSN', number: 'T1' },
            line_items_by_fulfillment_order: [
              { fulfillment_order_id: 99, fulfillment_order_line_items: [{ id: 11, quantity: 2 }] },
            ],
          },
        },
      },
    ]);
    expect(faults.map(({ path }) => path)).toEqual(['/lines[2]/item']);
  });
  it('to Shopify: shared out over the fulfilment orders that wait, packages of a line together', () => {
    const [line] = despatch.lines as [(typeof despatch.lines)[number]];
    const waiting = [
      { id: '98', lines: [{ id: '10', lineItem: '1', fulfillable: 1 }] },
      { id: '99', lines: [{ id: '11', lineItem: '1', fulfillable: 2 }] },
    ];
    const three = { ...despatch, lines: [line, { ...line, quantity: { value: '1', unit: 'EA' } }] };
    const { requests, faults } = shopifyFulfilment(three, waiting);
    expect(faults).toEqual([]);
    expect(sharedOf(requests)).toEqual([
      { fulfillment_order_id: 98, fulfillment_order_line_items: [{ id: 10, quantity: 1 }] },
      { fulfillment_order_id: 99, fulfillment_order_line_items: [{ id: 11, quantity: 2 }] },
    ]);
  });
  it('to Shopify: what the shop does not wait for is no fulfilment', () => {
    const [line] = despatch.lines as [(typeof despatch.lines)[number]];
    const waiting = [{ id: '99', lines: [{ id: '11', lineItem: '1', fulfillable: 1 }] }];
    expect(shopifyFulfilment({ ...despatch, lines: [line] }, waiting).faults.map(({ text }) => text)).toEqual([
      '1 of line 1 left that the shop does not wait for',
    ]);
  });
  it('to WooCommerce: parcels, then completed; not completed while something is still to come', () => {
    const known = { tracked: [], hasTracking: true };
    expect(wooFulfilment(despatch, { ...known, isWhole: true }).requests.map(({ path }) => path)).toEqual([
      'orders/727/shipment-trackings',
      'orders/727',
    ]);
    expect(wooFulfilment(despatch, { ...known, isWhole: false }).requests.map(({ path }) => path)).toEqual([
      'orders/727/shipment-trackings',
    ]);
  });
  it('to WooCommerce: no parcel twice, and a note where the shop keeps no trackings', () => {
    const rest = { hasTracking: false, isWhole: false };
    expect(wooFulfilment(despatch, { ...rest, tracked: ['T1'] }).requests).toEqual([]);
    expect(wooFulfilment(despatch, { ...rest, tracked: [] }).requests).toEqual([
      { method: 'POST', path: 'orders/727/notes', body: { note: 'UPSN T1', customer_note: true } },
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
