/**
 * Tells `npm test` in a file how far jest is: its own --json comes only at the end, and prints a line into every run.
 * Renamed into place, so that a reader never meets half of it.
 */
import { renameSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';

const NOTHING = {
  numPassedTests: 0,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  numRuntimeErrorTestSuites: 0,
};

export default class CountReporter {
  #counts = NOTHING;
  #running = new Map();

  onTestFileStart({ path }) {
    this.#running.set(path, relative(process.cwd(), path));
    this.#tell();
  }

  onTestCaseStart({ path }, { fullName }) {
    this.#running.set(path, `${relative(process.cwd(), path)} › ${fullName}`);
    this.#tell();
  }

  onTestFileResult({ path }, _result, results) {
    this.#running.delete(path);
    this.#count(results);
    this.#tell();
  }

  onRunComplete(_contexts, results) {
    this.#count(results);
    this.#tell(true);
  }

  #count(results) {
    this.#counts = Object.fromEntries(Object.keys(NOTHING).map((name) => [name, results[name]]));
  }

  #tell(done = false) {
    const file = process.env.CROSSDOCK_TEST_COUNTS;
    if (!file) return;
    writeFileSync(`${file}.new`, JSON.stringify({ counts: this.#counts, running: [...this.#running.values()], done }));
    renameSync(`${file}.new`, file);
  }
}
