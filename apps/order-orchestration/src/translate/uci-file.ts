/**
 * A file of the UCI layout as its documents. Read twice: first to learn where each document's last row stands, then to
 * let each document go as soon as it is whole; so memory holds the open documents and not the file.
 */
import type { Readable } from 'node:stream';
import { csvRows } from './csv-lines.js';
import type { ReadDocument } from './document.js';
import { encodingOf, textLines, type Encoding } from './text-lines.js';
import { documentNoOf, isUciHeader, readDocument, type FoundRow, type UciContext } from './uci.js';
import { UCI_HEADER } from './uci-row.js';

/** Opens the file's bytes from their start. */
export type Open = () => Readable;
/** The file does not have the agreed columns: nothing of it is read. */
export class WrongHeader extends Error {
  constructor(found: string) {
    super(`the header is ${JSON.stringify(found.slice(0, 200))}, not ${UCI_HEADER.join(',')}`);
  }
}

async function* rowsOf(open: Open, encoding: Encoding): AsyncGenerator<FoundRow> {
  const bytes = open();
  try {
    let header = true;
    for await (const row of csvRows(textLines(bytes, encoding), UCI_HEADER.length)) {
      if (header && !isUciHeader(row.cells ?? [])) throw new WrongHeader(row.text);
      if (!header) yield row;
      header = false;
    }
    if (header) throw new WrongHeader('');
  } finally {
    bytes.destroy();
  }
}

/** Number of the document that a row belongs to: its first column, also when the rest of the row is broken. */
const numberOf = ({ row, text, cells, separator }: FoundRow): string =>
  documentNoOf(cells?.[0] ?? text.split(separator, 1)[0]?.replaceAll('"', '') ?? '', row);

interface Index {
  /** rows by document number */
  readonly rows: ReadonlyMap<string, number>;
  readonly count: number;
  /** the last row, when the file ends within its number and it may belong to the document before it */
  readonly cutOff: { readonly row: number; readonly documentNo: string } | undefined;
}
const indexOf = async (open: Open, encoding: Encoding): Promise<Index> => {
  const rows = new Map<string, number>();
  let count = 0;
  let before = '';
  let last: FoundRow | undefined;
  for await (const found of rowsOf(open, encoding)) {
    if (last) before = numberOf(last);
    last = found;
    count += 1;
    const documentNo = numberOf(found);
    rows.set(documentNo, (rows.get(documentNo) ?? 0) + 1);
  }
  const number = last && numberOf(last);
  if (!last || !number || last.cells?.length !== 1 || number === before || !before.startsWith(number))
    return { rows, count, cutOff: undefined };
  const alone = (rows.get(number) ?? 1) - 1;
  if (alone > 0) rows.set(number, alone);
  else rows.delete(number);
  rows.set(before, (rows.get(before) ?? 0) + 1);
  return { rows, count, cutOff: { row: last.row, documentNo: before } };
};

/** What was read besides documents. */
export interface UciSummary {
  readonly encoding: Encoding;
  readonly rows: number;
  readonly documents: number;
}

/** Documents in the order in which they become whole. `summary` is told before the first. */
export async function* uciDocuments(
  open: Open,
  context: UciContext,
  summary: (of: UciSummary) => void = () => undefined,
): AsyncGenerator<ReadDocument> {
  const encoding = await encodingOf(open());
  const index = await indexOf(open, encoding);
  summary({ encoding, rows: index.count, documents: index.rows.size });
  const opened = new Map<string, FoundRow[]>();
  for await (const found of rowsOf(open, encoding)) {
    const documentNo = found.row === index.cutOff?.row ? index.cutOff.documentNo : numberOf(found);
    const rows = opened.get(documentNo) ?? [];
    rows.push(found);
    opened.set(documentNo, rows);
    if (rows.length < (index.rows.get(documentNo) ?? 0)) continue;
    opened.delete(documentNo);
    yield readDocument(documentNo, rows, context);
  }
}
