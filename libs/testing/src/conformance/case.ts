/** A conformance suite is a list of sentences, each with what must hold; every adapter of a port passes all of them. */
import assert from 'node:assert/strict';

export interface Case {
  readonly name: string;
  run(): Promise<void>;
}

/** Asks until it holds: a server's own clock and its pushes take their time. */
export const soon = async (
  what: string,
  holds: () => Promise<boolean> | boolean,
  deadlineMs = 10_000,
): Promise<void> => {
  const until = Date.now() + deadlineMs;
  while (!(await holds())) {
    if (Date.now() > until) throw new Error(`not within ${deadlineMs} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
};

/** Equal in content; a clone takes both to one realm, as a test runner has several. */
export const same = (actual: unknown, expected: unknown, message?: string): void =>
  assert.deepEqual(structuredClone(actual), structuredClone(expected), message);
