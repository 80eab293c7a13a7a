/** GS1 numbers of packages. */
import { createHash } from 'node:crypto';

/** GS1 check digit (General Specifications, 7.9): weights 3 and 1 from the right, up to the next ten. */
export const checkDigit = (digits: string): number => {
  const sum = [...digits].reverse().reduce((total, digit, at) => total + Number(digit) * (at % 2 === 0 ? 3 : 1), 0);
  return (10 - (sum % 10)) % 10;
};

/** GS1's own prefix for examples. */
const COMPANY_PREFIX = '9506000';
const EXTENSION = '0';

/** Serial Shipping Container Code: extension, company prefix, serial, check digit; 18 digits. */
export const ssccOf = (serial: number): string => {
  const body = `${EXTENSION}${COMPANY_PREFIX}${String(serial).padStart(9, '0')}`;
  return `${body}${checkDigit(body)}`;
};

/** Tracking number of the nth package of a fulfilment order: `CD` and 14 letters and digits, always the same. */
export const trackingNoOf = (fulfilmentId: string, nth: number): string => {
  const hash = createHash('sha256').update(`${fulfilmentId}/${nth}`).digest('hex').slice(0, 20);
  return `CD${BigInt(`0x${hash}`).toString(36).toUpperCase().padStart(14, '0').slice(-14)}`;
};
