/** What conformance compares of a UBL document; a field that the document has not is left out. */
import { elementAt, firstTextOf, type XmlElement } from '../xml/element.js';

/** Every document line of UBL is a child of the root whose name ends so. */
export const documentLinesOf = (root: XmlElement): readonly XmlElement[] =>
  root.children.filter(({ name }) => name.endsWith('Line'));

const sent = (root: XmlElement, ...path: string[]): string | undefined => elementAt(root, ...path)?.text.trim();

export const figuresOf = (root: XmlElement): Record<string, unknown> => {
  const figures = {
    type: root.name,
    id: sent(root, 'ID'),
    issueDate: sent(root, 'IssueDate'),
    currency: sent(root, 'DocumentCurrencyCode'),
    lines: documentLinesOf(root).length,
    payable: sent(root, 'LegalMonetaryTotal', 'PayableAmount'),
    lineTotal: sent(root, 'LegalMonetaryTotal', 'LineExtensionAmount'),
    anticipatedPayable: sent(root, 'AnticipatedMonetaryTotal', 'PayableAmount'),
    tax: sent(root, 'TaxTotal', 'TaxAmount'),
    orderRef: firstTextOf(root, 'OrderReference', 'ID'),
    responseCode: sent(root, 'OrderResponseCode'),
  };
  return Object.fromEntries(Object.entries(figures).filter(([, value]) => value !== undefined));
};
