/** A document read again from the bytes that it came by, for a look at what today's tables, or older ones, make of it. */
import type { CanonicalDocument } from '../canonical/document.js';
import type { KnownDocument } from '../domain/document.js';
import type { KnownFile } from '../domain/file.js';
import type { Interchange, InterchangeHead, TranslatedDocument } from '../translate/translation.js';
import { readFile, type Reads, type Sink } from './read-file.js';

type Wanted = Pick<KnownDocument, 'nth' | 'type' | 'control' | 'group' | 'number'>;

/** Keeps one document of a file: that of its interchange, type and numbers. */
class OneOf implements Sink {
  found: CanonicalDocument | undefined;
  private nth = 0;

  constructor(private readonly wanted: Wanted) {}

  get isFull(): boolean {
    return this.found !== undefined || this.nth > (this.wanted.nth ?? 0);
  }
  add({ type, control, group, number, canonical }: TranslatedDocument, _head?: InterchangeHead): Promise<void> {
    const { wanted } = this;
    const isIt =
      this.nth === (wanted.nth ?? 0) &&
      wanted.type === type.slice(0, wanted.type.length) &&
      same(wanted.control, control) &&
      same(wanted.group, group) &&
      same(wanted.number, number);
    if (isIt) this.found ??= canonical;
    return Promise.resolve();
  }
  async end({ documents }: Interchange): Promise<void> {
    for (const document of documents) await this.add(document);
    this.nth++;
  }
}
/** What is kept of a number is its beginning. */
const same = (kept: string | undefined, read: string | undefined): boolean => (read ?? '').startsWith(kept ?? '');

/**
 * Undefined where it can't be read: the bytes are gone or too many for somebody who waits, or nothing in them is the
 * document any more. `tables`: version of the tables; the newest when left out.
 */
export const readAgain = async (
  kept: Reads,
  limitBytes: number,
  { tenant, document, tables }: { readonly tenant: string; readonly document: KnownDocument; readonly tables?: string },
): Promise<CanonicalDocument | undefined> => {
  const { fileId, partner, receivedAt } = document;
  const file = await kept.queries.get<KnownFile>(tenant, 'file', fileId);
  if (!file || file.state.bytes > limitBytes) return undefined;
  const { hash, bytes } = file.state;
  const archived = await kept.archive.open(tenant, hash);
  if (!archived) return undefined;
  archived.stream.destroy();
  const one = new OneOf(document);
  const data = { fileId, hash, bytes, partner, receivedAt };
  const unread = await readFile({ tenant, data, ...(tables === undefined ? {} : { tables }) }, kept, limitBytes, one);
  return unread ? undefined : one.found;
};
