import { cpuMicrosOf, perSecondOf, type Outcome, type Row } from './scenario.ts';
import { isMet, processRows, textOf, verdictOn } from './show.ts';

const row = (median: number): Row => ({
  what: 'p99, ms',
  figure: { median, min: median, max: median },
  digits: 0,
  must: { atMost: 100 },
  aim: { atMost: 25 },
});
const run = (cpuSeconds: number, loopDelayMs?: number) => ({
  work: 100,
  seconds: 2,
  processes: [{ name: 'mongod', cpuSeconds, maxRssMb: 50, ...(loopDelayMs === undefined ? {} : { loopDelayMs }) }],
});
const outcome = (faults: readonly string[]): Outcome => ({
  rows: [row(10)],
  sides: [{ name: 'Crossdock', per: 'line', runs: [run(1)] }],
  faults,
});

describe('a figure with a due', () => {
  it.each([
    [20, 'met, aim too', true],
    [25, 'met, aim too', true],
    [80, 'met', true],
    [101, 'NOT MET', false],
    [Number.NaN, 'NOT MET', false],
  ])('of %d is %s', (median, verdict, isDone) => {
    expect(verdictOn(row(median))).toBe(verdict);
    expect(isMet(row(median))).toBe(isDone);
  });
  it('counts for nothing when an invariant was broken', () => {
    expect(textOf('accept', outcome([]))).toContain('met, aim too');
    const told = textOf('accept', outcome(['I5 is broken: DC1/TEA']));
    expect(told).not.toContain('met, aim too');
    expect(told).toContain('VOID: I5 is broken: DC1/TEA');
  });
});

describe('a run', () => {
  it('costs CPU of all its processes per unit of work', () => {
    expect(cpuMicrosOf(run(1))).toBe(10_000);
    expect(perSecondOf(run(1))).toBe(50);
  });
  it('is told by process: CPU in the median, memory and event-loop delay at their largest', () => {
    const side = { name: 'Crossdock', per: 'line', runs: [run(1, 4), run(3, 9), run(2, 5)] };
    expect(processRows(side)).toEqual([
      { side: 'Crossdock', process: 'mongod', cpuMicros: 20_000, maxRssMb: 50, loopDelayMs: 9 },
    ]);
  });
});
