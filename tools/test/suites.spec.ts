import { SUITES, tallyOf, type JestCounts, type Suite } from './suites.ts';
import { lastLine, sum } from './tally.ts';

const suite = (mustHaveTests: boolean): Suite => ({ ...(SUITES[0] as Suite), name: 'unit', mustHaveTests });
const report = (counts: Partial<JestCounts>): JestCounts => ({
  numPassedTests: 0,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  numRuntimeErrorTestSuites: 0,
  ...counts,
});

describe('the count of npm test', () => {
  it('ends with passed and failed, nothing else', () => {
    const checks = { passed: 3, failed: 1, complaints: [] };
    const tests = tallyOf(report({ numPassedTests: 5 }), suite(true), false);
    expect(lastLine(sum([checks, tests]))).toBe('8 passed, 1 failed');
  });

  it('takes a skipped or planned test for a failed one', () => {
    const tally = tallyOf(report({ numPassedTests: 1, numPendingTests: 2, numTodoTests: 1 }), suite(true), false);
    expect(tally).toMatchObject({ passed: 1, failed: 3 });
    expect(tally.complaints).toEqual(['unit: 3 tests are skipped or planned; run them or delete them']);
  });

  it('counts a file that does not even load as failed', () => {
    expect(tallyOf(report({ numRuntimeErrorTestSuites: 1 }), suite(true), false).failed).toBe(1);
  });

  it('fails a suite without any test, unless a pattern narrowed it', () => {
    expect(tallyOf(report({}), suite(true), false)).toMatchObject({
      failed: 1,
      complaints: ['unit: no test was found'],
    });
    expect(tallyOf(report({}), suite(true), true).failed).toBe(0);
    expect(tallyOf(report({}), suite(false), false).failed).toBe(0);
  });
});
