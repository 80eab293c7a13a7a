/** Every canonical kind and its shape. A new kind is a file of its own and one line here. */
import type { CanonicalCatalogue } from './catalogue.js';
import type { CanonicalDespatchAdvice } from './despatch-advice.js';
import type { CanonicalEpcisEvents } from './epcis-events.js';
import type { CanonicalInventoryReport } from './inventory-report.js';
import type { CanonicalInvoice } from './invoice.js';
import type { CanonicalJournal } from './journal.js';
import type { CanonicalNotification } from './notification.js';
import type { CanonicalOrder } from './order.js';
import type { CanonicalOrderCancellation } from './order-cancellation.js';
import type { CanonicalOrderChange } from './order-change.js';
import type { CanonicalOrderResponse } from './order-response.js';
import type { CanonicalPartyRecord } from './party-record.js';
import type { CanonicalReceiptAdvice } from './receipt-advice.js';
import type { CanonicalRemittanceAdvice } from './remittance-advice.js';
import type { CanonicalTransportationStatus } from './transportation-status.js';

export interface CanonicalShapes {
  readonly order: CanonicalOrder;
  readonly 'order-change': CanonicalOrderChange;
  readonly 'order-cancellation': CanonicalOrderCancellation;
  readonly 'order-response': CanonicalOrderResponse;
  readonly 'despatch-advice': CanonicalDespatchAdvice;
  readonly 'receipt-advice': CanonicalReceiptAdvice;
  readonly invoice: CanonicalInvoice;
  readonly 'credit-note': CanonicalInvoice;
  readonly 'remittance-advice': CanonicalRemittanceAdvice;
  readonly 'inventory-report': CanonicalInventoryReport;
  readonly catalogue: CanonicalCatalogue;
  readonly 'transportation-status': CanonicalTransportationStatus;
  readonly 'epcis-events': CanonicalEpcisEvents;
  readonly 'party-record': CanonicalPartyRecord;
  readonly journal: CanonicalJournal;
  readonly notification: CanonicalNotification;
}
export type CanonicalKind = keyof CanonicalShapes;
/** One document of any kind; `kind` tells the shape of `data`. */
export type CanonicalDocument = {
  readonly [K in CanonicalKind]: { readonly kind: K; readonly data: CanonicalShapes[K] };
}[CanonicalKind];
