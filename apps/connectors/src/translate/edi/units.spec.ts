import { REC_20 } from './rec20.js';
import { unitOfEdifact, unitOfX12, x12UnitOf } from './units.js';

const TWO = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'];
const X12_CODES = TWO.flatMap((first) => TWO.map((second) => first + second)).filter((code) => unitOfX12(code));

describe('units', () => {
  it.each([
    ['CA', 'CS'],
    ['PL', 'PF'],
    ['CN', 'CA'],
    ['PH', 'PK'],
    ['SH', 'XST'],
    ['HV', 'CWA'],
    ['RM', 'RM'],
    ['P6', 'P6'],
    ['Q9', undefined],
  ])('X12 %s is %s', (sent, unit) => {
    expect(unitOfX12(sent)).toBe(unit);
  });

  it.each([
    ['PCE', 'H87'],
    ['XCT', 'XCT'],
    ['CT', 'CT'],
    ['D41', 'D41'],
    ['PX', 'XPX'],
    ['GBND', undefined],
  ])('EDIFACT %s is %s', (sent, unit) => {
    expect(unitOfEdifact(sent)).toBe(unit);
  });

  it('what was read of X12 is written as a code that means the same', () => {
    expect(X12_CODES.length).toBeGreaterThan(200);
    for (const code of X12_CODES) {
      const unit = unitOfX12(code) as string;
      expect(unitOfX12(x12UnitOf(unit))).toBe(unit);
    }
  });

  it('every X12 code means a unit of Recommendation 20', () => {
    expect(X12_CODES.map((code) => unitOfX12(code) as string).filter((unit) => !REC_20.has(unit))).toEqual([]);
  });
});
