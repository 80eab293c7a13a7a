import { paceOf, slicesOf, type Dated } from './pace.ts';

const at = (hour: number, value: string): Dated<string> => ({ atMs: hour * 3_600_000, value });
const undated = (value: string): Dated<string> => ({ atMs: undefined, value });

describe('the pace of a day', () => {
  it('is read as a word or as a number of times', () => {
    expect(paceOf('max')).toEqual({ kind: 'max' });
    expect(paceOf('realtime')).toEqual({ kind: 'times', factor: 1 });
    expect(paceOf('600x')).toEqual({ kind: 'times', factor: 600 });
    expect(paceOf('0x')).toBeUndefined();
    expect(paceOf('fast')).toBeUndefined();
  });

  it('sends documents at their time of day, counted from the first', () => {
    const slices = slicesOf([at(8, 'a'), at(9, 'b')], { kind: 'times', factor: 3600 });
    expect(slices).toEqual([
      { afterMs: 0, values: ['a'] },
      { afterMs: 1000, values: ['b'] },
    ]);
  });

  it('plays a whole day within the time given', () => {
    const slices = slicesOf([at(17, 'last'), at(7, 'first'), at(12, 'noon')], { kind: 'within', ms: 60_000 });
    expect(slices.map(({ afterMs, values }) => [afterMs, ...values])).toEqual([
      [0, 'first'],
      [30_000, 'noon'],
      [60_000, 'last'],
    ]);
  });

  it('spreads documents without a time evenly over the day', () => {
    const slices = slicesOf(['a', 'b', 'c'].map(undated), { kind: 'within', ms: 10_000 });
    expect(slices.map(({ afterMs }) => afterMs)).toEqual([0, 5_000, 10_000]);
  });

  it('sends everything at once at max, in parts of a bounded size', () => {
    const many = Array.from({ length: 120 }, (_, nth) => at(nth % 24, String(nth)));
    const slices = slicesOf(many, { kind: 'max' });
    expect(slices.map(({ values }) => values.length)).toEqual([50, 50, 20]);
    expect(slices.every(({ afterMs }) => afterMs === 0)).toBe(true);
  });
});
