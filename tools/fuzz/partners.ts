/**
 * Who sends mutated documents: a partner with whom everything is agreed, so that what can be read is mapped and handed
 * on; one that is found by its envelope and may repeat no number; a shop whose events are thin.
 */
import { createHmac } from 'node:crypto';
import type { Agreement, PartnerProfile } from '@crossdock/contracts';

export const TENANT = 'acme';
/** a partner's connection at the webhooks of connectors, a carrier's at those of shipment-normalization */
export const CONNECTIONS = { partner: 'stores', shop: 'shop', carrier: 'carriers', easypost: 'easypost' } as const;
const SECRET = 'a secret of the fuzzer';
const SIGNATURE_HEADER = 'x-signature';
const SIGNING = { scheme: 'hmac-sha256', secret: SECRET, header: SIGNATURE_HEADER } as const;

/** `shop`: where the shop's API is */
export const connectorsSettings = (shop: string) => ({
  webhookConnections: {
    [CONNECTIONS.partner]: { tenant: TENANT, partner: 'STORES', signing: SIGNING },
    [CONNECTIONS.shop]: { tenant: TENANT, partner: 'SHOP', signing: SIGNING },
  },
  shopConnections: {
    [CONNECTIONS.shop]: { tenant: TENANT, shop: 'bigcommerce', url: shop, token: 'none' },
  },
});
export const SHIPMENTS_SETTINGS = {
  carrierConnections: { [CONNECTIONS.carrier]: { tenant: TENANT, signing: SIGNING } },
  easypostConnections: { [CONNECTIONS.easypost]: { tenant: TENANT, secret: SECRET } },
};

/** What a sender's headers say of a body: one for each way of signing. */
export const signed = (body: Buffer): Readonly<Record<string, string>> => {
  const hmac = createHmac('sha256', SECRET).update(body).digest('hex');
  return { [SIGNATURE_HEADER]: hmac, 'x-hmac-signature': `hmac-sha256-hex=${hmac}` };
};

const TAKEN = {
  ...{ direction: 'in' as const, account: 'C10001', currency: 'EUR', country: 'GB' },
  ...{ prices: 'sent' as const, node: 'DC1', repeatedControls: true, acknowledge: true, respond: true },
};
/** What goods documents do to stock, by standard; all else of the standard is taken as it comes. */
const BOOKED: Readonly<Record<string, Readonly<Partial<Record<NonNullable<Agreement['books']>, readonly string[]>>>>> =
  {
    X12: {
      receipt: ['944', '861'],
      'in-transit': ['943', '856'],
      shipment: ['945'],
      'stock-comparison': ['846', '852'],
      tracking: ['214'],
    },
    EDIFACT: {
      receipt: ['RECADV'],
      'in-transit': ['DESADV'],
      'stock-adjustment': ['INVRPT'],
      tracking: ['IFTSTA'],
    },
    UBL: {
      receipt: ['ReceiptAdvice'],
      shipment: ['DespatchAdvice'],
      'stock-comparison': ['InventoryReport'],
      tracking: ['TransportationStatus'],
    },
  };
const STANDARDS = [
  ...['X12', 'EDIFACT', 'UBL', 'EPCIS', 'Shopify', 'WooCommerce', 'BigCommerce', 'Amazon', 'IDoc', 'NetSuite'],
  ...['QuickBooks', 'Crossdock'],
];
const agreements = (more: Partial<Agreement> = {}): Agreement[] =>
  STANDARDS.flatMap((standard) => [
    ...Object.entries(BOOKED[standard] ?? {}).map(
      ([books, types]) => ({ ...TAKEN, ...more, standard, types: [...types], books }) as Agreement,
    ),
    { ...TAKEN, ...more, standard, types: [] },
  ]);

const MOST_IDENTIFIERS = 100;
/** `senders`: how the envelopes of seeds call who sends them */
export const profiles = (senders: readonly string[]): Readonly<Record<string, PartnerProfile>> => ({
  STORES: {
    ...{ name: 'Stores', status: 'active', identifiers: [], delivery: { by: 'mailbox' } },
    agreements: agreements(),
  },
  ENVELOPE: {
    ...{ name: 'Known by its envelope', status: 'active', delivery: { by: 'mailbox' } },
    identifiers: senders.slice(0, MOST_IDENTIFIERS).map((value) => ({ value })),
    agreements: agreements({ repeatedControls: false }),
  },
  SHOP: {
    ...{ name: 'A shop', status: 'active', identifiers: [], delivery: { by: 'shop', connection: CONNECTIONS.shop } },
    agreements: agreements(),
  },
});
/** Kinds of documents that are mapped. */
export const MAPPED = [
  ...['order', 'order-change', 'order-cancellation', 'receipt-advice', 'stock-transfer-advice', 'despatch-advice'],
  ...['warehouse-advice', 'inventory-report'],
];
/** Item numbers are taken as they are sent, from whatever field has one. */
export const RULES = {
  itemFrom: ['references', 'sellerItem', 'buyerItem', 'gtin', 'manufacturerItem'],
  customerFrom: ['deliverTo', 'billTo', 'buyer'],
  pieces: ['EA', 'C62', 'H87', 'PCE', 'PC', 'UN'],
  requestedDate: true,
};
