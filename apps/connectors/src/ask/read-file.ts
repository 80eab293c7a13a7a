/**
 * Reads an archived file into a sink, document by document: X12 and EDIFACT as a stream, whatever their size, the others
 * as a whole. By the rows of tables and the partner's data that held when the file came.
 */
import type { Readable } from 'node:stream';
import type { TranslateFileData } from '@crossdock/contracts';
import { dayOf } from '@crossdock/kernel';
import type { Kept, Queries } from '@crossdock/runtime';
import { agreementOn, oursOn, profileOn, type Partner, type Reference } from '../domain/partner.js';
import { LOOKED_AT_BYTES } from '../translate/detect.js';
import { textsOf } from '../translate/edi/text.js';
import { recognise } from '../translate/translate-bytes.js';
import {
  NO_CONTEXT,
  type Glance,
  type Interchange,
  type InterchangeHead,
  type Standard,
  type TranslatedDocument,
  type TranslationContext,
} from '../translate/translation.js';
import { STREAMED, translate, type Streamed } from '../translate/translations.js';
import { partnerOf } from './findings.js';

/** Whose file, and where its bytes are. */
export interface Question {
  readonly tenant: string;
  readonly data: TranslateFileData;
}
export type Reads = Pick<Kept, 'archive' | 'queries'>;
export interface FileToRead extends Question {
  /** version of the tables; the newest when left out */
  readonly tables?: string;
}
/** Takes documents in the order of the file; an interchange is ended before the next one's documents come. */
export interface Sink {
  add(document: TranslatedDocument, head: InterchangeHead): Promise<void>;
  end(interchange: Interchange): Promise<void>;
  /** nothing more is wanted */
  readonly isFull: boolean;
}
/** Why nothing of a file could be read. */
export interface Unread {
  readonly code: string;
  readonly text: string;
  /** where its beginning tells one */
  readonly standard?: Standard;
}

/** What the partner's own data adds to a reading: its units, and the currency that is meant where none is named. */
const contextOf = async (
  queries: Queries,
  question: FileToRead,
  plain: TranslationContext,
  { type = '', ...head }: Glance,
): Promise<TranslationContext | undefined> => {
  const { tenant, data } = question;
  const partner = await partnerOf(queries, question, head);
  if (!partner) return undefined;
  const day = dayOf(data.receivedAt);
  const [found, units] = await Promise.all([
    queries.get<Partner>(tenant, 'partner', partner),
    queries.byKey<Reference>(tenant, 'reference', `references:${partner}:units`, { limit: 1000 }),
  ]);
  const profile = found && profileOn(found.state, day);
  const { standard } = head;
  const currency = profile && agreementOn(profile, day, { standard, type, direction: 'in' })?.currency;
  if (!currency && units.length === 0) return undefined;
  const known = units.flatMap(({ state }) => {
    const ours = oursOn(state, day);
    return ours ? [[state.theirs, ours] as const] : [];
  });
  return { ...plain, partner, units: Object.fromEntries(known), ...(currency ? { currency } : {}) };
};
const plainOf = ({ data, tables }: FileToRead): TranslationContext => ({
  ...NO_CONTEXT,
  day: dayOf(data.receivedAt),
  ...(tables === undefined ? {} : { tables }),
});

/** A translation that throws makes its file unread; anything else that fails is tried again. */
const reading = <T>(standard: Standard, read: () => T): { readonly read: T } | { readonly failed: Unread } => {
  try {
    return { read: read() };
  } catch (error) {
    return { failed: { code: 'translation-failed', text: `${standard}: ${(error as Error).message}`, standard } };
  }
};

/** Read once to learn who sent it, and again when that partner's own data changes how it reads. */
const readWhole = async (
  standard: Standard,
  question: FileToRead,
  kept: Reads,
  sink: Sink,
): Promise<Unread | undefined> => {
  const bytes = await kept.archive.read(question.tenant, question.data.hash);
  if (!bytes) throw new Error(`the archive has no ${question.data.hash}`);
  const readBy = (context: TranslationContext) => reading(standard, () => translate(standard, bytes, context));
  const plain = plainOf(question);
  const before = readBy(plain);
  if ('failed' in before) return before.failed;
  const [first] = before.read ?? [];
  const [document] = first?.documents ?? [];
  const glance = first && { ...first, ...(document ? { type: document.type } : {}) };
  const context = glance && (await contextOf(kept.queries, question, plain, glance));
  const told = context ? readBy(context) : before;
  if ('failed' in told) return told.failed;
  if (!told.read) return { code: 'format-unknown', text: `${standard} is not read` };
  for (const one of told.read) await sink.end(one);
  return undefined;
};

/** As its text comes: of a large file only the message under way is held. */
const readStream = async (
  { glance, reader }: Streamed,
  standard: Standard,
  question: FileToRead,
  kept: Reads,
  sink: Sink,
): Promise<Unread | undefined> => {
  const texts = textsOf(() => bytesOf(kept, question));
  const first = await texts.next();
  let text = first.done ? '' : first.value;
  const plain = plainOf(question);
  const file = reader((await contextOf(kept.queries, question, plain, glance(text))) ?? plain);
  for (let isLast = false; !isLast && !sink.isFull;) {
    const next = await texts.next();
    isLast = next.done === true;
    const part = text;
    const told = reading(standard, () => [...file.take(part, isLast)]);
    if ('failed' in told) return told.failed;
    for (const one of told.read) await sink.end(one);
    for (const { document, head } of file.drain()) await sink.add(document, head);
    text = next.done ? '' : next.value;
  }
  await texts.return(undefined);
  return undefined;
};

const bytesOf = async ({ archive }: Reads, { tenant, data }: Question): Promise<Readable> => {
  const found = await archive.open(tenant, data.hash);
  if (!found) throw new Error(`the archive has no ${data.hash}`);
  return found.stream;
};

/** The first bytes of a file; what follows is not fetched. */
const beginningOf = async (kept: Reads, question: Question): Promise<Uint8Array> => {
  const chunks: Uint8Array[] = [];
  let count = 0;
  for await (const chunk of await bytesOf(kept, question)) {
    chunks.push(chunk as Uint8Array);
    count += (chunk as Uint8Array).length;
    if (count >= LOOKED_AT_BYTES) break;
  }
  return Buffer.concat(chunks).subarray(0, LOOKED_AT_BYTES);
};

/** Why it could not be read; undefined when all of it is in the sink. `limitBytes`: of what is read as a whole. */
export const readFile = async (
  question: FileToRead,
  kept: Reads,
  limitBytes: number,
  sink: Sink,
): Promise<Unread | undefined> => {
  const { bytes } = question.data;
  const standard = recognise(await beginningOf(kept, question));
  if (typeof standard !== 'string') return standard;
  const streamed = STREAMED[standard];
  if (streamed) return readStream(streamed, standard, question, kept, sink);
  if (bytes > limitBytes)
    return { code: 'document-too-large', text: `${bytes} bytes; ${limitBytes} are read at most`, standard };
  return readWhole(standard, question, kept, sink);
};
