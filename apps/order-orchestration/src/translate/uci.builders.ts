/** Files of the UCI layout for specs, and what is read of them. */
import { Readable } from 'node:stream';
import type { ReadDocument } from './document.js';
import { uciDocuments, type UciSummary } from './uci-file.js';
import { UCI_HEADER } from './uci-row.js';

export const HEADER = UCI_HEADER.join(',');
interface Cells {
  readonly item?: string;
  readonly text?: string;
  readonly quantity?: string;
  readonly date?: string;
  readonly price?: string;
  readonly customer?: string;
  readonly country?: string;
}
export const row = (no: string, cells: Cells = {}): string => {
  const { item = '85123A', text = 'HOLDER', quantity = '6', date = '2010-12-01 08:26:00', price = '2.55' } = cells;
  return [no, item, text, quantity, date, price, cells.customer ?? '17850.0', cells.country ?? 'United Kingdom'].join();
};

export const read = async (content: string | Buffer, header = HEADER) => {
  const bytes = Buffer.concat([Buffer.from(`${header}\n`), Buffer.isBuffer(content) ? content : Buffer.from(content)]);
  const documents: ReadDocument[] = [];
  let summary: UciSummary | undefined;
  // Small chunks, so that characters and rows fall between them.
  const open = () =>
    Readable.from(Array.from({ length: Math.ceil(bytes.length / 7) }, (_, at) => bytes.subarray(at * 7, at * 7 + 7)));
  for await (const document of uciDocuments(open, { currency: 'GBP', node: 'DC1' }, (found) => (summary = found)))
    documents.push(document);
  return { documents, summary };
};
export const one = async (...rows: string[]): Promise<ReadDocument> => {
  const { documents } = await read(rows.join('\n'));
  if (documents.length !== 1) throw new Error(`${documents.length} documents instead of one`);
  return documents[0] as ReadDocument;
};
