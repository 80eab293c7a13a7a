/** The count that `npm test` ends with. */
export interface Tally {
  passed: number;
  failed: number;
  /** Failures that no test's own output has told. */
  complaints: string[];
}

export const nothingYet = (): Tally => ({ passed: 0, failed: 0, complaints: [] });

export const sum = (tallies: readonly Tally[]): Tally => ({
  passed: tallies.reduce((count, { passed }) => count + passed, 0),
  failed: tallies.reduce((count, { failed }) => count + failed, 0),
  complaints: tallies.flatMap(({ complaints }) => complaints),
});

export const lastLine = ({ passed, failed }: Tally): string => `${passed} passed, ${failed} failed`;
