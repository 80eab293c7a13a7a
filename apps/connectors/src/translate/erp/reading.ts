/** What ERP documents share: amounts and dates without attributes, and one document or several in one answer. */
import type { CanonicalDocument } from '../../canonical/document.js';
import { filled } from '../../canonical/filled.js';
import type { Day, Money, Quantity } from '../../canonical/shapes.js';
import { moneyOf } from '../amounts.js';
import { NO_CURRENCY } from '../edi/reading.js';
import { dayOf } from '../instants.js';
import type { Interchange, Standard, TranslatedDocument } from '../translation.js';
import { elementAt, textAt, type XmlElement } from '../xml/element.js';
import { decimalAt, unreadable, type Reading } from '../xml/typed.js';

/** Of an ERP whose document names no unit: a piece. */
export const PIECE = 'EA';

export const erpMoneyAt = (
  reading: Reading,
  currency: string | undefined,
  element: XmlElement | undefined,
  ...path: string[]
): Money | undefined => {
  const decimal = decimalAt(reading, element, ...path);
  return decimal === undefined ? undefined : moneyOf(decimal, currency ?? reading.context.currency ?? NO_CURRENCY);
};

/** ERPs stamp days as midnights of their own zone: the day that is written counts. */
export const erpDayAt = (reading: Reading, element: XmlElement | undefined, ...path: string[]): Day | undefined => {
  const found = elementAt(element, ...path);
  const text = found?.text.trim();
  if (!found || !text) return undefined;
  return dayOf(text) ?? unreadable(reading, found, 'date-unreadable', 'date');
};

export const piecesAt = (
  reading: Reading,
  element: XmlElement | undefined,
  ...path: string[]
): Quantity | undefined => {
  const value = decimalAt(reading, element, ...path);
  return value === undefined ? undefined : { value, unit: PIECE };
};

export const documentOf = (
  standard: Standard,
  root: XmlElement,
  type: string,
  canonical: CanonicalDocument | undefined,
  { faults }: Reading,
): TranslatedDocument => {
  const data = canonical?.data;
  const number = data && 'number' in data ? data.number || undefined : undefined;
  const lines = data && 'lines' in data && Array.isArray(data.lines) ? data.lines.length : undefined;
  if (!canonical)
    faults.push({ code: 'message-unsupported', path: `/${root.name}`, text: `no mapping for ${JSON.stringify(type)}` });
  return {
    standard,
    type,
    ...(number !== undefined && { number }),
    figures: filled<Record<string, unknown>>({ type, id: number, lines }),
    ...(canonical && { canonical }),
    faults,
  };
};
export const nothingFound = (standard: Standard, text: string): Interchange => ({
  standard,
  documents: [],
  faults: [{ code: 'no-document-found', path: '/', text }],
});
/** First text of several elements. */
export const firstText = (element: XmlElement | undefined, ...names: readonly string[]): string | undefined => {
  for (const name of names) {
    const found = textAt(element, name);
    if (found !== undefined) return found;
  }
  return undefined;
};
