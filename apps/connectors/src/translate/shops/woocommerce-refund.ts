/** WooCommerce: items as its lines name them, and refunds, which are given below an order, as credit notes. */
import { filled, filledOrNothing } from '../../canonical/filled.js';
import type { CanonicalInvoice, CanonicalInvoiceLine, InvoiceTotals } from '../../canonical/invoice.js';
import type { Item, Money } from '../../canonical/shapes.js';
import { moneyOf, sumOf } from '../amounts.js';
import { isGtin } from '../gs1.js';
import { dayOf } from '../instants.js';
import { decimalAt, recordsOf, textAt, type Fields } from '../json-fields.js';
import type { ShopReading } from './reading.js';

/** 0 stands for none in ids of WooCommerce. */
export const wooIdOf = (fields: Fields, name: string): string | undefined => {
  const id = textAt(fields, name);
  return id === '0' ? undefined : id;
};
export const wooItem = (line: Fields): Item => {
  const ean = textAt(line, 'global_unique_id');
  return filled<Item>({
    sellerItem: textAt(line, 'sku'),
    gtin: ean !== undefined && isGtin(ean) ? ean : undefined,
    ids: [
      { scheme: 'woocommerce-line-item', value: wooIdOf(line, 'id') },
      { scheme: 'woocommerce-product', value: wooIdOf(line, 'product_id') },
      { scheme: 'woocommerce-variation', value: wooIdOf(line, 'variation_id') },
    ].filter((id): id is { scheme: string; value: string } => id.value !== undefined),
    description: textAt(line, 'name'),
  });
};

/** Only a refund has an amount and nobody's address; its lines are what an order's are. */
export const isWooRefund = (fields: Fields): boolean =>
  fields.amount !== undefined && fields.billing === undefined && fields.order_key === undefined;

/** What is given back stands with a minus. */
const given = (money: Money | undefined): Money | undefined => money && { ...money, minor: Math.abs(money.minor) };
const lineOf = (reading: ShopReading, line: Fields, index: number, currency: string | undefined) => {
  const sent = reading.pieces(line, `/line_items[${index + 1}]`, 'quantity');
  if (!sent) return undefined;
  const quantity = { ...sent, value: sent.value.replace(/^-/, '') };
  const amount = given(moneyOf(decimalAt(line, 'total'), currency));
  return filled<CanonicalInvoiceLine>({ lineNo: String(index + 1), item: wooItem(line), quantity, amount }, 'item');
};

/** The order that it belongs to stands in its path only. */
const orderOf = (refund: Fields): string | undefined =>
  textAt(refund, 'parent_id') ?? /orders\/(\d+)/.exec(textAt(recordsOf(linksOf(refund))[0], 'href') ?? '')?.[1];
const linksOf = (refund: Fields): unknown => (refund._links as Fields | undefined)?.up;

export const wooRefund = (reading: ShopReading, refund: Fields): CanonicalInvoice => {
  // A refund names no currency: it is its order's, which is not told here.
  const currency = textAt(refund, 'currency') ?? reading.currency;
  const sent = recordsOf(refund.line_items);
  const lines = sent.flatMap((line, index) => lineOf(reading, line, index, currency) ?? []);
  const order = orderOf(refund);
  return filled<CanonicalInvoice>(
    {
      number: reading.needed(refund, '', 'id'),
      issued: dayOf(textAt(refund, 'date_created')),
      currency,
      references: order === undefined ? [] : [{ kind: 'shop-order', number: order }],
      lines,
      totals: filledOrNothing<InvoiceTotals>({
        lines: sumOf(lines.map(({ amount }) => amount)),
        tax: given(sumOf(sent.flatMap((line) => moneyOf(decimalAt(line, 'total_tax'), currency) ?? []))),
        payable: given(moneyOf(decimalAt(refund, 'amount'), currency)),
      }),
      notes: [textAt(refund, 'reason')].filter((note) => note !== undefined),
    },
    'lines',
  );
};
