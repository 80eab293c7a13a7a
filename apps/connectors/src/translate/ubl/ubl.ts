/** Reads UBL 2.0 to 2.3 and Peppol BIS 3 documents, bare or within a StandardBusinessDocument. */
import type { CanonicalDocument } from '../../canonical/document.js';
import type { Interchange, TranslatedDocument, Translation, TranslationContext } from '../translation.js';
import { elementAt, textAt, type XmlElement } from '../xml/element.js';
import { readXml } from '../xml/read.js';
import type { Reading } from '../xml/typed.js';
import { readCatalogue } from './catalogue.js';
import { readDespatchAdvice, readReceiptAdvice } from './despatch.js';
import { figuresOf } from './figures.js';
import { readInventoryReport } from './inventory.js';
import { readCreditNote, readInvoice } from './invoice.js';
import { readOrder, readOrderCancellation, readOrderChange } from './order.js';
import { readOrderResponse } from './order-response.js';
import { readRemittanceAdvice } from './remittance.js';
import { checkRequired } from './required.js';
import { readTransportationStatus } from './transport.js';

type Reader = (reading: Reading, root: XmlElement) => CanonicalDocument;
/** By root element. A new document type is a reader and one line here. */
const READERS: Readonly<Record<string, Reader>> = {
  Order: readOrder,
  OrderChange: readOrderChange,
  OrderCancellation: readOrderCancellation,
  OrderResponse: readOrderResponse,
  OrderResponseSimple: readOrderResponse,
  DespatchAdvice: readDespatchAdvice,
  ReceiptAdvice: readReceiptAdvice,
  Invoice: readInvoice,
  CreditNote: readCreditNote,
  RemittanceAdvice: readRemittanceAdvice,
  Catalogue: readCatalogue,
  InventoryReport: readInventoryReport,
  TransportationStatus: readTransportationStatus,
};

const release = (root: XmlElement): string | undefined =>
  textAt(root, 'UBLVersionID') ?? textAt(root, 'CustomizationID');

/** Wherever a fault stands, the content is still read as far as it goes. */
export const documentOf = (root: XmlElement, context: TranslationContext): TranslatedDocument => {
  const reading: Reading = { context, faults: [] };
  const reader = Object.hasOwn(READERS, root.name) ? READERS[root.name] : undefined;
  checkRequired(reading, root);
  const canonical = reader?.(reading, root);
  if (!reader)
    reading.faults.push({
      code: 'message-unsupported',
      path: `/${root.name}`,
      text: `no mapping for UBL document ${JSON.stringify(root.name)}`,
    });
  const said = release(root);
  const number = textAt(root, 'ID');
  return {
    standard: 'UBL',
    type: root.name,
    ...(said !== undefined && { release: said }),
    ...(number !== undefined && { number }),
    figures: figuresOf(root),
    ...(canonical && { canonical }),
    faults: reading.faults,
  };
};

/** Where UBL says who sends: the envelope, else the endpoint of the party, else its first identifier. */
const endpointOf = (root: XmlElement, roles: readonly string[]): XmlElement | undefined => {
  const role = root.children.find(({ name }) => roles.includes(name));
  const party = elementAt(role, 'Party') ?? role;
  return elementAt(party, 'EndpointID') ?? elementAt(party, 'PartyIdentification', 'ID');
};
const SELLER_SPEAKS = ['OrderResponse', 'OrderResponseSimple', 'DespatchAdvice', 'Invoice', 'CreditNote', 'Catalogue'];
const SELLERS = ['SellerSupplierParty', 'AccountingSupplierParty', 'DespatchSupplierParty', 'ProviderParty'];
const BUYERS = ['BuyerCustomerParty', 'AccountingCustomerParty', 'DeliveryCustomerParty', 'ReceiverParty'];

const addressed = (root: XmlElement, header: XmlElement | undefined) => {
  const [from, to] = SELLER_SPEAKS.includes(root.name) ? [SELLERS, BUYERS] : [BUYERS, SELLERS];
  const sender = elementAt(header, 'Sender', 'Identifier') ?? endpointOf(root, from);
  const receiver = elementAt(header, 'Receiver', 'Identifier') ?? endpointOf(root, to);
  const control = textAt(header, 'DocumentIdentification', 'InstanceIdentifier');
  const scheme = (one: XmlElement | undefined) => one?.attributes.schemeID ?? one?.attributes.Authority;
  return Object.fromEntries(
    Object.entries({
      sender: sender?.text.trim() || undefined,
      receiver: receiver?.text.trim() || undefined,
      senderQualifier: scheme(sender),
      receiverQualifier: scheme(receiver),
      control,
    }).filter(([, value]) => value !== undefined),
  );
};

export const readUbl: Translation = (bytes, context): Interchange => {
  const read = readXml(bytes);
  if ('fault' in read) return { standard: 'UBL', documents: [], faults: [read.fault] };
  const header = elementAt(read.root, 'StandardBusinessDocumentHeader');
  const root = header ? read.root.children.find((one) => one !== header) : read.root;
  if (!root) {
    const fault = {
      code: 'element-missing',
      path: '/StandardBusinessDocument',
      text: 'the envelope holds no document',
    };
    return { standard: 'UBL', documents: [], faults: [fault] };
  }
  return { standard: 'UBL', ...addressed(root, header), documents: [documentOf(root, context)], faults: [] };
};
