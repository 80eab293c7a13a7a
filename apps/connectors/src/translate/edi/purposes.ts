/** Purpose of a document: X12 element 353 and EDIFACT code list 1225, by our word. */
const ROWS: readonly (readonly [word: string, x12: string, edifact: string])[] = [
  ['original', '00', '9'],
  ['cancel', '01', '1'],
  ['change', '04', '4'],
  ['replace', '05', '5'],
  ['confirmation', '06', '6'],
  ['duplicate', '07', '7'],
  ['status', '08', '34'],
  ['additional-copy', '22', '31'],
];
const words = (column: 1 | 2): ReadonlyMap<string, string> => new Map(ROWS.map((row) => [row[column], row[0]]));
const codes = (column: 1 | 2): ReadonlyMap<string, string> => new Map(ROWS.map((row) => [row[0], row[column]]));
const WORDS = { x12: words(1), edifact: words(2) };
const CODES = { x12: codes(1), edifact: codes(2) };

/** Our word for a code; the code itself where there is none. */
export const purposeOf = (standard: 'x12' | 'edifact', code: string | undefined): string | undefined =>
  code === undefined ? undefined : (WORDS[standard].get(code) ?? code);
/** Code of a word; a word that is none of ours is a code as it was sent. */
export const purposeCode = (standard: 'x12' | 'edifact', word: string | undefined): string =>
  CODES[standard].get(word ?? 'original') ?? word ?? '';
