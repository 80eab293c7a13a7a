/**
 * Reads an archived file: which standard, whose, which documents. Canonical documents go to the archive as JSON. X12 and
 * EDIFACT are read as a stream, whatever their size; the others as a whole, up to a limit.
 */
import type { Readable } from 'node:stream';
import { FileTranslated, TranslateFile, type FileTranslatedData, type TranslateFileData } from '@crossdock/contracts';
import { dayOf } from '@crossdock/kernel';
import { defineAsk, type Kept, type OutsideAndKept, type Queries } from '@crossdock/runtime';
import type { ConnectorsSettings } from '../config.js';
import { agreementOn, oursOn, profileOn, type Partner, type Reference } from '../domain/partner.js';
import { detect, LOOKED_AT_BYTES } from '../translate/detect.js';
import { textsOf } from '../translate/edi/text.js';
import { NO_CONTEXT, type Glance, type Standard, type TranslationContext } from '../translate/translation.js';
import { STREAMED, translate, type Streamed } from '../translate/translations.js';
import { Findings, nothing, partnerOf, type Found, type Question } from './findings.js';

/** What the partner's own data adds to a reading: its units, and the currency that is meant where none is named. */
const contextOf = async (
  queries: Queries,
  question: Question,
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
  return { ...NO_CONTEXT, partner, units: Object.fromEntries(known), ...(currency ? { currency } : {}) };
};

/** A translation that throws is a quarantined file; anything else that fails is tried again. */
const reading = <T>(standard: Standard, read: () => T): { readonly read: T } | { readonly failed: Found } => {
  try {
    return { read: read() };
  } catch (error) {
    return { failed: nothing('translation-failed', `${standard}: ${(error as Error).message}`) };
  }
};

/** Read once to learn who sent it, and again when that partner's own data changes how it reads. */
const readWhole = async (standard: Standard, question: Question, kept: Kept): Promise<Found> => {
  const bytes = await kept.archive.read(question.tenant, question.data.hash);
  if (!bytes) throw new Error(`the archive has no ${question.data.hash}`);
  const readBy = (context: TranslationContext) => reading(standard, () => translate(standard, bytes, context));
  const plain = readBy(NO_CONTEXT);
  if ('failed' in plain) return plain.failed;
  const [first] = plain.read ?? [];
  const [document] = first?.documents ?? [];
  const glance = first && { ...first, ...(document ? { type: document.type } : {}) };
  const context = glance && (await contextOf(kept.queries, question, glance));
  const told = context ? readBy(context) : plain;
  if ('failed' in told) return told.failed;
  if (!told.read) return nothing('format-unknown', `${standard} is not read`);
  const findings = new Findings(question, kept);
  for (const one of told.read) await findings.end(one);
  return findings.all();
};

/** As its text comes: of a large file only the message under way is held. */
const readStream = async (
  { glance, reader }: Streamed,
  standard: Standard,
  question: Question,
  kept: Kept,
): Promise<Found> => {
  const findings = new Findings(question, kept);
  const texts = textsOf(() => bytesOf(kept, question));
  const first = await texts.next();
  let text = first.done ? '' : first.value;
  const file = reader((await contextOf(kept.queries, question, glance(text))) ?? NO_CONTEXT);
  for (let isLast = false; !isLast && !findings.areTooMany;) {
    const next = await texts.next();
    isLast = next.done === true;
    const part = text;
    const told = reading(standard, () => [...file.take(part, isLast)]);
    if ('failed' in told) return told.failed;
    for (const one of told.read) await findings.end(one);
    for (const { document, head } of file.drain()) await findings.add(document, head);
    text = next.done ? '' : next.value;
  }
  await texts.return(undefined);
  return findings.all();
};

const bytesOf = async ({ archive }: Kept, { tenant, data }: Question): Promise<Readable> => {
  const found = await archive.open(tenant, data.hash);
  if (!found) throw new Error(`the archive has no ${data.hash}`);
  return found.stream;
};

/** The first bytes of a file; what follows is not fetched. */
const beginningOf = async (kept: Kept, question: Question): Promise<Uint8Array> => {
  const chunks: Uint8Array[] = [];
  let count = 0;
  for await (const chunk of await bytesOf(kept, question)) {
    chunks.push(chunk as Uint8Array);
    count += (chunk as Uint8Array).length;
    if (count >= LOOKED_AT_BYTES) break;
  }
  return Buffer.concat(chunks).subarray(0, LOOKED_AT_BYTES);
};

const read = async (question: Question, { kept }: OutsideAndKept, settings: ConnectorsSettings): Promise<Found> => {
  const { bytes } = question.data;
  const standard = detect(await beginningOf(kept, question));
  const streamed = standard && STREAMED[standard];
  if (streamed) return readStream(streamed, standard, question, kept);
  if (bytes > settings.translateLimitBytes)
    return nothing('document-too-large', `${bytes} bytes; ${settings.translateLimitBytes} are read at most`);
  if (!standard) return nothing('format-unknown', 'the first bytes are of no known standard');
  return readWhole(standard, question, kept);
};

export const translateFile = defineAsk<TranslateFileData, FileTranslatedData, Found, ConnectorsSettings>({
  asks: TranslateFile,
  answers: FileTranslated,
  system: 'archive',
  policy: { deadlineMs: 300_000, concurrency: 2, unansweredAfterMs: 600_000, backoffMs: [200, 10_000] },
  call: (question, outside, settings) => read(question, outside as OutsideAndKept, settings),
  answer: ({ data: { fileId } }, said) =>
    said.outcome === 'done'
      ? { fileId, outcome: 'done', ...said.result }
      : { fileId, outcome: said.outcome, documents: [], faults: [] },
});
