import { slopeOf, steepest } from './series.ts';

describe('a slope', () => {
  it('is how much y grows with each x', () => {
    expect(
      slopeOf([
        [0, 5],
        [10, 25],
        [20, 45],
      ]),
    ).toBeCloseTo(2);
  });
  it('is none of one point, or of points at one place', () => {
    expect(slopeOf([[3, 4]])).toBe(0);
    expect(
      slopeOf([
        [3, 4],
        [3, 9],
      ]),
    ).toBe(0);
  });
});

describe('the steepest stretch', () => {
  it('is found wherever it stands', () => {
    const points = [
      [0, 0],
      [1, 1],
      [2, 21],
      [3, 41],
      [4, 42],
    ] as const;
    expect(steepest(points, 2)).toBe(20);
  });
  it('is nothing when less than a window was seen', () => {
    expect(
      steepest(
        [
          [0, 0],
          [1, 50],
        ],
        5,
      ),
    ).toBe(0);
  });
});
