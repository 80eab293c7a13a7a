/** What was read of an interchange, as its partner is told: made from the bytes, and from what we ourselves refuse. */
import type { CanonicalDocument } from '../canonical/document.js';
import type { Verdict } from '../translate/edi/verdict.js';
import { acknowledgeEdifact } from '../translate/edifact/acknowledge.js';
import { NO_CONTEXT } from '../translate/translation.js';
import { acknowledgeX12 } from '../translate/x12/acknowledge.js';

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

/** 997s and a TA1, or a CONTRL; nothing for an interchange that itself acknowledges. */
export const acknowledgementsOf = (
  standard: string,
  bytes: Uint8Array,
  { nth, refused }: Pick<Acknowledged, 'nth' | 'refused'>,
): readonly Outgoing[] => {
  const verdict: Verdict = ({ group = '', control }) =>
    refused.includes(`${group}/${control}`) ? 'rejected' : undefined;
  const acknowledge = standard === 'X12' ? acknowledgeX12 : acknowledgeEdifact;
  return acknowledge(bytes, NO_CONTEXT, verdict)[nth]?.outgoing ?? [];
};
