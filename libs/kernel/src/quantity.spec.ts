import fc from 'fast-check';
import { toBaseUnits } from './quantity.js';

const DOZEN = { unit: 'DZN', numerator: 12, denominator: 1 };
const THIRD = { unit: 'TRD', numerator: 1, denominator: 3 };
const units = (value: string, unit: string) => toBaseUnits({ value, unit }, 'EA', [DOZEN, THIRD]);

describe('a quantity in base units', () => {
  it.each([
    ['6', 'EA', 6],
    ['6.000', 'EA', 6],
    ['2', 'DZN', 24],
    ['0.5', 'DZN', 6],
    ['0.25', 'DZN', 3],
    ['3', 'TRD', 1],
    ['-10', 'EA', -10],
    ['0', 'EA', 0],
  ])('%s %s are %i', (value, unit, expected) => {
    expect(units(value, unit)).toEqual({ ok: true, units: expected });
  });

  it.each([
    ['1.5', 'EA'],
    ['0.1', 'DZN'],
    ['1', 'TRD'],
  ])('%s %s would be a fraction of an indivisible unit, and is refused', (value, unit) => {
    expect(units(value, unit)).toEqual({ ok: false, reason: 'fraction-of-unit' });
  });

  it('in a unit that the item is not sold in is refused', () => {
    expect(units('1', 'PAL')).toEqual({ ok: false, reason: 'unit-unknown' });
  });

  it.each(['', '1e3', 'ten', '1,5', 'Infinity'])('written %j is refused', (value) => {
    expect(units(value, 'EA')).toEqual({ ok: false, reason: 'quantity-unreadable' });
  });

  it('beyond what can be counted exactly is refused, not rounded', () => {
    expect(units('999999999999999', 'DZN')).toEqual({ ok: false, reason: 'quantity-unreadable' });
  });

  it('is exact for every rational factor: whole or refused, never rounded', () => {
    const factor = fc.integer({ min: 1, max: 10_000 });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000_000 }), factor, factor, (count, numerator, denominator) => {
        const answer = toBaseUnits({ value: String(count), unit: 'X' }, 'EA', [{ unit: 'X', numerator, denominator }]);
        const product = BigInt(count) * BigInt(numerator);
        const whole = product % BigInt(denominator) === 0n;
        expect(answer).toEqual(
          whole
            ? { ok: true, units: Number(product / BigInt(denominator)) }
            : { ok: false, reason: 'fraction-of-unit' },
        );
      }),
    );
  });
});
