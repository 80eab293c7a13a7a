import type { CanonicalDocument } from '../canonical/document.js';
import { NO_CONTEXT } from '../translate/translation.js';
import { aGroup, anInterchange, aTransactionSet } from '../translate/x12/x12.builders.js';
import { translateX12 } from '../translate/x12/translate.js';
import { unbookable } from './bookable.js';

const readOf = (type: string, ...body: string[]): CanonicalDocument => {
  const text = anInterchange([aGroup([aTransactionSet(type, '0001', ...body)])]);
  const [found] = translateX12(Buffer.from(text), NO_CONTEXT).flatMap(({ documents }) => documents);
  if (!found?.canonical) throw new Error('nothing was read');
  return found.canonical;
};
const told = (canonical: CanonicalDocument) => unbookable(canonical).map(({ path, text }) => [path, text]);
const despatch = (purpose?: string): CanonicalDocument => ({
  kind: 'despatch-advice',
  data: { number: 'DA-1', lines: [], ...(purpose ? { purpose } : {}) },
});

describe('a document that acts on stock', () => {
  it.each(['F', 'N', 'J', 'P'])('is a plain report (514 %s)', (code) => {
    expect(told(readOf('944', `W17*${code}*20260914*R-1*TR-1`, 'W07*1*EA**VN*A-1', 'W14*1'))).toEqual([]);
  });
  it.each([
    ['C', 'customer-return'],
    ['K', 'simulation'],
    ['X', 'exceptions-only'],
    ['S', 'inventory-shortage'],
  ])('is none that reports something else (514 %s)', (code, kind) => {
    const documents = [
      readOf('944', `W17*${code}*20260914*R-1*TR-1`, 'W07*1*EA**VN*A-1', 'W14*1'),
      readOf('943', `W06*${code}*TR-1*20260914*R-1`, 'W04*1*EA**VN*A-1', 'W03*1'),
      readOf('945', `W06*${code}*TR-1*20260914*R-1`, 'LX*1', 'W12*CC*1*1*0*EA**VN*A-1', 'W03*1'),
    ];
    for (const document of documents)
      expect(told(document)).toEqual([['reporting', expect.stringContaining(`R-1 is of the kind ${kind}`)]]);
  });
  it('is none that takes back or amends another', () => {
    for (const purpose of [undefined, 'original', 'replace', 'duplicate']) expect(told(despatch(purpose))).toEqual([]);
    for (const purpose of ['cancel', 'change'])
      expect(told(despatch(purpose))).toEqual([['purpose', expect.stringContaining(purpose)]]);
  });
});
