/** Hands a suite's counts to `npm test` in a file: jest's own --json prints a line about itself into every run. */
import { writeFileSync } from 'node:fs';

export default class CountReporter {
  onRunComplete(_contexts, results) {
    const file = process.env.CROSSDOCK_TEST_COUNTS;
    if (!file) return;
    const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, numRuntimeErrorTestSuites } = results;
    const counts = { numPassedTests, numFailedTests, numPendingTests, numTodoTests, numRuntimeErrorTestSuites };
    writeFileSync(file, JSON.stringify(counts));
  }
}
