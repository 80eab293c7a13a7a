import { createServer, type AddressInfo } from 'node:net';
import { eventually, ownServers, type Stack } from '@crossdock/testing';
import { applyPlan, developmentOptions, JetStreamBroker, plan, runService, type RunningService } from '../src/index.js';
import { Issuer } from './issuer.js';
import { noteService } from './notes.js';
import { Printer } from './printer.js';

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
const environmentOf = (servers: Stack, issuer: Issuer, printer: Printer): Record<string, string> => ({
  CROSSDOCK_NATS_URL: servers.nats.url,
  CROSSDOCK_MONGO_URL: servers.mongo.url('test-notes'),
  CROSSDOCK_ISSUER_URL: issuer.url,
  CROSSDOCK_HTTP_PORT: '0',
  CROSSDOCK_LOG_LEVEL: 'silent',
  CROSSDOCK_LEASE_MS: '1000',
  CROSSDOCK_PRINTER_URL: printer.url,
});

describe('a service on real servers', () => {
  let servers: Stack;
  let issuer: Issuer;
  let printer: Printer;
  let service: RunningService;
  let token: string;

  const call = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const response = await fetch(`${service.url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    return {
      status: response.status,
      body: (await response.json()) as Record<string, unknown>,
      headers: response.headers,
    };
  };
  const start = () => runService(noteService, { env: environmentOf(servers, issuer, printer) });

  beforeAll(async () => {
    servers = await ownServers('service', ['test-notes']);
    issuer = await Issuer.start();
    printer = await Printer.start();
    token = await issuer.token();
    service = await start();
    await eventually('ready', async () => (await fetch(`${service.url}/health/ready`)).status === 200);
  }, 60_000);
  afterAll(async () => {
    await service?.stop();
    await printer?.stop();
    await issuer?.stop();
    await servers?.stop();
  }, 30_000);

  it('takes a note at its door and shows it from its own store', async () => {
    const taken = await call('POST', '/v1/notes', { name: 'first', pages: 3 });
    expect(taken).toMatchObject({ status: 201, body: { name: 'first', status: 'written' } });
    expect((await call('GET', '/v1/notes/first')).body).toMatchObject({ status: 'written', pages: 3, times: 1 });
  });

  it('gives twenty simultaneous copies under one key one answer and one effect', async () => {
    const headers = { 'idempotency-key': 'copies' };
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => call('POST', '/v1/notes', { name: 'copied', pages: 2 }, headers)),
    );
    expect(new Set(answers.map(({ status, body }) => `${status} ${JSON.stringify(body)}`))).toEqual(
      new Set(['201 {"name":"copied","status":"written"}']),
    );
    expect((await call('GET', '/v1/notes/copied')).body).toMatchObject({ times: 1 });
  });

  it('answers a key from the inbox after the process was gone, and refuses it with another body', async () => {
    const headers = { 'idempotency-key': 'kept' };
    const first = await call('POST', '/v1/notes', { name: 'kept', pages: 2 }, headers);
    await service.stop();
    service = await start();
    await eventually('ready again', async () => (await fetch(`${service.url}/health/ready`)).status === 200);
    expect(await call('POST', '/v1/notes', { name: 'kept', pages: 2 }, headers)).toMatchObject({
      status: 201,
      body: first.body,
    });
    const other = await call('POST', '/v1/notes', { name: 'kept', pages: 4 }, headers);
    expect(other).toMatchObject({ status: 422, body: { code: 'key-reused' } });
  }, 30_000);

  it('asks the printer after the commit, and its answer is an input', async () => {
    await call('POST', '/v1/notes', { name: 'long', pages: 200 });
    await eventually('printed', async () => (await call('GET', '/v1/notes/long')).body['status'] === 'printed');
    expect(printer.printed.filter((name) => name === 'long')).toHaveLength(1);
  });

  it('tells a case while nobody answers, and ends it when somebody does', async () => {
    printer.after = 'breaks';
    await call('POST', '/v1/notes', { name: 'late', pages: 200 });
    const open = () => call('GET', '/v1/exceptions?reason=wms-unanswered&key=note:late');
    await eventually(
      'an open case',
      async () => ((await open()).body['exceptions'] as { status: string }[])[0]?.status === 'open',
    );
    printer.after = 'prints';
    await eventually(
      'printed after all',
      async () => (await call('GET', '/v1/notes/late')).body['status'] === 'printed',
    );
    expect((await open()).body['exceptions']).toMatchObject([{ status: 'resolved' }]);
  }, 30_000);

  it('lets a person try a case again, or discard it once with a comment', async () => {
    printer.next = ['refuses'];
    await call('POST', '/v1/notes', { name: 'refused', pages: 200 });
    const list = async () =>
      (await call('GET', '/v1/exceptions?reason=wms-refused')).body['exceptions'] as {
        id: string;
        text: string;
        content?: unknown;
      }[];
    const [found] = await eventually('a case', async () => ((await list()).length > 0 ? list() : undefined));
    expect(found).toMatchObject({ text: 'no such paper', retryable: true, next: "Read the WMS' text." });
    expect(found?.content).toBeUndefined();
    expect(await call('POST', `/v1/exceptions/${found?.id}/retry`)).toMatchObject({
      status: 200,
      body: { outcome: 'accept' },
    });
    expect((await call('GET', '/v1/notes/refused-again')).body).toMatchObject({ status: 'written' });
    expect(await call('POST', `/v1/exceptions/${found?.id}/discard`, { comment: 'printed by hand' })).toMatchObject({
      status: 200,
    });
    expect(await call('GET', `/v1/exceptions/${found?.id}`)).toMatchObject({
      body: { status: 'discarded', comment: 'printed by hand', by: 'system:tester' },
    });
    expect(await call('POST', `/v1/exceptions/${found?.id}/discard`, { comment: 'again' })).toMatchObject({
      status: 409,
      body: { code: 'case-ended' },
    });
  }, 30_000);

  it('works an uploaded file off as a job, finds it when it is sent again, and numbers a new one when it is done', async () => {
    const lines = Array.from({ length: 300 }, (_, index) => `row-${index}`).join('\n');
    const csv = { 'content-type': 'text/csv' };
    const first = await call('POST', '/v1/notes/files', lines, csv);
    expect(first.status).toBe(202);
    const done = await eventually('the job', async () => {
      const { body } = await call('GET', `/v1/notes/files/${first.body['id'] as string}`);
      return body['status'] === 'done' && body;
    });
    expect(done['progress']).toEqual({ read: 300, taken: 300 });
    const again = await call('POST', '/v1/notes/files', lines, csv);
    expect(again.body['id']).not.toBe(first.body['id']);
  }, 30_000);

  it('makes streams again that were deleted under it, and publishes again what stood there', async () => {
    const broker = await JetStreamBroker.open(servers.nats.url, 'test');
    const count = async () => (await broker.manager.streams.info('ORDERS')).state.messages;
    const before = await count();
    await broker.manager.streams.delete('ORDERS');
    expect(await call('POST', '/v1/notes', { name: 'after the loss', pages: 1 })).toMatchObject({ status: 201 });
    await eventually('everything again', async () => (await count().catch(() => 0)) >= before + 1);
    await broker.close();
  }, 30_000);

  it('shows its metrics and its OpenAPI', async () => {
    const metrics = await (await fetch(`${service.url}/metrics`)).text();
    expect(metrics).toContain(
      'crossdock_messages_total{type="orders.cmd.test-write-note",outcome="accept",service="test-notes"}',
    );
    expect(metrics).toMatch(/crossdock_lanes_owned\{service="test-notes"\} 1/);
    const docs = (await (await fetch(`${service.url}/docs-json`)).json()) as { paths: Record<string, unknown> };
    expect(Object.keys(docs.paths)).toEqual(expect.arrayContaining(['/v1/notes', '/v1/exceptions', '/health/ready']));
    expect((await fetch(`${service.url}/docs/swagger-ui-bundle.js`)).status).toBe(200);
  });
});

describe('a service that may only bind', () => {
  let servers: Stack;
  let issuer: Issuer;
  let printer: Printer;
  beforeAll(async () => {
    servers = await ownServers('bind-only', ['test-notes']);
    issuer = await Issuer.start();
    printer = await Printer.start();
  }, 60_000);
  afterAll(async () => {
    await printer?.stop();
    await issuer?.stop();
    await servers?.stop();
  }, 30_000);

  it('lives but is not ready until somebody provisions its streams, and makes none itself', async () => {
    const broker = await JetStreamBroker.open(servers.nats.url, 'test');
    const env = {
      ...environmentOf(servers, issuer, printer),
      CROSSDOCK_BIND_ONLY: 'true',
      CROSSDOCK_HTTP_PORT: String(await freePort()),
    };
    const starting = runService(noteService, { env });
    const url = `http://127.0.0.1:${env.CROSSDOCK_HTTP_PORT}`;
    const ready = async () => {
      const response = await fetch(`${url}/health/ready`).catch(() => undefined);
      return response && { status: response.status, body: (await response.json()) as { reasons?: string[] } };
    };
    const waiting = await eventually('a waiting service', async () => {
      const found = await ready();
      return found?.body.reasons?.includes('streams are not provisioned') && found;
    });
    expect(waiting.status).toBe(503);
    expect((await fetch(`${url}/health/live`)).status).toBe(200);
    expect(await broker.manager.streams.names().next()).toEqual([]);
    await applyPlan(broker.manager, await plan(broker.manager, [noteService], developmentOptions));
    await eventually('a ready service', async () => (await ready())?.status === 200);
    await broker.close();
    await (await starting).stop();
  }, 30_000);
});
