import { derivedId } from '@crossdock/kernel';
import { OrderReleased, type OrderReleasedData } from '@crossdock/contracts';
import { JetStreamBroker, runService, type RunningService, type StoredEvent } from '@crossdock/runtime';
import { eventually, ownServers, type Stack } from '@crossdock/testing';
import { anOrderReleased, aPackage } from '../src/domain/shipments.builders.js';
import { shipmentNormalization } from '../src/shipment-normalization.service.js';
import { aDetail, anEvent, aTracker } from '../src/translate/easypost.builders.js';
import { easypostSignature } from '../src/translate/easypost-signature.js';
import { settingsOf } from './settings.js';
import { closed, startIssuer, type TokenIssuer } from './token-issuer.js';
import { startWarehouse, type Warehouse } from './warehouse.js';

const SECRET = 'sécret';
type Json = Record<string, never>;
interface Told {
  readonly status: number;
  readonly body: Json;
}

describe('the service on real servers', () => {
  let servers: Stack;
  let issuer: TokenIssuer;
  let warehouse: Warehouse;
  let service: RunningService;
  let broker: JetStreamBroker;
  let token: string;

  const call = async (
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Told> => {
    const response = await fetch(`${service.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as Json };
  };
  /** EasyPost tells something, signed over the bytes that are sent. */
  const tell = (event: unknown, signature?: string, connection = 'acme-easypost'): Promise<Told> => {
    const body = JSON.stringify(event);
    const headers = { authorization: '', 'x-hmac-signature': signature ?? easypostSignature(SECRET, body) };
    return call('POST', `/webhooks/easypost/${connection}`, body, headers);
  };
  const release = async (data: OrderReleasedData): Promise<void> => {
    const event: StoredEvent = {
      id: derivedId('released', data.fulfilmentId),
      type: OrderReleased.type,
      version: OrderReleased.version,
      source: 'order-orchestration',
      stream: OrderReleased.stream,
      tenant: 'acme',
      key: OrderReleased.key(data),
      lane: OrderReleased.lane(data),
      entityVersion: 1,
      at: new Date().toISOString(),
      actor: 'system:test',
      correlationId: `order-${data.orderNo}`,
      causationId: 'none',
      batchId: 'day-1',
      body: JSON.stringify(data),
    };
    await broker.publish([event]);
  };
  const order = (no: string, ...quantities: number[]): OrderReleasedData => ({
    ...anOrderReleased(...quantities),
    orderNo: no,
    orderId: `o-${no}`,
    fulfilmentId: `f-${no}`,
  });
  const statusOf = async (no: string): Promise<unknown> =>
    (await call('GET', `/v1/fulfilments/f-${no}`)).body['status'];
  const accepted = async (no: string, ...quantities: number[]): Promise<void> => {
    await release(order(no, ...quantities));
    await eventually('taken by the warehouse', async () => (await statusOf(no)) === 'accepted');
  };
  const occurredAt = '2026-03-02T10:00:00.000Z';
  const picks = (no: string, documentNo: string, ...rows: [number, number][]): Promise<Told> =>
    call('POST', `/v1/fulfilments/f-${no}/picks`, {
      documentNo,
      occurredAt,
      lines: rows.map(([picked, short], index) => ({ lineNo: index + 1, picked, short })),
    });
  const dispatches = (no: string, documentNo: string, ...packages: ReturnType<typeof aPackage>[]): Promise<Told> =>
    call('POST', `/v1/fulfilments/f-${no}/dispatches`, { documentNo, occurredAt, packages });
  const delivered = (trackingNo: string): Record<string, unknown> =>
    anEvent(
      aTracker({
        tracking_code: trackingNo,
        status: 'delivered',
        tracking_details: [
          aDetail(),
          aDetail({ status: 'delivered', status_detail: 'arrived_at_destination', datetime: '2026-03-04T10:00:00Z' }),
        ],
      }),
    );
  const cases = async (key: string): Promise<readonly { reason: string; status: string; id: string }[]> =>
    (await call('GET', `/v1/exceptions?key=${encodeURIComponent(key)}`)).body['exceptions'] as never;

  beforeAll(async () => {
    servers = await ownServers('shipments', ['shipment-normalization']);
    issuer = await startIssuer();
    warehouse = await startWarehouse();
    token = await issuer.token('shipments:read shipments:write exceptions:read exceptions:write quarantine:read');
    service = await runService(shipmentNormalization, {
      env: {
        ...settingsOf(servers, issuer, warehouse),
        CROSSDOCK_EASYPOST_CONNECTIONS: JSON.stringify({ 'acme-easypost': { tenant: 'acme', secret: SECRET } }),
      },
    });
    await eventually('ready', async () => (await fetch(`${service.url}/health/ready`)).status === 200);
    broker = await JetStreamBroker.open(servers.nats.url, 'test');
  }, 60_000);
  afterAll(async () => {
    await broker?.close();
    await service?.stop();
    await closed(warehouse?.server);
    await closed(issuer?.server);
    await servers?.stop();
  }, 30_000);

  it('takes an order from release to delivery, and every copy changes nothing', async () => {
    await accepted('1', 4, 6);
    expect(warehouse.requests.get('f-1')).toMatchObject({
      orderNo: '1',
      node: 'LEICESTER',
      lines: [{ quantity: 4 }, { quantity: 6 }],
    });
    expect(await picks('1', 'P1', [4, 0], [5, 1])).toMatchObject({ status: 201, body: { status: 'in-progress' } });
    expect(await picks('1', 'P1', [4, 0], [5, 1])).toMatchObject({ status: 201 });
    const sent = [aPackage('1Z-1', [1, 4], [2, 2]), aPackage('1Z-2', [2, 3])] as const;
    const left = await dispatches('1', 'D1', ...sent);
    expect(left.status).toBe(201);
    expect(await dispatches('1', 'D1', ...sent)).toEqual(left);
    await tell(delivered('1Z-1'));
    const copies = await Promise.all(Array.from({ length: 20 }, () => tell(delivered('1Z-2'))));
    expect(new Set(copies.map(({ status }) => status))).toEqual(new Set([200]));
    await eventually('closed', async () => (await statusOf('1')) === 'closed');
    const found = (await call('GET', '/v1/shipments?order=1')).body['shipments'];
    expect(found).toMatchObject([
      { status: 'delivered', lines: [{ delivered: 4 }, { delivered: 5 }], deliveredAt: '2026-03-04T10:00:00.000Z' },
    ]);
    expect((await call('GET', '/v1/shipments?tracking=1Z-2')).body['shipments']).toEqual(found);
    expect((await call('GET', '/v1/tracking/1Z-2')).body).toMatchObject({
      milestone: 'DELIVERED',
      degraded: false,
      timeline: [{}, {}],
    });
  }, 30_000);

  it('keeps what a carrier says of an unknown package, and matches it when the package is dispatched', async () => {
    expect(await tell(delivered('1Z-EARLY'))).toMatchObject({
      status: 200,
      body: { trackingNos: ['1Z-EARLY'], faults: [] },
    });
    const [unknown] = await eventually('a case', async () => {
      const list = await cases('trackingNo:1Z-EARLY');
      return list.length > 0 && list;
    });
    expect(unknown).toMatchObject({ reason: 'tracking-unknown', status: 'open' });
    expect((await call('GET', '/v1/tracking/1Z-EARLY')).body).toMatchObject({ known: false, milestone: 'DELIVERED' });
    await accepted('2', 3);
    await picks('2', 'P1', [3, 0]);
    await dispatches('2', 'D1', aPackage('1Z-EARLY', [1, 3]));
    await eventually('delivered', async () => (await statusOf('2')) === 'closed');
    expect(await cases('trackingNo:1Z-EARLY')).toMatchObject([{ status: 'resolved' }]);
  }, 30_000);

  it('refuses a wrong signature and an unknown connection, puts broken bodies aside, and takes the next good one', async () => {
    const event = delivered('1Z-SIGNED');
    expect(await tell(event, easypostSignature('other', JSON.stringify(event)))).toMatchObject({
      status: 401,
      body: { code: 'not-signed' },
    });
    expect(await tell(event, undefined, 'nobody')).toMatchObject({ status: 401, body: { code: 'not-signed' } });
    expect((await call('GET', '/v1/tracking/1Z-SIGNED')).status).toBe(404);
    const bare = await tell(aTracker());
    expect(bare).toMatchObject({ status: 200, body: { trackingNos: [], faults: [{ path: 'object' }] } });
    const broken = '{"object":"Event","result":';
    const told = await call('POST', '/webhooks/easypost/acme-easypost', broken, {
      authorization: '',
      'x-hmac-signature': easypostSignature(SECRET, broken),
    });
    expect(told).toMatchObject({ status: 200, body: { trackingNos: [], faults: [{ code: 'broken-json' }] } });
    const aside = async (reason: string): Promise<readonly Record<string, unknown>[]> =>
      (await call('GET', `/v1/quarantine?reason=${reason}`)).body['messages'] as never;
    const [row, ...more] = await eventually('put aside', async () => {
      const rows = await aside('broken-json');
      return rows.length > 0 && rows;
    });
    expect([row, more]).toMatchObject([{ key: told.body['hash'], bytes: broken.length, tenant: 'acme' }, []]);
    await eventually('put aside', async () => (await aside('schema-violation')).length === 1);
    expect(await tell(anEvent({ object: 'Batch' }, { description: 'batch.updated' }))).toMatchObject({
      status: 200,
      body: { trackingNos: [], faults: [] },
    });
    expect(await tell(event)).toMatchObject({ status: 200, body: { trackingNos: ['1Z-SIGNED'], faults: [] } });
    await eventually('taken', async () => (await call('GET', '/v1/tracking/1Z-SIGNED')).status === 200);
  });

  it('refuses what a warehouse can not have done, says why, and takes the next good confirmation', async () => {
    await accepted('3', 5);
    expect(await picks('nobody', 'P1', [1, 0])).toMatchObject({ status: 404, body: { code: 'fulfilment-unknown' } });
    expect(await picks('3', 'P1', [4, 2])).toMatchObject({
      status: 422,
      body: { code: 'pick-above-release', errors: [{ text: expect.stringContaining('line 1') }] },
    });
    expect(await picks('3', 'P1', [1.5, 0])).toMatchObject({
      status: 400,
      body: { code: 'schema-violation', errors: [{ field: 'lines[0].picked' }] },
    });
    expect(
      await call('POST', '/v1/fulfilments/f-3/picks', { documentNo: 'P1', occurredAt, lines: [], by: 'me' }),
    ).toMatchObject({ status: 400 });
    expect(await dispatches('3', 'D1', aPackage('1Z-3', [1, 4]))).toMatchObject({
      status: 409,
      body: { code: 'counter-not-ready' },
    });
    expect(await picks('3', 'P1', [4, 1])).toMatchObject({ status: 201 });
    expect(await picks('3', 'P1', [3, 2])).toMatchObject({ status: 409, body: { code: 'document-changed' } });
    expect(await dispatches('3', 'D1', aPackage('1Z-3', [1, 5]))).toMatchObject({
      status: 422,
      body: { code: 'dispatch-above-pick' },
    });
    expect(await dispatches('3', 'D1', aPackage('1Z-3', [1, 4]))).toMatchObject({ status: 201 });
    expect(await statusOf('3')).toBe('shipped');
  }, 30_000);

  it('asks a warehouse again that had refused, when a person says so', async () => {
    warehouse.refuses = 'closed on Sundays';
    await release(order('4', 2));
    await eventually('refused', async () => (await statusOf('4')) === 'rejected');
    warehouse.refuses = undefined;
    const [found] = await cases('orderNo:4');
    expect(found).toMatchObject({ reason: 'wms-refused', status: 'open', batchId: 'day-1' });
    expect(await call('POST', `/v1/exceptions/${found?.id}/retry`, {})).toMatchObject({
      status: 200,
      body: { outcome: 'accept' },
    });
    await eventually('taken', async () => (await statusOf('4')) === 'accepted');
    expect(await cases('orderNo:4')).toMatchObject([{ status: 'resolved' }]);
  }, 30_000);

  it('lets a person close the case of a package', async () => {
    await accepted('5', 1);
    await picks('5', 'P1', [1, 0]);
    await dispatches('5', 'D1', aPackage('1Z-LOST', [1, 1]));
    await tell(
      anEvent(aTracker({ tracking_code: '1Z-LOST', status: 'failure', status_detail: 'lost', tracking_details: [] })),
    );
    const [found] = await eventually('a case', async () => {
      const list = await cases('orderNo:5');
      return list.length > 0 && list;
    });
    expect(found).toMatchObject({ reason: 'carrier-lost', status: 'open' });
    expect(await call('POST', `/v1/exceptions/${found?.id}/discard`, { comment: 'claim opened' })).toMatchObject({
      status: 200,
    });
  }, 30_000);

  it('takes an order of 5,000 lines to delivery', async () => {
    const quantities = Array.from({ length: 5_000 }, (_, index) => (index % 9) + 1);
    await accepted('big', ...quantities);
    expect((await picks('big', 'P1', ...quantities.map((n): [number, number] => [n, 0]))).status).toBe(201);
    const lines = quantities.map((quantity, index): [number, number] => [index + 1, quantity]);
    const packages = Array.from({ length: 10 }, (_, n) =>
      aPackage(`1Z-BIG-${n}`, ...lines.slice(n * 500, (n + 1) * 500)),
    );
    expect((await dispatches('big', 'D1', ...packages)).status).toBe(201);
    await Promise.all(packages.map(({ trackingNo }) => tell(delivered(trackingNo))));
    await eventually('closed', async () => (await statusOf('big')) === 'closed');
  }, 30_000);

  it('shows nothing to another tenant, and nothing without the right', async () => {
    const others = await issuer.token('shipments:read', 'other');
    expect((await call('GET', '/v1/tracking/1Z-2', undefined, { authorization: `Bearer ${others}` })).status).toBe(404);
    expect((await call('GET', '/v1/fulfilments/f-1', undefined, { authorization: `Bearer ${others}` })).status).toBe(
      404,
    );
    const reader = { authorization: `Bearer ${await issuer.token('shipments:read')}` };
    expect((await call('POST', '/v1/fulfilments/f-1/picks', {}, reader)).status).toBe(403);
    expect((await call('GET', '/v1/shipments', undefined, reader)).status).toBe(400);
  });
});
