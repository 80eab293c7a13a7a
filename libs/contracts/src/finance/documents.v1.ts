import { LINE_KINDS, type LineKind } from '../canonical/line.js';
import { accountLane, byAccount, byEntity, defineCommand, defineEvent } from '../language/define.js';
import {
  IsAccountNo,
  IsCurrency,
  IsDay,
  IsInstant,
  IsItemNo,
  IsKey,
  IsLines,
  IsListOf,
  IsMinor,
  IsNote,
  IsOneOf,
  IsOrderId,
  IsOrderNo,
  IsPercent,
  IsUnitPrice,
  IsUnits,
  IsWhole,
  Optional,
} from '../language/fields.js';

export const BILLING_KINDS = ['invoice', 'credit-memo'] as const;
export type BillingKind = (typeof BILLING_KINDS)[number];

/** A line of an invoice or credit memo; amounts in minor units, positive on both. */
export class BilledLine {
  @IsWhole(1, 1_000_000) lineNo!: number;
  @IsOneOf(LINE_KINDS) kind!: LineKind;
  @IsItemNo() item!: string;
  @IsUnits() quantity!: number;
  @IsUnitPrice() unitPrice!: string;
  @IsMinor() net!: number;
  @IsPercent() taxPercent!: string;
  @IsMinor() tax!: number;
}
/** What every message of a billing document says of it. */
export class BillingData {
  /** our id: derived from the shipment or return that it bills, so a replay makes no second one */
  @IsKey('invoice') documentId!: string;
  @IsOneOf(BILLING_KINDS) billing!: BillingKind;
  @IsKey('entity') entity!: string;
  @IsAccountNo() account!: string;
  @IsCurrency() currency!: string;
  /** business date; journals are posted on it */
  @IsDay() documentDate!: string;
  @Optional() @IsOrderId() orderId?: string;
  @Optional() @IsOrderNo() orderNo?: string;
  @Optional() @IsKey('shipment') shipmentId?: string;
  @Optional() @IsKey('return') returnId?: string;
  @IsMinor() net!: number;
  @IsMinor() tax!: number;
  /** net + tax: what is payable, or credited */
  @IsMinor() gross!: number;
}
const ofEntity = {
  key: (data: BillingData) => data.documentId,
  lane: byEntity((data: BillingData) => data.entity),
};
const ofAccount = {
  key: (data: BillingData) => data.documentId,
  lane: byAccount((data: BillingData) => accountLane(data.account, data.orderId ?? data.returnId ?? data.documentId)),
};

export class BillingDraftedData extends BillingData {
  /** cost of the goods on it, at the item's cost when they left */
  @IsMinor() cost!: number;
  @IsLines(BilledLine) lines!: BilledLine[];
}
export const InvoiceDrafted = defineEvent(
  'finance',
  'invoice-drafted',
  1,
  class InvoiceDraftedData extends BillingDraftedData {},
  {
    about: 'What was shipped (or charged) is to be billed.',
    ...ofEntity,
  },
);
export const CreditMemoDrafted = defineEvent(
  'finance',
  'credit-memo-drafted',
  1,
  class CreditMemoDraftedData extends BillingDraftedData {},
  {
    about: 'What came back is to be credited.',
    ...ofEntity,
  },
);

/** Asks the ERP to post a document. Our idempotency key is the document id. */
export class PostToErpData extends BillingData {
  @IsKey('invoiceNo') documentNo!: string;
  @IsLines(BilledLine) lines!: BilledLine[];
}
export const PostToErp = defineCommand('finance', 'post-to-erp', 1, PostToErpData, {
  about: 'Asks the ERP to post an invoice or credit memo.',
  ...ofEntity,
  travels: 'ask',
});
export class PostingAnswerData {
  @IsKey('invoice') documentId!: string;
  @IsKey('entity') entity!: string;
  /** business date of the document; its journal is posted on it */
  @IsDay() documentDate!: string;
  /** number of its lines */
  @IsWhole(1, 5000) lineCount!: number;
  @IsOneOf(['done', 'refused', 'unanswered']) outcome!: 'done' | 'refused' | 'unanswered';
  @Optional() @IsKey('erpDocument') erpDocumentNo?: string;
  @Optional() @IsNote(1000) text?: string;
}
export const PostingAnswer = defineCommand('finance', 'record-posting-answer', 1, PostingAnswerData, {
  about: 'The ERP posted a document, refused it, or did not answer.',
  key: (data) => data.documentId,
  lane: byEntity((data) => data.entity),
  travels: 'answer',
});

export class RetryPostingData {
  @IsKey('invoice') documentId!: string;
  @IsKey('entity') entity!: string;
  @IsWhole(1, 5000) lineCount!: number;
}
export const RetryPosting = defineCommand('finance', 'retry-posting', 1, RetryPostingData, {
  about: 'An operator wants the ERP asked again to post a document that it refused.',
  key: (data) => data.documentId,
  lane: byEntity((data) => data.entity),
  travels: 'door',
});

export class PostedLine {
  @IsWhole(1, 1_000_000) lineNo!: number;
  @IsUnits() quantity!: number;
  @IsMinor() net!: number;
  @IsMinor() tax!: number;
}
export class BillingPostedData extends BillingData {
  @IsKey('invoiceNo') documentNo!: string;
  @IsKey('erpDocument') erpDocumentNo!: string;
  @IsInstant() postedAt!: string;
  @IsLines(PostedLine) lines!: PostedLine[];
}
export const InvoicePosted = defineEvent(
  'finance',
  'invoice-posted',
  1,
  class InvoicePostedData extends BillingPostedData {},
  {
    about: 'The ERP has posted an invoice under its own number.',
    ...ofAccount,
  },
);
export const CreditMemoPosted = defineEvent(
  'finance',
  'credit-memo-posted',
  1,
  class CreditMemoPostedData extends BillingPostedData {},
  {
    about: 'The ERP has posted a credit memo under its own number.',
    ...ofAccount,
  },
);
export class PostingRefusedData extends BillingData {
  @IsKey('invoiceNo') documentNo!: string;
  @IsNote(1000) text!: string;
}
export const PostingRefused = defineEvent('finance', 'posting-refused', 1, PostingRefusedData, {
  about: 'The ERP refuses a document; a person must decide.',
  ...ofAccount,
});

/** One side of a journal: minor units, debit or credit, never both. Account numbers as in DOMAIN, chart of accounts. */
export class JournalEntry {
  @IsKey('glAccount') account!: string;
  @IsMinor() debit!: number;
  @IsMinor() credit!: number;
}
export class JournalPostedData {
  /** derived from source and rule; unique for ever */
  @IsKey('journal') journalId!: string;
  @IsKey('entity') entity!: string;
  @IsCurrency() currency!: string;
  @IsDay() postingDate!: string;
  /** posting rule and its version, such as `sales-invoice.1` */
  @IsKey() rule!: string;
  @IsKey('journalSource') source!: string;
  @IsListOf(JournalEntry, 1000, 1) entries!: JournalEntry[];
}
export const JournalPosted = defineEvent('finance', 'journal-posted', 1, JournalPostedData, {
  about: 'A balanced journal stands in the ledger.',
  key: (data) => data.journalId,
  lane: byEntity((data) => data.entity),
});
