/**
 * A Shopify order (Admin REST, Order resource; the body of its `orders/create` webhook) as our order. Prices are those of
 * the shop's currency; a line's price is what the buyer owes for it: less its discount allocations, without tax.
 */
import { minorOf, readDecimal, type Refusal } from '@crossdock/kernel';
import { GUEST, type Address, type LineKind, type OrderDocument, type SubmittedLine } from '@crossdock/contracts';
import { pricesOf } from './unit-price.js';

/** What a connection knows of its shop. */
export interface ShopifyConnection {
  readonly tenant: string;
  readonly secret: string;
  /** name of the shop in our documents; the connection's own name when left out */
  readonly shop?: string;
  /** our account by Shopify customer id */
  readonly accounts?: Readonly<Record<string, string>>;
  /** our account for every other customer; a guest when left out */
  readonly account?: string;
  /** our item by Shopify variant id, for variants without a SKU */
  readonly items?: Readonly<Record<string, string>>;
  /** what a shortage does; the shop has sold it already, so it waits unless said otherwise */
  readonly backorders?: 'allowed' | 'refused';
}

type Json = Readonly<Record<string, unknown>>;
const object = (value: unknown): Json | undefined =>
  value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as Json) : undefined;
const list = (value: unknown): readonly Json[] =>
  Array.isArray(value) ? value.map(object).filter((part) => part !== undefined) : [];
const text = (value: unknown, most = 200): string | undefined => {
  const found =
    typeof value === 'string' || typeof value === 'number' ? String(value).trim().slice(0, most).trim() : '';
  return found === '' ? undefined : found;
};

class Unreadable extends Error {
  constructor(
    readonly field: string,
    message: string,
  ) {
    super(message);
  }
}
/** Money strings such as `"10.00"`, in minor units. Missing is nothing owed. */
const money = (value: unknown, field: string, currency: string): number => {
  if (value === undefined || value === null) return 0;
  const found = text(value) ?? '';
  if (!readDecimal(found)) throw new Unreadable(field, `${JSON.stringify(value)} is no amount`);
  return minorOf(found, currency);
};
const count = (value: unknown, field: string): number => {
  if (!Number.isSafeInteger(value) || (value as number) < 0)
    throw new Unreadable(field, `${JSON.stringify(value)} is no quantity`);
  return value as number;
};

/** The order's id; the GraphQL id says it in digits where a JSON number would lose some. */
const idOf = (order: Json): string => {
  const gid = /^gid:\/\/shopify\/Order\/(\d+)/.exec(text(order['admin_graphql_api_id']) ?? '')?.[1];
  const id = gid ?? text(order['id'], 64);
  if (!id || !/^\d+$/.test(id)) throw new Unreadable('id', 'the order has no id');
  return id;
};

const sumOf = (parts: unknown, name: string, field: string, currency: string): number =>
  list(parts).reduce((sum, part, at) => sum + money(part[name], `${field}[${at}].${name}`, currency), 0);

interface Terms {
  readonly currency: string;
  readonly taxesIncluded: boolean;
}
/** What the buyer owes for a line or a shipping line, without tax, in minor units. */
const netOf = (line: Json, full: number, field: string, { currency, taxesIncluded }: Terms): number => {
  const discounts = sumOf(line['discount_allocations'], 'amount', `${field}.discount_allocations`, currency);
  const tax = taxesIncluded ? sumOf(line['tax_lines'], 'price', `${field}.tax_lines`, currency) : 0;
  const net = full - discounts - tax;
  if (net < 0) throw new Unreadable(field, 'discounts and taxes are more than the price');
  return net;
};

const itemOf = (line: Json, kind: LineKind, connection: ShopifyConnection): string => {
  const sku = text(line['sku'], 64);
  if (sku) return sku;
  const variant = text(line['variant_id'], 40);
  const known = variant ? connection.items?.[variant] : undefined;
  if (known) return known;
  if (kind !== 'goods') return line['gift_card'] === true ? 'GIFT-CARD' : 'SERVICE';
  return variant ? `variant-${variant}` : `line-${text(line['id'], 40) ?? 'unknown'}`;
};

type Unnumbered = Omit<SubmittedLine, 'lineNo'>;
const goodsLines = (order: Json, terms: Terms, connection: ShopifyConnection): Unnumbered[] =>
  list(order['line_items']).flatMap((line, at) => {
    const field = `line_items[${at}]`;
    const bought = count(line['quantity'], `${field}.quantity`);
    // What was taken off the order since counts no more; its share of the price goes with it.
    const quantity = Math.min(bought, count(line['current_quantity'] ?? bought, `${field}.current_quantity`));
    if (quantity === 0) return [];
    const full = money(line['price'], `${field}.price`, terms.currency) * bought;
    const net = Math.round((netOf(line, full, field, terms) * quantity) / bought);
    const isGoods = line['gift_card'] !== true && line['requires_shipping'] !== false;
    const kind: LineKind = isGoods ? 'goods' : 'charge';
    const description = text(line['name'] ?? line['title'], 500);
    const customerLineNo = text(line['id'], 64);
    return pricesOf(net, quantity, terms.currency).map((priced) => ({
      item: itemOf(line, kind, connection),
      kind,
      ...(description ? { description } : {}),
      quantity: String(priced.quantity),
      unitPrice: priced.unitPrice,
      ...(customerLineNo ? { customerLineNo } : {}),
    }));
  });

const freightLines = (order: Json, terms: Terms): Unnumbered[] =>
  list(order['shipping_lines']).flatMap((line, at) => {
    if (line['is_removed'] === true) return [];
    const field = `shipping_lines[${at}]`;
    const hasAllocations = list(line['discount_allocations']).length > 0;
    const price = hasAllocations ? line['price'] : (line['discounted_price'] ?? line['price']);
    const net = netOf(line, money(price, `${field}.price`, terms.currency), field, terms);
    if (net === 0) return [];
    const description = text(line['title'], 500);
    const [priced] = pricesOf(net, 1, terms.currency);
    return [
      {
        item: 'SHIPPING',
        kind: 'freight' as const,
        ...(description ? { description } : {}),
        quantity: '1',
        unitPrice: priced?.unitPrice ?? '0',
      },
    ];
  });

const addressOf = (order: Json): Address => {
  const customer = object(order['customer']);
  const found =
    object(order['shipping_address']) ?? object(order['billing_address']) ?? object(customer?.['default_address']);
  const code = text(found?.['country_code'], 2)?.toUpperCase();
  const name = text(found?.['name']);
  const lines = ['company', 'address1', 'address2'].flatMap((field) => text(found?.[field]) ?? []);
  const city = text(found?.['city'], 80);
  const postcode = text(found?.['zip'], 20);
  return {
    ...(name ? { name } : {}),
    ...(lines.length > 0 ? { lines } : {}),
    ...(city ? { city } : {}),
    ...(postcode ? { postcode } : {}),
    country: code && /^[A-Z]{2}$/.test(code) ? code : 'ZZ',
  };
};

const accountOf = (order: Json, { accounts, account }: ShopifyConnection): string => {
  const customer = text(object(order['customer'])?.['id'], 40);
  return (customer ? accounts?.[customer] : undefined) ?? account ?? GUEST;
};

export type ShopOutcome =
  | { readonly ok: true; readonly document: OrderDocument }
  /** never to be taken: told to the shop */
  | { readonly ok: false; readonly refusals: readonly Refusal[] };

/** Orders that must not be taken, whatever else they hold. */
const refusalsOf = (order: Json): Refusal[] => [
  ...(order['test'] === true ? [{ reason: 'order-test', field: 'test' }] : []),
  ...(order['cancelled_at'] ? [{ reason: 'order-cancelled-by-shop', field: 'cancelled_at' }] : []),
];

/** `body` is the bare order; the form of the REST answers, wrapped in `order`, is understood as well. */
export const shopifyOrder = (body: unknown, connection: ShopifyConnection): ShopOutcome => {
  const bare = object(body);
  const order = bare && bare['line_items'] === undefined ? (object(bare['order']) ?? bare) : bare;
  if (!order) return { ok: false, refusals: [{ reason: 'schema-violation', text: 'the body is no order' }] };
  const refusals = refusalsOf(order);
  if (refusals.length > 0) return { ok: false, refusals };
  try {
    return { ok: true, document: documentOf(order, connection) };
  } catch (error) {
    if (!(error instanceof Unreadable || error instanceof RangeError)) throw error;
    const field = error instanceof Unreadable ? { field: error.field } : {};
    return { ok: false, refusals: [{ reason: 'schema-violation', ...field, text: error.message }] };
  }
};

const documentOf = (order: Json, connection: ShopifyConnection): OrderDocument => {
  const documentNo = idOf(order);
  const currency = text(order['currency'], 3);
  if (!currency || !/^[A-Z]{3}$/.test(currency)) throw new Unreadable('currency', 'the order has no currency');
  const terms: Terms = { currency, taxesIncluded: order['taxes_included'] === true };
  const lines = [...goodsLines(order, terms, connection), ...freightLines(order, terms)];
  if (lines.length === 0) throw new Unreadable('line_items', 'the order has no lines');
  const customerPo = text(order['po_number'], 64) ?? text(order['name'], 64);
  // The moment is told with the shop's own offset, so its first ten characters are the shop's business day.
  const orderDate = /^\d{4}-\d{2}-\d{2}/.exec(text(order['processed_at']) ?? text(order['created_at']) ?? '')?.[0];
  return {
    documentNo,
    account: accountOf(order, connection),
    ...(customerPo ? { customerPo } : {}),
    currency,
    ...(orderDate ? { orderDate } : {}),
    shipTo: addressOf(order),
    backorders: connection.backorders ?? 'allowed',
    lines: lines.map((line, at) => ({ lineNo: at + 1, ...line })),
  };
};
