/** Every canonical kind and its shape. A new kind is a file of its own and one line here. */
import type { MadeBy } from '@crossdock/contracts';
import type { CanonicalAcknowledgement } from './acknowledgement.js';
import type { CanonicalApplicationAdvice } from './application-advice.js';
import type { CanonicalCatalogue } from './catalogue.js';
import type { CanonicalDespatchAdvice } from './despatch-advice.js';
import type { CanonicalEpcisEvents } from './epcis-events.js';
import type { CanonicalInventoryReport } from './inventory-report.js';
import type { CanonicalInvoice } from './invoice.js';
import type { CanonicalJournal } from './journal.js';
import type { CanonicalLocationList } from './location-list.js';
import type { CanonicalNotification } from './notification.js';
import type { CanonicalOrderCancellation } from './order-cancellation.js';
import type { CanonicalOrderChange } from './order-change.js';
import type { CanonicalOrderResponse } from './order-response.js';
import type { CanonicalOrder } from './order.js';
import type { CanonicalPartyRecord } from './party-record.js';
import type { CanonicalReceiptAdvice } from './receipt-advice.js';
import type { CanonicalRemittanceAdvice } from './remittance-advice.js';
import type { CanonicalReturnRequest } from './return-request.js';
import type { CanonicalTransportInstruction } from './transport-instruction.js';
import type { CanonicalTransportationStatus } from './transportation-status.js';
import type { CanonicalStockTransferAdvice, CanonicalWarehouseAdvice } from './warehouse-advice.js';
import type { CanonicalWarehouseOrder } from './warehouse-order.js';

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
  readonly acknowledgement: CanonicalAcknowledgement;
  readonly 'warehouse-order': CanonicalWarehouseOrder;
  readonly 'warehouse-advice': CanonicalWarehouseAdvice;
  readonly 'stock-transfer-advice': CanonicalStockTransferAdvice;
  readonly 'application-advice': CanonicalApplicationAdvice;
  readonly 'return-request': CanonicalReturnRequest;
  readonly 'location-list': CanonicalLocationList;
  readonly 'transport-instruction': CanonicalTransportInstruction;
}
export type CanonicalKind = keyof CanonicalShapes;
/** One document of any kind; `kind` tells the shape of `data`. */
export type CanonicalDocument = {
  readonly [K in CanonicalKind]: { readonly kind: K; readonly data: CanonicalShapes[K] };
}[CanonicalKind];
/** As it is archived and shown: with what made it, which documents of before 2026-11-22 don't say. */
export type ArchivedDocument = CanonicalDocument & { readonly madeBy?: MadeBy };
