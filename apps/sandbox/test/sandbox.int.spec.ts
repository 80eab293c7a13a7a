/** The sandbox as a whole, over HTTP and on a real broker; the services are partners that keep what they hear. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { findMessage, ItemChanged, violationsOf, type ItemChangedData } from '@crossdock/contracts';
import { eventually, ownServers, type Stack } from '@crossdock/testing';
import jetstream, { type JetStreamManager } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { readSettings } from '../src/config.js';
import { startSandbox, type Sandbox } from '../src/sandbox.js';
import { Partner } from '../src/web/partner.builders.js';

jest.setTimeout(60_000);
const FILE = [
  'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country',
  '536365,85123A,WHITE HOLDER,6,2010-12-01 08:26:00,2.55,17850.0,United Kingdom',
  '536365,POST,POSTAGE,1,2010-12-01 08:26:00,18,17850.0,United Kingdom',
  '536366,85123A,WHITE HOLDER,4,2010-12-01 08:28:00,2.95,,United Kingdom',
  '536367,71053,LANTERN,-2,2010-12-01 08:30:00,0,,United Kingdom',
  'C536368,85123A,WHITE HOLDER,-1,2010-12-01 08:34:00,2.55,17850.0,United Kingdom',
].join('\n');

let stack: Stack;
let connection: NatsConnection;
let manager: JetStreamManager;
let folder: string;
let services: Partner;
let sandbox: Sandbox;
let answers: (path: string, nth: number) => number = () => 201;

const start = () => {
  const url = services.url;
  return startSandbox(
    readSettings({
      CROSSDOCK_NATS_URL: stack.nats.url,
      CROSSDOCK_INVENTORY_URL: url,
      CROSSDOCK_SHIPMENTS_URL: url,
      CROSSDOCK_ORDERS_URL: url,
      CROSSDOCK_SANDBOX_DATA: folder,
      CROSSDOCK_SANDBOX_CARRIER_STEP_MS: '0',
      CROSSDOCK_SANDBOX_WMS_STEP_MS: '0',
    }),
  );
};
const send = async (url: string, body?: unknown, headers: Record<string, string> = {}, method = 'POST') => {
  const json = typeof body === 'object';
  const type = json ? { 'content-type': 'application/json' } : {};
  const answer = await fetch(url, {
    method,
    headers: { ...type, ...headers },
    ...(body === undefined ? {} : { body: json ? JSON.stringify(body) : String(body) }),
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
};
const upload = (stock: string, file = FILE) =>
  send(`${sandbox.urls.erp}/erp/master-data/from-file?layout=uci&stock=${stock}`, file, { 'content-type': 'text/csv' });
const streamInfo = async () => (await manager.streams.info('MASTERDATA')).state;

beforeAll(async () => {
  stack = await ownServers('sandbox', []);
  connection = await connect({ servers: stack.nats.url });
  manager = await jetstream.jetstreamManager(connection);
  folder = await mkdtemp(join(tmpdir(), 'sandbox-int-'));
  services = await Partner.open(({ path }, nth) => answers(path, nth));
  sandbox = await start();
});
afterAll(async () => {
  await sandbox.stop();
  services.close();
  await connection.close();
  await stack.stop();
  await rm(folder, { recursive: true, force: true });
});

describe('master data for a file', () => {
  it("waits for its stream, then stands on it as contracts say, and stock is received at inventory's door", async () => {
    const imported = upload('ample');
    await manager.streams.add({ name: 'MASTERDATA', subjects: ['masterdata.>'] });
    const { status, body } = await imported;
    const { messages, last_seq: last } = await streamInfo();
    expect([status, body]).toEqual([
      200,
      expect.objectContaining({
        documents: { order: 2, return: 1, adjustment: 1, other: 0 },
        masterData: { entities: 1, nodes: 1, customers: 2, items: 2 },
        published: { messages, stream: 'MASTERDATA', lastSequence: last },
        receipts: { documents: 1, lines: 2, units: 12 },
      }),
    ]);
    expect(services.on('/v1/receipts')[0]?.body).toMatchObject({
      node: 'DC1',
      postingDate: '2010-12-01',
      lines: [
        { item: '71053', quantity: 2 },
        { item: '85123A', quantity: 10 },
      ],
    });
  });

  it('is valid, addressed and signed with what every service reads', async () => {
    const consumer = await jetstream
      .jetstream(connection)
      .consumers.get('MASTERDATA', { deliver_policy: jetstream.DeliverPolicy.All });
    const { messages } = await streamInfo();
    for await (const message of await consumer.fetch({ max_messages: messages })) {
      const header = (name: string) => message.headers?.get(name) ?? '';
      const contract = findMessage(header('ce-type'), Number(header('ce-version')));
      const data = message.json<{ version: number }>();
      expect(contract && violationsOf(contract.dataClass, data, 'strict')).toEqual([]);
      expect(message.subject).toBe(contract?.subject(data));
      expect([header('ce-id'), header('ce-subject'), header('ce-entityversion')]).toEqual([
        header('Nats-Msg-Id'),
        contract?.key(data),
        String(data.version),
      ]);
      expect([header('ce-tenant'), header('ce-actor'), header('ce-specversion')]).toEqual([
        'acme',
        'system:erp',
        '1.0',
      ]);
    }
  });

  it('is not said again, and books nothing again, when the file is run again, also after a restart', async () => {
    const before = await streamInfo();
    await sandbox.stop();
    sandbox = await start();
    const receipts = services.on('/v1/receipts').length;
    await upload('ample');
    expect((await streamInfo()).messages).toBe(before.messages);
    const again = services.on('/v1/receipts').slice(receipts);
    expect(again.map(({ raw }) => raw)).toEqual([services.on('/v1/receipts')[0]?.raw]);
    expect(again[0]?.headers['idempotency-key']).toBe(services.on('/v1/receipts')[0]?.headers['idempotency-key']);
  });

  it('gets a new version where another file changes it', async () => {
    const { body } = await upload('none', FILE.replace('2.95', '5.00'));
    expect(body['receipts']).toEqual({ documents: 0, lines: 0, units: 0 });
    const message = await manager.streams.getMessage('MASTERDATA', {
      last_by_subj: ItemChanged.subject({ item: '85123A' } as ItemChangedData),
    });
    expect(message?.json()).toMatchObject({ item: '85123A', cost: '3.00', version: 2 });
  });

  it('is said again from the books when the stream was lost', async () => {
    await manager.streams.delete('MASTERDATA');
    await manager.streams.add({ name: 'MASTERDATA', subjects: ['masterdata.>'] });
    const { body } = await send(`${sandbox.urls.erp}/erp/master-data/republish`);
    expect(body['messages']).toBe((await streamInfo()).messages);
  });

  it('refuses a file that it cannot read', async () => {
    expect(await upload('ample', 'a,b\n1,2')).toMatchObject({ status: 422, body: { code: 'header-wrong' } });
  });
});

describe('a generated day', () => {
  it('has its items at three nodes and comes line by line', async () => {
    const answer = await fetch(`${sandbox.urls.erp}/day?seed=1&date=2026-11-21`);
    const lines = (await answer.text())
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { at: string; document: { type: string } });
    const { body } = await send(`${sandbox.urls.erp}/erp/master-data/day?seed=1&date=2026-11-21`);
    expect(body['documents']).toMatchObject({
      order: lines.filter(({ document }) => document.type === 'order').length,
    });
    const nodes = new Set(services.on('/v1/receipts').map((receipt) => receipt.body['node']));
    expect([...nodes].toSorted()).toEqual(['DC1', 'DC2', 'DC3']);
  });
});

describe('the systems', () => {
  it('give tokens that verify by the published keys', async () => {
    const { body } = await send(`${sandbox.urls.tokens}/oauth/token`, {
      grant_type: 'client_credentials',
      client_id: 'demo',
      client_secret: 'sandbox-demo',
    });
    const keys = createRemoteJWKSet(new URL(`${sandbox.urls.tokens}/.well-known/jwks.json`));
    const { payload } = await jwtVerify(String(body['access_token']), keys, {
      issuer: sandbox.urls.tokens,
      audience: 'crossdock',
    });
    expect(payload).toMatchObject({ tenant: 'acme', sub: 'demo' });
  });

  it('work a fulfilment order off until it is delivered', async () => {
    const heard = services.heard.length;
    const request = {
      fulfilmentId: 'f-1',
      orderNo: '536365',
      node: 'DC1',
      shipTo: { country: 'GB' },
      lines: [{ lineNo: 1, item: '85123A', quantity: 6 }],
    };
    const { status, body } = await send(`${sandbox.urls.wms}/wms/fulfilments`, request, { 'idempotency-key': 'f-1' });
    expect([status, body]).toEqual([201, { fulfilmentId: 'f-1', wmsRef: 'WMS-100001' }]);
    await eventually('delivery', async () => {
      const books = await send(`${sandbox.urls.carrier}/books/carrier`, undefined, {}, 'GET');
      return (books.body['summary'] as { statuses: { delivered?: number } }).statuses.delivered === 1;
    });
    const paths = services.heard.slice(heard).map(({ path }) => path);
    expect(paths).toEqual([
      '/v1/fulfilments/f-1/picks',
      '/v1/fulfilments/f-1/dispatches',
      ...Array<string>(4).fill('/webhooks/easypost/acme-easypost'),
    ]);
  });

  it('register and post once, and know it after a restart', async () => {
    const order = {
      reference: 'o-1',
      orderNo: '536365',
      account: '17850',
      entity: 'CD-UK',
      currency: 'GBP',
      lines: [{}],
    };
    const first = await send(`${sandbox.urls.erp}/erp/orders`, order, { 'idempotency-key': 'o-1/1' });
    await sandbox.stop();
    sandbox = await start();
    const again = await send(`${sandbox.urls.erp}/erp/orders`, order, { 'idempotency-key': 'o-1/1' });
    expect(again.body).toEqual(first.body);
    expect((await send(`${sandbox.urls.erp}/erp/orders?reference=o-1`, undefined, {}, 'GET')).body).toMatchObject({
      erpOrderNos: [first.body['erpOrderNo']],
    });
    expect((await send(`${sandbox.urls.erp}/erp/orders?reference=o-2`, undefined, {}, 'GET')).status).toBe(404);
  });

  it('fail as they are told: an error, and a success that nobody hears of', async () => {
    const fault = (body: object) => send(`${sandbox.urls.erp}/faults`, body);
    const order = { reference: 'o-9', orderNo: '9', account: 'A', entity: 'CD-UK', currency: 'GBP', lines: [{}] };
    const register = () => send(`${sandbox.urls.erp}/erp/orders`, order, { 'idempotency-key': 'o-9/1' });
    await fault({ system: 'erp', kind: '500', count: 1 });
    await fault({ system: 'erp', kind: '429', count: 1 });
    expect([(await register()).status, (await register()).status]).toEqual([500, 429]);
    await fault({ system: 'erp', kind: 'timeout-after', count: 1, ms: 1 });
    await expect(register()).rejects.toThrow();
    expect((await send(`${sandbox.urls.erp}/erp/orders?reference=o-9`, undefined, {}, 'GET')).status).toBe(200);
    await fault({ system: 'erp', kind: 'down', count: 1 });
    await expect(register()).rejects.toThrow();
    await send(`${sandbox.urls.wms}/faults`, undefined, {}, 'DELETE');
    expect((await register()).status).toBe(201);
  });

  it('send shop orders in many copies at once', async () => {
    answers = () => 200;
    const { body } = await send(`${sandbox.urls.shop}/shop/orders`, { n: 1, copies: 20 });
    expect(body['orders']).toHaveLength(1);
    const copies = services.on('/webhooks/shopify/acme-shop');
    expect(copies).toHaveLength(20);
    expect(new Set(copies.map(({ raw }) => raw)).size).toBe(1);
  });
});
