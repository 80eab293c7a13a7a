/** Reads an archived file: which standard, whose, which documents. Canonical documents go to the archive as JSON. */
import {
  FileTranslated,
  TranslateFile,
  type DocumentFault,
  type FileTranslatedData,
  type FoundDocument,
  type TranslateFileData,
  type UnreadInterchange,
} from '@crossdock/contracts';
import { dayOf, type Input } from '@crossdock/kernel';
import { defineAsk, type OutsideAndKept, type Queries } from '@crossdock/runtime';
import type { ConnectorsSettings } from '../config.js';
import type { Dispatch } from '../domain/dispatch.js';
import { agreementOn, isCalled, oursOn, profileOn, type Partner, type Reference } from '../domain/partner.js';
import { detect } from '../translate/detect.js';
import {
  NO_CONTEXT,
  type Fault,
  type Interchange,
  type TranslatedDocument,
  type TranslationContext,
} from '../translate/translation.js';
import { translate } from '../translate/translations.js';

type Found = Pick<FileTranslatedData, 'standard' | 'documents' | 'unread' | 'faults'>;
type Question = Input<TranslateFileData>;

const MOST_FAULTS = 50;
const MOST_DOCUMENTS = 10_000;
const CANONICAL_LIMIT_BYTES = 64 * 1024 * 1024;

const nothing = (code: string, text: string): Found => ({ documents: [], faults: [{ code, path: '', text }] });
const toldOf = (faults: readonly Fault[]): DocumentFault[] =>
  faults.slice(0, MOST_FAULTS).map(({ code, path, text }) => ({
    code,
    path: path.slice(0, 200),
    text: text.slice(0, 1000),
  }));

/** The partner that the envelope names, unless the door knew it. */
const partnerOf = async (
  queries: Queries,
  { tenant, data }: Question,
  one: Interchange,
): Promise<string | undefined> => {
  if (data.partner) return data.partner;
  const { sender, senderQualifier } = one;
  if (!sender) return undefined;
  const found = await queries.byKey<Partner>(tenant, 'partner', `identifier:${sender}`);
  const day = dayOf(data.receivedAt);
  return found.find(({ state }) => isCalled(state, day, sender, senderQualifier))?.id;
};

const named = <K extends string>(name: K, value: string | undefined, most: number): { [P in K]?: string } =>
  (value ? { [name]: value.slice(0, most) } : {}) as { [P in K]?: string };

const foundOf = async (
  document: TranslatedDocument,
  interchange: Interchange,
  partner: string,
  at: { readonly place: number; readonly nth: number },
  keep: (canonical: unknown) => Promise<string>,
): Promise<FoundDocument> => {
  const { standard, type, canonical } = document;
  return {
    ...at,
    partner,
    standard,
    type: type.slice(0, 60) || '?',
    ...named('release', document.release, 60),
    ...named('control', document.control, 40),
    ...named('group', document.group, 40),
    ...named('interchange', interchange.control, 40),
    ...named('sender', interchange.sender, 60),
    ...named('receiver', interchange.receiver, 60),
    ...named('senderQualifier', interchange.senderQualifier, 10),
    ...named('receiverQualifier', interchange.receiverQualifier, 10),
    ...(interchange.test ? { test: true } : {}),
    ...named('number', document.number, 60),
    ...(canonical ? { kind: canonical.kind, canonical: await keep(canonical) } : {}),
    // What is wrong with the envelope holds for every document within.
    faults: toldOf([...document.faults, ...interchange.faults]),
  };
};

/** Which documents of ours an acknowledgement is about, by the control number that we gave them. */
const acknowledgesIn = async (
  { standard, type, canonical }: TranslatedDocument,
  queries: Queries,
  tenant: string,
  partner: string,
): Promise<Pick<FoundDocument, 'acknowledges'>> => {
  if (canonical?.kind !== 'acknowledgement') return {};
  const { interchangeControl, groupControl, status } = canonical.data;
  const control = Number(groupControl ?? interchangeControl);
  if (!Number.isInteger(control)) return {};
  const found = await queries.byKey<Dispatch>(tenant, 'dispatch', `control:${control}`);
  const ours = found.filter(({ state }) => state.partner === partner && state.standard === standard);
  const accepted = status !== 'rejected' && status !== 'partially-accepted';
  return { acknowledges: ours.map(({ id: dispatchId }) => ({ dispatchId, accepted, text: `${type}: ${status}` })) };
};

type Read = readonly Interchange[] | Found;
const isFound = (read: Read): read is Found => 'faults' in read;

const interchangesIn = (bytes: Uint8Array, context: TranslationContext): Read => {
  const standard = detect(bytes);
  if (!standard) return nothing('format-unknown', 'the first bytes are of no known standard');
  try {
    return translate(standard, bytes, context) ?? nothing('format-unknown', `${standard} is not read`);
  } catch (error) {
    return nothing('translation-failed', `${standard}: ${(error as Error).message}`);
  }
};

/** What the partner's own data adds to a reading: its units, and the currency that is meant where none is named. */
const contextOf = async (
  queries: Queries,
  { tenant, data }: Question,
  partner: string,
  { standard, documents }: Interchange,
): Promise<TranslationContext | undefined> => {
  const day = dayOf(data.receivedAt);
  const [found, units] = await Promise.all([
    queries.get<Partner>(tenant, 'partner', partner),
    queries.byKey<Reference>(tenant, 'reference', `references:${partner}:units`, { limit: 1000 }),
  ]);
  const profile = found && profileOn(found.state, day);
  const type = documents[0]?.type ?? '';
  const currency = profile && agreementOn(profile, day, { standard, type, direction: 'in' })?.currency;
  if (!currency && units.length === 0) return undefined;
  const known = units.flatMap(({ state }) => {
    const ours = oursOn(state, day);
    return ours ? [[state.theirs, ours] as const] : [];
  });
  return { ...NO_CONTEXT, partner, units: Object.fromEntries(known), ...(currency ? { currency } : {}) };
};

/** Read once to learn who sent it, and again when that partner's own data changes how it reads. */
const readFor = async (question: Question, queries: Queries, bytes: Uint8Array): Promise<Read> => {
  const plain = interchangesIn(bytes, NO_CONTEXT);
  const [first] = isFound(plain) ? [] : plain;
  const partner = first && (await partnerOf(queries, question, first));
  const context = partner && (await contextOf(queries, question, partner, first));
  return context ? interchangesIn(bytes, context) : plain;
};

const read = async (question: Question, { kept }: OutsideAndKept, settings: ConnectorsSettings): Promise<Found> => {
  const { tenant, data } = question;
  if (data.bytes > settings.translateLimitBytes)
    return nothing('document-too-large', `${data.bytes} bytes; ${settings.translateLimitBytes} are read at most`);
  const bytes = await kept.archive.read(tenant, data.hash);
  if (!bytes) throw new Error(`the archive has no ${data.hash}`);
  const interchanges = await readFor(question, kept.queries, bytes);
  if (isFound(interchanges)) return interchanges;
  const keep = async (canonical: unknown): Promise<string> => {
    const json = Buffer.from(JSON.stringify(canonical));
    return (await kept.archive.put(tenant, json, CANONICAL_LIMIT_BYTES, 'canonical')).hash;
  };
  const documents: FoundDocument[] = [];
  const unread: UnreadInterchange[] = [];
  const faults: Fault[] = [];
  for (const [nth, one] of interchanges.entries()) {
    const partner = await partnerOf(kept.queries, question, one);
    if (one.documents.length === 0) {
      faults.push(...one.faults);
      unread.push(...unreadOf(one, partner, nth));
    } else if (!partner) faults.push(senderUnknown(one));
    else
      for (const document of one.documents) {
        const found = await foundOf(document, one, partner, { place: documents.length, nth }, keep);
        documents.push({ ...found, ...(await acknowledgesIn(document, kept.queries, tenant, partner)) });
      }
  }
  if (documents.length > MOST_DOCUMENTS)
    return nothing('document-too-large', `${documents.length} documents; ${MOST_DOCUMENTS} are taken of one file`);
  const standard = interchanges[0]?.standard;
  return { ...(standard ? { standard } : {}), documents, unread, faults: toldOf(faults) };
};

/** Its partner may be told of an interchange of which nothing else could be read. */
const unreadOf = (one: Interchange, partner: string | undefined, nth: number): readonly UnreadInterchange[] => {
  const { standard, control, sender, receiver } = one;
  if (!partner || !control || !sender || !receiver) return [];
  const interchange = control.slice(0, 40);
  const ends = { sender: sender.slice(0, 60), receiver: receiver.slice(0, 60) };
  return [
    {
      ...{ partner, standard, nth, interchange, ...ends },
      ...named('senderQualifier', one.senderQualifier, 10),
      ...named('receiverQualifier', one.receiverQualifier, 10),
      ...(one.test ? { test: true } : {}),
    },
  ];
};

const senderUnknown = ({ sender, senderQualifier, standard }: Interchange): Fault => ({
  code: 'partner-unknown',
  path: 'sender',
  text: sender
    ? `no partner is called ${senderQualifier ? `${senderQualifier}:` : ''}${sender}`
    : `${standard} names no sender, and the door named no partner`,
});

export const translateFile = defineAsk<TranslateFileData, FileTranslatedData, Found, ConnectorsSettings>({
  asks: TranslateFile,
  answers: FileTranslated,
  system: 'archive',
  policy: { deadlineMs: 60_000, concurrency: 2, unansweredAfterMs: 180_000, backoffMs: [200, 10_000] },
  call: (question, outside, settings) => read(question, outside as OutsideAndKept, settings),
  answer: ({ data: { fileId } }, said) =>
    said.outcome === 'done'
      ? { fileId, outcome: 'done', ...said.result }
      : { fileId, outcome: said.outcome, documents: [], faults: [] },
});
