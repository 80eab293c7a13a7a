/**
 * Order files of the UCI layout: all rows of one InvoiceNo, wherever they stand, are one document. Digits: an order when
 * all quantities are positive, a stock adjustment when all are negative. `C` and digits: a return. The rest is put aside.
 */
import type { ReasonCode, ReturnedLine, SubmittedLine } from '@crossdock/contracts';
import { kindOfCode } from './charge-codes.js';
import { countryOf } from './countries.js';
import type { Separator } from './csv-lines.js';
import { contentHashOf, type ReadDocument, type Unreadable } from './document.js';
import { readRow, UCI_HEADER, type UciRow } from './uci-row.js';

/** What a file does not say and the connection knows. */
export interface UciContext {
  readonly currency: string;
  /** where returned goods come in and what adjustments concern */
  readonly node: string;
}
/** A row of a document as it was found. `cells` is undefined when it could not even be cut into columns. */
export interface FoundRow {
  readonly row: number;
  readonly text: string;
  readonly separator: Separator;
  readonly cells?: readonly string[];
}

export const isUciHeader = (cells: readonly string[]): boolean =>
  cells.length === UCI_HEADER.length && UCI_HEADER.every((name, at) => cells[at]?.trim() === name);

const LONGEST_NO = 64;
/** A document number that can be a key, whatever stood there. One that is too long is no number of ours; two stay two. */
export const documentNoOf = (text: string, row: number): string => {
  const printable = text.replace(/[\u0000-\u001f]+/g, ' ').trim();
  if (printable.length <= LONGEST_NO) return printable || `row-${row}`;
  return `${printable.slice(0, 40).trim()}~${contentHashOf(printable).slice(0, 16)}`;
};

const MOST_ROWS_KEPT = 5_000;
const putAside = (
  documentNo: string,
  rows: readonly FoundRow[],
  reason: ReasonCode,
  text: string,
  row = rows[0]?.row,
): Unreadable => ({
  kind: 'unreadable',
  documentNo,
  row: row ?? 0,
  reason,
  text,
  content: {
    layout: 'uci',
    rows: rows.slice(0, MOST_ROWS_KEPT).map((one) => ({ row: one.row, text: one.text.slice(0, 1000) })),
  },
});

const positive = (quantity: string): string => quantity.replace(/^-/, '');
const MOST_LINES = 5_000;

/** The document that the rows of one number make. */
export const readDocument = (documentNo: string, found: readonly FoundRow[], context: UciContext): ReadDocument => {
  const aside = (reason: ReasonCode, text: string, row?: number): Unreadable =>
    putAside(documentNo, found, reason, text, row);
  if (/^A\d/.test(documentNo)) return aside('accounting-document', `${documentNo} is an accounting entry`);
  const rows: UciRow[] = [];
  for (const { row, cells, separator } of found) {
    const outcome = cells ? readRow(cells, row, separator) : ({ ok: false, text: 'the row is broken' } as const);
    if (!outcome.ok) return aside('unreadable-row', `row ${row}: ${outcome.text}`, row);
    rows.push(outcome.row);
  }
  const isReturn = /^C\d+$/.test(documentNo);
  if (!isReturn && !/^\d+$/.test(documentNo)) return aside('document-kind-unknown', `${documentNo} is no known number`);
  const zero = rows.find(({ sign }) => sign === 0);
  if (zero) return aside('quantity-zero', `row ${zero.row}: the quantity is zero`, zero.row);
  const [first] = rows;
  if (!first) return aside('unreadable-row', 'there are no rows');
  const other = rows.find(({ account, country }) => account !== first.account || country !== first.country);
  if (other)
    return aside(
      'rows-disagree',
      `row ${other.row} names another customer or country than row ${first.row}`,
      other.row,
    );
  const turn = rows.find(({ sign }) => sign !== first.sign);
  if (turn) return aside('mixed-signs', `row ${turn.row} has another sign than row ${first.row}`, turn.row);
  if (rows.length > MOST_LINES) return aside('too-many-lines', `${rows.length} rows; ${MOST_LINES} are the most`);
  if (isReturn) {
    if (first.sign > 0) return aside('mixed-signs', 'a return must take quantities back');
    return { kind: 'return', documentNo, row: first.row, document: returnOf(documentNo, rows, first, context) };
  }
  return first.sign > 0
    ? { kind: 'order', documentNo, row: first.row, document: orderOf(documentNo, rows, first, context) }
    : { kind: 'adjustment', documentNo, row: first.row, document: adjustmentOf(documentNo, rows, first, context) };
};

const lineOf = ({ item, description, quantity, unitPrice }: UciRow, at: number) => ({
  lineNo: at + 1,
  item,
  kind: kindOfCode(item),
  ...(description ? { description } : {}),
  quantity: positive(quantity),
  unitPrice,
});

const orderOf = (documentNo: string, rows: readonly UciRow[], first: UciRow, { currency }: UciContext) => ({
  documentNo,
  account: first.account,
  customerPo: documentNo,
  currency,
  orderDate: first.day,
  shipTo: { country: countryOf(first.country) },
  backorders: 'allowed' as const,
  lines: rows.map((row, at): SubmittedLine => lineOf(row, at)),
});

const returnOf = (documentNo: string, rows: readonly UciRow[], first: UciRow, { currency, node }: UciContext) => ({
  documentNo,
  account: first.account,
  currency,
  returnDate: first.day,
  country: countryOf(first.country),
  node,
  lines: rows.map((row, at): ReturnedLine => lineOf(row, at)),
});

/** Charges have no stock to adjust. The first description that says anything is the reason. */
const adjustmentOf = (documentNo: string, rows: readonly UciRow[], first: UciRow, { node }: UciContext) => ({
  documentNo,
  adjustmentDate: first.day,
  node,
  reason: rows.find(({ description }) => description)?.description ?? '',
  lines: rows.map(({ item, description, quantity }, at) => ({
    lineNo: at + 1,
    item,
    ...(kindOfCode(item) === 'goods' ? {} : { kind: kindOfCode(item) }),
    ...(description ? { description } : {}),
    quantity,
  })),
});
