/** Tells the standard of a document from its first bytes; nothing is parsed, and only the beginning is looked at. */
import type { Standard } from './translation.js';
import { utf16Of } from './utf16.js';

export const LOOKED_AT_BYTES = 64 * 1024;

/** The beginning as text, whatever its byte order mark says; latin-1 keeps every byte. */
const beginningOf = (bytes: Uint8Array): string => {
  const [a, b, c] = bytes;
  const part = bytes.subarray(0, LOOKED_AT_BYTES);
  const wide = utf16Of(bytes);
  if (wide) return new TextDecoder(wide).decode(part);
  if (a === 0xef && b === 0xbb && c === 0xbf) return new TextDecoder('utf-8').decode(part);
  return new TextDecoder('latin1').decode(part);
};

interface Sign {
  readonly standard: Standard;
  /** each must be found */
  readonly all: readonly RegExp[];
}
// The first that fits wins, so what is particular stands before what is general.
const XML_SIGNS: readonly Sign[] = [
  { standard: 'EPCIS', all: [/urn:epcglobal:epcis|<(\w+:)?EPCIS(Query)?Document\b/] },
  {
    standard: 'EPCIS',
    all: [/<(\w+:)?(Object|Aggregation|Transaction|Transformation|Association)Event\b/, /<(\w+:)?eventTime\b/],
  },
  { standard: 'UBL', all: [/urn:oasis:names:specification:ubl:schema:xsd:/] },
  { standard: 'IDoc', all: [/<(IDOC|EDI_DC40)\b/] },
  { standard: 'NetSuite', all: [/netsuite\.com|:com:netsuite|webservices\.netsuite/i] },
  {
    standard: 'QuickBooks',
    all: [
      /intuit|domain="QBO"|<QBXML\b|<(IntuitResponse|Invoices?|SalesReceipt|RefundReceipt|CreditMemo|PurchaseOrder|Estimate|Bill|VendorCredit|Vendor|Customer|Item|Payment|JournalEntry)\b|<(SalesOrder|Invoice|SalesReceipt|CreditMemo|PurchaseOrder|Estimate|Bill|VendorCredit|Vendor|Customer|Item\w+|ReceivePayment)Ret\b/i,
    ],
  },
];
const JSON_SIGNS: readonly Sign[] = [
  {
    standard: 'EPCIS',
    all: [
      /"(type|isA)"\s*:\s*"(EPCIS(Query)?Document|(Object|Aggregation|Transaction|Transformation|Association)Event)"|epcis-context\.jsonld|"epcisBody"/,
    ],
  },
  { standard: 'NetSuite', all: [/\/services\/rest\/record\/v1\/|"o:errorDetails"/] },
  { standard: 'Crossdock', all: [/"documentNo"\s*:/, /"account"\s*:/] },
  { standard: 'BigCommerce', all: [/"scope"\s*:\s*"store\//] },
  { standard: 'BigCommerce', all: [/"status_id"\s*:/, /"subtotal_ex_tax"\s*:/] },
  { standard: 'QuickBooks', all: [/"(SyncToken|DetailType|QueryResponse)"\s*:/] },
  { standard: 'Amazon', all: [/"(AmazonOrderId|purchaseOrderNumber|vendorShipmentIdentifier|OrderItems)"\s*:/] },
  {
    standard: 'Shopify',
    all: [
      /"(admin_graphql_api_id|financial_status|fulfillment_orders?|inventory_item_id|fulfillable_quantity|inventory_levels?|variants|refund_line_items)"\s*:/,
    ],
  },
  { standard: 'Shopify', all: [/"(verified_email|accepts_marketing)"\s*:/] },
  { standard: 'Shopify', all: [/"id"\s*:\s*"gid:(?:\\?\/){2}shopify\b/] },
  { standard: 'Shopify', all: [/"gateway"\s*:/, /"kind"\s*:/] },
  { standard: 'Amazon', all: [/"payload"\s*:\s*\{\s*"transactionId"/] },
  { standard: 'WooCommerce', all: [/"(meta_data|_links|date_created_gmt|order_key|cart_hash)"\s*:/] },
];

const firstOf = (signs: readonly Sign[], text: string): Standard | undefined =>
  signs.find(({ all }) => all.every((sign) => sign.test(text)))?.standard;

/** The standard of a document, or undefined when its beginning tells none. */
export const detect = (bytes: Uint8Array): Standard | undefined => {
  const text = beginningOf(bytes).replace(/^[\uFEFF\s\u0000]+/, '');
  // A group or a set without its interchange is known all the same: its envelope is what is wrong with it.
  if (/^(ISA[^A-Za-z0-9]|(GS|ST)([^\w\s])[A-Z0-9]{2,3}\3)/.test(text)) return 'X12';
  if (/^(UNA.{6}\s*UN[BGH]|UN[BGH][^A-Za-z0-9])/s.test(text)) return 'EDIFACT';
  if (/^EDI_DC(40|40_U)? /.test(text)) return 'IDoc';
  if (text.startsWith('<')) return firstOf(XML_SIGNS, text);
  return /^[{[]/.test(text) ? firstOf(JSON_SIGNS, text) : undefined;
};
