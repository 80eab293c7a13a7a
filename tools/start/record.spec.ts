import { dayToPlay, sameInput, seedCounted, type InputIdentity, type RunRecord } from './record.ts';

const day = (seed: string, date = '2026-11-20', size: number | null = null): InputIdentity => ({
  kind: 'day',
  seed,
  date,
  size,
});
const run = (input: InputIdentity, ended: boolean, lastSeed = 1): RunRecord => ({
  input,
  batchId: null,
  startedAt: '2026-11-20T08:00:00.000Z',
  pace: { kind: 'max' },
  jobs: {},
  handedIn: false,
  ended,
  lastSeed,
});
const wanted = { seed: undefined, size: undefined, today: '2026-11-21' };

describe('which day is played', () => {
  it('is the first one on new books', () => {
    expect(dayToPlay(wanted, undefined)).toEqual(day('1', '2026-11-21'));
  });

  it('is another one at every start, files in between or not', () => {
    expect(dayToPlay(wanted, run(day('1'), true, 1))).toEqual(day('2', '2026-11-21'));
    expect(dayToPlay(wanted, run({ kind: 'file', hash: 'x' }, true, 4))).toEqual(day('5', '2026-11-21'));
  });

  it('is the interrupted one, with its date, when it was not over', () => {
    expect(dayToPlay(wanted, run(day('3'), false, 3))).toEqual(day('3'));
    expect(dayToPlay({ ...wanted, seed: '3' }, run(day('3'), false, 3))).toEqual(day('3'));
  });

  it('is not the interrupted one when another size is asked for', () => {
    expect(dayToPlay({ ...wanted, size: 20 }, run(day('3'), false, 3))).toEqual(day('4', '2026-11-21', 20));
  });

  it('is the one asked for, and today', () => {
    expect(dayToPlay({ ...wanted, seed: 'spring', size: 20 }, run(day('3'), false, 3))).toEqual(
      day('spring', '2026-11-21', 20),
    );
  });

  it('counts on from the highest number, which words do not change', () => {
    expect(seedCounted(day('7'), run(day('2'), true, 2))).toBe(7);
    expect(seedCounted(day('spring'), run(day('2'), true, 2))).toBe(2);
  });
});

describe('the same input', () => {
  it('is the same content, whatever the file is called', () => {
    expect(sameInput({ kind: 'file', hash: 'a' }, { kind: 'file', hash: 'a' })).toBe(true);
    expect(sameInput({ kind: 'file', hash: 'a' }, { kind: 'file', hash: 'b' })).toBe(false);
    expect(sameInput(day('1'), day('1', '2026-11-21'))).toBe(false);
  });
});
