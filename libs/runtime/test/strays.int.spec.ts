/** A message in a known stream on a subject that no contract knows: no consumer meets it, and it is seen all the same. */
import { eventually, ownServers, type Stack } from '@crossdock/testing';
import { headers } from '@nats-io/transport-node';
import { JetStreamBroker, runService, type RunningService } from '../src/index.js';
import { Issuer } from './issuer.js';
import { noteService } from './notes.js';

describe('a stray message', () => {
  let servers: Stack;
  let issuer: Issuer;
  let service: RunningService;
  let broker: JetStreamBroker;
  let token: string;

  beforeAll(async () => {
    servers = await ownServers('strays', ['test-notes']);
    issuer = await Issuer.start();
    token = await issuer.token({ scope: 'quarantine:read quarantine:unassigned' });
    service = await runService(noteService, {
      env: {
        CROSSDOCK_NATS_URL: servers.nats.url,
        CROSSDOCK_MONGO_URL: servers.mongo.url('test-notes'),
        CROSSDOCK_ISSUER_URL: issuer.url,
        CROSSDOCK_HTTP_PORT: '0',
        CROSSDOCK_LOG_LEVEL: 'silent',
        CROSSDOCK_LEASE_MS: '1000',
        CROSSDOCK_CHECK_MS: '1000',
        CROSSDOCK_PRINTER_URL: 'http://127.0.0.1:1',
      },
    });
    broker = await JetStreamBroker.open(servers.nats.url, 'a stranger');
    await eventually('ready', async () => (await fetch(`${service.url}/health/ready`)).status === 200);
  }, 60_000);
  afterAll(async () => {
    await broker?.close();
    await service?.stop();
    await issuer?.stop();
    await servers?.stop();
  }, 30_000);

  const get = async (path: string): Promise<Record<string, unknown>> => {
    const response = await fetch(`${service.url}${path}`, { headers: { authorization: `Bearer ${token}` } });
    return (await response.json()) as Record<string, unknown>;
  };
  const quarantined = async () => (await get('/v1/quarantine'))['messages'] as Record<string, unknown>[];
  const put = (subject: string, tenant?: string) => {
    const head = headers();
    if (tenant) head.set('ce-tenant', tenant);
    return broker.jetstream.publish(subject, new TextEncoder().encode('{"secret":1}'), { headers: head });
  };

  it('is put into quarantine by the owner of its stream, told to DEAD_LETTERS and counted; the next one too', async () => {
    await put('orders.evt.made-up.v1.00', 'acme');
    await eventually('the first', async () => (await quarantined()).length === 1);
    await put('orders.evt.made-up.v1.00');
    await put('orders.cmd.x');
    await eventually('all three', async () => (await quarantined()).length === 3);
    const found = await quarantined();
    expect(found.map(({ reason }) => reason)).toEqual(Array(3).fill('contract-unknown'));
    expect(found.map(({ text }) => text).sort()).toEqual([
      'no contract speaks on orders.cmd.x',
      'no contract speaks on orders.evt.made-up.v1.00',
      'no contract speaks on orders.evt.made-up.v1.00',
    ]);
    const metrics = await (await fetch(`${service.url}/metrics`)).text();
    expect(metrics).toMatch(/crossdock_quarantined_total\{type="unknown",reason="contract-unknown",[^}]*\} 3/);
    const { subjects } = await broker.subjects('DEAD_LETTERS');
    const told = (
      await Promise.all(subjects.map((subject) => broker.messagesOf('DEAD_LETTERS', subject, 1, 10)))
    ).flat();
    const bodies = told.map(({ body }) => JSON.parse(new TextDecoder().decode(body)) as Record<string, unknown>);
    expect(bodies.map(({ quarantineId }) => quarantineId).sort()).toEqual(found.map(({ id }) => id).sort());
    expect(JSON.stringify(bodies)).not.toContain('secret');
  }, 40_000);

  it('of a contract that everybody knows is none', async () => {
    const response = await fetch(`${service.url}/v1/notes`, {
      method: 'POST',
      headers: { authorization: `Bearer ${await issuer.token()}`, 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'known', pages: 1 }),
    });
    expect(response.status).toBe(201);
    await put('orders.evt.made-up.v2.00');
    await eventually('the stray beside it', async () => (await quarantined()).length === 4);
  }, 20_000);
});
