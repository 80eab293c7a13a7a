/** What came of one document or tracking payload. */
import type { Difference } from './compare.ts';

export interface Outcome {
  readonly family: string;
  readonly file: string;
  /** which document of the file */
  readonly what: string;
  /** exact or wrong where the reference has a row; `unlisted` where it has none */
  readonly verdict: 'exact' | 'wrong' | 'unlisted';
  readonly differences: readonly Difference[];
  /** why it belongs in quarantine; its figures are compared all the same */
  readonly quarantined: readonly string[];
}
