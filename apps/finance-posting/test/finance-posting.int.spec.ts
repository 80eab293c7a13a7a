import { derivedId } from '@crossdock/kernel';
import { JetStreamBroker, runService, type RunningService } from '@crossdock/runtime';
import { eventually, ownServers, type Stack } from '@crossdock/testing';
import {
  aFreightLine,
  aLine,
  aMovementLine,
  aMovementRecorded,
  anEntityChanged,
  anItemChanged,
  aNodeChanged,
  anOrderAccepted,
  aReturnReceived,
  aShipmentDispatched,
  BATCH,
} from '../src/domain/finance.builders.js';
import { financePosting } from '../src/finance-posting.service.js';
import { Erp, Issuer, speak } from './world.js';

type Body = Record<string, unknown>;

describe('finance-posting on real servers', () => {
  let servers: Stack;
  let issuer: Issuer;
  let erp: Erp;
  let broker: JetStreamBroker;
  let service: RunningService;
  let token: string;

  const call = async (method: string, path: string, body?: Body): Promise<{ status: number; body: Body }> => {
    const response = await fetch(`${service.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    return { status: response.status, body: (await response.json()) as Body };
  };
  const get = async (path: string): Promise<Body> => (await call('GET', path)).body;
  const start = () =>
    runService(financePosting, {
      env: {
        CROSSDOCK_NATS_URL: servers.nats.url,
        CROSSDOCK_MONGO_URL: servers.mongo.url('finance-posting'),
        CROSSDOCK_ISSUER_URL: issuer.url,
        CROSSDOCK_ERP_URL: erp.url,
        CROSSDOCK_HTTP_PORT: '0',
        CROSSDOCK_LOG_LEVEL: 'silent',
        CROSSDOCK_LEASE_MS: '1000',
      },
    });
  const ready = () => eventually('ready', async () => (await fetch(`${service.url}/health/ready`)).status === 200);
  const invoicesOf = async (order: string): Promise<Body[]> =>
    ((await get(`/v1/invoices?order=${order}`))['invoices'] as Body[] | undefined) ?? [];
  const posted = (order: string, count: number) =>
    eventually(`${count} posted invoices of ${order}`, async () => {
      const found = (await invoicesOf(order)).filter(({ status }) => status === 'posted');
      return found.length === count && found;
    });
  const anOrder = (no: string, lines = [aLine(1)]) =>
    anOrderAccepted({ orderId: `order-${no}`, orderNo: no, lines }, { id: `accepted-${no}` });
  const aShipment = (no: string, left: Record<number, number>, part = 'a') =>
    aShipmentDispatched(
      left,
      { orderId: `order-${no}`, orderNo: no, shipmentId: `shipment-${no}-${part}` },
      { id: `dispatched-${no}-${part}` },
    );

  beforeAll(async () => {
    servers = await ownServers('finance', ['finance-posting']);
    issuer = await Issuer.start();
    erp = await Erp.start();
    token = await issuer.sign('finance:read exceptions:read exceptions:write');
    service = await start();
    await ready();
    broker = await JetStreamBroker.open(servers.nats.url, 'world');
    await speak(broker, anEntityChanged(), aNodeChanged(), anItemChanged('ITEM-1', '14.00'));
  }, 60_000);
  afterAll(async () => {
    await service?.stop();
    await broker?.close();
    await erp?.stop();
    await issuer?.stop();
    await servers?.stop();
  }, 30_000);

  it('bills a shipment that overtook its order, once, although it is told three times', async () => {
    const shipped = aShipment('1', { 1: 6 });
    await speak(broker, shipped, { ...shipped, id: 'again-1' });
    await speak(broker, anOrder('1', [aLine(1), aFreightLine(2, '30.00')]), { ...shipped, id: 'again-2' });
    const [invoice] = await posted('1', 1);
    expect(invoice).toMatchObject({ documentNo: 'UK-I0000001', net: 18000, tax: 3000, gross: 21000 });
    await speak(broker, aShipment('1', { 1: 4 }, 'b'));
    const both = await posted('1', 2);
    expect(both.map(({ net }) => net)).toEqual([10000, 18000]);
    expect(erp.books.size).toBe(2);
  }, 30_000);

  it('posts once when the ERP posts and then breaks the connection', async () => {
    erp.moods.push('breaks');
    const calls = erp.calls;
    await speak(broker, anOrder('2'), aShipment('2', { 1: 10 }));
    await posted('2', 1);
    expect(erp.calls - calls).toBe(1);
    expect([...erp.books.values()].filter(({ orderNo }) => orderNo === '2')).toHaveLength(1);
  }, 30_000);

  it('shows a refused posting as a case, and posts it under the same number when it is tried again', async () => {
    erp.moods.push('refuses');
    await speak(broker, anOrder('3'), aShipment('3', { 1: 10 }));
    const found = await eventually('a case', async () => {
      const { exceptions } = await get('/v1/exceptions?reason=posting-refused');
      return (exceptions as Body[])[0];
    });
    expect(found).toMatchObject({ text: 'the period is closed', retryable: true });
    const [refused] = await invoicesOf('3');
    expect(refused).toMatchObject({ status: 'refused' });
    expect((await call('POST', `/v1/exceptions/${String(found['id'])}/retry`)).status).toBe(200);
    const [invoice] = await posted('3', 1);
    expect(invoice?.['documentNo']).toBe(refused?.['documentNo']);
    const { exceptions } = await get('/v1/exceptions?reason=posting-refused');
    expect(exceptions).toEqual([]);
  }, 30_000);

  it('bills nothing of a shipment above its order, and lets a person try again or discard the case', async () => {
    await speak(broker, anOrder('above'), aShipment('above', { 1: 11 }));
    const open = async () => ((await get('/v1/exceptions?reason=billing-above-order'))['exceptions'] as Body[])[0];
    const found = await eventually('a case', open);
    const retried = await call('POST', `/v1/exceptions/${String(found['id'])}/retry`);
    expect(retried).toMatchObject({ status: 200, body: { outcome: 'accept', status: 'open' } });
    expect(await open()).toMatchObject({ times: 2, text: 'line 1: 0 billed and 11 shipped, 10 ordered' });
    expect(await invoicesOf('above')).toEqual([]);
    const path = `/v1/exceptions/${String(found['id'])}/discard`;
    expect(await call('POST', path, { comment: 'the warehouse miscounted' })).toMatchObject({ status: 200 });
    expect(await open()).toBeUndefined();
  }, 30_000);

  it('goes on after a stop where it was, and nothing is posted twice when everything is told again', async () => {
    const told = [
      anOrder('4'),
      aShipment('4', { 1: 3 }),
      aShipment('4', { 1: 7 }, 'b'),
      aReturnReceived(),
      aMovementRecorded(),
    ];
    await speak(broker, ...told.slice(0, 2));
    await service.stop();
    await speak(
      broker,
      ...told.slice(2),
      ...told.map((message) => ({ ...message, id: derivedId(message.id, 'replay') })),
    );
    service = await start();
    await ready();
    const both = await posted('4', 2);
    expect(both.reduce((sum, { net }) => sum + Number(net), 0)).toBe(25000);
    await eventually(
      'the credit memo',
      async () =>
        ((await get('/v1/credit-memos?return=return-1'))['creditMemos'] as Body[])[0]?.['status'] === 'posted',
    );
    const numbers = new Set([...erp.books.values()].map(({ documentNo }) => documentNo));
    expect(numbers.size).toBe(erp.books.size);
  }, 30_000);

  it('bills an order of 5,000 lines', async () => {
    const lines = Array.from({ length: 5000 }, (_, index) =>
      aLine(index + 1, { item: 'ITEM-1', quantity: 1, unitPrice: '1.01' }),
    );
    const shipped = aShipment('5000', Object.fromEntries(lines.map(({ lineNo }) => [lineNo, 1])));
    const data = { ...shipped.data, lines: lines.map(({ lineNo }) => ({ lineNo, item: 'ITEM-1', quantity: 1 })) };
    await speak(broker, anOrder('5000', lines), { ...shipped, data });
    const [invoice] = await posted('5000', 1);
    expect(invoice).toMatchObject({ net: 505_000, lineCount: 5000 });
    const whole = await get(`/v1/invoices/${String(invoice?.['documentNo'])}`);
    expect(whole['lines']).toHaveLength(5000);
  }, 60_000);

  it('keeps books that balance, as of now and as of then', async () => {
    await speak(
      broker,
      aMovementRecorded({ movementId: 'movement-9', lines: [aMovementLine(1, { sellable: 9, unitCost: '2.00' })] }),
    );
    await eventually(
      'the receipt',
      async () => ((await get('/v1/journals?source=movement-9'))['journals'] as Body[] | undefined)?.length === 1,
    );
    const now = await get('/v1/trial-balance?entity=CD-UK');
    expect(now).toMatchObject({ balanced: true, entity: 'CD-UK' });
    const trail = await get('/v1/audit-trail?entity=CD-UK');
    expect(trail).toMatchObject({ complete: true, faults: [], journals: now['through'] });
    const then = await get(`/v1/trial-balance?entity=CD-UK&through=${Number(now['through']) - 1}`);
    const grni = (of: Body) => (of['accounts'] as Body[]).find(({ name }) => name === 'GRNI')?.['credit'];
    expect([then['balanced'], then['final'], Number(grni(now)) - Number(grni(then))]).toEqual([true, true, 1800]);
    const batch = await get(`/v1/batches/${BATCH}`);
    expect(batch).toMatchObject({
      currency: 'GBP',
      invoicedNet: 28000 + 25000 * 3 + 505_000,
      creditedNet: 5000,
      creditMemosPosted: 1,
    });
    expect(batch['debits']).toBe(batch['credits']);
  }, 30_000);

  it('shows nothing to those who have no right to it, and lets nobody write an invoice', async () => {
    const other = await issuer.sign('orders:read');
    const { status } = await fetch(`${service.url}/v1/invoices`, { headers: { authorization: `Bearer ${other}` } });
    expect(status).toBe(403);
    expect((await fetch(`${service.url}/v1/invoices`)).status).toBe(401);
    expect((await call('POST', '/v1/invoices')).status).toBe(405);
    expect((await call('GET', '/v1/trial-balance')).body).toMatchObject({ status: 400, code: 'request-malformed' });
  });
});
