/** What a 940 (W0501) and an 875 (G5001) are about: the same codes in both. */
import { codesFor, OWN, type CodeTable } from '../../code-table.js';

/** Line replace (L), changes to other than lines (G), resubmission (T) and backorders (B, E) are not mapped: a person decides. */
export const ORDER_STATUSES: CodeTable<string> = {
  ...OWN,
  list: 'purposes',
  codeSet: 'X12 473, 004010',
  source: 'X12 data element dictionary, order status code',
  example: { sent: 'W05*F*DEP-1*4501', code: 'F', means: 'cancel' },
  rows: {
    N: 'original',
    R: 'change',
    F: 'cancel',
    D: 'cancel',
    C: 'confirmation',
    A: 'information',
    X: 'simulation',
  },
};
const CODES = codesFor(ORDER_STATUSES);
/** Code of a word; an order that says nothing, or what has no code, is an original. */
export const orderStatusCode = (word: string | undefined): string => CODES.get(word ?? 'original') ?? 'N';
