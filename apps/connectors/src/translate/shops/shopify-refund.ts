/** Shopify Refund: what is given back for which lines of an order, as a credit note. */
import { filled, filledOrNothing } from '../../canonical/filled.js';
import type { CanonicalInvoice, CanonicalInvoiceLine, InvoiceTotals } from '../../canonical/invoice.js';
import type { Money } from '../../canonical/shapes.js';
import { moneyOf, sumOf } from '../amounts.js';
import { dayOf } from '../instants.js';
import { decimalAt, fieldsOf, recordsOf, textAt, type Fields } from '../json-fields.js';
import type { ShopReading } from './reading.js';
import { shopifyItem } from './shopify-order.js';

/** Lines are in the currency of the shop, which their sums name; what was paid back may be in the customer's. */
const currencyOf = (refund: Fields): string | undefined =>
  textAt(recordsOf(refund.refund_line_items)[0], 'subtotal_set', 'shop_money', 'currency_code') ??
  textAt(recordsOf(refund.transactions)[0], 'currency');
/** What was paid back, if in that currency; a try that failed paid nothing. */
const paidOf = (refund: Fields, currency: string | undefined): Money | undefined => {
  const paid = recordsOf(refund.transactions).filter(
    (one) => textAt(one, 'kind') === 'refund' && !['failure', 'error'].includes(textAt(one, 'status') ?? ''),
  );
  if (paid.some((one) => textAt(one, 'currency') !== currency)) return undefined;
  return sumOf(paid.flatMap((one) => moneyOf(decimalAt(one, 'amount'), currency) ?? []));
};

const lineOf = (reading: ShopReading, line: Fields, index: number, currency: string | undefined) => {
  const quantity = reading.pieces(line, `/refund_line_items[${index + 1}]`, 'quantity');
  if (!quantity) return undefined;
  const item = fieldsOf(line.line_item) ?? { line_item_id: line.line_item_id };
  return filled<CanonicalInvoiceLine>(
    {
      lineNo: String(index + 1),
      item: shopifyItem(item),
      quantity,
      unitPrice: decimalAt(item, 'price'),
      amount: moneyOf(decimalAt(line, 'subtotal'), currency),
    },
    'item',
  );
};

export const shopifyRefund = (reading: ShopReading, refund: Fields): CanonicalInvoice => {
  const currency = currencyOf(refund);
  const sent = recordsOf(refund.refund_line_items);
  const lines = sent.flatMap((line, index) => lineOf(reading, line, index, currency) ?? []);
  const order = textAt(refund, 'order_id');
  return filled<CanonicalInvoice>(
    {
      number: reading.needed(refund, '', 'id'),
      issued: dayOf(textAt(refund, 'created_at')),
      currency,
      references: order === undefined ? [] : [{ kind: 'shop-order', number: order }],
      lines,
      totals: filledOrNothing<InvoiceTotals>({
        lines: sumOf(lines.map(({ amount }) => amount)),
        tax: sumOf(sent.flatMap((line) => moneyOf(decimalAt(line, 'total_tax'), currency) ?? [])),
        payable: paidOf(refund, currency),
      }),
      notes: [textAt(refund, 'note')].filter((note) => note !== undefined),
    },
    'lines',
  );
};
