/** Codes of the UCI files that are no goods: nothing to stock, nothing to receive. */
const FREIGHT = ['POST', 'DOT', 'C2', 'C3'];
const CHARGES = ['M', 'D', 'BANK CHARGES', 'AMAZONFEE', 'CRUK', 'S', 'B', 'ADJUST', 'ADJUST2'];
const CODES = new Map<string, 'freight' | 'charge'>([
  ...FREIGHT.map((code) => [code, 'freight'] as const),
  ...CHARGES.map((code) => [code, 'charge'] as const),
]);

export const kindOf = (code: string): 'goods' | 'freight' | 'charge' => CODES.get(code.toUpperCase()) ?? 'goods';
