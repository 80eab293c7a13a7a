import { dateTimeOf, dayOf, momentOf } from './instants.js';

describe('a date and time', () => {
  it.each([
    ['a day', '2026-01-05', '2026-01-05'],
    ['local, and stays local', '2026-01-05T10:30:00', '2026-01-05T10:30:00'],
    ['local without seconds', '2026-01-05 10:30', '2026-01-05T10:30:00'],
    ['with an offset', '2026-01-05T10:30:00-05:00', '2026-01-05T10:30:00-05:00'],
    ['with an offset without colon', '2026-01-05T10:30:00-0500', '2026-01-05T10:30:00-05:00'],
    ['with empty fractions', '2026-01-05T10:30:00.000Z', '2026-01-05T10:30:00Z'],
    ['with fractions', '2026-01-05T10:30:00.120Z', '2026-01-05T10:30:00.12Z'],
    ['compact', '20260105103000', '2026-01-05T10:30:00'],
    ['of .NET JSON', '/Date(1767609000000-0500)/', '2026-01-05T10:30:00Z'],
    ['in .NET ticks', '639032058000000000', '2026-01-05T10:30:00Z'],
    ['of RFC 2822', 'Mon, 05 Jan 2026 10:30:00 +0000', '2026-01-05T10:30:00Z'],
  ])('%s', (_, text, expected) => {
    expect(dateTimeOf(text)).toBe(expected);
  });

  it.each(['', '2026-02-30', '2026-13-01', '05/01/2026', 'tomorrow', '2026-01-05T25:00:00', '1', '9'.repeat(1000)])(
    'that is none: %s',
    (text) => {
      expect(dateTimeOf(text)).toBeUndefined();
    },
  );

  it('just before midnight is of the day that its sender wrote', () => {
    expect(dayOf('2026-01-05T23:59:59-11:00')).toBe('2026-01-05');
    expect(momentOf('2026-01-05')).toEqual({ issued: '2026-01-05' });
  });
});
