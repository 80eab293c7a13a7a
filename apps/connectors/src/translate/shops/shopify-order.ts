/** Shopify Order (REST and webhooks). */
import { Decimal } from 'decimal.js';
import { filled, filledOrNothing } from '../../canonical/filled.js';
import type { CanonicalOrder, CanonicalOrderLine } from '../../canonical/order.js';
import type { AllowanceCharge, Item, Party, TaxSubtotal } from '../../canonical/shapes.js';
import { moneyOf } from '../amounts.js';
import { momentOf } from '../instants.js';
import { at, decimalAt, fieldsOf, recordsOf, textAt, type Fields } from '../json-fields.js';
import { gtinAt, partyOf, SHOPIFY, type ShopReading } from './reading.js';

/** The sku is our item; ids of the shop are kept, since fulfilments are written back by them. */
export const shopifyItem = (line: Fields): Item =>
  filled<Item>({
    sellerItem: textAt(line, 'sku'),
    gtin: gtinAt(line, 'barcode'),
    ids: [
      { scheme: 'shopify-line-item', value: textAt(line, 'id') ?? textAt(line, 'line_item_id') },
      { scheme: 'shopify-variant', value: textAt(line, 'variant_id') },
    ].filter((id): id is { scheme: string; value: string } => id.value !== undefined),
    description: textAt(line, 'name') ?? textAt(line, 'title'),
  });

const percentOf = (line: Fields): string | undefined => {
  const rates = recordsOf(line.tax_lines).flatMap((tax) => decimalAt(tax, 'rate') ?? []);
  return rates.length === 0
    ? undefined
    : rates
        .reduce((sum, rate) => sum.plus(rate), new Decimal(0))
        .times(100)
        .toFixed();
};

const discountOf = (line: Fields, currency: string | undefined): readonly AllowanceCharge[] => {
  const allocated = recordsOf(line.discount_allocations).flatMap((one) => decimalAt(one, 'amount') ?? []);
  const total = allocated.reduce((sum, amount) => sum.plus(amount), new Decimal(0));
  const sent = total.isZero() ? decimalAt(line, 'total_discount') : total.toFixed();
  const amount = moneyOf(sent, currency);
  return amount && amount.minor !== 0 ? [{ charge: false, reason: 'discount', amount }] : [];
};

const lineOf = (reading: ShopReading, line: Fields, index: number, currency: string | undefined) => {
  const quantity = reading.pieces(line, `/line_items[${index + 1}]`, 'quantity');
  if (!quantity) return undefined;
  return filled<CanonicalOrderLine>(
    {
      lineNo: String(index + 1),
      item: shopifyItem(line),
      quantity,
      unitPrice: decimalAt(line, 'price'),
      allowanceCharges: discountOf(line, currency),
      taxPercent: percentOf(line),
    },
    'item',
  );
};

const chargesOf = (order: Fields, currency: string | undefined): readonly AllowanceCharge[] =>
  recordsOf(order.shipping_lines).flatMap((one) => {
    const amount = moneyOf(decimalAt(one, 'discounted_price') ?? decimalAt(one, 'price'), currency);
    if (!amount || amount.minor === 0) return [];
    return filled<AllowanceCharge>({ charge: true, code: textAt(one, 'code'), reason: textAt(one, 'title'), amount });
  });
const taxesOf = (order: Fields, currency: string | undefined): readonly TaxSubtotal[] =>
  recordsOf(order.tax_lines).flatMap((one) => {
    const tax = moneyOf(decimalAt(one, 'price'), currency);
    const rate = decimalAt(one, 'rate');
    return tax ? filled<TaxSubtotal>({ percent: rate && new Decimal(rate).times(100).toFixed(), tax }) : [];
  });

const buyerOf = (order: Fields): Party | undefined => {
  const customer = fieldsOf(order.customer);
  const id = textAt(customer, 'id');
  const party = partyOf(customer && { ...fieldsOf(customer.default_address), ...present(customer) }, SHOPIFY);
  const email = textAt(order, 'email') ?? textAt(order, 'contact_email') ?? party?.email;
  return filledOrNothing<Party>({
    ...party,
    ids: id === undefined ? undefined : [{ scheme: 'shopify-customer', value: id }],
    email,
    phone: textAt(order, 'phone') ?? party?.phone,
  });
};
/** Names and addresses of a customer without the nulls that would hide those of the default address. */
const present = (fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value != null));

export const shopifyOrder = (reading: ShopReading, order: Fields): CanonicalOrder => {
  const currency = textAt(order, 'currency');
  const id = textAt(order, 'id');
  const po = textAt(order, 'po_number');
  return filled<CanonicalOrder>(
    {
      number: textAt(order, 'name') ?? textAt(order, 'order_number') ?? reading.needed(order, '', 'name'),
      purpose: textAt(order, 'cancelled_at') === undefined ? 'original' : 'cancel',
      ...momentOf(textAt(order, 'created_at') ?? textAt(order, 'processed_at')),
      currency,
      buyer: buyerOf(order),
      deliverTo: partyOf(fieldsOf(order.shipping_address), SHOPIFY),
      billTo: partyOf(fieldsOf(order.billing_address), SHOPIFY),
      references: [
        ...(po === undefined ? [] : [{ kind: 'order', number: po }]),
        ...(id === undefined ? [] : [{ kind: 'shop-order', number: id }]),
      ],
      lines: recordsOf(order.line_items).flatMap((line, index) => lineOf(reading, line, index, currency) ?? []),
      allowanceCharges: chargesOf(order, currency),
      taxes: taxesOf(order, currency),
      totals: filledOrNothing<NonNullable<CanonicalOrder['totals']>>({
        lines: moneyOf(decimalAt(order, 'subtotal_price'), currency),
        tax: moneyOf(decimalAt(order, 'total_tax'), currency),
        payable: moneyOf(decimalAt(order, 'total_price'), currency),
      }),
      notes: [textAt(order, 'note')].filter((note) => note !== undefined),
    },
    'lines',
  );
};
export const isShopifyOrder = (fields: Fields): boolean =>
  Array.isArray(fields.line_items) &&
  (at(fields, 'financial_status') !== undefined || at(fields, 'order_number') !== undefined);
