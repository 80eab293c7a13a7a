import { createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { MongoClient } from 'mongodb';
import { JetStreamBroker, runService, type RunningService } from '@crossdock/runtime';
import { eventually, ownServers, type Stack } from '@crossdock/testing';
import { shipmentNormalization } from '../src/shipment-normalization.service.js';
import { link } from './link.js';
import { settingsOf } from './settings.js';
import { closed, listening, startIssuer, type TokenIssuer } from './token-issuer.js';
import { startWarehouse, type Warehouse } from './warehouse.js';

const KEY = Buffer.from('0123456789abcdef0123456789abcdef');
const CONNECTIONS = {
  'acme-ups': { tenant: 'acme', carrier: 'UPS', signing: { scheme: 'token', secret: 'agreed', header: 'credential' } },
  'acme-dpd': {
    tenant: 'acme',
    signing: { scheme: 'hmac-sha256', secret: 'shh', header: 'x-sig', deliveryHeader: 'x-id' },
  },
  'acme-hub': { tenant: 'acme', signing: { scheme: 'standard-webhooks', secret: `whsec_${KEY.toString('base64')}` } },
};
type Json = Record<string, never>;
interface Told {
  readonly status: number;
  readonly body: Json;
}

describe("carriers' webhooks on real servers", () => {
  let servers: Stack;
  let issuer: TokenIssuer;
  let warehouse: Warehouse;
  let service: RunningService;
  let start: () => Promise<RunningService>;
  let mongo: MongoClient;
  let token: string;
  let broker: JetStreamBroker;
  /** a carrier that answers what it is told to, and remembers what it was asked */
  let carrier: Server;
  const asked: string[] = [];

  const post = async (name: string, body: string, headers: Record<string, string>): Promise<Told> => {
    const response = await fetch(`${service.url}/webhooks/carriers/${name}`, {
      method: 'POST',
      headers: {
        'content-type': body.startsWith('<') ? 'application/xml; charset=utf-8' : 'application/json',
        ...headers,
      },
      body,
    });
    return { status: response.status, body: (await response.json()) as Json };
  };
  const asUps = (body: unknown): Promise<Told> => post('acme-ups', JSON.stringify(body), { credential: 'agreed' });
  const asDpd = (body: string, id: string): Promise<Told> =>
    post('acme-dpd', body, { 'x-sig': createHmac('sha256', 'shh').update(body).digest('hex'), 'x-id': id });
  const asHub = (body: unknown, id: string, atMs = Date.now()): Promise<Told> => {
    const text = JSON.stringify(body);
    const at = String(Math.floor(atMs / 1000));
    const signature = createHmac('sha256', KEY).update(`${id}.${at}.${text}`).digest('base64');
    return post('acme-hub', text, {
      'webhook-id': id,
      'webhook-timestamp': at,
      'webhook-signature': `v1,${signature}`,
    });
  };
  const get = async (path: string): Promise<Json> => {
    const response = await fetch(`${service.url}${path}`, { headers: { authorization: `Bearer ${token}` } });
    return (await response.json()) as Json;
  };
  const cases = async (key: string): Promise<readonly { reason: string; status: string }[]> =>
    (await get(`/v1/exceptions?key=${encodeURIComponent(key)}`))['exceptions'] as never;
  const upsAnswer = (trackingNumber: string, ...activity: readonly (readonly [string, string, string])[]) => ({
    trackResponse: {
      shipment: [
        {
          package: [
            {
              trackingNumber,
              activity: activity.map(([date, time, type]) => ({ date, time, status: { type, code: 'ZZ' } })),
            },
          ],
        },
      ],
    },
  });

  beforeAll(async () => {
    servers = await ownServers('carriers', ['shipment-normalization']);
    issuer = await startIssuer();
    warehouse = await startWarehouse();
    carrier = createServer((request, response) => {
      asked.push(`${request.headers.authorization} ${request.url}`);
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(upsAnswer('1ZP', ['20260304', '000100', 'O'])));
    });
    const carrierUrl = await listening(carrier);
    token = await issuer.token(
      'shipments:read shipments:write shipments:content exceptions:read quarantine:read fields:personal fields:price fields:bank',
    );
    mongo = await new MongoClient(servers.mongo.url('shipment-normalization')).connect();
    start = () =>
      runService(shipmentNormalization, {
        env: {
          ...settingsOf(servers, issuer, warehouse),
          CROSSDOCK_CARRIER_CONNECTIONS: JSON.stringify(CONNECTIONS),
          CROSSDOCK_CARRIER_ACCOUNTS: JSON.stringify({
            ups: { url: carrierUrl, headers: { authorization: 'Bearer x' } },
          }),
          CROSSDOCK_TRACKING_STALE_AFTER_MS: '1000',
        },
      });
    service = await start();
    await eventually('ready', async () => (await fetch(`${service.url}/health/ready`)).status === 200);
    broker = await JetStreamBroker.open(servers.nats.url, 'test');
  }, 60_000);
  afterAll(async () => {
    await broker?.close();
    await mongo?.close();
    await service?.stop();
    await closed(carrier);
    await closed(warehouse?.server);
    await closed(issuer?.server);
    await servers?.stop();
  }, 30_000);

  it('keeps what a carrier tells of a package that nobody knows, and keeps a local time local', async () => {
    const { status, body } = await asUps(upsAnswer('1ZA', ['20260303', '235900', 'X'], ['20260304', '000100', 'D']));
    expect(status).toBe(200);
    expect(body).toMatchObject({
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
      trackingNos: ['1ZA'],
      packages: [{ trackingNo: '1ZA', status: 'DELIVERED', events: 2 }],
      faults: [],
    });
    await eventually('a case', async () => (await cases('trackingNo:1ZA')).length > 0);
    expect(await cases('trackingNo:1ZA')).toMatchObject([{ reason: 'tracking-unknown', status: 'open' }]);
    expect(await get('/v1/tracking/1ZA')).toMatchObject({
      carrier: 'UPS',
      asOf: '2026-03-04T00:01:00',
      timeline: [
        { milestone: 'EXCEPTION', localTime: '2026-03-03T23:59:00', offsetKnown: false, rawCode: 'X/ZZ' },
        { milestone: 'DELIVERED', localTime: '2026-03-04T00:01:00', offsetKnown: false, rawCode: 'D/ZZ' },
      ],
    });
  });
  it('gives a body back as it came, to who may see it', async () => {
    const sent = upsAnswer('1ZBYTES', ['20260303', '100000', 'I']);
    const { body } = await asUps(sent);
    const content = async (bearer: string, hash = String(body['hash'])): Promise<Response> =>
      fetch(`${service.url}/v1/webhooks/${hash}/content`, { headers: { authorization: `Bearer ${bearer}` } });
    expect(await (await content(token)).text()).toBe(JSON.stringify(sent));
    expect((await content(token, '0'.repeat(64))).status).toBe(404);
    expect((await content(await issuer.token('shipments:read'))).status).toBe(403);
    expect((await content(await issuer.token('shipments:content', 'globex'))).status).toBe(404);
  });
  const waiting = async (): Promise<number> => mongo.db().collection('due').countDocuments({ kind: 'deposit' });
  it('takes nothing twice of the same delivery, also long after it was decided', async () => {
    await asHub(upsAnswer('1ZB', ['20260303', '100000', 'I']), 'msg-1');
    await eventually('taken', async () => (await get('/v1/tracking/1ZB'))['timeline'] !== undefined);
    const again = await asHub(upsAnswer('1ZB', ['20260303', '110000', 'D']), 'msg-1');
    expect([again.status, again.body['trackingNos']]).toEqual([200, ['1ZB']]);
    await eventually('known again', async () => (await waiting()) === 0);
    expect((await get('/v1/tracking/1ZB'))['timeline']).toHaveLength(1);
  });
  it('is answered while nobody can decide, and decides what it was told when somebody can', async () => {
    await service.stop();
    // Another process has the lane, and is dead: for as long as its lease lasts nobody knows.
    const other = 'dead' as never;
    const until = new Date(Date.now() + 4_000);
    await mongo.db().collection('replicas').insertOne({ _id: other, until });
    await mongo
      .db()
      .collection('lanes')
      .updateOne({ decider: 'tracking' }, { $set: { owner: other } });
    service = await start();
    const { status } = await asHub(upsAnswer('1ZLATE', ['20260303', '100000', 'I']), 'msg-late');
    expect(status).toBe(200);
    expect(await waiting()).toBe(1);
    await eventually('taken', async () => (await get('/v1/tracking/1ZLATE'))['milestone'] === 'IN_TRANSIT');
    expect(Date.now()).toBeGreaterThan(until.getTime());
    expect(await waiting()).toBe(0);
  });
  it('reads XML, and a queue of mappings holds the code that nobody mapped', async () => {
    const parcel = (code: string, at: string) =>
      `<Event><Status>?</Status><DateTime>${at}</DateTime><EventCode>${code}</EventCode></Event>`;
    const xml = `<TrackResponse><Result><Packages><Package><LandmarkTrackingNumber>L1</LandmarkTrackingNumber><Events>${parcel('777', '10/31/2026 11:00 PM')}${parcel('275', '11/01/2026 01:00 AM')}</Events></Package></Packages></Result></TrackResponse>`;
    const { status, body } = await asDpd(xml, 'd-1');
    expect(status).toBe(200);
    expect(body).toMatchObject({ trackingNos: ['L1'], faults: [{ code: 'code-not-mapped' }] });
    await eventually('a case', async () => (await cases('code:landmark/777')).length > 0);
    expect(await get('/v1/tracking/L1')).toMatchObject({ milestone: 'IN_TRANSIT' });
    expect(await cases('code:landmark/777')).toMatchObject([{ reason: 'code-not-mapped', status: 'open' }]);
  });
  it.each([
    [
      'an external entity',
      '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><TrackReply>&e;</TrackReply>',
      'document-unsafe',
    ],
    ['an answer of nobody', '<note>hello</note>', 'carrier-unknown'],
    ['a body that is no JSON', '{"a":', 'document-unreadable'],
  ])('keeps %s as it came, says what is wrong with it, and puts it aside', async (_, sent, code) => {
    const { status, body } = await asDpd(sent, `d-${code}`);
    expect(status).toBe(200);
    expect(body).toMatchObject({ trackingNos: [], faults: [{ code }] });
    const row = await eventually('put aside', async () => {
      const { messages } = (await get('/v1/quarantine')) as unknown as { messages: readonly Record<string, string>[] };
      return messages.find(({ key }) => key === (body['hash'] as unknown as string));
    });
    expect(row).toMatchObject({ reason: expect.stringMatching(/^document-/), type: 'shipments.cmd.ingest-tracking' });
    expect(row?.['text']).toContain(code);
    const { base64 } = (await get(`/v1/quarantine/${encodeURIComponent(row?.['id'] ?? '')}`)) as unknown as {
      base64: string;
    };
    expect(Buffer.from(base64, 'base64').toString()).toBe(sent);
  });
  it('does not believe a wrong token, an old signature, or a connection that is none', async () => {
    const body = JSON.stringify(upsAnswer('1ZC', ['20260303', '100000', 'I']));
    expect((await post('acme-ups', body, { credential: 'guess' })).status).toBe(401);
    expect((await post('nobody', body, { credential: 'agreed' })).status).toBe(401);
    expect((await asHub(upsAnswer('1ZC', ['20260303', '100000', 'I']), 'msg-2', Date.now() - 3_600_000)).status).toBe(
      401,
    );
  });
  it('asks the carrier of a package that was silent, once in a period, and takes what it tells', async () => {
    await link(broker, '1ZP', 'UPS');
    const poll = (): Promise<Response> =>
      fetch(`${service.url}/v1/tracking/polls`, { method: 'POST', headers: { authorization: `Bearer ${token}` } });
    await eventually(
      'silent and asked for',
      async () => ((await (await poll()).json()) as { asked: number }).asked === 1,
    );
    await eventually('told', async () => (await get('/v1/tracking/1ZP'))['milestone'] === 'OUT_FOR_DELIVERY');
    expect(asked[0]).toBe('Bearer x /api/track/v1/details/1ZP?locale=en_US');
    expect(await get('/v1/tracking/1ZP')).toMatchObject({
      known: true,
      timeline: [{ source: 'poll', rawCode: 'O/ZZ' }],
    });
  });
  it('counts what its mappings know', async () => {
    const metrics = await (await fetch(`${service.url}/metrics`)).text();
    expect(metrics).toMatch(/crossdock_mapped_events_total\{[^}]*system="landmark",outcome="unmapped"[^}]*\} 1/);
  });
});
