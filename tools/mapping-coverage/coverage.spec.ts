import { coverageOf, coverageOfCodes, shareOf } from './coverage.ts';

const scan = (rawCode: string, reason?: string) => ({ rawCode, rawText: 'words', ...(reason ? { reason } : {}) });
const reading = (carrier: string, ...events: ReturnType<typeof scan>[]) => ({ carrier, packages: [{ events }] });

describe('the coverage of mappings', () => {
  it('counts scans, mapped ones and different codes by carrier, and names the codes that nobody mapped', () => {
    const readings = [
      reading('ups', scan('I/OF'), scan('I/OF'), scan('Z/Z', 'code-not-mapped')),
      reading('gls', scan('INBOUND', 'consignee')),
      reading('ups', scan('D')),
    ];
    expect(coverageOf(readings)).toEqual([
      { carrier: 'gls', payloads: 1, scans: 1, mapped: 1, codes: 1, unmapped: [] },
      { carrier: 'ups', payloads: 2, scans: 4, mapped: 3, codes: 3, unmapped: ['Z/Z (words)'] },
    ]);
  });
  it('is told in per cent, and not at all without scans', () => {
    expect(shareOf(3, 4)).toBe('75.0 %');
    expect(shareOf(0, 0)).toBe('-');
  });
  it('counts codes of documents by standard and list, and names those that nobody mapped, the most frequent first', () => {
    const code = (list: string, code: string, isMapped: boolean) => ({ list, code, isMapped });
    const documents = [
      { standard: 'X12', codes: [code('units', 'EA', true), code('units', 'Q9', false), code('actions', 'RC', false)] },
      { standard: 'EDIFACT', codes: [code('units', 'PCE', true)] },
      { standard: 'X12', codes: [code('units', 'Q8', false), code('units', 'Q9', false)] },
    ];
    expect(coverageOfCodes(documents)).toEqual([
      { list: 'EDIFACT units', seen: 1, mapped: 1, codes: 1, unmapped: [] },
      { list: 'X12 actions', seen: 1, mapped: 0, codes: 1, unmapped: ['RC (1)'] },
      { list: 'X12 units', seen: 4, mapped: 1, codes: 3, unmapped: ['Q9 (2)', 'Q8 (1)'] },
    ]);
  });
});
