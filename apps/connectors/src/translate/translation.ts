/** What every translation is: a pure function from bytes to canonical documents, one folder per standard. */
import type { CanonicalDocument } from '../canonical/document.js';
import type { ReadBy } from './code-table.js';

export type Standard =
  | 'X12'
  | 'EDIFACT'
  | 'UBL'
  | 'EPCIS'
  | 'Shopify'
  | 'WooCommerce'
  | 'BigCommerce'
  | 'Amazon'
  | 'IDoc'
  | 'NetSuite'
  | 'QuickBooks'
  | 'Crossdock';

/**
 * Something wrong in a document: `code` a reason code of contracts, `path` where (SE01, UNT01, /Order/cbc:ID,
 * PO1[3]/PO102), `text` for a person naming values.
 */
export interface Fault {
  readonly code: string;
  readonly path: string;
  readonly text: string;
}
export interface TranslatedDocument {
  readonly standard: Standard;
  /** `850`, `ORDERS`, `Order` ... */
  readonly type: string;
  /** `004010`, `D:96A:UN:EAN008` */
  readonly release?: string;
  /** ST02, UNH01 */
  readonly control?: string;
  /** GS06, UNG05: with `control` what an acknowledgement names */
  readonly group?: string;
  /** business number: purchase order, invoice, shipment */
  readonly number?: string;
  /** what conformance compares, decimal strings */
  readonly figures: Readonly<Record<string, unknown>>;
  /** absent when it can't be mapped */
  readonly canonical?: CanonicalDocument;
  /** not empty: it belongs in quarantine; its content is still readable */
  readonly faults: readonly Fault[];
}
/** What an envelope says before its documents come. */
export interface InterchangeHead {
  readonly standard: Standard;
  readonly sender?: string;
  readonly receiver?: string;
  /** qualifiers of sender and receiver as sent: ISA05, UNB02-2, schemeID */
  readonly senderQualifier?: string;
  readonly receiverQualifier?: string;
  readonly control?: string;
  readonly test?: boolean;
}
export interface Interchange extends InterchangeHead {
  readonly documents: readonly TranslatedDocument[];
  readonly faults: readonly Fault[];
  /** further interchanges of the same file, in its order; only the first one has any */
  readonly more?: readonly Interchange[];
}

/** A partner's code and ours. */
export type CrossReference = Readonly<Record<string, string>>;
/**
 * What a partner's agreement adds, as plain data. A translation reads `units` (its code to UN/ECE Rec 20) before the
 * standard's own table; items, locations and customers are looked up once for all standards, after translation.
 */
export interface TranslationContext extends ReadBy {
  readonly partner?: string;
  readonly items: CrossReference;
  readonly units: CrossReference;
  readonly locations: CrossReference;
  readonly customers: CrossReference;
  /** of the agreement, ISO 4217: what amounts are in where a document names no currency */
  readonly currency?: string;
}
export const NO_CONTEXT: TranslationContext = { items: {}, units: {}, locations: {}, customers: {} };

/** Reads a file as its text comes, so that neither the text nor the documents of a large one are held as a whole. */
export interface Reader {
  /** Interchanges that are over with this text, each with those of its documents that were not drained. */
  take(text: string, isLast: boolean): Iterable<Interchange>;
  /** Documents of the interchange under way that are whole, each given once. */
  drain(): readonly { readonly head: InterchangeHead; readonly document: TranslatedDocument }[];
}
/** Whose a file is and of which type its first document, told by its beginning. */
export type Glance = InterchangeHead & { readonly type?: string };

/** Pure: bytes in, canonical documents out; what can't be read is a fault, never a throw. */
export type Translation = (bytes: Uint8Array, context: TranslationContext) => Interchange;
