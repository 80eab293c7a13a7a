/** Shopify Order (REST and webhooks). */
import { Decimal } from 'decimal.js';
import { filled, filledOrNothing } from '../../canonical/filled.js';
import type { CanonicalOrder, CanonicalOrderLine } from '../../canonical/order.js';
import type { AllowanceCharge, Item, Money, Party, TaxSubtotal } from '../../canonical/shapes.js';
import { moneyOf, sumOf } from '../amounts.js';
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

const rateOf = (line: Fields): Decimal =>
  recordsOf(line.tax_lines)
    .flatMap((tax) => decimalAt(tax, 'rate') ?? [])
    .reduce((sum, rate) => sum.plus(rate), new Decimal(0));
const percentOf = (line: Fields): string | undefined =>
  recordsOf(line.tax_lines).some((tax) => decimalAt(tax, 'rate') !== undefined)
    ? rateOf(line).times(100).toFixed()
    : undefined;

/** What every amount of an order is said in: its currency, with the taxes within it (`taxes_included`) or without. */
interface Said {
  readonly currency: string | undefined;
  readonly withTax: boolean;
}
/** Amounts of a line without their taxes, to 6 places. */
const netOf = (amount: string | undefined, line: Fields, { withTax }: Said): string | undefined =>
  amount === undefined || !withTax
    ? amount
    : new Decimal(amount).div(rateOf(line).plus(1)).toDecimalPlaces(6, Decimal.ROUND_HALF_UP).toFixed();

const discountOf = (line: Fields, said: Said): readonly AllowanceCharge[] => {
  const allocated = recordsOf(line.discount_allocations).flatMap((one) => decimalAt(one, 'amount') ?? []);
  const total = allocated.reduce((sum, amount) => sum.plus(amount), new Decimal(0));
  const sent = total.isZero() ? decimalAt(line, 'total_discount') : total.toFixed();
  const amount = moneyOf(netOf(sent, line, said), said.currency);
  return amount && amount.minor !== 0 ? [{ charge: false, reason: 'discount', amount }] : [];
};

/** What a line costs that something is taken off: its price for its quantity, less its discounts. */
const amountOf = (quantity: Decimal, line: Fields, said: Said): Money | undefined => {
  const whole = decimalAt(line, 'price');
  const [off] = discountOf(line, said);
  const sum = moneyOf(whole && netOf(quantity.times(whole).toFixed(), line, said), said.currency);
  return sum && off && { ...sum, minor: sum.minor - off.amount.minor };
};

/** What of a line was taken out of its order since; of the others nothing is said. */
const removedOf = (line: Fields): Decimal => {
  const [ordered, left] = [decimalAt(line, 'quantity'), decimalAt(line, 'current_quantity')];
  return ordered === undefined || left === undefined ? new Decimal(0) : new Decimal(ordered).minus(left);
};

const lineOf = (reading: ShopReading, line: Fields, index: number, said: Said) => {
  const ordered = reading.pieces(line, `/line_items[${index + 1}]`, 'quantity');
  if (!ordered) return undefined;
  const value = new Decimal(ordered.value).minus(removedOf(line));
  if (value.isZero() && !removedOf(line).isZero()) return undefined;
  return filled<CanonicalOrderLine>(
    {
      lineNo: String(index + 1),
      item: shopifyItem(line),
      quantity: { ...ordered, value: value.toFixed() },
      unitPrice: netOf(decimalAt(line, 'price'), line, said),
      amount: amountOf(value, line, said),
      allowanceCharges: discountOf(line, said),
      taxPercent: percentOf(line),
    },
    'item',
  );
};

const chargesOf = (order: Fields, said: Said): readonly AllowanceCharge[] =>
  recordsOf(order.shipping_lines).flatMap((one) => {
    const sent = decimalAt(one, 'discounted_price') ?? decimalAt(one, 'price');
    const amount = moneyOf(netOf(sent, one, said), said.currency);
    if (!amount || amount.minor === 0) return [];
    return filled<AllowanceCharge>({ charge: true, code: textAt(one, 'code'), reason: textAt(one, 'title'), amount });
  });
const taxesOf = (order: Fields, { currency }: Said): readonly TaxSubtotal[] =>
  recordsOf(order.tax_lines).flatMap((one) => {
    const tax = moneyOf(decimalAt(one, 'price'), currency);
    const rate = decimalAt(one, 'rate');
    return tax ? filled<TaxSubtotal>({ percent: rate && new Decimal(rate).times(100).toFixed(), tax }) : [];
  });
/** Sums as they are now, where lines were taken out of the order since. */
const totalsOf = (order: Fields, { currency, withTax }: Said): CanonicalOrder['totals'] => {
  const isEdited = recordsOf(order.line_items).some((line) => !removedOf(line).isZero());
  const money = (name: string) =>
    moneyOf((isEdited ? decimalAt(order, `current_${name}`) : undefined) ?? decimalAt(order, name), currency);
  const [lines, tax] = [money('subtotal_price'), money('total_tax')];
  const ofShipping = sumOf(
    recordsOf(order.shipping_lines).flatMap((one) =>
      recordsOf(one.tax_lines).flatMap((line) => moneyOf(decimalAt(line, 'price'), currency) ?? []),
    ),
  );
  const within = withTax ? (tax?.minor ?? 0) - (ofShipping?.minor ?? 0) : 0;
  return filledOrNothing<NonNullable<CanonicalOrder['totals']>>({
    lines: lines && { ...lines, minor: lines.minor - within },
    tax,
    payable: money('total_price'),
  });
};

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

/** Sent, in part too, or put back into stock: nothing is left for us to send. */
const OVER = ['fulfilled', 'partial', 'partially_fulfilled', 'restocked'];
const purposeOf = (order: Fields): string => {
  if (textAt(order, 'cancelled_at') !== undefined) return 'cancel';
  return OVER.includes(textAt(order, 'fulfillment_status')?.toLowerCase() ?? '') ? 'over' : 'original';
};

export const shopifyOrder = (reading: ShopReading, order: Fields): CanonicalOrder => {
  const currency = textAt(order, 'currency');
  const said: Said = { currency, withTax: order.taxes_included === true };
  const id = textAt(order, 'id');
  const po = textAt(order, 'po_number');
  return filled<CanonicalOrder>(
    {
      number: textAt(order, 'name') ?? textAt(order, 'order_number') ?? reading.needed(order, '', 'name'),
      purpose: purposeOf(order),
      ...momentOf(textAt(order, 'created_at') ?? textAt(order, 'processed_at')),
      currency,
      buyer: buyerOf(order),
      deliverTo: partyOf(fieldsOf(order.shipping_address), SHOPIFY),
      billTo: partyOf(fieldsOf(order.billing_address), SHOPIFY),
      references: [
        ...(po === undefined ? [] : [{ kind: 'order', number: po }]),
        ...(id === undefined ? [] : [{ kind: 'shop-order', number: id }]),
      ],
      lines: recordsOf(order.line_items).flatMap((line, index) => lineOf(reading, line, index, said) ?? []),
      allowanceCharges: chargesOf(order, said),
      taxes: taxesOf(order, said),
      totals: totalsOf(order, said),
      notes: [textAt(order, 'note')].filter((note) => note !== undefined),
    },
    'lines',
  );
};
export const isShopifyOrder = (fields: Fields): boolean =>
  Array.isArray(fields.line_items) &&
  (at(fields, 'financial_status') !== undefined || at(fields, 'order_number') !== undefined);
