/** WooCommerce REST v3: orders, products and customers, alone, in lists and as webhooks send them. */
import { Decimal } from 'decimal.js';
import type { CanonicalCatalogue } from '../../canonical/catalogue.js';
import type { CanonicalDocument } from '../../canonical/document.js';
import { filled, filledOrNothing } from '../../canonical/filled.js';
import type { CanonicalOrder, CanonicalOrderLine } from '../../canonical/order.js';
import type { CanonicalPartyRecord } from '../../canonical/party-record.js';
import type { AllowanceCharge, Party, TaxSubtotal } from '../../canonical/shapes.js';
import { moneyOf, sumOf } from '../amounts.js';
import { all, OWN, type CodeTable } from '../code-table.js';
import { dayOf, momentOf } from '../instants.js';
import { decimalAt, fieldsOf, recordsOf, textAt, textOf, type Fields } from '../json-fields.js';
import { readJson } from '../json.js';
import type { Translation } from '../translation.js';
import { documentOf, nothingFound, partyOf, ShopReading, WOO } from './reading.js';
import { isWooRefund, wooIdOf, wooItem, wooRefund } from './woocommerce-refund.js';

/** Statuses that ask for something else than goods; any other one, a shop's own among them, is an order. */
export const STATUSES: CodeTable<string> = {
  ...OWN,
  list: 'purposes',
  codeSet: 'WooCommerce order status, REST v3',
  source: 'WooCommerce REST API documentation, order properties: status; drafts as wc-order-functions names them',
  example: { sent: '"status":"on-hold"', code: 'on-hold', means: 'pending' },
  rows: {
    ...all('cancel', 'cancelled failed trash'),
    ...all('pending', 'pending on-hold draft auto-draft checkout-draft'),
    ...all('over', 'completed refunded'),
  },
};

/** `price` is after discounts and often a broken double; the sum before discounts over the quantity is exact. */
const unitPriceOf = (line: Fields, quantity: string): string | undefined => {
  const subtotal = decimalAt(line, 'subtotal');
  if (subtotal === undefined || new Decimal(quantity).isZero()) return decimalAt(line, 'price');
  return new Decimal(subtotal).div(quantity).toDecimalPlaces(6, Decimal.ROUND_HALF_UP).toFixed();
};

const lineOf = (reading: ShopReading, line: Fields, index: number, currency: string | undefined) => {
  const quantity = reading.pieces(line, `/line_items[${index + 1}]`, 'quantity');
  if (!quantity) return undefined;
  const before = moneyOf(decimalAt(line, 'subtotal'), currency);
  const amount = moneyOf(decimalAt(line, 'total'), currency);
  const discount = before && amount ? before.minor - amount.minor : 0;
  return filled<CanonicalOrderLine>(
    {
      lineNo: String(index + 1),
      item: wooItem(line),
      quantity,
      unitPrice: unitPriceOf(line, quantity.value),
      amount,
      allowanceCharges:
        amount && discount !== 0
          ? [{ charge: discount < 0, reason: 'discount', amount: { ...amount, minor: Math.abs(discount) } }]
          : [],
    },
    'item',
  );
};

const chargesOf = (lines: unknown, name: string, currency: string | undefined): readonly AllowanceCharge[] =>
  recordsOf(lines).flatMap((one) => {
    const amount = moneyOf(decimalAt(one, 'total'), currency);
    if (!amount || amount.minor === 0) return [];
    const charge = amount.minor > 0;
    return filled<AllowanceCharge>({
      charge,
      code: textAt(one, 'method_id'),
      reason: textAt(one, name),
      amount: { ...amount, minor: Math.abs(amount.minor) },
    });
  });
const taxesOf = (order: Fields, currency: string | undefined): readonly TaxSubtotal[] =>
  recordsOf(order.tax_lines).flatMap((one) => {
    const tax = sumOf(
      ['tax_total', 'shipping_tax_total'].flatMap((name) => moneyOf(decimalAt(one, name), currency) ?? []),
    );
    return tax ? filled<TaxSubtotal>({ percent: decimalAt(one, 'rate_percent'), tax }) : [];
  });

const orderOf = (reading: ShopReading, order: Fields): CanonicalOrder => {
  const currency = textAt(order, 'currency');
  const billing = partyOf(fieldsOf(order.billing), WOO);
  const customer = wooIdOf(order, 'customer_id');
  const id = textAt(order, 'id');
  const lines = recordsOf(order.line_items).flatMap((line, index) => lineOf(reading, line, index, currency) ?? []);
  return filled<CanonicalOrder>(
    {
      number: textAt(order, 'number') ?? reading.needed(order, '', 'id'),
      purpose: reading.means(STATUSES, textAt(order, 'status')) ?? 'original',
      ...momentOf(textAt(order, 'date_created')),
      currency,
      buyer: filledOrNothing<Party>({
        ...billing,
        ids: customer === undefined ? undefined : [{ scheme: 'woocommerce-customer', value: customer }],
      }),
      deliverTo: partyOf(fieldsOf(order.shipping), WOO) ?? billing,
      billTo: billing,
      references: id === undefined ? [] : [{ kind: 'shop-order', number: id }],
      lines,
      allowanceCharges: [
        ...chargesOf(order.shipping_lines, 'method_title', currency),
        ...chargesOf(order.fee_lines, 'name', currency),
      ],
      taxes: taxesOf(order, currency),
      totals: filledOrNothing<NonNullable<CanonicalOrder['totals']>>({
        lines: sumOf(lines.map(({ amount }) => amount)),
        tax: moneyOf(decimalAt(order, 'total_tax'), currency),
        payable: moneyOf(decimalAt(order, 'total'), currency),
      }),
      notes: [textAt(order, 'customer_note')].filter((note) => note !== undefined),
    },
    'lines',
  );
};

const productOf = (reading: ShopReading, product: Fields): CanonicalCatalogue => {
  const price = decimalAt(product, 'regular_price') ?? decimalAt(product, 'price');
  const sale = decimalAt(product, 'sale_price');
  const id = reading.needed(product, '', 'id');
  const { ids: _, ...item } = wooItem(product);
  return filled<CanonicalCatalogue>(
    {
      number: id,
      name: textAt(product, 'name'),
      issued: dayOf(textAt(product, 'date_modified')),
      lines: [
        {
          lineNo: '1',
          item: { ...item, ids: [{ scheme: 'woocommerce-product', value: id }] },
          orderable: product.purchasable !== false,
          prices: [
            ...(price === undefined ? [] : [{ price }]),
            ...(sale === undefined ? [] : [{ price: sale, type: 'sale' }]),
          ],
        },
      ],
    },
    'lines',
  );
};

const customerOf = (reading: ShopReading, customer: Fields): CanonicalPartyRecord => {
  const billing = partyOf(fieldsOf(customer.billing), WOO);
  const person = [textAt(customer, 'first_name'), textAt(customer, 'last_name')].filter(Boolean).join(' ');
  return filled<CanonicalPartyRecord>({
    number: reading.needed(customer, '', 'id'),
    role: 'customer',
    party: filled<Party>({
      ...billing,
      name: billing?.name ?? (person || textAt(customer, 'username')),
      email: textAt(customer, 'email') ?? billing?.email,
    }),
  });
};

const canonicalOf = (
  reading: ShopReading,
  fields: Fields,
): { type: string; canonical: CanonicalDocument } | undefined => {
  if (isWooRefund(fields))
    return { type: 'Refund', canonical: { kind: 'credit-note', data: wooRefund(reading, fields) } };
  if (Array.isArray(fields.line_items))
    return { type: 'Order', canonical: { kind: 'order', data: orderOf(reading, fields) } };
  if (textOf(fields.regular_price) !== undefined || fields.catalog_visibility !== undefined)
    return { type: 'Product', canonical: { kind: 'catalogue', data: productOf(reading, fields) } };
  if (fields.is_paying_customer !== undefined)
    return { type: 'Customer', canonical: { kind: 'party-record', data: customerOf(reading, fields) } };
  return undefined;
};

export const readWooCommerce: Translation = (bytes, context) => {
  const read = readJson(bytes);
  if ('fault' in read) return { standard: 'WooCommerce', documents: [], faults: [read.fault] };
  const documents = recordsOf(read.value).flatMap((fields) => {
    const reading = new ShopReading(context);
    const found = canonicalOf(reading, fields);
    return found ? documentOf('WooCommerce', found.type, found.canonical, reading.faults) : [];
  });
  if (documents.length === 0) return nothingFound('WooCommerce', 'no order, refund, product or customer');
  return { standard: 'WooCommerce', documents, faults: [] };
};
