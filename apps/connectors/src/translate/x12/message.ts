/** What one transaction set needs: its loops as data, how it is read, and how it is written where we send it. */
import type { CanonicalDocument, CanonicalKind, CanonicalShapes } from '../../canonical/document.js';
import type { Layout, Loop } from '../edi/layout.js';
import type { Required } from '../edi/required.js';
import type { X12Reading } from './reading.js';
import type { X12Segment } from './segment.js';
import type { Written } from './writing.js';

export type X12Loop = Loop<X12Segment>;

export interface X12Writer {
  /** functional identifier code (element 479) of its group */
  readonly functionalId: string;
  readonly kinds: readonly CanonicalKind[];
  /** what is mandatory besides, though sets are read without it: a receiver may refuse ours */
  readonly required?: Required;
  /** segments between ST and SE */
  readonly write: (document: CanonicalDocument) => readonly Written[];
}
export interface X12Message {
  /** transaction set identifier code, ST01 */
  readonly type: string;
  readonly layout: Layout;
  /** what X12 004010 calls mandatory */
  readonly required: Required;
  readonly read: (set: X12Loop, reading: X12Reading) => CanonicalDocument;
  readonly writer?: X12Writer;
}

/** Names set and directory that make something mandatory. */
export const mandatoryBy = ({ type }: X12Message): string => `${type} (X12 004010)`;

/** A writer of documents of some kinds; one of another kind is refused before it gets here. */
export const writerOf = <K extends CanonicalKind>(
  functionalId: string,
  kinds: readonly K[],
  write: (data: CanonicalShapes[K], kind: K) => readonly Written[],
): X12Writer => ({
  functionalId,
  kinds,
  write: ({ kind, data }) => write(data as CanonicalShapes[K], kind as K),
});
