/** Puts one document in, and puts it aside when it is refused: nothing that comes in by file or shop vanishes. */
import { derivedId, type Refusal } from '@crossdock/kernel';
import {
  ParkDocument,
  reasonOf,
  SubmitAdjustment,
  SubmitOrder,
  SubmitReturn,
  type Message,
  type ParkDocumentData,
} from '@crossdock/contracts';
import { Problem, type Caller, type Door, type DoorAnswer } from '@crossdock/runtime';
import {
  adjustmentData,
  contentHashOf,
  documentIdOf,
  orderData,
  returnData,
  type ReadDocument,
} from '../translate/document.js';
import type { Fate } from './file-account.js';

export interface Intake {
  readonly door: Door;
  readonly caller: Caller;
  readonly channel: string;
  /** file or shop, for people */
  readonly source: string;
  /** what ids of inputs derive from, so that doing it again does nothing twice */
  readonly origin: string;
  readonly batchId?: string;
  readonly maxLines: number;
  readonly daysAhead: number;
  /** true when a document of this number was put aside before */
  readonly wasParked: boolean;
}
interface Refused {
  readonly reason: string;
  readonly text: string;
  readonly errors: readonly Refusal[];
}
type Submitted = DoorAnswer | Refused;
const isRefused = (found: Submitted): found is Refused => !('kind' in found);

const textOf = (refusals: readonly Refusal[]): string =>
  refusals
    .slice(0, 10)
    .map(({ reason, field, text }) => [field, text ?? reasonOf(reason)?.business ?? reason].filter(Boolean).join(': '))
    .join('; ');

/** What the door says to a document; a body that breaks its schema is refused like any other. */
const submitted = async <D>(intake: Intake, contract: Message<D>, data: D, id: string): Promise<Submitted> => {
  const { door, caller, batchId } = intake;
  try {
    return await door.submit(contract, data, caller, { id, ...(batchId ? { batchId } : {}) });
  } catch (error) {
    if (!(error instanceof Problem) || error.status !== 400) throw error;
    return { reason: error.code, text: error.message, errors: error.more.errors ?? [] };
  }
};

interface Call {
  readonly contract: Message;
  readonly data: { readonly contentHash: string; readonly lines: readonly unknown[] };
}
type Readable = Exclude<ReadDocument, { kind: 'unreadable' }>;
const callOf = (document: Readable, intake: Intake): Call => {
  const source = `${intake.source}:${document.row}`;
  const { caller, channel, daysAhead } = intake;
  const origin = { tenant: caller.tenant, channel, source, daysAhead };
  const parked = intake.wasParked ? { parked: true } : {};
  if (document.kind === 'order')
    return { contract: SubmitOrder, data: { ...orderData(document.document, origin), ...parked } };
  if (document.kind === 'return')
    return { contract: SubmitReturn, data: { ...returnData(document.document, origin), ...parked } };
  return { contract: SubmitAdjustment, data: { ...adjustmentData(document.document, origin), ...parked } };
};

/** What our own code cannot make out is put aside as well: tried for ever, it would hold up all that stands behind it. */
const calledOrNot = (document: Readable, intake: Intake): Call | Error => {
  try {
    return callOf(document, intake);
  } catch (error) {
    return error as Error;
  }
};

/** A file that was cut off and handed in again meets its own documents: they were taken with this batch. */
const isOfBatch = (known: unknown, batchId: string | undefined): boolean =>
  batchId !== undefined && (known as { readonly batchId?: string } | undefined)?.batchId === batchId;

export const submitDocument = async (document: ReadDocument, intake: Intake): Promise<Fate> => {
  if (document.kind === 'unreadable') {
    const { reason, text, content } = document;
    return park(document, intake, contentHashOf(content), { reason, text }, content);
  }
  const call = calledOrNot(document, intake);
  if (call instanceof Error) {
    const content = { document: document.document };
    return park(document, intake, contentHashOf(content), { reason: 'decision-failed', text: call.message }, content);
  }
  const { contract, data } = call;
  const content = { contract: contract.type, data };
  if (data.lines.length > intake.maxLines) {
    const text = `${data.lines.length} lines; ${intake.maxLines} are the most`;
    return park(document, intake, data.contentHash, { reason: 'too-many-lines', text }, content);
  }
  const answer = await submitted(
    intake,
    contract,
    data,
    derivedId(intake.origin, document.kind, document.documentNo, document.row),
  );
  if (isRefused(answer)) return park(document, intake, data.contentHash, answer, content);
  if (answer.kind === 'accept') return 'taken';
  if (answer.kind === 'ignore') return isOfBatch(answer.answer, intake.batchId) ? 'taken' : 'already-known';
  if (answer.kind === 'defer') throw new Problem(503, 'outcome-unknown', { detail: answer.reason });
  const { reason, refusals } = answer;
  return park(document, intake, data.contentHash, { reason, text: textOf(refusals) }, content);
};

/** Puts a document aside; it was parked before when the very same content was refused for the very same reason. */
const park = async (
  document: ReadDocument,
  intake: Intake,
  contentHash: string,
  { reason, text }: { readonly reason: string; readonly text: string },
  content: Record<string, unknown>,
): Promise<Fate> => {
  const { caller, channel, source, origin } = intake;
  const { documentNo, row } = document;
  const data: ParkDocumentData = {
    documentId: documentIdOf(caller.tenant, channel, documentNo),
    channel,
    documentNo,
    contentHash,
    reason,
    text: (text || (reasonOf(reason)?.business ?? reason)).slice(0, 1000),
    source: `${source}:${row}`.slice(0, 500),
    content,
  };
  const answer = await submitted(intake, ParkDocument, data, derivedId(origin, 'park', documentNo, row, reason));
  if (isRefused(answer)) throw new Error(`${documentNo} can't be put aside: ${answer.text}`);
  return answer.kind === 'ignore' ? 'already-known' : { reason, text: data.text };
};
