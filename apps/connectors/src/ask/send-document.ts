/** Writes a document, archives it, and hands it to its partner; each partner has a breaker of its own. */
import {
  DocumentSent,
  SendDocument,
  type DocumentSentData,
  type NotedInvoice,
  type NotedShipment,
  type SendDocumentData,
} from '@crossdock/contracts';
import type { Input } from '@crossdock/kernel';
import { defineAsk, OutsideRefusal, type Archived, type OutsideAndKept } from '@crossdock/runtime';
import { acknowledgementsOf, type Acknowledged, type Outgoing } from '../answer/acknowledge.js';
import { deliver } from '../answer/deliver.js';
import { despatchOf } from '../answer/despatch.js';
import { invoiceOf } from '../answer/invoice.js';
import { responseOf, type Answer } from '../answer/response.js';
import { writeDocument } from '../answer/write.js';
import type { CanonicalDocument } from '../canonical/document.js';
import type { CanonicalOrder } from '../canonical/order.js';
import type { ConnectorsSettings } from '../config.js';
import { canonicalOf } from '../map/map-document.js';
import { unordered } from './partner-codes.js';

type Question = Input<SendDocumentData>;
const LIMIT_BYTES = 64 * 1024 * 1024;

/** What the content says of which document; several of a kind never stand in one interchange. */
interface Content {
  readonly shipment?: NotedShipment;
  readonly invoice?: NotedInvoice;
}
/** Made of the order that it answers, advises or bills. */
const documentOf = (order: CanonicalOrder, { content, queuedAt }: SendDocumentData): CanonicalDocument => {
  const { shipment, invoice } = content as Content;
  if (shipment) return { kind: 'despatch-advice', data: despatchOf(order, shipment, queuedAt) };
  if (invoice) return invoiceOf(order, invoice);
  return { kind: 'order-response', data: responseOf(order, content as unknown as Answer, queuedAt) };
};

const outgoingOf = async ({ tenant, data }: Question, { kept }: OutsideAndKept): Promise<readonly Outgoing[]> => {
  const { canonical, content, standard, type } = data;
  if (canonical) {
    const made = await canonicalOf(kept.archive, tenant, canonical);
    if (made.kind !== 'order') throw new OutsideRefusal(0, `a document of kind ${made.kind} has no response`);
    return [{ type, document: documentOf(made.data, data) }];
  }
  const { invoice } = content as Content;
  if (invoice) return [{ type, document: invoiceOf(await unordered(kept.queries, tenant, data), invoice) }];
  const read = content as unknown as Acknowledged;
  const bytes = await kept.archive.read(tenant, read.hash);
  if (!bytes) throw new Error(`the archive has no ${read.hash}`);
  return acknowledgementsOf(standard, bytes, read);
};

const send = async (question: Question, outside: OutsideAndKept, settings: ConnectorsSettings): Promise<Archived> => {
  const written = writeDocument(question.data, await outgoingOf(question, outside));
  const [fault] = written.faults;
  if (fault) throw new OutsideRefusal(0, fault.text);
  const archived = await outside.kept.archive.put(question.tenant, written.bytes, LIMIT_BYTES, 'sent');
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
