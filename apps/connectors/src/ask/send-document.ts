/** Writes a document, archives it, and hands it to its partner; each partner has a breaker of its own. */
import {
  DocumentSent,
  SendDocument,
  type DocumentSentData,
  type NotedInvoice,
  type NotedShipment,
  type SendDocumentData,
  type SendWarehouseOrderData,
} from '@crossdock/contracts';
import type { Input } from '@crossdock/kernel';
import { defineAsk, OutsideRefusal, type Archived, type OutsideAndKept } from '@crossdock/runtime';
import { acknowledgementsOf, type Acknowledged, type Outgoing } from '../answer/acknowledge.js';
import { deliver } from '../answer/deliver.js';
import { despatchOf } from '../answer/despatch.js';
import { invoiceOf } from '../answer/invoice.js';
import { orderAfter } from '../answer/order-after.js';
import { responseOf, type Answer } from '../answer/response.js';
import { warehouseOrderOf } from '../answer/warehouse-order.js';
import { writeDocument } from '../answer/write.js';
import type { CanonicalDocument } from '../canonical/document.js';
import type { ConnectorsSettings } from '../config.js';
import { canonicalOf } from '../map/map-document.js';
import { textsOf } from '../translate/edi/text.js';
import { eventsOf } from './moved.js';
import { unordered, warehouseCodes } from './partner-codes.js';
import { sentAnswer } from './sent-answer.js';

type Question = Input<SendDocumentData>;
const LIMIT_BYTES = 64 * 1024 * 1024;

/** What the content says of which document; several of a kind never stand in one interchange. */
interface Content {
  readonly warehouseOrder?: SendWarehouseOrderData;
  readonly shipment?: NotedShipment;
  readonly invoice?: NotedInvoice;
}
/** Made of what it answers, or of the order that it advises or bills; a report says what it says. */
const documentOf = (of: CanonicalDocument, { content, queuedAt }: SendDocumentData): CanonicalDocument => {
  const { shipment, invoice } = content as Content;
  if (of.kind === 'inventory-report') return of;
  if (of.kind === 'order' && shipment)
    return { kind: 'despatch-advice', data: despatchOf(of.data, shipment, queuedAt) };
  if (of.kind === 'order' && invoice) return invoiceOf(of.data, invoice);
  if (of.kind !== 'order' && of.kind !== 'order-change' && of.kind !== 'order-cancellation')
    throw new OutsideRefusal(0, `a document of kind ${of.kind} has no response`);
  return { kind: 'order-response', data: responseOf(of.data, content as unknown as Answer, queuedAt) };
};

/** The document that it is made of; an order as its changes have made it. */
const changed = async (
  { archive }: OutsideAndKept['kept'],
  tenant: string,
  { changes = [] }: SendDocumentData,
  canonical: string,
): Promise<CanonicalDocument> => {
  const of = await canonicalOf(archive, tenant, canonical);
  if (of.kind !== 'order' || changes.length === 0) return of;
  const all = await Promise.all(changes.map((hash) => canonicalOf(archive, tenant, hash)));
  const lines = all.flatMap((one) => (one.kind === 'order' || one.kind === 'order-change' ? [one.data] : []));
  return { kind: 'order', data: orderAfter(of.data, lines) };
};

const outgoingOf = async ({ tenant, data }: Question, { kept }: OutsideAndKept): Promise<readonly Outgoing[]> => {
  const { canonical, content, standard, type } = data;
  if (canonical) {
    const of = await changed(kept, tenant, data, canonical);
    return [{ type, document: (await eventsOf(kept, of, { tenant, data })) ?? documentOf(of, data) }];
  }
  const { warehouseOrder, invoice } = content as Content;
  if (warehouseOrder) {
    const codes = await warehouseCodes(kept.queries, tenant, data, warehouseOrder);
    return [
      { type, document: { kind: 'warehouse-order', data: warehouseOrderOf(warehouseOrder, codes, data.queuedAt) } },
    ];
  }
  if (invoice) return [{ type, document: invoiceOf(await unordered(kept.queries, tenant, data), invoice) }];
  const read = content as unknown as Acknowledged;
  const texts = textsOf(async () => {
    const found = await kept.archive.open(tenant, read.hash);
    if (!found) throw new Error(`the archive has no ${read.hash}`);
    return found.stream;
  });
  return acknowledgementsOf(standard, texts, read);
};

const send = async (question: Question, outside: OutsideAndKept, settings: ConnectorsSettings): Promise<Archived> => {
  const outgoing = await outgoingOf(question, outside);
  if (outgoing.length === 0) throw new OutsideRefusal(0, 'there is nothing to say: it acknowledges an acknowledgement');
  const written = writeDocument(question.data, outgoing);
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
  answer: sentAnswer,
});
