/** Our own order as JSON, from a partner that writes it: the API's order document, or a list of them. */
import { OrderDocument, violationsOf } from '@crossdock/contracts';
import type { CanonicalOrder } from '../canonical/order.js';
import type { Party } from '../canonical/shapes.js';
import type { Fault, Interchange, TranslatedDocument, Translation } from './translation.js';

const broken = (text: string): Interchange => ({
  standard: 'Crossdock',
  documents: [],
  faults: [{ code: 'broken-json', path: '', text }],
});

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
    quantity: { value: quantity, unit: unit ?? 'EA' },
    ...(unitPrice === undefined ? {} : { unitPrice }),
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
  let parsed: unknown;
  try {
    parsed = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as unknown;
  } catch (error) {
    return broken((error as Error).message);
  }
  const documents = (Array.isArray(parsed) ? parsed : [parsed]).map(documentOf);
  return { standard: 'Crossdock', documents, faults: [] };
};
