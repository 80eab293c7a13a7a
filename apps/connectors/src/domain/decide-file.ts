/** A file arrives, is read beside the lane, and hands its documents to their partners. */
import {
  accept,
  answer,
  ask,
  change,
  derivedId,
  ignore,
  ref,
  reject,
  say,
  type Change,
  type Decision,
  type Input,
  type Output,
  type Ref,
  type Touched,
} from '@crossdock/kernel';
import {
  AcknowledgeFile,
  caseKind,
  RefuseInterchange,
  TakeDocument,
  TranslateFile,
  type AcknowledgeFileData,
  type CaseEnded,
  type CaseRaised,
  type DecideFileData,
  type DocumentFault,
  type FileTranslatedData,
  type FoundDocument,
  type ReceivedFile,
} from '@crossdock/contracts';
import { addressingIn, documentIdIn } from './document.js';
import { fileKind, fileRef, type FileFact, type FileFindings, type KnownFile } from './file.js';

export const FILE_KINDS = { file: fileKind, case: caseKind };
type Files = Touched<typeof FILE_KINDS>;

/** One case per file, whatever it is put aside for. */
const caseOf = (fileId: string): Ref => ref('case', derivedId('case', 'file', fileId));
export const touchesFile = ({ data }: Input<{ readonly fileId: string }>): readonly Ref[] => [
  fileRef(data.fileId),
  caseOf(data.fileId),
];
const changed = (fileId: string, fact: FileFact): Change => change(fileRef(fileId), fact);

const received = ({ data, at, correlationId }: Input<ReceivedFile>): readonly Output[] => {
  const { fileId, ...file } = data;
  return [
    changed(fileId, { type: 'file-received', file: { ...file, receivedAt: at, correlationId } }),
    ask(TranslateFile, translationOf(fileId, { ...data, receivedAt: at })),
  ];
};
export const receive = (input: Input<ReceivedFile>, states: Files): Decision => {
  const { fileId } = input.data;
  const known = states.file(fileId);
  if (known.status !== 'none') return ignore('already-known', { fileId, status: known.status });
  return accept(received(input), answer({ fileId, status: 'received' }));
};
/** Fetched from a shop: nobody waits for an answer, and what it gave before is the file that it was. */
export const takeFile = (input: Input<ReceivedFile>, states: Files): Decision =>
  states.file(input.data.fileId).status === 'none' ? accept(received(input)) : ignore('already-known');
const translationOf = (
  fileId: string,
  { hash, bytes, partner, receivedAt }: Pick<KnownFile, 'hash' | 'bytes' | 'partner' | 'receivedAt'>,
) => ({ fileId, hash, bytes, receivedAt, ...(partner ? { partner } : {}) });

export const translated = (input: Input<FileTranslatedData>, states: Files): Decision => {
  const { data, at } = input;
  const { fileId, documents, standard, figures } = data;
  const file = states.file(fileId);
  if (file.status !== 'received' && file.status !== 'replayed') return ignore('nothing-to-do');
  if (data.outcome === 'unanswered') return ignore('still-asked');
  const { receivedAt } = file;
  const found = documents.map((one) => ({ ...one, documentId: documentIdIn(fileId, one), fileId, receivedAt }));
  const findings: FileFindings = {
    documentIds: found.map(({ documentId }) => documentId),
    ...(standard ? { standard } : {}),
    ...(figures ? { figures } : {}),
  };
  // What can be read goes on; the rest of the file waits for a person.
  const taken = [...found.map((one) => say(TakeDocument, one)), ...acknowledgements(data, file)];
  if (documents.length === 0 || data.faults.length > 0) return accept(taken, putAside(input, file, findings));
  return accept(
    changed(fileId, { type: 'file-parsed', at, ...findings }),
    taken,
    over(fileId, { how: 'resolved', at }),
  );
};

const KEPT = new Set(['X12', 'EDIFACT']);
/** What acknowledges is acknowledged by nobody. */
const isNews = ({ standard, kind, interchange, sender, receiver }: FoundDocument): boolean =>
  KEPT.has(standard) && kind !== 'acknowledgement' && Boolean(interchange && sender && receiver);
/** What the partner is told of each interchange; documents without one are acknowledged by no standard. */
const acknowledgements = (
  { fileId, documents, unread = [] }: FileTranslatedData,
  file: KnownFile,
): readonly Output[] => {
  const interchanges = new Map<string, FoundDocument[]>();
  for (const one of documents.filter(isNews)) {
    const key = `${one.partner}|${one.nth ?? one.interchange}`;
    const own = interchanges.get(key);
    if (own) own.push(one);
    else interchanges.set(key, [one]);
  }
  const { receivedAt, hash } = file;
  return [
    ...[...interchanges.values()].map((own) => say(AcknowledgeFile, acknowledgementOf(fileId, own, file))),
    ...unread
      .filter(({ standard }) => KEPT.has(standard))
      .map((one) => say(RefuseInterchange, { ...one, fileId, receivedAt, hash })),
  ];
};
const acknowledgementOf = (
  fileId: string,
  own: readonly FoundDocument[],
  { hash, receivedAt }: KnownFile,
): AcknowledgeFileData => {
  const [first] = own as readonly [FoundDocument];
  const { partner, standard, interchange = '', sender = '', receiver = '' } = first;
  return {
    fileId,
    partner,
    standard,
    interchange,
    receivedAt,
    hash,
    nth: first.nth ?? 0,
    addressing: addressingIn({ ...first, sender, receiver }),
    messages: own.map((one) => messageOf(fileId, one)),
  };
};
const messageOf = (fileId: string, one: FoundDocument): AcknowledgeFileData['messages'][number] => {
  const { type, control = '', release, group, faults } = one;
  return {
    documentId: documentIdIn(fileId, one),
    type,
    control,
    ...(release ? { release } : {}),
    ...(group ? { group } : {}),
    faults: faults.map(({ code }) => code),
  };
};

const NOTHING: DocumentFault = { code: 'no-document-found', path: '', text: 'no document stands in this file' };
const putAside = (
  { data, at, correlationId }: Input<FileTranslatedData>,
  file: KnownFile,
  findings: FileFindings,
): readonly Change[] => {
  const { fileId } = data;
  const faults = data.faults.length > 0 ? data.faults : [NOTHING];
  const [first = NOTHING] = faults;
  const raised: CaseRaised = {
    type: 'case-raised',
    reason: first.code,
    subject: fileRef(fileId),
    keys: [`file:${fileId}`, ...(file.name ? [`name:${file.name}`] : [])],
    text: first.text,
    at,
    correlationId,
    lane: fileId,
  };
  return [changed(fileId, { type: 'file-quarantined', at, faults, ...findings }), change(caseOf(fileId), raised)];
};
const over = (fileId: string, ended: Omit<CaseEnded, 'type'>): Change =>
  change(caseOf(fileId), { type: 'case-ended', ...ended });

export const decideFile = ({ data, at, actor }: Input<DecideFileData>, states: Files): Decision => {
  const { fileId, verdict, comment, partner } = data;
  const file = states.file(fileId);
  if (file.status === 'none') return reject('not-found');
  if (file.status !== 'quarantined') return reject('not-quarantined', [{ reason: 'not-quarantined', field: 'fileId' }]);
  const how = verdict === 'replay' ? 'replayed' : 'discarded';
  if (how === 'discarded' && comment.trim() === '')
    return reject('comment-missing', [{ reason: 'comment-missing', field: 'comment' }]);
  const fact: FileFact = {
    type: 'file-decided',
    at,
    how,
    by: actor.id,
    text: comment,
    ...(partner ? { partner } : {}),
  };
  const told = answer({ fileId, status: how });
  if (how === 'discarded') return accept(changed(fileId, fact), over(fileId, { how, at, comment, by: actor.id }), told);
  return accept(
    changed(fileId, fact),
    ask(TranslateFile, translationOf(fileId, { ...file, ...(partner ? { partner } : {}) })),
    told,
  );
};
