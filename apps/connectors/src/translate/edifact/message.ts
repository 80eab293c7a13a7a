/** What one message needs: its segment groups as data, how it is read, and how it is written where we send it. */
import type { CanonicalDocument, CanonicalKind, CanonicalShapes } from '../../canonical/document.js';
import type { Layout, Loop } from '../edi/layout.js';
import type { Required } from '../edi/required.js';
import type { EdifactReading } from './reading.js';
import type { EdifactSegment } from './segment.js';
import type { Written } from './writing.js';

export type Group = Loop<EdifactSegment>;

export interface EdifactWriter {
  /** UNH02 after the type: version, release, agency, association */
  readonly release: readonly [version: string, release: string, agency: string, association?: string];
  readonly kinds: readonly CanonicalKind[];
  /** segments between UNH and UNT */
  readonly write: (document: CanonicalDocument) => readonly Written[];
}
export interface EdifactMessageType {
  /** UNH02-1 */
  readonly type: string;
  readonly layout: Layout;
  /** what every directory from D.93A to D.01B calls mandatory */
  readonly required: Required;
  readonly read: (message: Group, reading: EdifactReading) => CanonicalDocument;
  readonly writer?: EdifactWriter;
}

/** Names message and directory that make something mandatory. */
export const mandatoryBy = ({ type }: EdifactMessageType): string => `${type} (UN/EDIFACT D.96A)`;

/** A writer of documents of some kinds in the subset of EANCOM 1997 (D.96A). */
export const writerOf = <K extends CanonicalKind>(
  association: string,
  kinds: readonly K[],
  write: (data: CanonicalShapes[K], kind: K) => readonly Written[],
): EdifactWriter => ({
  release: ['D', '96A', 'UN', association],
  kinds,
  write: ({ kind, data }) => write(data as CanonicalShapes[K], kind as K),
});
