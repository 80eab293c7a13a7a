/** Webhooks of carriers at a steady rate, whatever the answers take: signed, archived, mapped, kept, answered; then committed. */
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../stack/files.ts';
import { until } from '../stack/until.ts';
import { UsageAccount } from '../start/usage.ts';
import { DoorClient, offer, type Offered } from './open-loop.ts';
import { NOBODY, ownService } from './own-service.ts';
import { ownStack } from './own-stack.ts';
import type { ProcessShare } from './scenario.ts';

export interface WebhookRun extends Offered {
  /** from the last webhook sent until the last one is committed with all its scans */
  readonly behindMs: number;
  /** by process: does not depend on what else the machine does */
  readonly processes: readonly ProcessShare[];
}
type Driven = Omit<WebhookRun, 'processes'>;
const SERVICE = 'shipment-normalization';
const APP = join(ROOT, 'apps', SERVICE);
const GOLDEN = join(APP, 'src', 'translate', 'carriers');
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
const SECRET = 'bench';
const CONNECTIONS = { bench: { tenant: 'bench', signing: { scheme: 'hmac-sha256', secret: SECRET, header: 'x-sig' } } };
const WARM_UP_S = 3;
/** Numbers of parcels of which the measured run has none. */
const WARM_UP_PARCELS = 900_000_000;

/** Undefined when it was read and kept, or why not. */
async function sendTo(door: DoorClient, parcel: number, update: number): Promise<string | undefined> {
  const { text, number } = PAYLOADS[parcel % PAYLOADS.length] as (typeof PAYLOADS)[number];
  const body = text.replaceAll(number, `B${String(parcel).padStart(9, '0')}`).replaceAll('2026', String(2010 + update));
  const { status, body: answer } = await door.request('POST', '/webhooks/carriers/bench', body, {
    'content-type': body.startsWith('<') ? 'application/xml' : 'application/json',
    'x-sig': createHmac('sha256', SECRET).update(body).digest('hex'),
  });
  if (status !== 200) return `answered ${status}`;
  const { trackingNos } = JSON.parse(answer) as { trackingNos: readonly string[] };
  return trackingNos.length === 1 ? undefined : `${trackingNos.length} tracking numbers were read`;
}

/** Webhooks that the trackers have accepted so far. */
const normalised = async (base: string): Promise<number> => {
  const text = await (await fetch(`${base}/metrics`)).text();
  const accepted = text.split('\n').find((line) => /^crossdock_messages_total\{.*ingest-tracking.*"accept"/.test(line));
  return Number(accepted?.split(' ').at(-1) ?? 0);
};

async function drive(base: string, rate: number, seconds: number, first: number): Promise<Driven> {
  const before = await normalised(base);
  const parcels = Math.ceil((rate * seconds) / UPDATES_PER_PACKAGE);
  const door = new DoorClient(base);
  try {
    const send = (n: number) => sendTo(door, first + (n % parcels), Math.floor(n / parcels));
    const { sent, taken, refused, latency, behindMs } = await offer({ rate, seconds, send });
    const answeredAt = performance.now();
    const check = async (): Promise<boolean> => (await normalised(base)) - before >= taken;
    await until({ what: 'every webhook to be normalised', deadlineMs: 120_000, check });
    return { sent, taken, refused, latency, behindMs: behindMs + performance.now() - answeredAt };
  } finally {
    await door.close();
  }
}

/** The service as a process of its own, on servers of its own. */
export async function webhookRun(rate: number, seconds: number): Promise<WebhookRun> {
  const { stack, end } = await ownStack('webhooks', [SERVICE]);
  const starting = ownService(stack, SERVICE, {
    CROSSDOCK_WMS_URL: NOBODY,
    CROSSDOCK_CARRIER_CONNECTIONS: JSON.stringify(CONNECTIONS),
  });
  try {
    const { url, pid } = await starting;
    await drive(url, rate, Math.min(WARM_UP_S, seconds), WARM_UP_PARCELS);
    const running = () => [{ name: SERVICE, pid }, ...stack.pids(), { name: 'bench', pid: process.pid }];
    const usage = new UsageAccount(running);
    await usage.mark();
    const run = await drive(url, rate, seconds, 0);
    await usage.look();
    return { ...run, processes: usage.totals() };
  } finally {
    await starting.then((service) => service.end()).catch(() => undefined);
    await end();
  }
}
