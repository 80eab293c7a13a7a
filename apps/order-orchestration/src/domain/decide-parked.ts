/** Documents that can't be taken as they are: put aside with their content, and decided by a person. */
import {
  accept,
  answer,
  change,
  derivedId,
  ignore,
  ref,
  say,
  type Decision,
  type Input,
  type Output,
  type Ref,
} from '@crossdock/kernel';
import {
  DocumentParked,
  SettleDocument,
  type ParkDocumentData,
  type RecordFileData,
  type SettleDocumentData,
} from '@crossdock/contracts';
import { fileRef, parkedRef } from './documents.js';
import type { OrderStates } from './touched.js';

export const touchesPark = ({ data }: Input<ParkDocumentData>): readonly Ref[] => [
  parkedRef(data.documentId),
  parkedCase(data.documentId),
];

export const park = (input: Input<ParkDocumentData>, states: OrderStates): Decision => {
  const { data, at, batchId, correlationId } = input;
  const { documentId, documentNo, channel, contentHash, reason, text, source, content } = data;
  const subject = parkedRef(documentId);
  const known = states.document(documentId);
  const told = answer({ documentId, documentNo, status: 'parked', reason });
  const isKnown = known.status !== 'none' && known.contentHash === contentHash && known.reason === reason;
  if (isKnown && known.status !== 'taken')
    return ignore('already-known', { documentId, documentNo, status: known.status, reason });
  return accept(
    change(subject, {
      type: 'document-parked',
      documentId,
      documentNo,
      channel,
      contentHash,
      reason,
      text,
      takenAt: at,
      correlationId,
      ...(source ? { source } : {}),
      ...(batchId ? { batchId } : {}),
    }),
    change(parkedCase(documentId), {
      type: 'case-raised',
      reason,
      subject,
      keys: [`documentNo:${documentNo}`],
      text: source ? `${source}: ${text}` : text,
      at,
      correlationId,
      lane: documentId,
      content,
      ...(batchId ? { batchId } : {}),
    }),
    say(DocumentParked, { documentId, channel, documentNo, reason, text, parkedAt: at }, subject),
    told,
  );
};

/** One case per parked document, whatever it was last parked for. */
const parkedCase = (documentId: string): Ref => ref('case', derivedId('case', 'document', documentId));

export const touchesSettle = ({ data }: Input<SettleDocumentData>): readonly Ref[] => [
  parkedRef(data.documentId),
  parkedCase(data.documentId),
];

/** The document was taken after all: by a retry, or because it came again when its cause was gone. */
export const settle = ({ data, at }: Input<SettleDocumentData>, states: OrderStates): Decision => {
  const { documentId } = data;
  const found = states.case(parkedCase(documentId).id);
  if (states.document(documentId).status !== 'parked') return ignore('nothing-to-do');
  const over =
    found.status === 'open'
      ? [change(parkedCase(documentId), { type: 'case-ended', how: 'resolved', at } as const)]
      : [];
  return accept(change(parkedRef(documentId), { type: 'document-settled' }), over);
};

/** What a document that is taken says when it was parked before. */
export const settling = ({ parked }: { readonly parked?: boolean }, documentId: string): readonly Output[] =>
  parked ? [say(SettleDocument, { documentId })] : [];

export const touchesFile = ({ data }: Input<RecordFileData>): readonly Ref[] => [fileRef(data.fileId)];

export const recordFile = ({ data, at, batchId }: Input<RecordFileData>, states: OrderStates): Decision =>
  states.file(data.fileId).status === 'none'
    ? accept(change(fileRef(data.fileId), { type: 'file-worked-off', ...data, at, ...(batchId ? { batchId } : {}) }))
    : ignore('already-known');
