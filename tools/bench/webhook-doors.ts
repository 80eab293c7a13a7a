/** The doors that take webhooks: what is sent to each, and when it has become what it says. */
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../stack/files.ts';
import type { DoorClient } from './open-loop.ts';
import { NOBODY } from './own-service.ts';

export interface WebhookDoor {
  readonly service: string;
  /** settings of the service, besides its servers */
  readonly settings: Readonly<Record<string, string>>;
  /** The n-th webhook of `count`, none of which repeats one of another `batch`; undefined when it was taken, or why not. */
  readonly send: (door: DoorClient, batch: number, n: number, count: number) => Promise<string | undefined>;
  /** line of the metrics that counts what webhooks have become so far */
  readonly become: RegExp;
}

const SECRET = 'bench';
const SIGNING = { scheme: 'hmac-sha256', secret: SECRET, header: 'x-sig' };
const signed = (body: string, contentType: string): Record<string, string> => ({
  'content-type': contentType,
  'x-sig': createHmac('sha256', SECRET).update(body).digest('hex'),
});

const GOLDEN = join(ROOT, 'apps', 'shipment-normalization', 'src', 'translate', 'carriers');
/** A carrier tells of a package so often; each time it has moved on. */
const UPDATES_PER_PACKAGE = 8;
/** Payloads of several carriers and forms; each package has a number of its own, each update a later year. */
const PAYLOADS = [
  { file: 'ups/golden/attempted-then-out.xml', number: '1ZTEST0000000001' },
  { file: 'gls/golden/track-and-trace.json', number: '36300000003' },
  { file: 'landmark/golden/across-midnight.xml', number: 'LTN00000001N1' },
  { file: 'dhl-unified/golden/loaded.json', number: '003400000001' },
  { file: 'fedex/golden/clearance-delay.xml', number: '790000000001' },
].map(({ file, number }) => ({ number, text: readFileSync(join(GOLDEN, file), 'utf8') }));
/** Numbers of parcels of which another batch has none. */
const BATCH_PARCELS = 100_000_000;

export const carriersDoor: WebhookDoor = {
  service: 'shipment-normalization',
  settings: {
    CROSSDOCK_WMS_URL: NOBODY,
    CROSSDOCK_CARRIER_CONNECTIONS: JSON.stringify({ bench: { tenant: 'bench', signing: SIGNING } }),
  },
  send: async (door, batch, n, count) => {
    const parcels = Math.ceil(count / UPDATES_PER_PACKAGE);
    const parcel = batch * BATCH_PARCELS + (n % parcels);
    const { text, number } = PAYLOADS[parcel % PAYLOADS.length] as (typeof PAYLOADS)[number];
    const year = String(2010 + Math.floor(n / parcels));
    const body = text.replaceAll(number, `B${String(parcel).padStart(9, '0')}`).replaceAll('2026', year);
    const headers = signed(body, body.startsWith('<') ? 'application/xml' : 'application/json');
    const { status, body: answer } = await door.request('POST', '/webhooks/carriers/bench', body, headers);
    if (status !== 200) return `answered ${status}`;
    const { trackingNos } = JSON.parse(answer) as { trackingNos: readonly string[] };
    return trackingNos.length === 1 ? undefined : `${trackingNos.length} tracking numbers were read`;
  },
  become: /^crossdock_messages_total\{.*ingest-tracking.*"accept"/,
};

const LINES = 10;
/** An order as a shop tells of it, of so many lines. */
const orderOf = (batch: number, n: number): string =>
  JSON.stringify({
    id: batch * BATCH_PARCELS + n + 1,
    admin_graphql_api_id: `gid://shopify/Order/${batch * BATCH_PARCELS + n + 1}`,
    name: `#${batch}-${n}`,
    order_number: n + 1,
    financial_status: 'paid',
    fulfillment_status: null,
    created_at: '2026-03-02T09:15:00+00:00',
    currency: 'GBP',
    total_price: '24.00',
    customer: { id: n + 1, email: 'ann@example.org' },
    shipping_address: {
      name: 'Ann Hall',
      address1: '1 High Street',
      city: 'Leeds',
      zip: 'LS1 1AA',
      country_code: 'GB',
    },
    line_items: Array.from({ length: LINES }, (_, line) => ({
      id: line + 1,
      sku: `TEA-${line}`,
      title: 'Tea',
      quantity: 2,
      price: '1.20',
    })),
  });

export const partnersDoor: WebhookDoor = {
  service: 'connectors',
  settings: {
    CROSSDOCK_ORDERS_URL: NOBODY,
    CROSSDOCK_WEBHOOK_CONNECTIONS: JSON.stringify({ bench: { tenant: 'bench', partner: 'SHOP', signing: SIGNING } }),
  },
  send: async (door, batch, n) => {
    const body = orderOf(batch, n);
    const { status } = await door.request('POST', '/webhooks/bench', body, signed(body, 'application/json'));
    return status === 202 ? undefined : `answered ${status}`;
  },
  become: /^crossdock_messages_total\{.*take-document.*"accept"/,
};
