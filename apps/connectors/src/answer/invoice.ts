/** The invoice or credit note of what the ERP has posted, with its very amounts, in the words of the order behind it. */
import type { InvoicedLine, NotedInvoice } from '@crossdock/contracts';
import type { CanonicalDocument } from '../canonical/document.js';
import type { CanonicalInvoice, CanonicalInvoiceLine } from '../canonical/invoice.js';
import type { CanonicalOrder } from '../canonical/order.js';
import type { AllowanceCharge, Item, Money, Party, TaxSubtotal } from '../canonical/shapes.js';
import { despatchNumber } from '../domain/dispatch.js';
import { aboutOrder, itemOf, lineFinder, toldAs } from './order-lines.js';

/** UNCL 5305: standard rate, and zero rated. */
const STANDARD = 'S';
const ZERO = 'Z';
const categoryOf = (percent: string): string => (Number(percent) === 0 ? ZERO : STANDARD);

/** What is said of lines that no order is behind. */
export interface Unordered {
  readonly item: (ours: string, description?: string) => Item;
  readonly buyer: Party;
}
const total = (lines: readonly InvoicedLine[], of: 'net' | 'tax'): number =>
  lines.reduce((sum, line) => sum + line[of], 0);

const taxesOf = (lines: readonly InvoicedLine[], money: (minor: number) => Money): readonly TaxSubtotal[] =>
  [...new Set(lines.map(({ taxPercent }) => taxPercent))].map((percent) => {
    const own = lines.filter(({ taxPercent }) => taxPercent === percent);
    return {
      category: categoryOf(percent),
      percent,
      taxable: money(total(own, 'net')),
      tax: money(total(own, 'tax')),
    };
  });

/** Goods are lines; freight and charges stand in the head, unless there is nothing else to bill. */
const parted = (lines: readonly InvoicedLine[]) => {
  const goods = lines.filter(({ kind }) => kind === 'goods');
  return goods.length === 0
    ? { billed: lines, charges: [] }
    : { billed: goods, charges: lines.filter(({ kind }) => kind !== 'goods') };
};

const referencesOf = ({ shipmentId, returnNo }: NotedInvoice): Pick<CanonicalInvoice, 'references'> => {
  const references = [
    ...(shipmentId ? [{ kind: 'despatch', number: despatchNumber(shipmentId) }] : []),
    ...(returnNo ? [{ kind: 'return', number: returnNo }] : []),
  ];
  return references.length > 0 ? { references } : {};
};

/** Made of the order that is billed, or of what is known of the partner where no order is behind it. */
export const invoiceOf = (of: CanonicalOrder | Unordered, invoice: NotedInvoice): CanonicalDocument => {
  const { documentNo, billing, documentDate, currency, lines, net, tax, gross } = invoice;
  const order = 'lines' in of ? of : undefined;
  const find = order ? lineFinder(order.lines) : () => undefined;
  const itemIn = (line: InvoicedLine): Item =>
    'lines' in of ? itemOf(find(line), line.item, line.description) : of.item(line.item, line.description);
  const money = (minor: number): Money => ({ minor, currency });
  const { billed, charges } = parted(lines);
  const lineOf = (line: InvoicedLine): CanonicalInvoiceLine => {
    const theirs = find(line);
    return {
      lineNo: String(line.lineNo),
      item: itemIn(line),
      ...toldAs(line, theirs?.quantity),
      amount: money(line.net),
      ...(order ? { orderLineNo: theirs?.lineNo ?? String(line.lineNo), orderNumber: order.number } : {}),
      taxPercent: line.taxPercent,
      taxCategory: categoryOf(line.taxPercent),
    };
  };
  const chargeOf = ({ item, description, net: amount }: InvoicedLine): AllowanceCharge => ({
    charge: true,
    reason: description ?? item,
    amount: money(amount),
  });
  const data: CanonicalInvoice = {
    number: documentNo,
    issued: documentDate,
    currency,
    ...('lines' in of ? aboutOrder(of) : { buyer: of.buyer }),
    ...referencesOf(invoice),
    lines: billed.map(lineOf),
    ...(charges.length > 0 ? { allowanceCharges: charges.map(chargeOf) } : {}),
    taxes: taxesOf(lines, money),
    totals: {
      lines: money(total(billed, 'net')),
      ...(charges.length > 0 ? { charges: money(total(charges, 'net')) } : {}),
      net: money(net),
      tax: money(tax),
      gross: money(gross),
      payable: money(gross),
    },
  };
  return { kind: billing === 'invoice' ? 'invoice' : 'credit-note', data };
};
