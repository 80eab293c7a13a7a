import fc from 'fast-check';
import { dateTimeOf, dayOf, digitsOfDay, digitsOfTime } from './calendar.js';
import { decimalOf, isEqual, product, quotient, shifted, sum, withPoint } from './decimal.js';

describe('a day', () => {
  it('is what the calendar has, and is written back as it was read', () => {
    const days = fc.date({ min: new Date('1900-01-01'), max: new Date('2199-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(days, (date) => {
        const day = date.toISOString().slice(0, 10);
        expect(dayOf(digitsOfDay(day))).toBe(day);
      }),
    );
  });
  it.each(['20260230', '20250229', '19000229', '20261301', '20260100', '2026091', '2026-09-12', ''])(
    'is not %s',
    (text) => {
      expect(dayOf(text)).toBeUndefined();
    },
  );
  it.each(['20240229', '20000229', '240229'])('is %s', (text) => {
    expect(dayOf(text)).toMatch(/-02-29$/);
  });
});

describe('a time', () => {
  it('has seconds only where they were sent', () => {
    expect(dateTimeOf('20260912', '0830')).toBe('2026-09-12T08:30:00');
    expect(digitsOfTime('2026-09-12T08:30:00')).toBe('0830');
    expect(digitsOfTime('2026-09-12T08:30:15')).toBe('083015');
  });
  it.each(['2400', '0860', '8:30', '083'])('is not %s', (text) => {
    expect(dateTimeOf('20260912', text)).toBeUndefined();
  });
});

describe('a number', () => {
  it.each([
    ['12.50', '12.5'],
    ['0012', '12'],
    ['.5', '0.5'],
    ['12.', '12'],
    ['5-', '-5'],
    ['+5', '5'],
    ['-0', '0'],
    ['1E3', '1000'],
    ['123456789012345678901234567890.1', '123456789012345678901234567890.1'],
  ])('%s is %s', (text, decimal) => {
    expect(decimalOf(text)).toBe(decimal);
  });
  it.each(['', 'x', '1,000', '1.2.3', '--5', '0x10', 'Infinity', 'NaN'])('is not %j', (text) => {
    expect(decimalOf(text)).toBeUndefined();
  });
  it('is exact in sums and products of any length', () => {
    expect(sum(['0.1', '0.2', 'x', '1E2'])).toBe('100.3');
    expect(product('0.1', '0.2')).toBe('0.02');
    expect(quotient('10', '4')).toBe('2.5');
    expect(quotient('10', '0')).toBe('10');
    expect(shifted('1250', 2)).toBe('12.5');
    expect(isEqual('1.50', '1.5')).toBe(true);
    expect(withPoint('1,5')).toBe('1.5');
    expect(withPoint('1.000,5')).toBe('1.000,5');
  });
});
