import { coverageOf, shareOf } from './coverage.ts';

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
    expect(shareOf({ scans: 4, mapped: 3 })).toBe('75.0 %');
    expect(shareOf({ scans: 0, mapped: 0 })).toBe('-');
  });
});
