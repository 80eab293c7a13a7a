/** What came of reading a file or a carrier's payload, whichever way it was read. */
import type { Canonical } from './canonical.ts';
import type { Difference } from './compare.ts';

export interface Fault {
  readonly code: string;
  readonly path: string;
  readonly text: string;
}
/** A file of the folder: its name there, with `/`, and where it lies. */
export interface SentFile {
  readonly file: string;
  readonly path: string;
}
/** One transaction set, message or document of a file. */
export interface ReadDocument {
  readonly standard: string;
  readonly type: string;
  readonly number?: string;
  readonly control?: string;
  /** what it says of itself; empty for acknowledgements within an interchange, which have no row */
  readonly figures: Readonly<Record<string, unknown>>;
  /** what is wrong with the document itself: why it is in quarantine */
  readonly faults: readonly Fault[];
  /** what holds it up although nothing is wrong with it: references, a currency, an order that nobody told us of */
  readonly unsettled?: readonly Fault[];
  /** where it stands, as the API calls it */
  readonly status?: string;
  readonly canonical?: Canonical;
  /** what does not fit, whatever the reference says */
  readonly amiss?: readonly Difference[];
}
export interface ReadFile {
  /** absent when its beginning tells none */
  readonly standard?: string;
  readonly documents: readonly ReadDocument[];
  /** of the file as a whole, or of an interchange that has no document */
  readonly faults: readonly Fault[];
  readonly amiss?: readonly Difference[];
}
/** Status and number of scans of the first package that a payload tells of; ERROR: the carrier refused to tell. */
export interface ReadTracking {
  readonly status: string;
  readonly events: number;
  readonly faults: readonly Fault[];
  /** where the package stands by its tracker, which never moves it back */
  readonly standing?: string;
  readonly amiss?: readonly Difference[];
}

export interface Reader {
  /** never rejects for what is wrong with the file */
  document(sent: SentFile): Promise<ReadFile>;
  /** answers in the order of `sent`; `onRead` is told of each when it is read */
  trackings(sent: readonly SentFile[], onRead: (sent: SentFile) => void): Promise<readonly ReadTracking[]>;
}

/** What is said of a file that can't even be opened. */
export const unreadable = (error: unknown): ReadFile => {
  const text = error instanceof Error ? error.message : String(error);
  return { documents: [], faults: [{ code: 'document-unreadable', path: '/', text }] };
};
