/** The whole system as processes, an integrator at its doors, and an ear on its broker. */
import { createHmac, randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { MongoClient } from 'mongodb';
import { testDir } from '../../stack/forTests.ts';
import { call } from '../../start/http.ts';
import { startPlatform, type Platform } from '../../start/platform.ts';
import { Ear } from './ear.ts';
import { MASTER_DATA } from './master-data.ts';

export type Json = Record<string, unknown>;
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: Json;
}
export interface Sending {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** none at all: an empty text */
  readonly token?: string;
}
export type Service =
  'order-orchestration' | 'inventory-propagation' | 'shipment-normalization' | 'finance-posting' | 'connectors';

/** Shown to nobody else: what the sandbox's carrier and shop sign with. */
const SECRETS = { shopify: 'sandbox-shopify', easypost: 'sandbox-easypost' } as const;
const PATIENCE_MS = 40_000;

export async function eventually<T>(what: string, look: () => Promise<T | undefined>, ms = PATIENCE_MS): Promise<T> {
  const until = Date.now() + ms;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > until) throw new Error(`waited ${ms} ms for ${what}`);
    await pause(40);
  }
}

let numbers = 0;
/** A document number that nobody has used. */
export const aNumber = (): string => `N-${(numbers += 1)}`;
export const aLine = (more: object = {}) => ({ lineNo: 1, item: 'TEA', quantity: '1', unitPrice: '2.50', ...more });
export const anOrder = (more: object = {}, line: object = {}): Json => ({
  documentNo: aNumber(),
  account: 'SOUND',
  currency: 'GBP',
  shipTo: { country: 'GB' },
  lines: [aLine(line)],
  ...more,
});

export class World {
  readonly platform: Platform;
  readonly ear: Ear;
  readonly mongo: MongoClient;
  /** orders that were taken: all of them end closed, or as their test says */
  readonly taken = new Set<string>();
  readonly cancelled = new Set<string>();
  readonly #tokens = new Map<string, string>();

  private constructor(platform: Platform, ear: Ear) {
    this.platform = platform;
    this.ear = ear;
    this.mongo = new MongoClient(platform.stack.mongo.adminUrl, { serverSelectionTimeoutMS: 5_000 });
  }

  static async open(
    name = 'bad-input',
    masterData: Readonly<Record<string, readonly object[]>> = MASTER_DATA,
  ): Promise<World> {
    const dir = await testDir(name);
    const platform = await startPlatform(dir, true, () => undefined, { onServers: () => undefined });
    const world = new World(platform, await Ear.open(platform.stack.nats.url));
    await world.keyIn(masterData);
    await world.receive({ TEA: 1_000_000, POT: 10_000 });
    return world;
  }

  async close(): Promise<void> {
    await Promise.all([this.ear.close(), this.mongo.close()]);
    await this.platform.stop();
    await rm(this.platform.dir, { recursive: true, force: true });
  }

  url(service: Service): string {
    return this.platform.fleet.urls.services[service] as string;
  }
  get erp(): string {
    return this.platform.fleet.urls.outside.erp;
  }

  async token(client = 'demo', scope?: string): Promise<string> {
    const name = `${client} ${scope ?? ''}`;
    const known = this.#tokens.get(name);
    if (known) return known;
    const asked = { client_id: client, client_secret: `sandbox-${client}`, ...(scope ? { scope } : {}) };
    const { access_token: token } = await call<{ access_token: string }>(
      `${this.platform.fleet.urls.outside.tokens}/oauth/token`,
      { method: 'POST', headers: { 'content-type': 'application/json' }, body: () => JSON.stringify(asked) },
    );
    this.#tokens.set(name, token);
    return token;
  }

  /** One request as an integrator sends it: nothing is tried again. Text and bytes go as they are, the rest as JSON. */
  async send(
    method: string,
    path: string,
    sending: Sending = {},
    service: Service = 'order-orchestration',
  ): Promise<Answer> {
    const { body, headers = {}, token = await this.token() } = sending;
    const raw = typeof body === 'string' || body instanceof Uint8Array;
    const answer = await fetch(`${this.url(service)}${path}`, {
      method,
      headers: {
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: raw ? (body as NonNullable<RequestInit['body']>) : JSON.stringify(body) }),
    });
    const text = await answer.text();
    const json = answer.headers.get('content-type')?.includes('json') ?? false;
    return { status: answer.status, headers: answer.headers, text, body: json ? (JSON.parse(text) as Json) : {} };
  }
  get(path: string, service?: Service): Promise<Answer> {
    return this.send('GET', path, {}, service);
  }
  submit(order: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
    return this.send('POST', '/v1/orders', { body: order, headers });
  }

  /** A good order goes through, and all that was said before it has been heard. */
  async nextGoodOne(more: object = {}): Promise<string> {
    const correlationId = `good-${randomUUID()}`;
    const order = anOrder(more);
    const answer = await this.submit(order, { 'x-correlation-id': correlationId });
    if (answer.status !== 201) throw new Error(`the next good order was answered ${answer.status}: ${answer.text}`);
    await eventually('the good order on its stream', async () =>
      this.ear.of(correlationId).includes('orders.evt.order-created') ? true : undefined,
    );
    this.taken.add(String(order['documentNo']));
    return String(order['documentNo']);
  }

  /** Numbers of all orders that the service has, read from its books. */
  async allOrders(): Promise<readonly string[]> {
    const states = this.mongo
      .db('order-orchestration')
      .collection<{ s: { status: string; orderNo?: string } }>('state_order');
    const found = await states.find({ 's.status': { $ne: 'none' } }).toArray();
    return found.map(({ s }) => String(s.orderNo)).toSorted();
  }

  async creditUsed(account: string): Promise<number> {
    const { body } = await this.get(`/v1/accounts/${account}/credit`);
    return (body['creditUsed'] as number | undefined) ?? 0;
  }

  async cases(reason: string, service?: Service): Promise<readonly Json[]> {
    return (await this.get(`/v1/exceptions?reason=${reason}&limit=1000`, service)).body['exceptions'] as Json[];
  }

  status(orderNo: string): Promise<unknown> {
    return this.get(`/v1/orders/${orderNo}`).then(({ body }) => body['status']);
  }
  reaches(orderNo: string, ...statuses: readonly string[]): Promise<unknown> {
    return eventually(`${orderNo} to be ${statuses.join(' or ')}`, async () => {
      const status = await this.status(orderNo);
      return statuses.includes(String(status)) ? status : undefined;
    });
  }

  /** The ERP publishes it, and the orders service has heard all of it. */
  async keyIn(data: Readonly<Record<string, readonly object[]>>): Promise<void> {
    await call(`${this.erp}/erp/master-data`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: () => JSON.stringify(data),
    });
    await eventually('master data to be heard', async () => {
      const { pending, unacknowledged } = await this.platform.broker.lag();
      return pending + unacknowledged === 0 ? true : undefined;
    });
  }

  async receive(stock: Readonly<Record<string, number>>): Promise<void> {
    const lines = Object.entries(stock).map(([item, quantity]) => ({ item, quantity }));
    const document = { documentNo: aNumber(), node: 'DC1', correlationId: 'opening', lines };
    const answer = await this.send('POST', '/v1/receipts', { body: document }, 'inventory-propagation');
    if (answer.status >= 300) throw new Error(`the receipt was answered ${answer.status}: ${answer.text}`);
  }

  /** How the warehouse behaves when nothing goes wrong. */
  async warehouse(latencyMs: number): Promise<void> {
    await call(`${this.platform.fleet.urls.outside.wms}/settings`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: () => JSON.stringify({ system: 'wms', latencyMs }),
    });
  }

  signed(shop: keyof typeof SECRETS, body: string): Readonly<Record<string, string>> {
    const hmac = createHmac('sha256', SECRETS[shop].normalize('NFKD')).update(body);
    return shop === 'shopify'
      ? { 'x-shopify-hmac-sha256': hmac.digest('base64') }
      : { 'x-hmac-signature': `hmac-sha256-hex=${hmac.digest('hex')}` };
  }
}
