/** Typed values of XML documents. What is there but can't be read is a fault that names the element; absent is absent. */
import { DateTime } from 'luxon';
import type { Day, DecimalText, LocalDateTime } from '../../canonical/shapes.js';
import { meantBy, type CodeTable } from '../code-table.js';
import { decimalOf } from '../edi/decimal.js';
import type { Fault, TranslationContext } from '../translation.js';
import { elementAt, pathOf, type XmlElement } from './element.js';

/** What one document's reading carries along. */
export interface Reading {
  readonly context: TranslationContext;
  readonly faults: Fault[];
}

/** What a code is here, by the rows that hold for this document. */
export const meansOf = <M>({ context }: Reading, table: CodeTable<M>, code: string | undefined): M | undefined =>
  meantBy(table, code, context);

/** As quoted in a fault: a whole document can stand where a number should. */
export const quoted = (text: string): string => JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}...` : text);

/** A document with more than these is not mended line by line; and finding the place of a fault costs time. */
export const FAULTS_MAX = 100;
const add = ({ faults }: Reading, fault: () => Fault): void => {
  if (faults.length < FAULTS_MAX) faults.push(fault());
};

type Unreadable = 'number-unreadable' | 'date-unreadable' | 'value-unreadable';
export const unreadable = (reading: Reading, element: XmlElement, code: Unreadable, what: string): undefined => {
  add(reading, () => ({ code, path: pathOf(element), text: `${quoted(element.text.trim())} is no ${what}` }));
  return undefined;
};
export const missing = (reading: Reading, element: XmlElement, ...path: readonly string[]): void =>
  add(reading, () => {
    const place = pathOf(element, ...path);
    return { code: 'element-missing', path: place, text: `${place} is required and missing or empty` };
  });

export const decimalAt = (reading: Reading, element: XmlElement | undefined, ...path: string[]) => {
  const found = elementAt(element, ...path);
  const text = found?.text.trim();
  if (!found || !text) return undefined;
  const decimal: DecimalText | undefined = decimalOf(text);
  return decimal ?? unreadable(reading, found, 'number-unreadable', 'number');
};

const DAY = /^(\d{4}-\d{2}-\d{2})(?:Z|[+-]\d{2}:\d{2})?$/;
const TIME = /^(\d{2}:\d{2}:\d{2})(?:\.(\d{1,9}))?(Z|[+-]\d{2}:\d{2})?$/;

/** A calendar day that exists. xsd:date may carry an offset, which says nothing about a day of business. */
export const dayOf = (text: string): Day | undefined => {
  const day = DAY.exec(text)?.[1];
  return day && DateTime.fromISO(day).isValid ? day : undefined;
};
export const dayAt = (reading: Reading, element: XmlElement | undefined, ...path: string[]): Day | undefined => {
  const found = elementAt(element, ...path);
  const text = found?.text.trim();
  if (!found || !text) return undefined;
  return dayOf(text) ?? unreadable(reading, found, 'date-unreadable', 'day (YYYY-MM-DD)');
};

/** Fractions of a second only where they say something. */
const timeOf = (text: string): string | undefined => {
  const [, time, fraction = '', zone = ''] = TIME.exec(text) ?? [];
  const part = fraction.replace(/0+$/, '');
  return time && DateTime.fromISO(`2000-01-01T${time}`).isValid ? `${time}${part && `.${part}`}${zone}` : undefined;
};
/** Day and time of two elements as one: local without a zone when none was sent; the bare day without a time. */
export const dateTimeAt = (
  reading: Reading,
  element: XmlElement | undefined,
  date: string,
  time: string,
): LocalDateTime | undefined => {
  const day = dayAt(reading, element, date);
  const found = elementAt(element, time);
  const text = found?.text.trim();
  if (!day || !found || !text) return day;
  const read = timeOf(text);
  if (!read) unreadable(reading, found, 'date-unreadable', 'time (hh:mm:ss)');
  return read ? `${day}T${read}` : day;
};

/** xsd:boolean. */
export const flagAt = (reading: Reading, element: XmlElement | undefined, ...path: string[]): boolean | undefined => {
  const found = elementAt(element, ...path);
  const text = found?.text.trim().toLowerCase();
  if (!found || !text) return undefined;
  if (text === 'true' || text === '1') return true;
  return text === 'false' || text === '0' ? false : unreadable(reading, found, 'value-unreadable', 'truth value');
};
