/** BigCommerce: a webhook names what changed (thin), and the order that is fetched then (v2). */
import type { CanonicalDocument } from '../../canonical/document.js';
import { filled, filledOrNothing } from '../../canonical/filled.js';
import type { CanonicalNotification } from '../../canonical/notification.js';
import type { CanonicalOrder, CanonicalOrderLine } from '../../canonical/order.js';
import type { AllowanceCharge, Party } from '../../canonical/shapes.js';
import { moneyOf } from '../amounts.js';
import { all, meantBy, OWN, type CodeTable } from '../code-table.js';
import { momentOf } from '../instants.js';
import { at, decimalAt, fieldsOf, recordsOf, textAt, type Fields } from '../json-fields.js';
import { readJson } from '../json.js';
import type { Translation } from '../translation.js';
import { BIG, documentOf, gtinAt, nothingFound, partyOf, ShopReading } from './reading.js';

/** Statuses that ask for something else than goods; any other one is an order. */
export const STATUSES: CodeTable<string> = {
  ...OWN,
  list: 'purposes',
  codeSet: 'BigCommerce order status, v2',
  source: 'BigCommerce API documentation, order statuses',
  example: { sent: '"status_id":5', code: '5', means: 'cancel' },
  rows: {
    // cancelled, declined
    ...all('cancel', '5 6'),
    // incomplete, pending, awaiting payment, manual verification, disputed
    ...all('pending', '0 1 7 12 13'),
    // shipped, in part too, refunded, in part too, completed
    ...all('over', '2 3 4 14 10'),
  },
};
export const purposeOfStatus = (status: string): string => meantBy(STATUSES, status) ?? 'original';

const notification = (reading: ShopReading, event: Fields): CanonicalNotification => {
  const [, subject = 'unknown', ...what] = (textAt(event, 'scope') ?? '').split('/');
  const seconds = Number(textAt(event, 'created_at'));
  const isTime = Number.isInteger(seconds) && Math.abs(seconds) < 10 ** 11;
  return filled<CanonicalNotification>({
    number: reading.needed(event, '', 'hash'),
    subject: textAt(event, 'data', 'type') ?? subject,
    subjectId: textAt(event, 'data', 'id') ?? reading.needed(fieldsOf(event.data) ?? {}, '/data', 'id'),
    what: what.join('/'),
    store: textAt(event, 'store_id'),
    at: isTime ? new Date(seconds * 1000).toISOString() : undefined,
  });
};

const lineOf = (reading: ShopReading, line: Fields, index: number, currency: string | undefined) => {
  const quantity = reading.pieces(line, `/products[${index + 1}]`, 'quantity');
  if (!quantity) return undefined;
  return filled<CanonicalOrderLine>(
    {
      lineNo: String(index + 1),
      item: filled({
        sellerItem: textAt(line, 'sku'),
        gtin: gtinAt(line, 'upc'),
        ids: [
          { scheme: 'upc', value: gtinAt(line, 'upc') === undefined ? textAt(line, 'upc') : undefined },
          { scheme: 'bigcommerce-line-item', value: textAt(line, 'id') },
          { scheme: 'bigcommerce-product', value: textAt(line, 'product_id') },
        ].filter((id): id is { scheme: string; value: string } => id.value !== undefined),
        description: textAt(line, 'name'),
      }),
      quantity,
      unitPrice: decimalAt(line, 'price_ex_tax') ?? decimalAt(line, 'base_price'),
      amount: moneyOf(decimalAt(line, 'total_ex_tax'), currency),
    },
    'item',
  );
};

/** What an order costs beside its goods, and what is taken off them: prices of lines are before discounts. */
const CHARGES: readonly (readonly [name: string, charge: boolean, reason: string])[] = [
  ['shipping_cost_ex_tax', true, 'shipping'],
  ['handling_cost_ex_tax', true, 'handling'],
  ['wrapping_cost_ex_tax', true, 'wrapping'],
  ['discount_amount', false, 'discount'],
  ['coupon_discount', false, 'coupon'],
];
const chargesOf = (order: Fields, currency: string | undefined): readonly AllowanceCharge[] =>
  CHARGES.flatMap(([name, charge, reason]) => {
    const amount = moneyOf(decimalAt(order, name), currency);
    return amount && amount.minor !== 0 ? [{ charge, reason, amount }] : [];
  });

const orderOf = (reading: ShopReading, order: Fields): CanonicalOrder => {
  const currency = textAt(order, 'currency_code');
  const billing = partyOf(fieldsOf(order.billing_address), BIG);
  const customer = textAt(order, 'customer_id');
  const shipping = recordsOf(order.shipping_addresses)[0] ?? recordsOf(at(order, 'consignments', 'shipping'))[0];
  const id = reading.needed(order, '', 'id');
  // Lines and addresses come from addresses of their own; until they are fetched there is only a link.
  if (!Array.isArray(order.products))
    reading.faults.push({ code: 'element-missing', path: '/products', text: '/products has to be fetched and put in' });
  return filled<CanonicalOrder>(
    {
      number: id,
      purpose: reading.means(STATUSES, textAt(order, 'status_id')) ?? 'original',
      ...momentOf(textAt(order, 'date_created')),
      currency,
      buyer: filledOrNothing<Party>({
        ...billing,
        ids: customer && customer !== '0' ? [{ scheme: 'bigcommerce-customer', value: customer }] : undefined,
      }),
      deliverTo: partyOf(shipping, BIG) ?? billing,
      billTo: billing,
      references: [{ kind: 'shop-order', number: id }],
      lines: Array.isArray(order.products)
        ? recordsOf(order.products).flatMap((line, index) => lineOf(reading, line, index, currency) ?? [])
        : [],
      allowanceCharges: chargesOf(order, currency),
      totals: filledOrNothing<NonNullable<CanonicalOrder['totals']>>({
        lines: moneyOf(decimalAt(order, 'subtotal_ex_tax'), currency),
        tax: moneyOf(decimalAt(order, 'total_tax'), currency),
        payable: moneyOf(decimalAt(order, 'total_inc_tax'), currency),
      }),
      notes: [textAt(order, 'customer_message')].filter((note) => note !== undefined),
    },
    'lines',
  );
};

const canonicalOf = (
  reading: ShopReading,
  fields: Fields,
): { type: string; canonical: CanonicalDocument } | undefined => {
  if (textAt(fields, 'scope') !== undefined)
    return { type: 'Webhook', canonical: { kind: 'notification', data: notification(reading, fields) } };
  if (fields.status_id !== undefined && fields.billing_address !== undefined)
    return { type: 'Order', canonical: { kind: 'order', data: orderOf(reading, fields) } };
  return undefined;
};

export const readBigCommerce: Translation = (bytes, context) => {
  const read = readJson(bytes);
  if ('fault' in read) return { standard: 'BigCommerce', documents: [], faults: [read.fault] };
  const documents = recordsOf(
    at(read.value, 'scope') === undefined ? (at(read.value, 'data') ?? read.value) : read.value,
  ).flatMap((fields) => {
    const reading = new ShopReading(context);
    const found = canonicalOf(reading, fields);
    return found ? documentOf('BigCommerce', found.type, found.canonical, reading.faults) : [];
  });
  if (documents.length === 0) return nothingFound('BigCommerce', 'neither a webhook nor an order');
  return { standard: 'BigCommerce', documents, faults: [] };
};
