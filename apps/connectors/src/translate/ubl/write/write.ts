/** Which canonical documents can be written as UBL. A new one is a writer and one line here. */
import type { CanonicalDocument } from '../../../canonical/document.js';
import type { Party } from '../../../canonical/shapes.js';
import { writeDespatchAdvice } from './despatch.js';
import { writeCreditNote, writeInvoice } from './invoice.js';
import { writeOrderResponse } from './order-response.js';

/** Who sells and who buys, as their exchange knows them: they stand for a party that a document does not name. */
export interface UblEnds {
  readonly seller: Party;
  readonly buyer: Party;
}
/** The document in UTF-8; undefined for kinds that we do not send as UBL. Each of them wants both parties. */
export const writeUbl = (document: CanonicalDocument, ends?: UblEnds): Uint8Array | undefined => {
  switch (document.kind) {
    case 'order-response':
      return writeOrderResponse({ ...ends, ...document.data });
    case 'despatch-advice':
      return writeDespatchAdvice({ ...ends, ...document.data });
    case 'invoice':
      return writeInvoice({ ...ends, ...document.data });
    case 'credit-note':
      return writeCreditNote({ ...ends, ...document.data });
    default:
      return undefined;
  }
};
