/** What the schemas of UBL 2.0 to 2.3 want once or more of the documents that are read, as far as its content needs it: Peppol BIS 3 wants the same. */
import { textAt, elementAt, type XmlElement } from '../xml/element.js';
import { missing, type Reading } from '../xml/typed.js';

type Path = readonly string[];
const NAMED: readonly Path[] = [['ID'], ['IssueDate']];
const PAYABLE: Path = ['LegalMonetaryTotal', 'PayableAmount'];
const ORDER: Path = ['OrderReference', 'ID'];
/** Roles of parties that a schema wants, as roots name them. */
const parties = (...roles: readonly string[]): readonly Path[] => roles.map((role) => [role]);
const TRADE = parties('SellerSupplierParty', 'BuyerCustomerParty');
const GOODS = parties('DespatchSupplierParty', 'DeliveryCustomerParty');
const BILLING = parties('AccountingSupplierParty', 'AccountingCustomerParty');
/** By root element; each path is an element with text, or with elements of its own. */
const REQUIRED: Readonly<Record<string, readonly Path[]>> = {
  Order: [...NAMED, ...TRADE, ['OrderLine']],
  OrderChange: [...NAMED, ORDER, ...TRADE],
  OrderCancellation: [...NAMED, ORDER, ...TRADE],
  OrderResponse: [...NAMED, ORDER, ...TRADE],
  OrderResponseSimple: [...NAMED, ORDER, ...TRADE],
  DespatchAdvice: [...NAMED, ...GOODS, ['DespatchLine']],
  ReceiptAdvice: [...NAMED, ...GOODS, ['ReceiptLine']],
  Invoice: [...NAMED, ...BILLING, ['InvoiceLine'], PAYABLE],
  CreditNote: [...NAMED, ...BILLING, ['CreditNoteLine'], PAYABLE],
  RemittanceAdvice: [...NAMED, ...BILLING, ['RemittanceAdviceLine']],
  Catalogue: [...NAMED, ...parties('ProviderParty', 'ReceiverParty'), ['CatalogueLine']],
  InventoryReport: [...NAMED, ...parties('RetailerCustomerParty', 'InventoryReportingParty'), ['InventoryReportLine']],
  TransportationStatus: [['ID']],
};

/** A fault for each that is missing or empty. */
export const checkRequired = (reading: Reading, root: XmlElement): void => {
  for (const path of Object.hasOwn(REQUIRED, root.name) ? (REQUIRED[root.name] ?? []) : []) {
    const hasContent = (elementAt(root, ...path)?.children.length ?? 0) > 0;
    if (!hasContent && !textAt(root, ...path)) missing(reading, root, ...path);
  }
};
