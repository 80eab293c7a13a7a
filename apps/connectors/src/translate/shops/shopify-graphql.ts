/** Answers of Shopify's Admin GraphQL API in the words of its REST API, which the readers know. */
import { at, fieldsOf, recordsOf, textAt, type Fields } from '../json-fields.js';

/** `gid://shopify/Order/450789469`: type and number; a number of a level may be followed by a query. */
const GID = /^gid:\/\/shopify\/([A-Za-z]+)\/([^/?]+)/;
/** Type of a global id, by the resource that it is read as. */
const TYPES: Readonly<Record<string, string>> = {
  Order: 'Order',
  Refund: 'Refund',
  FulfillmentOrder: 'FulfillmentOrder',
  Fulfillment: 'Fulfillment',
  FulfillmentEvent: 'FulfillmentEvent',
  InventoryLevel: 'InventoryLevel',
  Product: 'Product',
  ProductVariant: 'Product',
  InventoryItem: 'Product',
  OrderTransaction: 'Transaction',
  Customer: 'Customer',
  Location: 'Location',
};
/** Nodes stand a few levels below `data`: the query, a connection, its edges. */
const DEPTH_MAX = 8;

/** Fields that REST names otherwise; of the others the letters change and `Set` goes: `totalTaxSet` is `total_tax`. */
const NAMES: Readonly<Record<string, string>> = {
  originalUnitPriceSet: 'price',
  originalUnitPrice: 'price',
  originalPriceSet: 'price',
  allocatedAmountSet: 'amount',
  amountSet: 'amount',
  currencyCode: 'currency',
  countryCodeV2: 'country_code',
  displayFinancialStatus: 'financial_status',
  displayFulfillmentStatus: 'fulfillment_status',
  fulfillmentLineItems: 'line_items',
  totalQuantity: 'quantity',
  unitCost: 'cost',
};
const nameOf = (name: string): string =>
  (Object.hasOwn(NAMES, name) ? NAMES[name] : undefined) ??
  name.replace(/Set$/, '').replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** Lists without their edges, amounts without their bag, ids without their type; words in REST's. */
const restOf = (value: unknown): unknown => {
  if (typeof value === 'string') return GID.exec(value)?.[2] ?? value;
  if (Array.isArray(value)) return value.map(restOf);
  const fields = fieldsOf(value);
  if (!fields) return value;
  if (Array.isArray(fields.edges)) return recordsOf(fields.edges).map(({ node }) => restOf(node));
  if (Array.isArray(fields.nodes)) return fields.nodes.map(restOf);
  const money = fieldsOf(fields.shopMoney) ?? fields;
  if (money.amount !== undefined && money.currencyCode !== undefined && fields.id === undefined) return money.amount;
  return Object.fromEntries(Object.entries(fields).map(([name, one]) => [nameOf(name), restOf(one)]));
};

const without = (fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined && value !== null));

/** A line names its article in a variant, and one of a fulfilment in the line of the order. */
const lineOf = (line: Fields, type: string): Fields => {
  const article = fieldsOf(line.line_item) ?? {};
  const variant = fieldsOf(line.variant) ?? fieldsOf(article.variant);
  const id = textAt(article, 'id');
  const named = {
    sku: textAt(variant, 'sku'),
    barcode: textAt(variant, 'barcode'),
    variant_id: textAt(variant, 'id'),
    line_item_id: id,
  };
  const { id: _, quantity: _ordered, ...rest } = article;
  // A fulfilment of REST has the lines of its order, with their ids.
  const own = type === 'Fulfillment' && id !== undefined ? { id } : {};
  return { ...without(named), ...without(rest), ...without(line), ...own };
};

/** What REST has as fields of their own: ids of what GraphQL nests, and the tracking of a parcel. */
const flattened = (fields: Fields, type: string): Fields => {
  const tracking = recordsOf(fields.tracking_info);
  const available = recordsOf(fields.quantities).find((one) => one.name === 'available');
  const ids = {
    order_id: textAt(fields, 'order', 'id'),
    location_id: textAt(fields, 'location', 'id'),
    assigned_location_id: textAt(fields, 'assigned_location', 'location', 'id'),
    inventory_item_id: textAt(fields, 'item', 'id') ?? textAt(fields, 'inventory_item', 'id'),
    tracking_company: textAt(tracking[0], 'company'),
    tracking_numbers: tracking.length > 0 ? tracking.map((one) => textAt(one, 'number')) : undefined,
    available: at(available, 'quantity'),
  };
  return {
    ...without(ids),
    ...fields,
    ...(Array.isArray(fields.line_items) && {
      line_items: recordsOf(fields.line_items).map((one) => lineOf(one, type)),
    }),
    ...(Array.isArray(fields.variants) && { variants: recordsOf(fields.variants).map((one) => flattened(one, type)) }),
  };
};

export interface GraphqlNode {
  /** name of the resource: `Order`, `Fulfillment` ... */
  readonly type: string;
  /** as REST would have sent it */
  readonly fields: Fields;
}
/** The outermost nodes of an answer whose global id names a resource, in order; none of a REST document. */
export const graphqlNodes = (value: unknown, depth = 0): readonly GraphqlNode[] => {
  if (depth > DEPTH_MAX) return [];
  if (Array.isArray(value)) return value.flatMap((one) => graphqlNodes(one, depth + 1));
  const fields = fieldsOf(value);
  if (!fields) return [];
  const kind = typeof fields.id === 'string' ? GID.exec(fields.id)?.[1] : undefined;
  const type = kind !== undefined && Object.hasOwn(TYPES, kind) ? TYPES[kind] : undefined;
  if (type !== undefined) return [{ type, fields: flattened(restOf(fields) as Fields, type) }];
  return Object.values(fields).flatMap((one) => graphqlNodes(one, depth + 1));
};
