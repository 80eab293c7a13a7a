/** Our own order as JSON, from a partner that writes it: the API's order document, or a list of them. */
import { OrderDocument, violationsOf } from '@crossdock/contracts';
import type { CanonicalOrder } from '../canonical/order.js';
import type { Party } from '../canonical/shapes.js';
import { decimalOf } from './edi/decimal.js';
import { readJson } from './json.js';
import type { Fault, TranslatedDocument, Translation } from './translation.js';

/** One way to write a number, so that the same order is the same in every standard. */
const plain = (decimal: string): string => decimalOf(decimal) ?? decimal;

const deliverTo = ({ name, lines, city, postcode, country, gln }: OrderDocument['shipTo']): Party => ({
  ...(name ? { name } : {}),
  ...(gln ? { gln } : {}),
  address: {
    country,
    ...(lines ? { lines } : {}),
    ...(city ? { city } : {}),
    ...(postcode ? { postcode } : {}),
  },
});

export const canonicalOf = (order: OrderDocument): CanonicalOrder => ({
  number: order.documentNo,
  currency: order.currency,
  ...(order.orderDate ? { issued: order.orderDate } : {}),
  ...(order.requestedDate ? { requestedDate: order.requestedDate } : {}),
  ...(order.customerPo ? { references: [{ kind: 'order', number: order.customerPo }] } : {}),
  buyer: { ids: [{ scheme: 'account', value: order.account }] },
  deliverTo: deliverTo(order.shipTo),
  lines: order.lines.map(({ lineNo, customerLineNo, item, description, quantity, unit, unitPrice }) => ({
    lineNo: customerLineNo ?? String(lineNo),
    item: { sellerItem: item, ...(description ? { description } : {}) },
    quantity: { value: plain(quantity), unit: unit ?? 'EA' },
    ...(unitPrice === undefined ? {} : { unitPrice: plain(unitPrice) }),
  })),
});

const documentOf = (value: unknown): TranslatedDocument => {
  const head = { standard: 'Crossdock', type: 'Order' } as const;
  const faults: readonly Fault[] = violationsOf(OrderDocument, value, 'tolerant').map(({ field, text }) => ({
    code: 'schema-violation',
    path: field,
    text,
  }));
  const { documentNo } = (value ?? {}) as { readonly documentNo?: unknown };
  const number = typeof documentNo === 'string' ? { number: documentNo } : {};
  if (faults.length > 0) return { ...head, ...number, figures: {}, faults };
  const order = value as OrderDocument;
  const figures = { lines: order.lines.length };
  return { ...head, ...number, figures, canonical: { kind: 'order', data: canonicalOf(order) }, faults };
};

export const crossdock: Translation = (bytes) => {
  const read = readJson(bytes);
  if ('fault' in read) return { standard: 'Crossdock', documents: [], faults: [read.fault] };
  const documents = (Array.isArray(read.value) ? read.value : [read.value]).map(documentOf);
  return { standard: 'Crossdock', documents, faults: [] };
};
