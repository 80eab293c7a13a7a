/** Writes a document, archives it, and hands it to its partner; each partner has a breaker of its own. */
import { DocumentSent, SendDocument, type DocumentSentData, type SendDocumentData } from '@crossdock/contracts';
import type { Input } from '@crossdock/kernel';
import { defineAsk, OutsideRefusal, type Archived, type OutsideAndKept } from '@crossdock/runtime';
import { acknowledgementsOf, type Acknowledged, type Outgoing } from '../answer/acknowledge.js';
import { deliver } from '../answer/deliver.js';
import { responseOf, type Answer } from '../answer/response.js';
import { writeDocument } from '../answer/write.js';
import type { ConnectorsSettings } from '../config.js';
import { canonicalOf } from '../map/map-document.js';

type Question = Input<SendDocumentData>;
const LIMIT_BYTES = 64 * 1024 * 1024;

const outgoingOf = async ({ tenant, data }: Question, { kept }: OutsideAndKept): Promise<readonly Outgoing[]> => {
  const { canonical, content, queuedAt, standard, type } = data;
  if (!canonical) {
    const read = content as unknown as Acknowledged;
    const bytes = await kept.archive.read(tenant, read.hash);
    if (!bytes) throw new Error(`the archive has no ${read.hash}`);
    return acknowledgementsOf(standard, bytes, read);
  }
  const order = await canonicalOf(kept.archive, tenant, canonical);
  if (order.kind !== 'order') throw new OutsideRefusal(0, `a document of kind ${order.kind} has no response`);
  const response = responseOf(order.data, content as unknown as Answer, queuedAt);
  return [{ type, document: { kind: 'order-response', data: response } }];
};

const send = async (question: Question, outside: OutsideAndKept, settings: ConnectorsSettings): Promise<Archived> => {
  const written = writeDocument(question.data, await outgoingOf(question, outside));
  const [fault] = written.faults;
  if (fault) throw new OutsideRefusal(0, fault.text);
  const archived = await outside.kept.archive.put(question.tenant, written.bytes, LIMIT_BYTES);
  await deliver(question, written, outside, settings);
  return archived;
};

export const sendDocument = defineAsk<SendDocumentData, DocumentSentData, Archived, ConnectorsSettings>({
  asks: SendDocument,
  answers: DocumentSent,
  system: 'partner',
  outsideOf: ({ partner }) => partner,
  policy: { deadlineMs: 15_000, concurrency: 1, unansweredAfterMs: 600_000, backoffMs: [500, 60_000] },
  call: (question, outside, settings) => send(question, outside as OutsideAndKept, settings),
  answer: ({ data: { dispatchId, partner, documentId } }, said) => {
    const about = { dispatchId, partner, ...(documentId ? { documentId } : {}) };
    if (said.outcome === 'done') return { ...about, outcome: 'done', ...said.result };
    return { ...about, outcome: said.outcome, text: said.text.slice(0, 1000) };
  },
});
