/** What a technical acknowledgement says of a message: from its faults, or as its receiver decided. */
import type { AcknowledgedStatus } from '../../canonical/acknowledgement.js';
import type { Fault } from '../translation.js';

/** A message as acknowledgements name it. */
export interface Acknowledged {
  readonly type: string;
  readonly group?: string;
  readonly control: string;
}
/** The receiver's own decision on a message; undefined leaves it to the faults. */
export type Verdict = (message: Acknowledged) => AcknowledgedStatus | undefined;

/** Faults that leave no doubt that it can't be taken as it is; the others can be put right here. */
const REFUSED = new Set(['element-missing', 'envelope-incomplete', 'control-number-differs', 'message-unsupported']);
const isOfEnvelope = ({ path }: Fault): boolean => /^(SE|ST|UNT|UNH)(\d\d(-\d+)?)?$/.test(path);

export const verdictOf = (faults: readonly Fault[]): AcknowledgedStatus => {
  if (faults.length === 0) return 'accepted';
  return faults.some((fault) => REFUSED.has(fault.code) || isOfEnvelope(fault)) ? 'rejected' : 'accepted-with-errors';
};

export interface Place {
  readonly tag: string;
  readonly nth: number;
  readonly element?: string;
  readonly component?: string;
}
/** `PO1[3]/PO102` and `BEG03` and `LIN[2]/LIN03-1` taken apart. */
export const placeIn = (path: string): Place | undefined => {
  const match = /^(?:([A-Z0-9]{2,3})\[(\d+)\]\/)?([A-Z][A-Z0-9]{1,2}?)(?:(\d{2})(?:-(\d+))?)?$/.exec(path);
  const tag = match?.[1] ?? match?.[3];
  if (!match || tag === undefined) return undefined;
  const [element, component] = [match[4], match[5]];
  return {
    tag,
    nth: Number(match[2] ?? '1'),
    ...(element !== undefined && { element: String(Number(element)) }),
    ...(component !== undefined && { component }),
  };
};
/** Position of a place among the segments of a message, from 1; that of the last segment when it is missing. */
export const positionOf = (segments: readonly { readonly tag: string }[], { tag, nth }: Place): number => {
  let seen = 0;
  const at = segments.findIndex((segment) => segment.tag === tag && ++seen === nth);
  return at < 0 ? segments.length : at + 1;
};
/** Errors are said in the order of the segments they are of. */
export const byPosition = (a: { readonly position?: string }, b: { readonly position?: string }): number =>
  Number(a.position ?? 0) - Number(b.position ?? 0);
