import fc from 'fast-check';
import { allocate, exponentOf, formatMinor, lineAmount, minorOf, percentOf, readDecimal } from './money.js';

const price = fc
  .tuple(fc.integer({ min: 0, max: 99_999 }), fc.integer({ min: 0, max: 999_999 }))
  .map(([whole, part]) => `${whole}.${String(part).padStart(6, '0')}`);

describe('the amount of a line', () => {
  it.each([
    ['2.55', '6', 1530],
    ['0.005', '1', 1],
    ['0.0049', '1', 0],
    ['0.125', '1', 13],
    ['0.125', '3', 38],
    ['1.005', '1', 101],
    ['2.675', '1', 268],
    ['11062.06', '1', 1_106_206],
    ['0.001', '1000', 100],
    ['0', '24', 0],
    ['3.39', '-6', -2034],
    ['0.005', '-1', -1],
  ])('%s each, %s of them: %i pence', (unitPrice, quantity, expected) => {
    expect(lineAmount(unitPrice, quantity)).toBe(expected);
  });

  it('is rounded once, half up, and nowhere else: never more than half a penny from the exact product', () => {
    fc.assert(
      fc.property(price, fc.integer({ min: 0, max: 100_000 }), (unitPrice, quantity) => {
        const exact = BigInt(unitPrice.replace('.', '')) * BigInt(quantity); // in millionths of a pound
        const distance = exact - BigInt(lineAmount(unitPrice, String(quantity))) * 10_000n;
        expect(distance >= -5_000n && distance < 5_000n).toBe(true);
      }),
    );
  });

  it('of a return is the same with the other sign', () => {
    fc.assert(
      fc.property(price, fc.integer({ min: 1, max: 100_000 }), (unitPrice, quantity) => {
        expect(lineAmount(unitPrice, `-${quantity}`)).toBe(0 - lineAmount(unitPrice, String(quantity)));
      }),
    );
  });

  it('follows the decimal places of its currency', () => {
    expect(lineAmount('1.5', '1', 'JPY')).toBe(2);
    expect(lineAmount('1.5', '1', 'KWD')).toBe(1500);
    expect(exponentOf('EUR')).toBe(2);
  });

  it('beyond what can be counted exactly is an error, not a wrong number', () => {
    expect(() => lineAmount('999999999999', '999999999999')).toThrow(RangeError);
  });

  it.each(['1e3', '1,5', '', ' 1', '+1', '.5', '1.', 'NaN', '0x10', '1234567890123456', '--1'])(
    'of a price written %j is refused',
    (text) => {
      expect(readDecimal(text)).toBeUndefined();
      expect(() => lineAmount(text, '1')).toThrow(RangeError);
    },
  );
});

describe('a percentage of an amount', () => {
  it.each([
    [1800, '20', 360],
    [1, '50', 1],
    [-1, '50', -1],
    [999, '17.5', 175],
    [10_000, '5.5', 550],
    [12_345, '0', 0],
  ])('of %i at %s %% is %i', (amount, rate, expected) => {
    expect(percentOf(amount, rate)).toBe(expected);
  });
});

describe('an amount that is allocated', () => {
  const amount = fc.integer({ min: -1_000_000_000, max: 1_000_000_000 });
  const weights = fc
    .array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 1, maxLength: 50 })
    .filter((all) => all.some((weight) => weight > 0));

  it('adds up to itself: nothing is lost and nothing made', () => {
    fc.assert(
      fc.property(amount, weights, (whole, shares) => {
        expect(allocate(whole, shares).reduce((sum, part) => sum + part, 0)).toBe(whole);
      }),
    );
  });

  it('gives every part its share to the penny, and nothing to who has no weight', () => {
    fc.assert(
      fc.property(amount, weights, (whole, shares) => {
        const total = BigInt(shares.reduce((sum, weight) => sum + weight, 0));
        allocate(whole, shares).forEach((part, index) => {
          const off = BigInt(part) * total - BigInt(whole) * BigInt(shares[index] as number);
          expect(off > -total && off < total).toBe(true);
          if (shares[index] === 0) expect(part + 0).toBe(0);
        });
      }),
    );
  });

  it('is the same for the same weights, and of both signs alike', () => {
    fc.assert(
      fc.property(amount, weights, (whole, shares) => {
        expect(allocate(whole, shares)).toEqual(allocate(whole, shares));
        expect(allocate(-whole, shares).map((part) => part + 0)).toEqual(
          allocate(whole, shares).map((part) => 0 - part),
        );
      }),
    );
  });

  it('gives what is left over to the largest remainders, ties to the earlier', () => {
    expect(allocate(100, [1, 1, 1])).toEqual([34, 33, 33]);
    expect(allocate(5, [3, 7])).toEqual([2, 3]);
    expect(allocate(1, [0, 0, 1, 1])).toEqual([0, 0, 1, 0]);
  });

  it('over weights of nothing is an error', () => {
    expect(() => allocate(1, [])).toThrow(RangeError);
    expect(() => allocate(1, [0, 0])).toThrow(RangeError);
  });
});

describe('an amount as text', () => {
  it.each([
    [1234, 'GBP', '12.34'],
    [5, 'GBP', '0.05'],
    [-5, 'GBP', '-0.05'],
    [0, 'GBP', '0.00'],
    [1234, 'JPY', '1234'],
    [1234, 'BHD', '1.234'],
  ])('%i of %s is %s', (amount, currency, text) => {
    expect(formatMinor(amount, currency)).toBe(text);
  });

  it('reads back as itself', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -(10 ** 15) + 1, max: 10 ** 15 - 1 }),
        fc.constantFrom('GBP', 'JPY', 'KWD'),
        (amount, currency) => {
          expect(minorOf(formatMinor(amount, currency), currency)).toBe(amount);
        },
      ),
    );
  });
});
