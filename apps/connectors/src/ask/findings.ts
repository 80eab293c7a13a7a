/** What is found in a file, document by document: the canonical form goes to the archive at once, its record stays. */
import {
  NUMBER_MAX,
  type DocumentFault,
  type FileTranslatedData,
  type FoundDocument,
  type UnreadInterchange,
} from '@crossdock/contracts';
import { dayOf } from '@crossdock/kernel';
import type { Kept, Queries } from '@crossdock/runtime';
import type { CanonicalDocument } from '../canonical/document.js';
import { documentIdIn } from '../domain/document.js';
import { isCalled, type Partner } from '../domain/partner.js';
import { TABLES_VERSION } from '../map/code-tables.js';
import { seenCodes } from '../map/seen-codes.js';
import type { Fault, Interchange, InterchangeHead, TranslatedDocument } from '../translate/translation.js';
import { acknowledgesIn } from './acknowledges.js';
import { FiguresPages, type DocumentFigures } from './figures.js';
import type { Question, Sink } from './read-file.js';

export type Found = Pick<FileTranslatedData, 'standard' | 'documents' | 'unread' | 'faults' | 'figures'>;

const MOST_FAULTS = 50;
const MOST_DOCUMENTS = 10_000;
const CANONICAL_LIMIT_BYTES = 64 * 1024 * 1024;

export const nothing = (code: string, text: string): Found => ({ documents: [], faults: [{ code, path: '', text }] });
const toldOf = (faults: readonly Fault[]): DocumentFault[] =>
  faults.slice(0, MOST_FAULTS).map(({ code, path, text }) => ({
    code,
    path: path.slice(0, 200),
    text: text.slice(0, 1000),
  }));

/** The partner that the envelope names, unless the door knew it. */
export const partnerOf = async (
  queries: Queries,
  { tenant, data }: Question,
  { sender, senderQualifier }: InterchangeHead,
): Promise<string | undefined> => {
  if (data.partner) return data.partner;
  if (!sender) return undefined;
  const found = await queries.byKey<Partner>(tenant, 'partner', `identifier:${sender}`);
  const day = dayOf(data.receivedAt);
  return found.find(({ state }) => isCalled(state, day, sender, senderQualifier))?.id;
};

const named = <K extends string>(name: K, value: string | undefined, most: number): { [P in K]?: string } =>
  (value ? { [name]: value.slice(0, most) } : {}) as { [P in K]?: string };

/** A name of an envelope as we can write it back: in one line, and with no space at its ends, not even where it is cut. */
const endOf = (text: string | undefined, most: number): string =>
  text?.replace(/\s+/g, ' ').trim().slice(0, most).trimEnd() ?? '';

const ended = <K extends string>(name: K, value: string | undefined, most: number): { [P in K]?: string } =>
  named(name, endOf(value, most), most);

const senderUnknown = ({ sender, senderQualifier, standard }: InterchangeHead): Fault => ({
  code: 'partner-unknown',
  path: 'sender',
  text: sender
    ? `no partner is called ${senderQualifier ? `${senderQualifier}:` : ''}${sender}`
    : `${standard} names no sender, and the door named no partner`,
});

/** Its partner may be told of an interchange of which nothing else could be read. */
const unreadOf = (
  { standard, control, sender, receiver, senderQualifier, receiverQualifier, test }: InterchangeHead,
  partner: string | undefined,
  nth: number,
): readonly UnreadInterchange[] => {
  const ends = { sender: endOf(sender, 60), receiver: endOf(receiver, 60) };
  if (!partner || !control || !ends.sender || !ends.receiver) return [];
  const interchange = control.slice(0, 40);
  return [
    {
      ...{ partner, standard, nth, interchange, ...ends },
      ...ended('senderQualifier', senderQualifier, 10),
      ...ended('receiverQualifier', receiverQualifier, 10),
      ...(test ? { test: true } : {}),
    },
  ];
};

/** Documents are given in the order of the file, each interchange is ended before the next one's documents come. */
export class Findings implements Sink {
  private readonly documents: FoundDocument[] = [];
  private readonly unread: UnreadInterchange[] = [];
  private readonly faults: Fault[] = [];
  private readonly figures: FiguresPages;
  /** documents of the file, whoever sent them */
  private seen = 0;
  private standard: string | undefined;
  private nth = 0;
  /** documents of the interchange under way: how many, and where they begin among all */
  private count = 0;
  private from = 0;
  private partner: Promise<string | undefined> | undefined;

  constructor(
    private readonly question: Question,
    private readonly kept: Kept,
  ) {
    this.figures = new FiguresPages(kept.archive, question.tenant);
  }

  get isFull(): boolean {
    return this.seen > MOST_DOCUMENTS;
  }

  async add(document: TranslatedDocument, head: InterchangeHead): Promise<void> {
    this.count++;
    this.seen++;
    if (this.isFull) return;
    const { tenant, data } = this.question;
    const { queries } = this.kept;
    const partner = await (this.partner ??= partnerOf(queries, this.question, head));
    const place = this.documents.length;
    const known = partner ? { documentId: documentIdIn(data.fileId, { partner, place }) } : {};
    await this.figures.add({ ...known, ...this.figuresOf(document, head) });
    if (!partner) return;
    const found = await this.foundOf(document, head, partner);
    this.documents.push({ ...found, ...(await acknowledgesIn(document, queries, tenant, partner)) });
  }

  /** What is wrong with an envelope holds for every document within, and is known when it is over. */
  async end(one: Interchange): Promise<void> {
    this.standard ??= one.standard;
    for (const document of one.documents) await this.add(document, one);
    if (this.count === 0) {
      this.faults.push(...one.faults);
      const partner = await partnerOf(this.kept.queries, this.question, one);
      this.unread.push(...unreadOf(one, partner, this.nth));
    } else if (!(await this.partner)) this.faults.push(senderUnknown(one));
    else if (one.faults.length > 0)
      for (let at = this.from; at < this.documents.length; at++) {
        const found = this.documents[at] as FoundDocument;
        this.documents[at] = { ...found, faults: toldOf([...found.faults, ...one.faults]) };
      }
    this.nth++;
    this.count = 0;
    this.from = this.documents.length;
    this.partner = undefined;
  }

  async all(): Promise<Found> {
    const { documents, unread, faults, standard } = this;
    if (this.isFull) return nothing('document-too-large', `more than ${MOST_DOCUMENTS} documents are in this file`);
    const figures = [...(await this.figures.end())];
    return { ...(standard ? { standard } : {}), documents, unread, faults: toldOf(faults), figures };
  }

  private async keep(canonical: CanonicalDocument): Promise<string> {
    const { kind, data } = canonical;
    const json = Buffer.from(JSON.stringify({ kind, madeBy: { tables: TABLES_VERSION }, data }));
    return (await this.kept.archive.put(this.question.tenant, json, CANONICAL_LIMIT_BYTES, 'canonical')).hash;
  }

  /** What it says of itself, whoever sent it. */
  private namesOf(
    { standard, type, release, control, group, number, canonical }: TranslatedDocument,
    head: InterchangeHead,
  ) {
    return {
      nth: this.nth,
      standard,
      type: type.slice(0, 60) || '?',
      ...named('release', release, 60),
      ...named('control', control, 40),
      ...named('group', group, 40),
      ...named('interchange', head.control, 40),
      ...ended('sender', head.sender, 60),
      ...ended('receiver', head.receiver, 60),
      ...ended('senderQualifier', head.senderQualifier, 10),
      ...ended('receiverQualifier', head.receiverQualifier, 10),
      ...(head.test ? { test: true } : {}),
      ...named('number', number, NUMBER_MAX),
      ...(canonical ? { kind: canonical.kind } : {}),
    };
  }
  private figuresOf(document: TranslatedDocument, head: InterchangeHead): DocumentFigures {
    return { ...this.namesOf(document, head), figures: document.figures, faults: toldOf(document.faults) };
  }
  private async foundOf(document: TranslatedDocument, head: InterchangeHead, partner: string): Promise<FoundDocument> {
    const { canonical } = document;
    for (const { list, isMapped } of canonical ? seenCodes(canonical) : []) this.kept.counted(list, isMapped);
    return {
      place: this.documents.length,
      partner,
      ...this.namesOf(document, head),
      ...(canonical ? { canonical: await this.keep(canonical), tables: TABLES_VERSION } : {}),
      faults: toldOf(document.faults),
    };
  }
}
