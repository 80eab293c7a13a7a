/** Canonical JSON lines: `{ "type": "order" | "return" | "adjustment", ... }`, one document a line. */
import { OrderDocument, violationsOf } from '@crossdock/contracts';
import type { FileDocument, FileLine } from './document.js';
import { linesOf } from './encoding.js';

const GUEST = 'GUEST';
const text = (value: unknown): string | undefined => (typeof value === 'string' && value ? value : undefined);

/** Whole base units of a decimal text, without its sign; undefined when it is none. */
const unitsOf = (value: unknown): number | undefined => {
  const units = Math.abs(Number(typeof value === 'number' || typeof value === 'string' ? value : NaN));
  return Number.isSafeInteger(units) ? units : undefined;
};
const kindOf = (value: unknown): FileLine['kind'] => (value === 'freight' || value === 'charge' ? value : 'goods');

const lineOf = (value: unknown): FileLine | undefined => {
  const line = (value ?? {}) as Record<string, unknown>;
  const item = text(line['item']);
  if (!item) return undefined;
  const optional = {
    unitPrice: text(line['unitPrice']),
    description: text(line['description']),
    unit: text(line['unit']),
    node: text(line['node']),
  };
  const named = Object.fromEntries(Object.entries(optional).filter(([, given]) => given !== undefined));
  return { item, kind: kindOf(line['kind']), quantity: unitsOf(line['quantity']), ...named };
};

/** One line of the file, or undefined when it is no document. */
export const readCanonical = (json: string): FileDocument | undefined => {
  let document: Record<string, unknown>;
  try {
    document = JSON.parse(json) as Record<string, unknown>;
  } catch {
    return undefined;
  }
  if (document === null || typeof document !== 'object' || !Array.isArray(document['lines'])) return undefined;
  const lines = document['lines'].map(lineOf);
  const named = lines.filter((line) => line !== undefined);
  const { type = 'order', ...content } = document;
  const known = type === 'order' || type === 'return' || type === 'adjustment' ? type : 'other';
  const negative = (value: unknown) => String((value as Record<string, unknown>)['quantity'] ?? '').startsWith('-');
  // An adjustment upwards brings its stock along, and an order never takes less than nothing.
  const wanted =
    known === 'adjustment' ? named.filter((_, at) => negative((document['lines'] as unknown[])[at])) : named;
  const isOrder =
    known !== 'order' ||
    (violationsOf(OrderDocument, content, 'strict').length === 0 && !document['lines'].some(negative));
  const good = named.length === lines.length && isOrder;
  const date = text(document['orderDate'] ?? document['returnDate'] ?? document['adjustmentDate']);
  const currency = text(document['currency']);
  const node = text(document['node']);
  return {
    type: good ? known : 'other',
    documentNo: String(document['documentNo'] ?? ''),
    ...(known === 'adjustment' ? {} : { account: text(document['account']) ?? GUEST }),
    ...(currency ? { currency } : {}),
    ...(date && /^\d{4}-\d{2}-\d{2}$/.test(date) ? { date } : {}),
    ...(node ? { node } : {}),
    lines: wanted,
  };
};

/** A number that stands twice is taken once. */
export const readNdjson = async (path: string): Promise<readonly FileDocument[]> => {
  const documents: FileDocument[] = [];
  const taken = new Set<string>();
  for await (const line of linesOf(path)) {
    const document = line.trim() ? readCanonical(line) : undefined;
    if (!document) continue;
    documents.push(taken.has(document.documentNo) ? { ...document, type: 'other' } : document);
    if (document.type !== 'other') taken.add(document.documentNo);
  }
  return documents;
};
