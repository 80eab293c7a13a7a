/** Webhooks of carriers at a steady rate, whatever the answers take: signed, archived, mapped, kept, answered; then committed. */
import { createHmac } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import getPort from 'get-port';
import { ROOT } from '../stack/files.ts';
import { startStack } from '../stack/stack.ts';
import { until } from '../stack/until.ts';
import { usageOf } from '../start/usage.ts';

export interface WebhookRun {
  readonly sent: number;
  /** answered 200, read and kept */
  readonly taken: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
  /** from the last webhook sent until the last one is committed with all its scans */
  readonly behindMs: number;
  /** service and mongod and broker, per webhook: does not depend on what else the machine does */
  readonly cpuMs: number;
}
type Driven = Omit<WebhookRun, 'cpuMs'>;
const APP = join(ROOT, 'apps', 'shipment-normalization');
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
const NOBODY = 'http://127.0.0.1:9';

export const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;

interface Answer {
  readonly ms: number;
  readonly isTaken: boolean;
}
const sendTo = (url: string, agent: Agent, parcel: number, update: number): Promise<Answer> => {
  const { text, number } = PAYLOADS[parcel % PAYLOADS.length] as (typeof PAYLOADS)[number];
  const body = text.replaceAll(number, `B${String(parcel).padStart(9, '0')}`).replaceAll('2026', String(2010 + update));
  const began = performance.now();
  return new Promise((resolve) => {
    const ended = (isTaken: boolean): void => resolve({ ms: performance.now() - began, isTaken });
    const headers = {
      'content-type': body.startsWith('<') ? 'application/xml' : 'application/json',
      'content-length': Buffer.byteLength(body),
      'x-sig': createHmac('sha256', SECRET).update(body).digest('hex'),
    };
    const sent = request(url, { method: 'POST', agent, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        if (response.statusCode !== 200) return ended(false);
        const { trackingNos } = JSON.parse(Buffer.concat(chunks).toString()) as { trackingNos: readonly string[] };
        ended(trackingNos.length === 1);
      });
    });
    sent.on('error', () => ended(false));
    sent.end(body);
  });
};

/** Webhooks that the trackers have accepted so far. */
const normalised = async (base: string): Promise<number> => {
  const text = await (await fetch(`${base}/metrics`)).text();
  const accepted = text.split('\n').find((line) => /^crossdock_messages_total\{.*ingest-tracking.*"accept"/.test(line));
  return Number(accepted?.split(' ').at(-1) ?? 0);
};

/** Open loop: the n-th goes out when it is due, so a slow answer delays no other and counts in full. */
async function drive(base: string, rate: number, seconds: number, first: number): Promise<Driven> {
  const url = `${base}/webhooks/carriers/bench`;
  const before = await normalised(base);
  const agent = new Agent({ keepAlive: true, maxSockets: 256 });
  const total = rate * seconds;
  const parcels = Math.ceil(total / UPDATES_PER_PACKAGE);
  const answers: Promise<Answer>[] = [];
  const began = performance.now();
  while (answers.length < total) {
    const due = Math.min(total, Math.floor(((performance.now() - began) / 1000) * rate) + 1);
    while (answers.length < due)
      answers.push(sendTo(url, agent, first + (answers.length % parcels), Math.floor(answers.length / parcels)));
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  const lastSent = performance.now();
  const told = await Promise.all(answers);
  agent.destroy();
  const taken = told.filter(({ isTaken }) => isTaken).length;
  const check = async (): Promise<boolean> => (await normalised(base)) - before >= taken;
  await until({ what: 'every webhook to be normalised', deadlineMs: 120_000, check });
  const behindMs = performance.now() - lastSent;
  const times = told.map(({ ms }) => ms).sort((a, b) => a - b);
  return {
    sent: total,
    taken,
    p50Ms: quantile(times, 0.5),
    p99Ms: quantile(times, 0.99),
    maxMs: times.at(-1) ?? Number.NaN,
    behindMs,
  };
}

/** The service as a process of its own, on servers of its own. */
export async function webhookRun(rate: number, seconds: number): Promise<WebhookRun> {
  const dir = mkdtempSync(join(tmpdir(), 'crossdock-webhooks-'));
  const stack = await startStack({ dir, keepData: false, services: ['shipment-normalization'] });
  const port = await getPort();
  const service = execa(process.execPath, [join(APP, 'dist', 'src', 'main.js')], {
    env: {
      CROSSDOCK_NATS_URL: stack.nats.url,
      CROSSDOCK_MONGO_URL: stack.mongo.url('shipment-normalization'),
      CROSSDOCK_ISSUER_URL: NOBODY,
      CROSSDOCK_WMS_URL: NOBODY,
      CROSSDOCK_HTTP_PORT: String(port),
      CROSSDOCK_LOG_LEVEL: 'error',
      CROSSDOCK_CARRIER_CONNECTIONS: JSON.stringify(CONNECTIONS),
      NODE_OPTIONS: '',
    },
    reject: false,
    all: true,
  });
  try {
    const url = `http://127.0.0.1:${port}`;
    const isReady = (): Promise<boolean> =>
      fetch(`${url}/health/ready`).then(
        ({ ok }) => ok,
        () => false,
      );
    await until({ what: 'shipment-normalization to be ready', deadlineMs: 60_000, check: isReady });
    await drive(url, rate, 3, 900_000_000);
    const pids = [service.pid ?? 0, ...stack.pids().map(({ pid }) => pid)];
    const cpu = async (): Promise<number> =>
      [...(await usageOf(pids)).values()].reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0);
    const before = await cpu();
    const run = await drive(url, rate, seconds, 0);
    return { ...run, cpuMs: (((await cpu()) - before) * 1000) / run.sent };
  } finally {
    service.kill('SIGTERM');
    await service;
    await stack.stop();
    rmSync(dir, { recursive: true, force: true });
  }
}
