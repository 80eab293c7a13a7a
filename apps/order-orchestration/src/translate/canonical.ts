/** Our own canonical JSON, one document a line: `{ "type": "order" | "return" | "adjustment", ... }`; an order when it does not say. */
import { OrderDocument, violationsOf } from '@crossdock/contracts';
import type { AdjustmentDocument, ReadDocument, ReturnDocument, Unreadable } from './document.js';
import { documentNoOf, type UciContext } from './uci.js';

const aside = (
  documentNo: string,
  row: number,
  reason: Unreadable['reason'],
  text: string,
  line: string,
): Unreadable => ({
  kind: 'unreadable',
  documentNo,
  row,
  reason,
  text,
  content: { layout: 'ndjson', row, text: line.slice(0, 4_000_000) },
});

type Json = Readonly<Record<string, unknown>>;
const listOf = (value: unknown): readonly Json[] => (Array.isArray(value) ? (value as Json[]) : []);

/** A line of the file as a document. Its fields are checked where it is submitted; an order's already here. */
export const readCanonical = (line: string, row: number, context: UciContext): ReadDocument => {
  let read: unknown;
  try {
    read = JSON.parse(line);
  } catch {
    return aside(`row-${row}`, row, 'broken-json', `row ${row} is no JSON`, line);
  }
  if (read === null || typeof read !== 'object' || Array.isArray(read))
    return aside(`row-${row}`, row, 'schema-violation', `row ${row} is no document`, line);
  const { type = 'order', ...content } = read as Json;
  const found = content['documentNo'];
  const documentNo = documentNoOf(typeof found === 'string' || typeof found === 'number' ? String(found) : '', row);
  if (type === 'return') return { kind: 'return', documentNo, row, document: returnOf(content, context) };
  if (type === 'adjustment') return { kind: 'adjustment', documentNo, row, document: adjustmentOf(content, context) };
  if (type !== 'order') return aside(documentNo, row, 'document-kind-unknown', `type is ${JSON.stringify(type)}`, line);
  const [violation] = violationsOf(OrderDocument, content, 'strict');
  if (violation) return aside(documentNo, row, 'schema-violation', violation.text, line);
  return { kind: 'order', documentNo, row, document: content as unknown as OrderDocument };
};

const returnOf = (content: Json, { currency, node }: UciContext): ReturnDocument =>
  ({
    currency,
    node,
    ...content,
    lines: listOf(content['lines']).map((line) => ({ kind: 'goods', ...line })),
  }) as unknown as ReturnDocument;
const adjustmentOf = (content: Json, { node }: UciContext): AdjustmentDocument =>
  ({ node, reason: '', ...content }) as unknown as AdjustmentDocument;
