import fc from 'fast-check';
import { packagesOf, picksOf, shortPickOf, type FulfilmentLine } from './pack.js';
import { checkDigit, ssccOf, trackingNoOf } from './sscc.js';

const linesOf = (...quantities: number[]): FulfilmentLine[] =>
  quantities.map((quantity, at) => ({ lineNo: at + 1, item: `ITEM-${at + 1}`, quantity }));
const someLines = fc
  .array(fc.integer({ min: 1, max: 500 }), { minLength: 1, maxLength: 300 })
  .map((quantities) => linesOf(...quantities));

describe('a package number', () => {
  it.each([
    ['629104150021', 3],
    ['0950600013435', 2],
    ['37610425002123456', 9],
  ])('has the GS1 check digit: %s gives %d', (digits, digit) => {
    expect(checkDigit(digits)).toBe(digit);
  });

  it('has 18 digits, a right check digit, and one for every serial', () => {
    const numbers = Array.from({ length: 500 }, (_, serial) => ssccOf(serial));
    expect(new Set(numbers).size).toBe(500);
    for (const number of numbers) {
      expect(number).toMatch(/^\d{18}$/);
      expect(checkDigit(number.slice(0, 17))).toBe(Number(number.at(-1)));
    }
  });

  it('and a tracking number are the same whenever they are asked for', () => {
    expect(trackingNoOf('fulfilment-1', 1)).toBe(trackingNoOf('fulfilment-1', 1));
    expect(trackingNoOf('fulfilment-1', 1)).toMatch(/^CD[0-9A-Z]{14}$/);
    expect(trackingNoOf('fulfilment-1', 2)).not.toBe(trackingNoOf('fulfilment-1', 1));
  });
});

describe('a fulfilment order in the warehouse', () => {
  it('is picked in full as a rule', () => {
    expect(shortPickOf('fulfilment-1', linesOf(6), 0)).toBeUndefined();
    expect(picksOf(linesOf(6, 2), undefined)).toEqual([
      { lineNo: 1, picked: 6, short: 0 },
      { lineNo: 2, picked: 2, short: 0 },
    ]);
  });

  it('is short of half a line when it is to be short, but never of everything', () => {
    expect(shortPickOf('fulfilment-1', linesOf(1, 5), 1)).toEqual({ lineNo: 2, short: 2 });
    expect(shortPickOf('fulfilment-1', linesOf(1, 1), 1)).toBeUndefined();
  });

  it('is short as often as the rate says', () => {
    const short = Array.from({ length: 2000 }, (_, at) => shortPickOf(`fulfilment-${at}`, linesOf(4), 0.1)).filter(
      Boolean,
    );
    expect(short.length).toBeGreaterThan(140);
    expect(short.length).toBeLessThan(260);
  });

  it('leaves in packages exactly what was picked, whatever the lines', () => {
    fc.assert(
      fc.property(
        someLines,
        fc.integer({ min: 1, max: 120 }),
        fc.integer({ min: 0, max: 1 }),
        (lines, perPackage, rate) => {
          const picks = picksOf(lines, shortPickOf('fulfilment', lines, rate));
          const packages = packagesOf('fulfilment', picks, perPackage, 1);
          const packed = packages.flatMap(({ contents }) => contents);
          expect(packed).toEqual(
            picks.filter(({ picked }) => picked > 0).map(({ lineNo, picked }) => ({ lineNo, quantity: picked })),
          );
          expect(picks.every(({ picked, short }, at) => picked + short === lines[at]?.quantity && picked > 0)).toBe(
            true,
          );
          expect(packages.every(({ contents }) => contents.length > 0 && contents.length <= perPackage)).toBe(true);
          expect(new Set(packages.map(({ sscc }) => sscc)).size).toBe(packages.length);
        },
      ),
    );
  });
});
