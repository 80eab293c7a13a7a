/** QuickBooks Online, v3 XML and JSON: single entities, query answers, batches and change data; and QBXML of QuickBooks Desktop. */
import type { CanonicalDocument } from '../../canonical/document.js';
import { filled } from '../../canonical/filled.js';
import type { CanonicalNotification } from '../../canonical/notification.js';
import { readJson } from '../json.js';
import type { Translation, TranslationContext } from '../translation.js';
import { elementsIn, textAt, type XmlElement } from '../xml/element.js';
import { readXml } from '../xml/read.js';
import type { Reading } from '../xml/typed.js';
import { elementsOfJson } from './json-element.js';
import { customerOf, itemOf, journalOf, paymentOf } from './quickbooks-records.js';
import { desktopReaderOf, refusalsIn } from './qbxml.js';
import { creditMemoOf, estimateOf, invoiceOf, purchaseOrderOf } from './quickbooks-sales.js';
import { documentOf, nothingFound } from './reading.js';

type Reader = (reading: Reading, entity: XmlElement) => CanonicalDocument;
/** By entity. A new one is a reader and one line here. */
const ENTITIES: Readonly<Record<string, Reader>> = {
  Invoice: invoiceOf,
  SalesReceipt: invoiceOf,
  CreditMemo: creditMemoOf,
  RefundReceipt: creditMemoOf,
  Bill: invoiceOf,
  VendorCredit: creditMemoOf,
  PurchaseOrder: purchaseOrderOf,
  Estimate: estimateOf,
  Customer: customerOf('customer'),
  Vendor: customerOf('supplier'),
  Item: itemOf,
  Payment: paymentOf,
  JournalEntry: journalOf,
};
const readerOf = (name: string): Reader | undefined =>
  Object.hasOwn(ENTITIES, name) ? ENTITIES[name] : desktopReaderOf(name);

/** Change data says of a deleted entity only that it is gone. */
const deleted = (entity: XmlElement): CanonicalDocument | undefined => {
  if (entity.attributes.status !== 'Deleted') return undefined;
  const id = textAt(entity, 'Id') ?? '';
  const at = textAt(entity, 'MetaData', 'LastUpdatedTime');
  const data = filled<CanonicalNotification>({
    number: `${entity.name}:${id}:${at ?? 'deleted'}`,
    subject: entity.name,
    subjectId: id,
    what: 'deleted',
    at,
  });
  return { kind: 'notification', data };
};

/** Entities wherever an answer wraps them; what an entity refers to within itself is no document. */
const entitiesIn = (roots: readonly XmlElement[]): readonly XmlElement[] =>
  elementsIn(roots, ({ name }) => readerOf(name) !== undefined);

const rootsOf = (bytes: Uint8Array) => {
  const first = bytes.subarray(0, 64).find((byte) => byte > 0x20 && byte < 0x7f);
  if (first === 0x3c) {
    const read = readXml(bytes);
    return 'fault' in read ? read : { roots: [read.root] };
  }
  const read = readJson(bytes);
  return 'fault' in read ? read : { roots: elementsOfJson(read.value, 'status') };
};

const entityOf = (entity: XmlElement, context: TranslationContext) => {
  const reading: Reading = { context, faults: [] };
  const canonical = deleted(entity) ?? readerOf(entity.name)?.(reading, entity);
  return documentOf('QuickBooks', entity, entity.name, canonical, reading);
};

export const readQuickBooks: Translation = (bytes, context) => {
  const read = rootsOf(bytes);
  if ('fault' in read) return { standard: 'QuickBooks', documents: [], faults: [read.fault] };
  const documents = entitiesIn(read.roots).map((entity) => entityOf(entity, context));
  const faults = refusalsIn(read.roots);
  if (documents.length + faults.length === 0)
    return nothingFound('QuickBooks', 'no entity of QuickBooks that is known here');
  return { standard: 'QuickBooks', documents, faults };
};
