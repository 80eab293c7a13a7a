import { rangeOf } from './ranges.js';

describe('numbers named by the first and the last of them', () => {
  it.each([
    ['one alone', ['S-7', undefined], ['S-7']],
    ['none', [undefined, undefined], []],
    ['the same twice', ['S-7', 'S-7'], ['S-7']],
    ['digits at the end', ['S-098', 'S-101'], ['S-098', 'S-099', 'S-100', 'S-101']],
    [
      'SSCCs, each with its own check digit',
      ['354123450000000021', '354123450000000045'],
      ['354123450000000021', '354123450000000038', '354123450000000045'],
    ],
    ['other beginnings', ['A-1', 'B-3'], ['A-1', 'B-3']],
    ['other lengths', ['S-9', 'S-10'], ['S-9', 'S-10']],
    ['the last before the first', ['S-3', 'S-1'], ['S-3', 'S-1']],
    ['no digits', ['AB', 'AC'], ['AB', 'AC']],
  ] as const)('%s', (_, [first, last], expected) => {
    expect(rangeOf(first, last)).toEqual(expected);
  });

  it('are not made up by the million', () => {
    expect(rangeOf('S-00000000', 'S-99999999')).toEqual(['S-00000000', 'S-99999999']);
  });
});
