/**
 * The UCI layout, read as an outsider would: all rows of one InvoiceNo are a document. Digits and all quantities
 * positive: an order; all negative: an adjustment; `C...`: a return; anything else, or a row that can't be read: other.
 */
import { Refused } from '../web/problem.js';
import { kindOf } from './charge-codes.js';
import { csvRows } from './csv-rows.js';
import type { FileDocument, FileLine } from './document.js';
import { linesOf } from './encoding.js';

const HEADER = [
  'InvoiceNo',
  'StockCode',
  'Description',
  'Quantity',
  'InvoiceDate',
  'UnitPrice',
  'CustomerID',
  'Country',
];
const GUEST = 'GUEST';

const MOST_LINES = 5000;

interface Row {
  readonly documentNo: string;
  readonly line: FileLine;
  readonly sign: number;
  readonly account: string;
  readonly country: string;
  readonly date: string;
}

/** `2010-12-01 08:26:00` or `12/1/2010 8:26`, as a day. */
export const dayOfUci = (text: string): string | undefined => {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T]([\d:.]+))?$/.exec(text);
  const us = /^(\d{1,2})\/(\d{1,2})\/(\d{4})(?: ([\d:]+))?$/.exec(text);
  const [year, month, day] = iso ? [iso[1], iso[2], iso[3]] : us ? [us[3], us[1], us[2]] : [];
  if (!year || !month || !day || !isTime((iso ?? us)?.[4] ?? '0:00')) return undefined;
  const found = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const instant = new Date(`${found}T00:00:00.000Z`);
  return !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(found) ? found : undefined;
};
const isTime = (text: string): boolean => {
  const [, hour, minute, second = '0'] = /^(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?$/.exec(text) ?? [];
  return Number(hour) < 24 && Number(minute) < 60 && Number(second) < 60;
};

/** A price of up to 6 places; zeros beyond them say nothing. */
const priceOf = (text: string): string | undefined => {
  const [, whole, places = ''] = /^(\d{1,12})(?:\.(\d*))?$/.exec(text) ?? [];
  const fraction = places.replace(/0+$/, '');
  if (whole === undefined || fraction.length > 6) return undefined;
  return fraction ? `${whole}.${fraction}` : whole;
};

/** One row, or undefined when any part of it can't be read. A part of a unit is read, but is no quantity. */
export const readRow = (cells: readonly string[]): Row | undefined => {
  if (cells.length !== HEADER.length) return undefined;
  const [
    documentNo = '',
    item,
    description = '',
    quantity = '',
    invoiceDate = '',
    price = '',
    customer = '',
    country = '',
  ] = cells.map((cell) => cell.trim());
  const date = dayOfUci(invoiceDate);
  const unitPrice = priceOf(price);
  if (!item || !date || unitPrice === undefined || !/^-?\d{1,12}(\.\d*)?$/.test(quantity)) return undefined;
  const units = Math.abs(Number(quantity));
  return {
    documentNo,
    line: { item, kind: kindOf(item), quantity: Number.isInteger(units) ? units : undefined, unitPrice, description },
    sign: Math.sign(Number(quantity)),
    account: customer.replace(/\.0+$/, '') || GUEST,
    country,
    date,
  };
};

/** What the rows of a number are, when they can all be read and agree. */
const typeOf = (documentNo: string, rows: readonly Row[]): FileDocument['type'] => {
  const [first] = rows;
  if (!first || rows.length > MOST_LINES) return 'other';
  const { account, country, sign } = first;
  if (sign === 0 || rows.some((row) => row.sign !== sign || row.account !== account || row.country !== country))
    return 'other';
  if (/^C\d+$/.test(documentNo)) return sign < 0 ? 'return' : 'other';
  if (!/^\d+$/.test(documentNo)) return 'other';
  return sign > 0 ? 'order' : 'adjustment';
};

const documentOf = (documentNo: string, rows: readonly Row[], whole: boolean): FileDocument => {
  const [first] = rows;
  return {
    type: whole ? typeOf(documentNo, rows) : 'other',
    documentNo,
    currency: 'GBP',
    ...(first ? { account: first.account, date: first.date } : {}),
    lines: rows.map(({ line }) => line),
  };
};

/** A file that ends within a document number: the row may be of the document before it, which is then not whole. */
const isCutOff = (cells: readonly string[], documentNo: string, before: string): boolean =>
  cells.length === 1 && documentNo !== before && before.startsWith(documentNo);

/** Reads the documents of a file. Rows of a document need not stand together, so it answers at the end. */
export const readUci = async (path: string): Promise<readonly FileDocument[]> => {
  const documents = new Map<string, { rows: Row[]; whole: boolean }>();
  let header: readonly string[] | undefined;
  let last: readonly string[] = [];
  let [documentNo, before] = ['', ''];
  for await (const cells of csvRows(linesOf(path), HEADER.length)) {
    if (!header) {
      header = cells.map((cell) => cell.trim());
      if (header.join() !== HEADER.join()) {
        throw new Refused(422, 'header-wrong', `the header is ${header.join()}, not ${HEADER.join()}`);
      }
      continue;
    }
    [before, documentNo, last] = [documentNo, (cells[0] ?? '').trim(), cells];
    const document = documents.get(documentNo) ?? { rows: [], whole: true };
    const row = readRow(cells);
    if (row) document.rows.push(row);
    else document.whole = false;
    documents.set(documentNo, document);
  }
  if (!header) throw new Refused(422, 'header-wrong', 'the file is empty');
  const cut = isCutOff(last, documentNo, before) ? documents.get(before) : undefined;
  if (cut) cut.whole = false;
  return [...documents].map(([number, { rows, whole }]) => documentOf(number, rows, whole));
};
