/** Exact decimal sums of what partners send: plain strings in, plain strings out, never a double. */
import { Decimal } from 'decimal.js';

/** Wide enough that no sum or product of two elements (at most 35 digits each) is ever rounded. */
const Exact = Decimal.clone({ precision: 100, toExpNeg: -1000, toExpPos: 1000 });
/** What is written as we write it needs no conversion. */
const PLAIN = /^(?:0|-?[1-9]\d{0,34}|-?(?:0|[1-9]\d{0,34})\.\d{0,34}[1-9])$/;
/** An exponent is of X12 type R from 4010 on. */
const NUMBER = /^[+-]?(?:\d{1,35}(?:\.\d{0,35})?|\.\d{1,35})(?:E[+-]?\d{1,2})?$/;

/**
 * A number with a decimal point, its sign on either side, as a plain decimal string; undefined when it is none. A
 * comma is none: in X12 it could only group thousands.
 */
export const decimalOf = (text: string): string | undefined => {
  const trimmed = text.trim();
  const plain = trimmed.endsWith('-') ? `-${trimmed.slice(0, -1)}` : trimmed;
  if (PLAIN.test(plain)) return plain;
  return NUMBER.test(plain) ? new Exact(plain).toFixed() : undefined;
};
/** EDIFACT reads comma and point alike as the decimal mark, whatever UNA says (ISO 9735-1, 10.1). */
export const withPoint = (text: string): string => (/^[^,.]*,[^,.]*$/.test(text) ? text.replace(',', '.') : text);

/** Sum; a text that is no number counts as zero (its own fault is found where it is read). */
export const sum = (texts: Iterable<string>): string => {
  let total = new Exact(0);
  for (const text of texts) total = total.plus(decimalOf(text) ?? 0);
  return total.toFixed();
};
export const product = (a: string, b: string): string =>
  new Exact(decimalOf(a) ?? 0).times(decimalOf(b) ?? 0).toFixed();
/** Quotient to 12 places; the dividend when the divisor is zero or none. */
export const quotient = (a: string, b: string): string => {
  const divisor = new Exact(decimalOf(b) ?? 1);
  const dividend = new Exact(decimalOf(a) ?? 0);
  return divisor.isZero() ? dividend.toFixed() : dividend.div(divisor).toDecimalPlaces(12).toFixed();
};
/** Moves the decimal point to the left: 1250 with 2 implied places (X12 type N2) is 12.5. */
export const shifted = (text: string, places: number): string =>
  new Exact(decimalOf(text) ?? 0).times(new Exact(10).pow(-places)).toFixed();
export const isEqual = (a: string, b: string): boolean =>
  new Exact(decimalOf(a) ?? 0).equals(new Exact(decimalOf(b) ?? 0));
