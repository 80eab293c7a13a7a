/** What the schemas of UBL 2.0 to 2.3 want once or more of the documents that are read, as far as its content needs it. */
import { textAt, elementAt, type XmlElement } from '../xml/element.js';
import { missing, type Reading } from '../xml/typed.js';

type Path = readonly string[];
const NAMED: readonly Path[] = [['ID'], ['IssueDate']];
const PAYABLE: Path = ['LegalMonetaryTotal', 'PayableAmount'];
const ORDER: Path = ['OrderReference', 'ID'];
/** By root element; each path is an element with text, or with elements of its own. */
const REQUIRED: Readonly<Record<string, readonly Path[]>> = {
  Order: [...NAMED, ['OrderLine']],
  OrderChange: [...NAMED, ORDER],
  OrderCancellation: [...NAMED, ORDER],
  OrderResponse: [...NAMED, ORDER],
  OrderResponseSimple: [...NAMED, ORDER],
  DespatchAdvice: [...NAMED, ['DespatchLine']],
  ReceiptAdvice: [...NAMED, ['ReceiptLine']],
  Invoice: [...NAMED, ['InvoiceLine'], PAYABLE],
  CreditNote: [...NAMED, ['CreditNoteLine'], PAYABLE],
  RemittanceAdvice: [...NAMED, ['RemittanceAdviceLine']],
  Catalogue: [...NAMED, ['CatalogueLine']],
  InventoryReport: [...NAMED, ['InventoryReportLine']],
  TransportationStatus: [['ID']],
};

/** A fault for each that is missing or empty. */
export const checkRequired = (reading: Reading, root: XmlElement): void => {
  for (const path of Object.hasOwn(REQUIRED, root.name) ? (REQUIRED[root.name] ?? []) : []) {
    const hasContent = (elementAt(root, ...path)?.children.length ?? 0) > 0;
    if (!hasContent && !textAt(root, ...path)) missing(reading, root, ...path);
  }
};
