import { figureOf, ratioOf, shown } from './figures.ts';

describe('figures of a bench', () => {
  it('are the median with its span', () => {
    expect(figureOf([3, 1, 2])).toEqual({ median: 2, min: 1, max: 3 });
    expect(figureOf([4, 1, 2, 3])).toEqual({ median: 2.5, min: 1, max: 4 });
    expect(shown(figureOf([3, 1, 2]), 1)).toBe('2.0 (1.0 to 3.0)');
  });
  it('compare runs pair by pair', () => {
    expect(ratioOf([10, 30], [100, 100])).toEqual({ median: 0.2, min: 0.1, max: 0.3 });
  });
  it('need runs', () => {
    expect(() => figureOf([])).toThrow(RangeError);
    expect(() => ratioOf([1], [])).toThrow(RangeError);
  });
});
