/** NetSuite SuiteTalk: records of get, search and list answers, item availability, and answers to writes (SOAP); records (REST). */
import type { CanonicalDocument } from '../../canonical/document.js';
import { filled } from '../../canonical/filled.js';
import type { CanonicalNotification } from '../../canonical/notification.js';
import { readJson } from '../json.js';
import type { Fault, Interchange, TranslatedDocument, Translation, TranslationContext } from '../translation.js';
import { elementAt, elementsIn, pathOf, textAt, type XmlElement } from '../xml/element.js';
import { readXml } from '../xml/read.js';
import { FAULTS_MAX, type Reading } from '../xml/typed.js';
import { availabilityOf, fulfilmentOf, partyRecordOf } from './netsuite-records.js';
import { creditMemoOf, invoiceOf, orderOf } from './netsuite-sales.js';
import { restRecordsIn } from './netsuite-rest.js';
import { documentOf, nothingFound } from './reading.js';

type Reader = (reading: Reading, record: XmlElement) => CanonicalDocument;
/** By record type (xsi:type without its prefix). */
const RECORDS: Readonly<Record<string, Reader>> = {
  Invoice: invoiceOf,
  CashSale: invoiceOf,
  VendorBill: invoiceOf,
  CreditMemo: creditMemoOf,
  SalesOrder: orderOf,
  PurchaseOrder: orderOf,
  Estimate: orderOf,
  ItemFulfillment: fulfilmentOf,
  Customer: partyRecordOf('customer'),
  Vendor: partyRecordOf('supplier'),
};
/** `salesOrder` and `salesorder` of REST are SOAP's `SalesOrder`. */
const KNOWN = new Map(Object.keys(RECORDS).map((name) => [name.toLowerCase(), name]));
const typeOf = (record: XmlElement): string => {
  const type = record.attributes.type?.split(':').at(-1) ?? record.name;
  return KNOWN.get(type.toLowerCase()) ?? type;
};

const written = (base: XmlElement): CanonicalDocument => {
  const id = base.attributes.internalId ?? '';
  const type = base.attributes.type ?? 'record';
  const data = filled<CanonicalNotification>({
    number: `${type}:${id}`,
    subject: type,
    subjectId: id,
    what: 'written',
  });
  return { kind: 'notification', data };
};

const readOne = (element: XmlElement, context: TranslationContext): TranslatedDocument => {
  const reading: Reading = { context, faults: [] };
  if (element.name === 'itemAvailabilityList')
    return documentOf('NetSuite', element, 'ItemAvailability', availabilityOf(reading, element), reading);
  if (element.name === 'baseRef') return documentOf('NetSuite', element, 'WriteResponse', written(element), reading);
  const type = typeOf(element);
  const reader = Object.hasOwn(RECORDS, type) ? RECORDS[type] : undefined;
  return documentOf('NetSuite', element, type, reader?.(reading, element), reading);
};

const DOCUMENTS = ['record', 'itemAvailabilityList', 'baseRef'];
const isRefusal = ({ name, attributes }: XmlElement): boolean =>
  name === 'Fault' || (name === 'status' && attributes.isSuccess === 'false');
/** Records and refusals in document order; a record's own parts are not searched. */
const partsOf = (root: XmlElement): { readonly found: readonly XmlElement[]; readonly refused: readonly Fault[] } => {
  const all = elementsIn([root], (one) => DOCUMENTS.includes(one.name) || isRefusal(one));
  return {
    found: all.filter((one) => !isRefusal(one)),
    refused: all.filter(isRefusal).slice(0, FAULTS_MAX).map(refusal),
  };
};
const refusal = (status: XmlElement): Fault => {
  const detail = elementAt(status, 'statusDetail') ?? status;
  const code = textAt(detail, 'code') ?? textAt(detail, 'faultcode') ?? 'ERROR';
  const message = textAt(detail, 'message') ?? textAt(detail, 'faultstring') ?? 'without a message';
  return { code: 'refused-by-partner', path: pathOf(status), text: `NetSuite refused: ${code}, ${message}` };
};

const readRest = (bytes: Uint8Array, context: TranslationContext): Interchange => {
  const read = readJson(bytes);
  if ('fault' in read) return { standard: 'NetSuite', documents: [], faults: [read.fault] };
  const { records, refused, references } = restRecordsIn(read.value);
  if (records.length + refused.length === 0)
    return nothingFound('NetSuite', `no record of NetSuite, only ${references} references to records`);
  return { standard: 'NetSuite', documents: records.map((one) => readOne(one, context)), faults: refused };
};

export const readNetSuite: Translation = (bytes, context): Interchange => {
  const first = bytes.subarray(0, 64).find((byte) => byte > 0x20 && byte < 0x7f);
  if (first !== 0x3c) return readRest(bytes, context);
  const read = readXml(bytes);
  if ('fault' in read) return { standard: 'NetSuite', documents: [], faults: [read.fault] };
  const { found, refused } = partsOf(read.root);
  if (found.length + refused.length === 0) return nothingFound('NetSuite', 'no record of NetSuite that is known here');
  return { standard: 'NetSuite', documents: found.map((one) => readOne(one, context)), faults: refused };
};
