/** Shopify REST resources, webhooks and answers of the GraphQL API: orders, fulfilments, stock, products, customers, locations, transactions. */
import { graphqlNodes } from './shopify-graphql.js';
import type { CanonicalDespatchAdvice } from '../../canonical/despatch-advice.js';
import type { CanonicalDocument } from '../../canonical/document.js';
import { filled } from '../../canonical/filled.js';
import type { CanonicalInventoryReport } from '../../canonical/inventory-report.js';
import type { CanonicalLocationList } from '../../canonical/location-list.js';
import type { CanonicalPartyRecord } from '../../canonical/party-record.js';
import type { CanonicalRemittanceAdvice } from '../../canonical/remittance-advice.js';
import type { CanonicalTransportationStatus } from '../../canonical/transportation-status.js';
import type { CanonicalWarehouseOrder } from '../../canonical/warehouse-order.js';
import { moneyOf } from '../amounts.js';
import { dateTimeOf, dayOf, momentOf } from '../instants.js';
import { decimalAt, fieldsOf, recordsOf, textAt, textsOf, type Fields } from '../json-fields.js';
import { readJson } from '../json.js';
import type { Translation } from '../translation.js';
import { documentOf, nothingFound, partyOf, PIECE, SHOPIFY, ShopReading } from './reading.js';
import { shopifyCatalogue } from './shopify-catalogue.js';
import { shopifyRefund } from './shopify-refund.js';
import { isShopifyOrder, shopifyItem, shopifyOrder } from './shopify-order.js';

const numberOf = (reading: ShopReading, fields: Fields): string => reading.needed(fields, '', 'id');
const references = (fields: Fields) => {
  const number = textAt(fields, 'order_id');
  return number === undefined ? [] : [{ kind: 'shop-order', number }];
};

const fulfilment = (reading: ShopReading, one: Fields): CanonicalDespatchAdvice => {
  const numbers = textsOf(one.tracking_numbers);
  const single = textAt(one, 'tracking_number');
  return filled<CanonicalDespatchAdvice>(
    {
      number: textAt(one, 'name') ?? numberOf(reading, one),
      purpose: textAt(one, 'status') === 'cancelled' ? 'cancel' : 'original',
      ...momentOf(textAt(one, 'created_at')),
      carrierCode: textAt(one, 'tracking_company'),
      trackingNumbers: numbers.length > 0 ? numbers : single === undefined ? [] : [single],
      references: references(one),
      lines: recordsOf(one.line_items).flatMap((line, index) => {
        const quantity = reading.pieces(line, `/line_items[${index + 1}]`, 'quantity');
        return quantity ? { lineNo: String(index + 1), item: shopifyItem(line), quantity } : [];
      }),
    },
    'lines',
  );
};

const fulfilmentOrder = (reading: ShopReading, one: Fields): CanonicalWarehouseOrder =>
  filled<CanonicalWarehouseOrder>(
    {
      number: numberOf(reading, one),
      purpose: textAt(one, 'status') === 'cancelled' ? 'cancel' : 'original',
      orderNumber: textAt(one, 'order_id'),
      requestedShip: dayOf(textAt(one, 'fulfill_by') ?? textAt(one, 'fulfill_at')),
      warehouse: partyOf(fieldsOf(one.assigned_location), SHOPIFY, locationIds(one.assigned_location_id)),
      deliverTo: partyOf(fieldsOf(one.destination), SHOPIFY),
      references: references(one),
      lines: recordsOf(one.line_items).flatMap((line, index) => {
        const quantity = reading.pieces(line, `/line_items[${index + 1}]`, 'quantity');
        return quantity ? { lineNo: String(index + 1), item: shopifyItem(line), quantity } : [];
      }),
    },
    'lines',
  );
const locationIds = (id: unknown) =>
  id === undefined || id === null ? undefined : [{ scheme: 'shopify-location', value: String(id) }];

const fulfilmentEvent = (reading: ShopReading, one: Fields): CanonicalTransportationStatus => {
  const code = textAt(one, 'status');
  const at = dateTimeOf(textAt(one, 'happened_at') ?? textAt(one, 'created_at'));
  const place = [textAt(one, 'city'), textAt(one, 'province'), textAt(one, 'country')].filter(Boolean).join(', ');
  return filled<CanonicalTransportationStatus>(
    {
      number: numberOf(reading, one),
      shipmentNumber: textAt(one, 'fulfillment_id'),
      references: references(one),
      events: [filled({ code, text: textAt(one, 'message'), at, place: place || undefined })],
    },
    'events',
  );
};

const inventoryLevel = (reading: ShopReading, one: Fields): CanonicalInventoryReport => {
  const item = reading.needed(one, '', 'inventory_item_id');
  const value = decimalAt(one, 'available');
  const ids = locationIds(one.location_id);
  return filled<CanonicalInventoryReport>(
    {
      number: `${item}@${textAt(one, 'location_id') ?? ''}`,
      asOf: dateTimeOf(textAt(one, 'updated_at')),
      location: ids && { ids },
      lines: [
        {
          lineNo: '1',
          item: { ids: [{ scheme: 'shopify-inventory-item', value: item }] },
          quantities: value === undefined ? [] : [{ kind: 'available', quantity: { value, unit: PIECE } }],
        },
      ],
    },
    'lines',
  );
};

const customer = (reading: ShopReading, one: Fields): CanonicalPartyRecord => {
  const address = partyOf(fieldsOf(one.default_address), SHOPIFY);
  const party = partyOf(Object.fromEntries(Object.entries(one).filter(([, value]) => value !== null)), SHOPIFY);
  return filled<CanonicalPartyRecord>({
    number: numberOf(reading, one),
    role: 'customer',
    party: { ...address, ...party, ...(address?.address && { address: address.address }) },
    currency: textAt(one, 'currency'),
    active: one.state === undefined ? undefined : textAt(one, 'state') !== 'disabled',
  });
};

const location = (reading: ShopReading, one: Fields): CanonicalLocationList => {
  const id = numberOf(reading, one);
  const party = partyOf(one, SHOPIFY, locationIds(id));
  return { number: id, locations: [filled({ id, party })] };
};

const transaction = (reading: ShopReading, one: Fields): CanonicalRemittanceAdvice =>
  filled<CanonicalRemittanceAdvice>(
    {
      number: numberOf(reading, one),
      issued: dayOf(textAt(one, 'created_at')),
      currency: textAt(one, 'currency'),
      amount: moneyOf(decimalAt(one, 'amount'), textAt(one, 'currency')),
      method: textAt(one, 'gateway'),
      trace: textAt(one, 'authorization'),
      references: references(one),
      lines: [],
      notes: [textAt(one, 'kind'), textAt(one, 'status')].filter((note) => note !== undefined),
    },
    'lines',
  );

type Reader = (reading: ShopReading, fields: Fields) => CanonicalDocument;
interface Resource {
  readonly type: string;
  /** as the API wraps it, alone and in lists */
  readonly names: readonly string[];
  /** what tells it where it comes bare, as webhooks send it */
  readonly is: (fields: Fields) => boolean;
  readonly read: Reader;
}
const has =
  (...names: readonly string[]) =>
  (fields: Fields) =>
    names.every((name) => Object.hasOwn(fields, name));

/** In the order in which bare resources are told apart. */
const RESOURCES: readonly Resource[] = [
  {
    type: 'Order',
    names: ['order', 'orders'],
    is: isShopifyOrder,
    read: (r, f) => ({ kind: 'order', data: shopifyOrder(r, f) }),
  },
  {
    type: 'Refund',
    names: ['refund', 'refunds'],
    is: has('refund_line_items'),
    read: (r, f) => ({ kind: 'credit-note', data: shopifyRefund(r, f) }),
  },
  {
    type: 'FulfillmentOrder',
    names: ['fulfillment_order', 'fulfillment_orders'],
    is: has('request_status', 'line_items'),
    read: (r, f) => ({ kind: 'warehouse-order', data: fulfilmentOrder(r, f) }),
  },
  {
    type: 'FulfillmentEvent',
    names: ['fulfillment_event', 'fulfillment_events'],
    is: has('fulfillment_id', 'status'),
    read: (r, f) => ({ kind: 'transportation-status', data: fulfilmentEvent(r, f) }),
  },
  {
    type: 'Fulfillment',
    names: ['fulfillment', 'fulfillments'],
    is: has('order_id', 'line_items', 'tracking_company'),
    read: (r, f) => ({ kind: 'despatch-advice', data: fulfilment(r, f) }),
  },
  {
    type: 'InventoryLevel',
    names: ['inventory_level', 'inventory_levels'],
    is: has('inventory_item_id', 'available'),
    read: (r, f) => ({ kind: 'inventory-report', data: inventoryLevel(r, f) }),
  },
  {
    type: 'Product',
    names: ['product', 'products', 'variant', 'variants', 'inventory_item', 'inventory_items'],
    is: (f) => has('variants', 'title')(f) || has('sku', 'inventory_item_id')(f) || has('sku', 'tracked')(f),
    read: (r, f) => ({ kind: 'catalogue', data: shopifyCatalogue(r, f) }),
  },
  {
    type: 'Transaction',
    names: ['transaction', 'transactions'],
    is: has('gateway', 'kind', 'amount'),
    read: (r, f) => ({ kind: 'remittance-advice', data: transaction(r, f) }),
  },
  {
    type: 'Customer',
    names: ['customer', 'customers'],
    is: has('verified_email'),
    read: (r, f) => ({ kind: 'party-record', data: customer(r, f) }),
  },
  {
    type: 'Location',
    names: ['location', 'locations'],
    is: has('legacy', 'address1'),
    read: (r, f) => ({ kind: 'location-list', data: location(r, f) }),
  },
];

const foundIn = (value: unknown): readonly { readonly resource: Resource; readonly fields: Fields }[] => {
  const nodes = graphqlNodes(value);
  if (nodes.length > 0)
    return nodes.flatMap(({ type, fields }) => {
      const resource = RESOURCES.find((one) => one.type === type);
      return resource ? [{ resource, fields }] : [];
    });
  const bare = recordsOf(value);
  return bare.flatMap((fields) => {
    const only = Object.keys(fields).length === 1 ? Object.keys(fields)[0] : undefined;
    const wrapped = RESOURCES.find(({ names }) => only !== undefined && names.includes(only));
    if (wrapped && only !== undefined)
      return recordsOf(fields[only]).map((one) => ({ resource: wrapped, fields: one }));
    const resource = RESOURCES.find(({ is }) => is(fields));
    return resource ? [{ resource, fields }] : [];
  });
};

export const readShopify: Translation = (bytes, context) => {
  const read = readJson(bytes);
  if ('fault' in read) return { standard: 'Shopify', documents: [], faults: [read.fault] };
  const found = foundIn(read.value);
  if (found.length === 0) return nothingFound('Shopify', 'no resource of Shopify that is known here');
  const documents = found.map(({ resource, fields }) => {
    const reading = new ShopReading(context);
    return documentOf('Shopify', resource.type, resource.read(reading, fields), reading.faults);
  });
  const test = found.some(({ fields }) => fields.test === true);
  return { standard: 'Shopify', ...(test && { test }), documents, faults: [] };
};
