/** Shopify Refund: what is given back for which lines of an order, as a credit note. */
import { filled, filledOrNothing } from '../../canonical/filled.js';
import type { CanonicalInvoice, CanonicalInvoiceLine, InvoiceTotals } from '../../canonical/invoice.js';
import { moneyOf, sumOf } from '../amounts.js';
import { dayOf } from '../instants.js';
import { decimalAt, fieldsOf, recordsOf, textAt, type Fields } from '../json-fields.js';
import type { ShopReading } from './reading.js';
import { shopifyItem } from './shopify-order.js';

/** Only its transactions name the currency; without any, amounts can't be told. */
const currencyOf = (refund: Fields): string | undefined =>
  textAt(recordsOf(refund.transactions)[0], 'currency') ??
  textAt(recordsOf(refund.refund_line_items)[0], 'subtotal_set', 'shop_money', 'currency_code');

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
  const paid = recordsOf(refund.transactions).filter((one) => textAt(one, 'kind') === 'refund');
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
        payable: sumOf(paid.flatMap((one) => moneyOf(decimalAt(one, 'amount'), currency) ?? [])),
      }),
      notes: [textAt(refund, 'note')].filter((note) => note !== undefined),
    },
    'lines',
  );
};
