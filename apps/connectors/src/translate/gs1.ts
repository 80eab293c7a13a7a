/** GS1 keys: the check digit of GTIN, GLN and SSCC (GS1 General Specifications, 7.9). */
export const hasCheckDigit = (digits: string): boolean => {
  let sum = 0;
  for (let at = 0; at < digits.length; at++) sum += Number(digits[digits.length - 1 - at]) * (at % 2 === 0 ? 1 : 3);
  return sum % 10 === 0;
};
/** GTIN-8, -12, -13 or -14 with its check digit. */
export const isGtin = (text: string): boolean => /^(\d{8}|\d{12,14})$/.test(text) && hasCheckDigit(text);
export const isSscc = (text: string): boolean => /^\d{18}$/.test(text) && hasCheckDigit(text);
export const isGln = (text: string): boolean => /^\d{13}$/.test(text) && hasCheckDigit(text);
/** Lot and serial numbers (AI 10 and 21): up to 20 characters of set 82 (GS1 General Specifications, figure 7.11-1). */
export const isGs1Text = (text: string): boolean => /^[!"%-?A-Z_a-z]{1,20}$/.test(text);
