/** One row of the UCI layout, `InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country`. */
import { isDay } from '@crossdock/kernel';
import { GUEST } from '@crossdock/contracts';
import type { Separator } from './csv-lines.js';

export const UCI_HEADER = [
  'InvoiceNo',
  'StockCode',
  'Description',
  'Quantity',
  'InvoiceDate',
  'UnitPrice',
  'CustomerID',
  'Country',
] as const;

export interface UciRow {
  readonly row: number;
  readonly item: string;
  readonly description: string;
  /** decimal string with its sign */
  readonly quantity: string;
  /** of the quantity */
  readonly sign: -1 | 0 | 1;
  /** `YYYY-MM-DD` */
  readonly day: string;
  readonly unitPrice: string;
  readonly account: string;
  readonly country: string;
}

const WHOLE = /^(-?)(\d{1,12})(?:\.(\d*))?$/;
/** `6`, `-6`, `6.0`; a fraction stays one, because what may be ordered in fractions is not the file's to say. */
const readQuantity = (text: string): Pick<UciRow, 'quantity' | 'sign'> | undefined => {
  const match = WHOLE.exec(text);
  if (!match) return undefined;
  const [, minus = '', whole = '0', fraction = ''] = match;
  const places = fraction.replace(/0+$/, '');
  if (places.length > 6) return undefined;
  const digits = `${whole.replace(/^0+(?=\d)/, '')}${places ? `.${places}` : ''}`;
  const isZero = /^[0.]+$/.test(digits);
  return { quantity: isZero ? '0' : `${minus}${digits}`, sign: isZero ? 0 : minus ? -1 : 1 };
};

const PRICE = /^(\d{1,12})(?:\.(\d*))?$/;
/** Up to 6 decimals; zeros beyond them say nothing. No sign, no exponent. */
const readPrice = (text: string): string | undefined => {
  const match = PRICE.exec(text);
  if (!match) return undefined;
  const places = (match[2] ?? '').replace(/0+$/, '');
  if (places.length > 6) return undefined;
  const whole = (match[1] ?? '0').replace(/^0+(?=\d)/, '');
  return places ? `${whole}.${places}` : whole;
};

/**
 * As a spreadsheet writes numbers that puts semicolons between cells: `2,55`. What may be thousands or decimals
 * (`1.234`) stays as it is with its sign of doubt, a comma, so that it is read as neither.
 */
const withPoint = (text: string, separator: Separator): string => {
  if (separator === ',') return text;
  if (/^-?\d{1,3}(?:\.\d{3})+$/.test(text)) return text.replaceAll('.', ',');
  return /^-?\d+,\d*$/.test(text) ? text.replace(',', '.') : text;
};
/** A spreadsheet shortened a number to a power of ten: its digits are gone. */
const SHORTENED = /^-?\d(?:[.,]\d+)?E\+\d+$/i;

const ISO = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T](\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?$/;
const US = /^(\d{1,2})\/(\d{1,2})\/(\d{4})(?: (\d{1,2}):(\d{2})(?::(\d{2}))?(?: ?[AP]M)?)?$/i;
const DOTTED = /^(\d{1,2})\.(\d{1,2})\.(\d{4})(?: (\d{1,2}):(\d{2})(?::(\d{2}))?)?$/;
/**
 * `2010-12-01 08:26:00`, `12/1/2010 8:26`, `12/1/2010 8:26 AM` or `1.12.2010 8:26`, as a day; undefined when it names no
 * real moment.
 */
export const readDay = (text: string): string | undefined => {
  const iso = ISO.exec(text);
  const us = iso ? null : US.exec(text);
  const dotted = iso || us ? null : DOTTED.exec(text);
  const [year = '', month = '', day = ''] = iso
    ? iso.slice(1, 4)
    : us
      ? [us[3], us[1], us[2]]
      : dotted
        ? [dotted[3], dotted[2], dotted[1]]
        : [];
  const [hour = '0', minute = '0', second = '0'] = (iso ?? us ?? dotted)?.slice(4, 7) ?? [];
  const found = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const isTime = Number(hour) < 24 && Number(minute) < 60 && Number(second) < 60;
  return isTime && isDay(found) ? found : undefined;
};

/** `17850.0` is how a spreadsheet writes 17850. Nobody named: a guest. */
const readAccount = (text: string): string => text.replace(/[.,]0+$/, '') || GUEST;

export type RowOutcome = { readonly ok: true; readonly row: UciRow } | { readonly ok: false; readonly text: string };
const unreadable = (text: string): RowOutcome => ({ ok: false, text });

/** Reads the cells of a row, or says which of them can't be read. */
export const readRow = (cells: readonly string[], row: number, separator: Separator): RowOutcome => {
  if (cells.length !== UCI_HEADER.length) return unreadable(`${cells.length} columns instead of ${UCI_HEADER.length}`);
  const [
    documentNo = '',
    item = '',
    description = '',
    quantity = '',
    date = '',
    price = '',
    customer = '',
    country = '',
  ] = cells.map((cell) => cell.trim());
  if (!documentNo) return unreadable('InvoiceNo is empty');
  if (!item) return unreadable('StockCode is empty');
  for (const [name, text] of [['StockCode', item] as const, ['CustomerID', customer] as const])
    if (SHORTENED.test(text)) return unreadable(`${name} was shortened by a spreadsheet: ${JSON.stringify(text)}`);
  const units = readQuantity(withPoint(quantity, separator));
  if (!units) return unreadable(`Quantity is no number: ${JSON.stringify(quantity.slice(0, 40))}`);
  const day = readDay(date);
  if (!day) return unreadable(`InvoiceDate is no date: ${JSON.stringify(date.slice(0, 40))}`);
  const unitPrice = readPrice(withPoint(price, separator));
  if (unitPrice === undefined) return unreadable(`UnitPrice is no price: ${JSON.stringify(price.slice(0, 40))}`);
  const account = readAccount(customer);
  return {
    ok: true,
    row: { row, item, description: description.slice(0, 500), ...units, day, unitPrice, account, country },
  };
};
