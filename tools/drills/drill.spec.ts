import { medianOf } from '../bench/figures.ts';
import { randomFrom, shuffled, strikesIn, type Drill } from './drill.ts';
import { tableOf, type Result } from './results.ts';

describe('the choices of a drill', () => {
  it('are the same from the same seed, and others from another', () => {
    const draw = (seed: string) => {
      const random = randomFrom(seed);
      return Array.from({ length: 5 }, () => random.below(1_000));
    };
    expect(draw('a')).toEqual(draw('a'));
    expect(draw('a')).not.toEqual(draw('b'));
  });

  it('leave nothing out when they are shuffled', () => {
    const all = Array.from({ length: 20 }, (_, at) => at);
    const mixed = shuffled(randomFrom('a'), all);
    expect(mixed).not.toEqual(all);
    expect(mixed.toSorted((a, b) => a - b)).toEqual(all);
  });

  it('are as many as the day has room for', () => {
    expect(strikesIn({ most: 200, perMinute: 8 }, 3)).toBe(24);
    expect(strikesIn({ most: 4, perMinute: 8 }, 3)).toBe(4);
    expect(strikesIn({ most: 4, perMinute: 0.1 }, 1)).toBe(1);
  });
});

describe('the table of drills', () => {
  const drills: Drill[] = ['one', 'two'].map((name) => ({
    name,
    about: `does ${name}.`,
    most: 1,
    perMinute: 1,
    strikes: () => [],
  }));
  const result: Result = {
    drill: 'two',
    seed: 's',
    minutes: 1,
    orders: 40,
    strikes: 3,
    held: 17,
    checked: 17,
    deadLetters: 0,
    recovery: { median: 1.25, max: 4 },
    sinceStart: { median: 2, max: 2.5 },
    wrong: [],
  };

  it('has a row for every drill, also for one that never ran', () => {
    expect(tableOf(drills, [result]).split('\n').slice(2)).toEqual([
      '| `one` | does one. | | | | | | not run yet |',
      '| `two` | does two. | 3 | 40 | 1.3 / 4.0 | 2.0 / 2.5 | 17 of 17 | passed |',
    ]);
  });
  it('says what was wrong', () => {
    expect(tableOf(drills, [{ ...result, held: 16, wrong: ['I4: 1 of TEA is missing'] }])).toContain(
      'I4: 1 of TEA is missing',
    );
  });
  it('takes the middle of the times', () => {
    expect([medianOf([]), medianOf([3, 1, 2]), medianOf([4, 1])]).toEqual([0, 2, 2.5]);
  });
});
