import { bySelf, defineCommand, defineEvent } from '../language/define.js';
import { OrderDocument } from '../orders/submit-order.v1.js';
import {
  IsA,
  IsDay,
  IsInstant,
  IsKey,
  IsLines,
  IsListOf,
  IsNodeId,
  IsNote,
  IsOneOf,
  IsShort,
  IsText,
  IsTexts,
  IsWhole,
  KEY_MAX,
  Optional,
} from '../language/fields.js';
import { ReceivedLine, TransferLine } from '../inventory/movements.v1.js';
import { REPORT_POLICIES, ReportedStock, type ReportPolicy } from '../inventory/stock-reports.v1.js';
import { OrderRefusal } from '../orders/events.v1.js';
import { TrackingEventData } from '../shipments/milestones.v1.js';
import { ShippingAdvice } from '../shipments/shipping-advices.v1.js';
import { DocumentFault, FoundDocument, NUMBER_MAX } from './files.v1.js';
import { AnsweredLine } from '../canonical/line.js';
import { MadeBy } from '../canonical/made-by.js';
import { OrderChange } from '../orders/amendments.v1.js';
import { NotedInvoice, NotedShipment, ORDER_FATES } from './partner-orders.v1.js';

/** Steps of a partner's document (DOMAIN: message/interchange). Any step may lead to quarantine. */
export const DOCUMENT_STEPS = [
  'received',
  'deduplicated',
  'parsed',
  'validated',
  'mapped',
  'applied',
  'acknowledged',
  'quarantined',
  'fixed',
  'replayed',
  'discarded',
] as const;
export type DocumentStep = (typeof DOCUMENT_STEPS)[number];

/** Which document of which partner: a partner's documents share a lane, so they keep their order. */
export class PartnerDocument {
  @IsKey('document') documentId!: string;
  @IsKey('partner') partner!: string;
}
const ofDocument = {
  key: (data: PartnerDocument) => data.documentId,
  lane: bySelf((data: PartnerDocument) => data.partner),
};

export class TakeDocumentData extends FoundDocument {
  @IsKey('document') documentId!: string;
  @IsKey('file') fileId!: string;
  @IsInstant() receivedAt!: string;
}
export const TakeDocument = defineCommand('connectors', 'take-document', 1, TakeDocumentData, {
  about: 'A document was found in a file; its partner takes it on.',
  ...ofDocument,
  travels: 'private',
});

export class MapDocumentData extends PartnerDocument {
  @IsKey('kind') kind!: string;
  @IsText(20) standard!: string;
  @IsText(60) type!: string;
  @IsKey() canonical!: string;
  /** references and mappings valid at this moment are used */
  @IsInstant() asOf!: string;
}
export const MapDocument = defineCommand('connectors', 'map-document', 1, MapDocumentData, {
  about: "Puts our own numbers in the place of the partner's, by the newest mapping.",
  ...ofDocument,
  travels: 'ask',
});

export class FetchDocumentData extends PartnerDocument {
  /** by which the partner's shop is asked */
  @IsKey() connection!: string;
  @IsText(20) standard!: string;
  /** archive hash of the thin event */
  @IsKey() canonical!: string;
}
export const FetchDocument = defineCommand('connectors', 'fetch-document', 1, FetchDocumentData, {
  about: "Fetches from a partner's shop what its thin event names.",
  ...ofDocument,
  travels: 'ask',
});
/** Bytes of the shop's answers, archived. */
export class FetchedFile {
  @IsKey('hash') hash!: string;
  @IsWhole() bytes!: number;
  @IsText(100) name!: string;
}
export class DocumentFetchedData extends PartnerDocument {
  @IsKey() connection!: string;
  @IsOneOf(['done', 'refused', 'unanswered']) outcome!: 'done' | 'refused' | 'unanswered';
  /** absent when there is nothing to take yet, or any more */
  @Optional() @IsA(FetchedFile) fetched?: FetchedFile;
  /** why there is nothing to take, or what the shop said */
  @Optional() @IsNote(1000) text?: string;
}
export const DocumentFetched = defineCommand('connectors', 'record-fetched', 1, DocumentFetchedData, {
  about: 'What a thin event named is here, is nothing to take, or was refused by the shop.',
  ...ofDocument,
  travels: 'answer',
});

/** What a document asks of an order that was taken before. */
export class MappedAmendment {
  /** the partner's number of the order */
  @IsText(64) orderNumber!: string;
  @IsOneOf(['cancel', 'change']) wish!: 'cancel' | 'change';
  @IsText(200) reason!: string;
  /** what is to change, in our numbers */
  @Optional() @IsA(OrderChange) change?: OrderChange;
}
/** Goods that came in by a document, in our numbers and base units. */
export class MappedReceipt {
  @IsNodeId() node!: string;
  /** the partner's number of the document */
  @IsText() documentNo!: string;
  @Optional() @IsDay() postingDate?: string;
  /** numbers of what was on its way that it names */
  @Optional() @IsTexts(3) inboundNos?: string[];
  @IsLines(ReceivedLine) lines!: ReceivedLine[];
}
/** Goods that are on their way by a document, in our numbers and base units. */
export class MappedInbound {
  @IsNodeId() node!: string;
  /** the partner's number of the document */
  @IsText() documentNo!: string;
  /** the number that receipts name */
  @IsText(KEY_MAX) inboundNo!: string;
  @Optional() @IsDay() expectedOn?: string;
  @IsLines(TransferLine) lines!: TransferLine[];
}
/** What a partner has on hand for us, in our numbers and base units. */
export class MappedReport {
  @IsNodeId() node!: string;
  /** the partner's number of the document */
  @IsText() documentNo!: string;
  @Optional() @IsShort(40) asOf?: string;
  @IsOneOf(REPORT_POLICIES) policy!: ReportPolicy;
  @IsListOf(ReportedStock, 20_000, 1) lines!: ReportedStock[];
}
/** What a carrier's document says of one package, in our words. */
export class MappedTracking {
  @IsKey('trackingNo') trackingNo!: string;
  @IsKey('carrier') carrier!: string;
  /** of the table that its codes were read by */
  @IsKey() mappingVersion!: string;
  @IsListOf(TrackingEventData, 1000, 1) events!: TrackingEventData[];
}
export class DocumentMappedData extends PartnerDocument {
  @IsOneOf(['done', 'refused', 'unanswered']) outcome!: 'done' | 'refused' | 'unanswered';
  /** version of the mapping that made it; 0 is the one that everybody has */
  @IsWhole() mappingVersion!: number;
  @Optional() @IsA(OrderDocument) order?: OrderDocument;
  @Optional() @IsA(MappedAmendment) amendment?: MappedAmendment;
  @Optional() @IsA(MappedReceipt) receipt?: MappedReceipt;
  @Optional() @IsA(MappedInbound) inbound?: MappedInbound;
  @Optional() @IsA(MappedReport) report?: MappedReport;
  @Optional() @IsA(ShippingAdvice) shipping?: ShippingAdvice;
  @Optional() @IsListOf(MappedTracking, 5000, 1) tracking?: MappedTracking[];
  /** why nothing is to be done, of a document that would ask something otherwise */
  @Optional() @IsNote(200) idle?: string;
  @IsListOf(DocumentFault, 5000) faults!: DocumentFault[];
}
export const DocumentMapped = defineCommand('connectors', 'record-mapping', 1, DocumentMappedData, {
  about: 'What a document means in our own numbers, or which of them is missing.',
  ...ofDocument,
  travels: 'answer',
});

export class DecideDocumentData extends PartnerDocument {
  @IsOneOf(['replay', 'discard']) verdict!: 'replay' | 'discard';
  @IsNote(1000) comment!: string;
  /** faults that a person has looked at and lets pass */
  @Optional() @IsTexts(20) accept?: string[];
}
export const DecideDocument = defineCommand('connectors', 'decide-document', 1, DecideDocumentData, {
  about: 'A person has a quarantined document replayed, or discards it with a reason.',
  ...ofDocument,
  travels: 'door',
});

/**
 * What moves a document on: what became of its order, or of the change that it wanted. replaced: the changed order is
 * taken, and what becomes of its lines is told later.
 */
export const ADVANCES = [...ORDER_FATES, 'amended', 'replaced', 'amendment-refused'] as const;
export type Advance = (typeof ADVANCES)[number];
export class AdvanceDocumentData extends PartnerDocument {
  @IsKey('order') orderId!: string;
  @IsOneOf(ADVANCES) what!: Advance;
  @IsListOf(OrderRefusal, 1000) refusals!: OrderRefusal[];
  @IsListOf(AnsweredLine) lines!: AnsweredLine[];
  @Optional() @IsA(NotedShipment) shipment?: NotedShipment;
  @Optional() @IsA(NotedInvoice) invoice?: NotedInvoice;
  /** archive hashes of the changes that made the order what it is, in the order in which they were taken */
  @Optional() @IsTexts(1000) changes?: string[];
}
export const AdvanceDocument = defineCommand('connectors', 'advance-document', 1, AdvanceDocumentData, {
  about: 'What became of its order moves a document on.',
  ...ofDocument,
  travels: 'private',
});

/** For whoever watches documents: one message per step. */
export class DocumentSteppedData extends PartnerDocument {
  @IsKey('file') fileId!: string;
  @IsOneOf(DOCUMENT_STEPS) step!: DocumentStep;
  @IsText(20) standard!: string;
  @IsText(60) type!: string;
  @Optional() @IsNote(NUMBER_MAX) number?: string;
  @Optional() @IsNote(40) control?: string;
  /** code of the reason catalogue, when it is quarantined */
  @Optional() @IsKey() reason?: string;
  @Optional() @IsKey('order') orderId?: string;
  /** of its canonical form, as far as it was read and mapped by then */
  @Optional() @IsA(MadeBy) madeBy?: MadeBy;
}
export const DocumentStepped = defineEvent('connectors', 'document-stepped', 1, DocumentSteppedData, {
  about: "A partner's document took a step: validated, mapped, applied, quarantined ...",
  ...ofDocument,
});
