/** Every message that connectors hears, and who decides it: files by themselves, partners, partners' orders by account. */
import { defineDecider, rule } from '@crossdock/kernel';
import {
  AcknowledgeFile,
  AdvanceDocument,
  AmendmentAnswered,
  BackorderCreated,
  CreditMemoPosted,
  DecideDispatch,
  DecideDocument,
  DecideFile,
  DispatchDue,
  DocumentBooked,
  DocumentFetched,
  DocumentMapped,
  DocumentSent,
  FileTranslated,
  InvoicePosted,
  NoteCredit,
  NoteOrder,
  OrderAccepted,
  OrderAllocated,
  OrderCancelled,
  OrderCreated,
  OrderRejected,
  ReceiveFile,
  RefuseInterchange,
  ReportCompiled,
  ReportDue,
  ReturnReceived,
  SaveMapping,
  SavePartner,
  SaveReferences,
  SendNext,
  SendReport,
  SendWarehouseOrder,
  ShipmentDispatched,
  ShippingAdviceAnswered,
  TakeDocument,
  TakeFile,
} from '@crossdock/contracts';
import { noteCredit, touchesCredit as touchesNotedCredit } from './decide-advice.js';
import { acknowledge, refuse, touchesAcknowledge, touchesRefuse } from './decide-answers.js';
import { decideDispatch, delivered, sendNext, touchesDelivered, touchesDispatch } from './decide-dispatch.js';
import { advance, noteOrder, touchesAdvance, touchesNote } from './decide-advance.js';
import { take, touchesTake } from './decide-document.js';
import {
  accepted,
  allocated,
  amended,
  backordered,
  cancelled,
  created,
  rejected,
  touchesAmended,
  touchesCreated,
  touchesFate,
} from './decide-fate.js';
import {
  credited,
  dispatched,
  invoiced,
  returned,
  touchesCredit,
  touchesDispatched,
  touchesInvoice,
  touchesReturn,
} from './decide-goods.js';
import { bookedOf, mapped, touchesBooked, touchesMapped } from './decide-mapped.js';
import { fetched, touchesFetched } from './decide-fetch.js';
import { decideFile, FILE_KINDS, receive, takeFile, touchesFile, translated } from './decide-file.js';
import {
  saveMapping,
  savePartner,
  saveReferences,
  touchesMapping,
  touchesPartner,
  touchesReferences,
} from './decide-partner.js';
import { documentBooked, touchesDocumentBooked } from './decide-received.js';
import { compiled, reportDue, sendReport, touchesCompiled, touchesReport } from './decide-report.js';
import { decideDocument, touchesDecide } from './decide-replay.js';
import { dispatchDue, touchesDue } from './decide-theirs.js';
import { sendWarehouseOrder, touchesWarehouseOrder } from './decide-warehouse-order.js';
import { FATE_KINDS } from './partner-order.js';
import { PARTNER_KINDS } from './touched.js';

export const files = defineDecider({
  name: 'files',
  kinds: FILE_KINDS,
  rules: [
    rule(ReceiveFile, touchesFile, receive),
    rule(TakeFile, touchesFile, takeFile),
    rule(FileTranslated, touchesFile, translated),
    rule(DecideFile, touchesFile, decideFile),
  ],
});

/** Lane: the partner, so that its documents keep their order and its numbers have no gaps. */
export const partners = defineDecider({
  name: 'partners',
  kinds: PARTNER_KINDS,
  rules: [
    // what is agreed
    rule(SavePartner, touchesPartner, savePartner),
    rule(SaveReferences, touchesReferences, saveReferences),
    rule(SaveMapping, touchesMapping, saveMapping),
    // documents
    rule(TakeDocument, touchesTake, take),
    rule(DocumentFetched, touchesFetched, fetched),
    rule(DocumentMapped, touchesMapped, mapped),
    rule(DocumentBooked, touchesDocumentBooked, documentBooked),
    rule(ShippingAdviceAnswered, touchesBooked, bookedOf),
    rule(DecideDocument, touchesDecide, decideDocument),
    // what became of their orders
    rule(NoteOrder, touchesNote, noteOrder),
    rule(AdvanceDocument, touchesAdvance, advance),
    rule(NoteCredit, touchesNotedCredit, noteCredit),
    // what goes to them
    rule(AcknowledgeFile, touchesAcknowledge, acknowledge),
    rule(RefuseInterchange, touchesRefuse, refuse),
    rule(SendWarehouseOrder, touchesWarehouseOrder, sendWarehouseOrder),
    rule(DocumentSent, touchesDelivered, delivered),
    rule(SendNext, touchesDispatch, sendNext),
    rule(ReportDue, touchesReport, reportDue),
    rule(SendReport, touchesReport, sendReport),
    rule(ReportCompiled, touchesCompiled, compiled),
    rule(DispatchDue, touchesDue, dispatchDue),
    rule(DecideDispatch, touchesDispatch, decideDispatch),
  ],
});

/** Lane: the account, as everything about orders. */
export const partnerOrders = defineDecider({
  name: 'partner-orders',
  kinds: FATE_KINDS,
  rules: [
    rule(OrderCreated, touchesCreated, created),
    rule(OrderRejected, touchesFate, rejected),
    rule(OrderAccepted, touchesFate, accepted),
    rule(OrderAllocated, touchesFate, allocated),
    rule(BackorderCreated, touchesFate, backordered),
    rule(OrderCancelled, touchesFate, cancelled),
    rule(AmendmentAnswered, touchesAmended, amended),
    rule(ShipmentDispatched, touchesDispatched, dispatched),
    rule(InvoicePosted, touchesInvoice, invoiced),
    rule(ReturnReceived, touchesReturn, returned),
    rule(CreditMemoPosted, touchesCredit, credited),
  ],
});
