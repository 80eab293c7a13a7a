/** Our own canonical JSON, one document a line: `{ "type": "order" | "return" | "adjustment", ... }`; an order when it does not say. */
import { readJsonText } from '@crossdock/kernel';
import { OrderDocument, SubmitAdjustmentData, SubmitReturnData, violationsOf } from '@crossdock/contracts';
import {
  adjustmentData,
  returnData,
  type AdjustmentDocument,
  type ReadDocument,
  type ReturnDocument,
  type Unreadable,
} from './document.js';
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
const isRecord = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const withKind = (line: unknown): unknown => (isRecord(line) ? { kind: 'goods', ...line } : line);

/** Stands in for what a document is given when it is submitted, so that its own fields can be checked before. */
const SOMEWHERE = { tenant: 'tenant', channel: 'file' };

/** A line of the file as a document of the agreed form; else it is put aside with the first field that is not. */
export const readCanonical = (line: string, row: number, context: UciContext): ReadDocument => {
  const read = readJsonText(line, `row ${row}`);
  if (!read.ok) return aside(`row-${row}`, row, 'broken-json', read.text, line);
  if (!isRecord(read.value)) return aside(`row-${row}`, row, 'schema-violation', `row ${row} is no document`, line);
  const { type = 'order', ...content } = read.value;
  const found = content['documentNo'];
  const documentNo = documentNoOf(typeof found === 'string' || typeof found === 'number' ? String(found) : '', row);
  const document = documentOf(type, content, context);
  if (!document) return aside(documentNo, row, 'document-kind-unknown', `type is ${JSON.stringify(type)}`, line);
  const [violation] = violationsIn(document);
  if (violation) return aside(documentNo, row, 'schema-violation', violation.text, line);
  return { ...document, documentNo, row };
};

type Found =
  | { readonly kind: 'order'; readonly document: OrderDocument }
  | { readonly kind: 'return'; readonly document: ReturnDocument }
  | { readonly kind: 'adjustment'; readonly document: AdjustmentDocument };
const documentOf = (type: unknown, content: Json, context: UciContext): Found | undefined => {
  if (type === 'order') return { kind: type, document: content as unknown as OrderDocument };
  if (type === 'return') return { kind: type, document: returnOf(content, context) };
  return type === 'adjustment' ? { kind: type, document: adjustmentOf(content, context) } : undefined;
};
const violationsIn = (found: Found) => {
  if (found.kind === 'order') return violationsOf(OrderDocument, found.document, 'strict');
  if (found.kind === 'return') return violationsOf(SubmitReturnData, returnData(found.document, SOMEWHERE), 'strict');
  return violationsOf(SubmitAdjustmentData, adjustmentData(found.document, SOMEWHERE), 'strict');
};

const returnOf = (content: Json, { currency, node }: UciContext): ReturnDocument =>
  ({
    currency,
    node,
    ...content,
    ...(Array.isArray(content['lines']) ? { lines: content['lines'].map(withKind) } : {}),
  }) as unknown as ReturnDocument;
const adjustmentOf = (content: Json, { node }: UciContext): AdjustmentDocument =>
  ({ node, reason: '', ...content }) as unknown as AdjustmentDocument;
