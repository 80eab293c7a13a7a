/** Which canonical documents can be written as UBL. A new one is a writer and one line here. */
import type { CanonicalDocument } from '../../../canonical/document.js';
import { writeDespatchAdvice } from './despatch.js';
import { writeCreditNote, writeInvoice } from './invoice.js';
import { writeOrderResponse } from './order-response.js';

/** The document in UTF-8; undefined for kinds that we do not send as UBL. */
export const writeUbl = (document: CanonicalDocument): Uint8Array | undefined => {
  switch (document.kind) {
    case 'order-response':
      return writeOrderResponse(document.data);
    case 'despatch-advice':
      return writeDespatchAdvice(document.data);
    case 'invoice':
      return writeInvoice(document.data);
    case 'credit-note':
      return writeCreditNote(document.data);
    default:
      return undefined;
  }
};
