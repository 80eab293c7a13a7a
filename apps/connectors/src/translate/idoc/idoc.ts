/** Reads SAP IDocs in XML: every IDOC of a file by its message type. */
import { textOf } from '../edi/text.js';
import type { CanonicalDocument } from '../../canonical/document.js';
import { documentOf, nothingFound } from '../erp/reading.js';
import type { Interchange, TranslatedDocument, Translation, TranslationContext } from '../translation.js';
import { elementAt, elementsIn, textAt, type XmlElement } from '../xml/element.js';
import { readXml } from '../xml/read.js';
import type { Reading } from '../xml/typed.js';
import { readDelivery } from './delivery.js';
import { isFlatIdoc, readFlatIdoc } from './flat.js';
import { readInvoic } from './invoic.js';
import { readOrdchg, readOrders } from './orders.js';

type Reader = (reading: Reading, document: XmlElement) => CanonicalDocument;
/** By message type (EDI_DC40 MESTYP). A new one is a reader and one line here. */
const MESSAGES: Readonly<Record<string, Reader>> = {
  ORDERS: readOrders,
  ORDCHG: readOrdchg,
  DELVRY: readDelivery,
  DESADV: readDelivery,
  SHPCON: readDelivery,
  WHSCON: readDelivery,
  SHPORD: readDelivery,
  INVOIC: readInvoic,
  GSVERF: readInvoic,
};

/** Message types of basic types: what an IDoc is that comes without its control record. */
const BASIC_TYPES: readonly (readonly [basic: RegExp, type: string])[] = [
  [/^ORDERS\d\d$/, 'ORDERS'],
  [/^DELVRY\d\d$/, 'DESADV'],
  [/^INVOIC\d\d$/, 'INVOIC'],
];
const typeOf = (document: XmlElement, control: XmlElement | undefined): string => {
  const basic = textAt(control, 'IDOCTYP') ?? document.parent?.name ?? 'IDOC';
  return textAt(control, 'MESTYP') ?? BASIC_TYPES.find(([sign]) => sign.test(basic))?.[1] ?? basic;
};

const idocsIn = (root: XmlElement): readonly XmlElement[] => elementsIn([root], ({ name }) => name === 'IDOC');

const readOne = (document: XmlElement, context: TranslationContext): TranslatedDocument => {
  const reading: Reading = { context, faults: [] };
  const control = elementAt(document, 'EDI_DC40') ?? elementAt(document, 'EDI_DC');
  const type = typeOf(document, control);
  const reader = Object.hasOwn(MESSAGES, type) ? MESSAGES[type] : undefined;
  const read = documentOf('IDoc', document, type, reader?.(reading, document), reading);
  const release = textAt(control, 'IDOCTYP');
  const number = textAt(control, 'DOCNUM');
  return { ...read, ...(release !== undefined && { release }), ...(number !== undefined && { control: number }) };
};

/** A flat one is told by its first bytes, behind a byte order mark. */
const MARK_BYTES = 16;

export const readIdoc: Translation = (bytes, context): Interchange => {
  if (isFlatIdoc(textOf(bytes.subarray(0, MARK_BYTES)))) return readFlatIdoc(textOf(bytes));
  const read = readXml(bytes);
  if ('fault' in read) return { standard: 'IDoc', documents: [], faults: [read.fault] };
  const documents = idocsIn(read.root);
  const [first] = documents;
  if (!first) return nothingFound('IDoc', 'no IDOC in this document');
  const control = elementAt(first, 'EDI_DC40') ?? elementAt(first, 'EDI_DC');
  const sender = textAt(control, 'SNDPRN') ?? textAt(control, 'SNDPOR');
  const receiver = textAt(control, 'RCVPRN') ?? textAt(control, 'RCVPOR');
  return {
    standard: 'IDoc',
    ...(sender !== undefined && { sender }),
    ...(receiver !== undefined && { receiver }),
    ...(textAt(control, 'TEST') === 'X' && { test: true }),
    documents: documents.map((one) => readOne(one, context)),
    faults: [],
  };
};
