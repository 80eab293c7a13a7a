/** Purpose of a document: X12 element 353 and EDIFACT code list 1225, by our word. */
import { codesFor, OWN, type CodeTable } from '../code-table.js';

export const X12_PURPOSES: CodeTable<string> = {
  ...OWN,
  list: 'purposes',
  codeSet: 'X12 353, 004010',
  source: 'X12 data element dictionary, transaction set purpose code',
  example: { sent: 'BEG*00*SA*4501**20260105', code: '00', means: 'original' },
  rows: {
    '00': 'original',
    '01': 'cancel',
    '04': 'change',
    '05': 'replace',
    '06': 'confirmation',
    '07': 'duplicate',
    '08': 'status',
    '22': 'additional-copy',
    '77': 'simulation',
  },
};
export const EDIFACT_PURPOSES: CodeTable<string> = {
  ...OWN,
  list: 'purposes',
  codeSet: 'EDIFACT 1225, D.96A',
  source: 'UN/EDIFACT code list 1225, message function',
  example: { sent: 'BGM+220+4501+9', code: '9', means: 'original' },
  rows: {
    '9': 'original',
    '1': 'cancel',
    '4': 'change',
    '5': 'replace',
    '6': 'confirmation',
    '7': 'duplicate',
    '8': 'status',
    '31': 'additional-copy',
  },
};
const CODES = { x12: codesFor(X12_PURPOSES), edifact: codesFor(EDIFACT_PURPOSES) };

/** Code of a word; a word that is none of ours is a code as it was sent. */
export const purposeCode = (standard: 'x12' | 'edifact', word: string | undefined): string =>
  CODES[standard].get(word ?? 'original') ?? word ?? '';
