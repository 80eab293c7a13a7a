/** What writing gives: the text of one interchange, and what could not be put into it. */
import type { Fault } from '../translation.js';

export interface Written {
  readonly text: string;
  readonly faults: readonly Fault[];
}
export const cannotWrite = (type: string, kind: string): Fault => ({
  code: 'message-unsupported',
  path: type,
  text: `a document of kind ${kind} can't be written as ${type}`,
});
