/** Amounts of documents: decimal text to integer minor units, never a throw. */
import { formatMinor, minorOf } from '@crossdock/kernel';
import type { Money } from '../canonical/shapes.js';
import { decimalOf } from './edi/decimal.js';

const CURRENCY = /^[A-Z]{3}$/;

/** Money of a decimal text, rounded half up to the currency's places; undefined when it is no amount. */
export const moneyOf = (text: string | undefined, currency: string | undefined): Money | undefined => {
  const decimal = text === undefined ? undefined : decimalOf(text);
  if (decimal === undefined || !currency || !CURRENCY.test(currency)) return undefined;
  try {
    return { minor: minorOf(decimal, currency) + 0, currency };
  } catch {
    return undefined; // beyond what can be counted exactly
  }
};
/** `12.34`, as documents write it. */
export const amountText = ({ minor, currency }: Money): string => formatMinor(minor, currency);

/** Sum of amounts of one currency; undefined when there are none or they are of several. */
export const sumOf = (amounts: readonly (Money | undefined)[]): Money | undefined => {
  const [first, ...rest] = amounts;
  if (!first || rest.some((amount) => amount?.currency !== first.currency)) return undefined;
  const minor = amounts.reduce((sum, amount) => sum + (amount?.minor ?? 0), 0);
  return Number.isSafeInteger(minor) ? { minor, currency: first.currency } : undefined;
};
