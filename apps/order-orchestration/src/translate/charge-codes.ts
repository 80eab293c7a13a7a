/**
 * Codes of order files that are no goods: they move no stock, but are billed on the first invoice of their order.
 * What does not stand here is goods. Freight is revenue of account 4050, other charges of 4060.
 */
import type { LineKind } from '@crossdock/contracts';

const FREIGHT: Readonly<Record<string, string>> = {
  POST: 'postage',
  DOT: 'postage of the web shop',
  C2: 'carriage',
  C3: 'carriage',
};
const CHARGES: Readonly<Record<string, string>> = {
  M: 'manual entry',
  D: 'discount',
  S: 'samples',
  B: 'adjustment of bad debt',
  'BANK CHARGES': 'bank charges',
  AMAZONFEE: 'fee of a marketplace',
  CRUK: 'commission for a charity',
  ADJUST: 'adjustment by hand',
  ADJUST2: 'adjustment by hand',
};

/** What a code stands for; the same code in lower case is the same code. */
export const kindOfCode = (code: string): LineKind => {
  const known = code.trim().toUpperCase();
  if (Object.hasOwn(FREIGHT, known)) return 'freight';
  return Object.hasOwn(CHARGES, known) ? 'charge' : 'goods';
};
