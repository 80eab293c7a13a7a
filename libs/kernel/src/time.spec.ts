import fc from 'fast-check';
import { compareInstants, dayOf, holdsOn, hours, isDay, isInstant, minutes, plusMs, seconds } from './time.js';

const instant = fc
  .date({ min: new Date('2000-01-01T00:00:00.000Z'), max: new Date('2099-12-31T23:59:59.999Z'), noInvalidDate: true })
  .map((date) => date.toISOString());

describe('an instant', () => {
  it.each(['2010-12-01T08:26:00.000Z', '2024-02-29T23:59:59.999Z'])('%s is one', (text) => {
    expect(isInstant(text)).toBe(true);
  });

  it.each([
    '2010-12-01T08:26:00Z',
    '2010-12-01T08:26:00.000+01:00',
    '2010-12-01 08:26:00.000Z',
    '2023-02-29T00:00:00.000Z',
    '2010-13-01T00:00:00.000Z',
    '2010-12-01T24:00:00.000Z',
    '2010-12-01',
    '',
  ])('%j is none', (text) => {
    expect(isInstant(text)).toBe(false);
  });

  it('moves by milliseconds and back, over midnights and leap days', () => {
    expect(plusMs('2024-02-28T23:59:59.999Z', 1)).toBe('2024-02-29T00:00:00.000Z');
    fc.assert(
      fc.property(instant, fc.integer({ min: 0, max: hours(24 * 365) }), (at, ms) => {
        expect(plusMs(plusMs(at, ms), -ms)).toBe(at);
        expect(isInstant(plusMs(at, ms))).toBe(true);
      }),
    );
  });

  it('is earlier as text when it is earlier in time', () => {
    fc.assert(
      fc.property(instant, instant, (a, b) => {
        expect(Math.sign(compareInstants(a, b))).toBe(Math.sign(Date.parse(a) - Date.parse(b)));
      }),
    );
  });
});

describe('a day', () => {
  it('is the date of its instant in UTC', () => {
    expect(dayOf('2010-12-01T23:59:59.999Z')).toBe('2010-12-01');
  });

  it.each([
    ['2024-02-29', true],
    ['2023-02-29', false],
    ['2010-12-01T00:00:00.000Z', false],
    ['12/1/2010', false],
    ['2010-00-10', false],
  ])('%s: %s', (text, is) => {
    expect(isDay(text)).toBe(is);
  });
});

it('durations are milliseconds', () => {
  expect([seconds(2), minutes(2), hours(2)]).toEqual([2_000, 120_000, 7_200_000]);
});

describe('validity', () => {
  it('holds from its first day to its last, both included, and is open where one is left out', () => {
    const days = ['2026-02-28', '2026-03-01', '2026-03-31', '2026-04-01'];
    const on = (validity: object) => days.map((day) => holdsOn(validity, day));
    expect(on({ validFrom: '2026-03-01', validTo: '2026-03-31' })).toEqual([false, true, true, false]);
    expect(on({ validFrom: '2026-03-01' })).toEqual([false, true, true, true]);
    expect(on({ validTo: '2026-03-31' })).toEqual([true, true, true, false]);
    expect(on({})).toEqual([true, true, true, true]);
  });
});
