/** Bytes as they came, kept before anything else happens to them. Content is its own name: SHA-256, within a tenant. */
import { Readable } from 'node:stream';
import type { ArchiveKind } from './retention.js';

export interface Archived {
  /** SHA-256, hex */
  readonly hash: string;
  readonly bytes: number;
}
export interface ArchivedFile {
  readonly bytes: number;
  readonly stream: Readable;
}
/** Injected as `@Inject(ARCHIVE) archive: Archive`. */
export interface Archive {
  /**
   * Durable when it resolves; the same bytes again are the same entry, kept as long as the longest of them asks. `kind`
   * says how long, `file` unless said. Throws `TooManyBytes` and keeps nothing.
   */
  put(tenant: string, bytes: Readable | Uint8Array, limitBytes: number, kind?: ArchiveKind): Promise<Archived>;
  open(tenant: string, hash: string): Promise<ArchivedFile | undefined>;
  /** all of it in memory */
  read(tenant: string, hash: string): Promise<Uint8Array | undefined>;
  /** deletes what has been kept for its time; answers how many entries went */
  forget(now: Date): Promise<number>;
}
export const ARCHIVE = Symbol('crossdock:archive');

/** Chunks of either form; a sender's stream stays whole, destroyed it would take the connection and the answer with it. */
export const chunksOf = (bytes: Readable | Uint8Array): AsyncIterable<Uint8Array> | Iterable<Uint8Array> =>
  bytes instanceof Readable ? bytes.iterator({ destroyOnReturn: false }) : [bytes];
