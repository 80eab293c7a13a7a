/** What every rule about a document says alike: a fact, the step for whoever watches, and its exception case. */
import { change, derivedId, ref, say, type Change, type Output, type Ref } from '@crossdock/kernel';
import {
  DocumentStepped,
  type CaseRaised,
  type DocumentFault,
  type DocumentStep,
  type MadeBy,
  type OrderRefusal,
} from '@crossdock/contracts';
import { documentRef, type DocumentFact, type KnownDocument } from './document.js';

type Made = Pick<KnownDocument, 'tables' | 'mappingVersion'>;
type About = Pick<
  KnownDocument,
  'documentId' | 'partner' | 'fileId' | 'standard' | 'type' | 'number' | 'control' | 'orderId' | 'correlationId'
> &
  Made;

export const documentChange = (documentId: string, fact: DocumentFact): Change => change(documentRef(documentId), fact);

/** One case per document, whatever it is put aside for. */
export const documentCase = (documentId: string): Ref => ref('case', derivedId('case', 'document', documentId));
export const caseOver = (
  documentId: string,
  ended: {
    readonly how: 'resolved' | 'discarded';
    readonly at: string;
    readonly comment?: string;
    readonly by?: string;
  },
): Change => change(documentCase(documentId), { type: 'case-ended', ...ended });

/** By what a document was read and mapped: stands wherever its content goes. */
export const madeByOf = ({ tables, mappingVersion }: Made): { readonly madeBy?: MadeBy } =>
  tables === undefined && mappingVersion === undefined
    ? {}
    : { madeBy: { ...(tables ? { tables } : {}), ...(mappingVersion === undefined ? {} : { mappingVersion }) } };

/** Tells whoever watches. */
export const stepped = (about: About, step: DocumentStep, reason?: string): Output => {
  const { documentId, partner, fileId, standard, type, number, control, orderId } = about;
  const data = {
    documentId,
    partner,
    fileId,
    step,
    standard,
    type,
    ...(number ? { number } : {}),
    ...(control ? { control } : {}),
    ...(orderId ? { orderId } : {}),
    ...(reason ? { reason } : {}),
    ...madeByOf(about),
  };
  return say(DocumentStepped, data, documentRef(documentId));
};

const TOLD = 10;
/** Somebody should look at a document; what it waits for may still come. */
export const raised = (about: About, at: string, faults: readonly DocumentFault[]): Change => {
  const { documentId, partner, number, control, correlationId } = about;
  const fact: CaseRaised = {
    type: 'case-raised',
    reason: reasonOf(faults),
    subject: documentRef(documentId),
    keys: [
      `partner:${partner}`,
      ...(number ? [`documentNo:${number}`] : []),
      ...(control ? [`control:${control}`] : []),
    ],
    text: faults
      .slice(0, TOLD)
      .map(({ path, text }) => (path ? `${path}: ${text}` : text))
      .join('; '),
    at,
    correlationId,
    lane: partner,
  };
  return change(documentCase(documentId), fact);
};
const reasonOf = (faults: readonly DocumentFault[]): string => faults[0]?.code ?? 'not-mappable';
/** Puts a document aside: nothing of it is lost, and a case says why. */
export const quarantine = (about: About, at: string, faults: readonly DocumentFault[]): readonly Output[] => [
  documentChange(about.documentId, { type: 'document-quarantined', at, reason: reasonOf(faults), faults }),
  raised(about, at, faults),
  stepped(about, 'quarantined', reasonOf(faults)),
];

/** Why a document was refused by whom it was handed to. */
export const faultsOf = (refusals: readonly OrderRefusal[]): readonly DocumentFault[] =>
  refusals.map(({ reason, field = '', text }) => ({ code: reason, path: field, text: text ?? reason }));
/** What it asked for has happened. */
export const applied = (document: KnownDocument, at: string): readonly Output[] => [
  documentChange(document.documentId, { type: 'document-applied', at }),
  caseOver(document.documentId, { how: 'resolved', at }),
  stepped(document, 'applied'),
];
