import type { CanonicalKind } from '../../canonical/document.js';
import { dataOfKind } from '../canonical.builders.js';
import { NO_CONTEXT } from '../translation.js';
import { translateBytes } from '../translate-bytes.js';

const read = (value: unknown) => translateBytes(new TextEncoder().encode(JSON.stringify(value)), NO_CONTEXT);
const documentsOf = (value: unknown) => read(value).interchanges.flatMap(({ documents }) => documents);
const dataOf = <K extends CanonicalKind>(value: unknown, kind: K) => dataOfKind(documentsOf(value)[0]?.canonical, kind);

const money = (amount: string) => ({ shopMoney: { amount, currencyCode: 'CAD' } });
const aLine = (id: number) => ({
  id: `gid://shopify/LineItem/${id}`,
  name: 'Tea - Green',
  quantity: 2,
  originalUnitPriceSet: money('10.00'),
  totalDiscountSet: money('1.50'),
  taxLines: [{ rate: 0.13, priceSet: money('2.60') }],
  variant: { id: 'gid://shopify/ProductVariant/77', sku: 'TEA', barcode: '4006381333931' },
});
const anOrder = {
  id: 'gid://shopify/Order/450789469',
  name: '#1001',
  createdAt: '2026-01-05T15:30:00Z',
  cancelledAt: null,
  currencyCode: 'CAD',
  displayFinancialStatus: 'PAID',
  poNumber: 'PO-7',
  email: 'ann@example.com',
  customer: { id: 'gid://shopify/Customer/5', firstName: 'Ann', lastName: 'Bee' },
  shippingAddress: {
    firstName: 'Ann',
    lastName: 'Bee',
    address1: '1 Road',
    city: 'Ottawa',
    provinceCode: 'ON',
    zip: 'K2P',
    countryCodeV2: 'CA',
  },
  lineItems: { edges: [{ node: aLine(1) }], pageInfo: { hasNextPage: false } },
  shippingLines: { nodes: [{ title: 'Post', originalPriceSet: money('5.00'), discountedPriceSet: money('4.00') }] },
  subtotalPriceSet: money('18.50'),
  totalTaxSet: money('2.60'),
  totalPriceSet: money('25.10'),
};

describe('Shopify’s GraphQL API', () => {
  it('an order is the same as of REST', () => {
    expect(dataOf({ data: { order: anOrder } }, 'order')).toMatchObject({
      number: '#1001',
      purpose: 'original',
      issuedAt: '2026-01-05T15:30:00Z',
      currency: 'CAD',
      buyer: { ids: [{ value: '5' }], name: 'Ann Bee', email: 'ann@example.com' },
      deliverTo: { name: 'Ann Bee', address: { region: 'ON', postcode: 'K2P', country: 'CA' } },
      references: [
        { kind: 'order', number: 'PO-7' },
        { kind: 'shop-order', number: '450789469' },
      ],
      lines: [
        {
          item: {
            sellerItem: 'TEA',
            gtin: '4006381333931',
            ids: [{ value: '1' }, { value: '77' }],
            description: 'Tea - Green',
          },
          quantity: { value: '2' },
          unitPrice: '10',
          taxPercent: '13',
          allowanceCharges: [{ charge: false, amount: { minor: 150, currency: 'CAD' } }],
        },
      ],
      allowanceCharges: [{ charge: true, reason: 'Post', amount: { minor: 400 } }],
      totals: { lines: { minor: 1850 }, tax: { minor: 260 }, payable: { minor: 2510 } },
    });
  });

  it.each([
    ['edges', { data: { orders: { edges: [{ node: anOrder }, { node: anOrder }] } } }],
    ['nodes', { data: { orders: { nodes: [anOrder, anOrder] } } }],
    ['several queries', { data: { first: anOrder, second: anOrder } }],
  ])('a list in %s is as many documents', (_, answer) => {
    expect(documentsOf(answer).map(({ type, number, faults }) => [type, number, faults])).toEqual([
      ['Order', '#1001', []],
      ['Order', '#1001', []],
    ]);
  });

  it('a fulfilment has the lines of its order, and its tracking', () => {
    const fulfillment = {
      id: 'gid://shopify/Fulfillment/9',
      name: '#1001.1',
      status: 'SUCCESS',
      order: { id: 'gid://shopify/Order/450789469' },
      trackingInfo: [{ company: 'UPS', number: '1Z1' }, { number: '1Z2' }],
      fulfillmentLineItems: {
        nodes: [{ id: 'gid://shopify/FulfillmentLineItem/3', quantity: 1, lineItem: aLine(1) }],
      },
    };
    expect(dataOf({ data: { fulfillment } }, 'despatch-advice')).toMatchObject({
      number: '#1001.1',
      carrierCode: 'UPS',
      trackingNumbers: ['1Z1', '1Z2'],
      references: [{ kind: 'shop-order', number: '450789469' }],
      lines: [
        { item: { sellerItem: 'TEA', ids: [{ value: '1' }, { value: '77' }] }, quantity: { value: '1', unit: 'EA' } },
      ],
    });
  });

  it('a fulfilment order names what is left to send, and from where', () => {
    const fulfillmentOrder = {
      id: 'gid://shopify/FulfillmentOrder/4',
      requestStatus: 'SUBMITTED',
      order: { id: 'gid://shopify/Order/450789469' },
      assignedLocation: { name: 'DC1', location: { id: 'gid://shopify/Location/8' } },
      lineItems: { nodes: [{ id: 'gid://shopify/FulfillmentOrderLineItem/3', totalQuantity: 2, lineItem: aLine(1) }] },
    };
    expect(dataOf({ data: { fulfillmentOrder } }, 'warehouse-order')).toMatchObject({
      number: '4',
      orderNumber: '450789469',
      warehouse: { name: 'DC1', ids: [{ value: '8' }] },
      lines: [{ item: { sellerItem: 'TEA' }, quantity: { value: '2' } }],
    });
  });

  it('a level tells what is available where', () => {
    const level = {
      id: 'gid://shopify/InventoryLevel/1?inventory_item_id=2',
      item: { id: 'gid://shopify/InventoryItem/2' },
      location: { id: 'gid://shopify/Location/8' },
      quantities: [
        { name: 'on_hand', quantity: 9 },
        { name: 'available', quantity: 7 },
      ],
    };
    expect(dataOf({ data: { inventoryLevel: level } }, 'inventory-report')).toMatchObject({
      number: '2@8',
      lines: [{ quantities: [{ kind: 'available', quantity: { value: '7' } }] }],
    });
  });

  it('a product has its variants', () => {
    const product = {
      id: 'gid://shopify/Product/6',
      title: 'Tea',
      variants: {
        nodes: [
          {
            id: 'gid://shopify/ProductVariant/77',
            sku: 'TEA',
            price: '10.00',
            inventoryItem: { id: 'gid://shopify/InventoryItem/2' },
          },
        ],
      },
    };
    expect(dataOf({ data: { product } }, 'catalogue')).toMatchObject({
      number: '6',
      lines: [{ item: { sellerItem: 'TEA', ids: [{ value: '77' }, { value: '2' }] }, prices: [{ price: '10' }] }],
    });
  });

  it('an answer of errors alone is no document, and says so', () => {
    expect(read({ errors: [{ message: 'Throttled', path: ['gid://shopify/Order/1'] }] })).toMatchObject({
      faults: [{ code: 'format-unknown' }],
    });
  });
});
