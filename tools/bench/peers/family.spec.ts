import { familyOf } from './family.ts';

describe('a process and what descends from it', () => {
  it('is found through every generation, in whatever order processes are listed', () => {
    const parentOf = new Map([
      [5, 4],
      [4, 2],
      [3, 1],
      [2, 1],
      [9, 8],
    ]);
    expect(new Set(familyOf([2], parentOf))).toEqual(new Set([2, 4, 5]));
    expect(familyOf([9, 9], parentOf)).toEqual([9]);
  });
});
