/** What was read of an interchange, as its partner is told: made from the bytes, and from what we ourselves refuse. */
import type { CanonicalDocument } from '../canonical/document.js';
import type { Verdict } from '../translate/edi/verdict.js';
import { EdifactAcknowledger } from '../translate/edifact/acknowledge.js';
import { NO_CONTEXT } from '../translate/translation.js';
import { X12Acknowledger } from '../translate/x12/acknowledge.js';

export interface Acknowledged {
  /** archive hash of the file */
  readonly hash: string;
  /** which of its interchanges, from 0 */
  readonly nth: number;
  /** `<group>/<control>` of messages that are whole and refused all the same */
  readonly refused: readonly string[];
}
export interface Outgoing {
  readonly type: string;
  readonly document: CanonicalDocument;
}

/** 997s and a TA1, or a CONTRL; nothing for an interchange that itself acknowledges. The file is read no further. */
export const acknowledgementsOf = async (
  standard: string,
  texts: AsyncIterable<string>,
  { nth, refused }: Pick<Acknowledged, 'nth' | 'refused'>,
): Promise<readonly Outgoing[]> => {
  const verdict: Verdict = ({ group = '', control }) =>
    refused.includes(`${group}/${control}`) ? 'rejected' : undefined;
  const answers =
    standard === 'X12' ? new X12Acknowledger(NO_CONTEXT, verdict) : new EdifactAcknowledger(NO_CONTEXT, verdict);
  let at = 0;
  for await (const text of texts)
    for (const { outgoing } of answers.take(text, false)) if (at++ === nth) return outgoing;
  for (const { outgoing } of answers.take('', true)) if (at++ === nth) return outgoing;
  return [];
};
