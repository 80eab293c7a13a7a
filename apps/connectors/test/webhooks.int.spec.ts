import { createHmac, randomUUID } from 'node:crypto';
import { jest } from '@jest/globals';
import { aProfile, World } from './world.js';

jest.setTimeout(60_000);

const KEY = Buffer.from('a secret of thirty-two characters');
const SHOP = 'a shop secret';
const anOrder = (documentNo: string): string =>
  JSON.stringify({
    documentNo,
    account: 'THEIRS',
    currency: 'GBP',
    shipTo: { country: 'GB' },
    lines: [{ lineNo: 1, item: 'TEA', quantity: '6' }],
  });

interface Sent {
  readonly id?: string;
  readonly at?: number;
  readonly signedBody?: string;
}

describe('webhooks of partners, on real servers', () => {
  let world: World;
  beforeAll(async () => {
    const signing = { scheme: 'standard-webhooks', secret: `whsec_${KEY.toString('base64')}` };
    const shop = { scheme: 'hmac-sha256', secret: SHOP, header: 'x-shop-hmac', encoding: 'base64' };
    world = await World.start({
      CROSSDOCK_WEBHOOK_CONNECTIONS: JSON.stringify({
        acme: { tenant: 'acme', partner: 'ACME', signing },
        shop: { tenant: 'acme', partner: 'ACME', signing: { ...shop, deliveryHeader: 'x-shop-delivery' } },
      }),
      CROSSDOCK_WEBHOOK_LIMIT_BYTES: '4096',
    });
    await world.partner('ACME', aProfile());
  }, 60_000);
  afterAll(async () => {
    await world?.stop();
  }, 30_000);

  const post = async (path: string, body: string, headers: Record<string, string>) => {
    const answer = await fetch(`${world.url}/webhooks/${path}`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json', ...headers },
    });
    return { status: answer.status, body: (await answer.json()) as { fileId: string; status: string } };
  };
  const send = (body: string, { id = randomUUID(), at = Date.now(), signedBody = body }: Sent = {}) => {
    const seconds = String(Math.floor(at / 1000));
    const signature = createHmac('sha256', KEY).update(`${id}.${seconds}.${signedBody}`).digest('base64');
    return post('acme', body, {
      'webhook-id': id,
      'webhook-timestamp': seconds,
      'webhook-signature': `v1,${signature}`,
    });
  };

  it('are stored, answered, and become an order', async () => {
    const told = await send(anOrder('W-1'));
    expect(told).toMatchObject({ status: 202, body: { status: 'received' } });
    expect(await world.documentOf(told.body.fileId, 'applied')).toMatchObject({ partner: 'ACME', number: 'W-1' });
    expect((await world.file(told.body.fileId)).source).toBe('webhook:acme');
  });

  it('of one delivery are one file, however often and at once they come', async () => {
    const told = await Promise.all(Array.from({ length: 20 }, () => send(anOrder('W-2'), { id: 'msg_2' })));
    expect(new Set(told.map(({ status }) => status))).toEqual(new Set([202]));
    const [{ body }] = told as [(typeof told)[number]];
    expect(new Set(told.map((one) => one.body.fileId)).size).toBe(1);
    await world.documentOf(body.fileId, 'applied');
    expect(world.orders.asked.get('W-2')).toBe(1);
  });

  it('are believed by the very bytes only, and for five minutes', async () => {
    expect((await send(anOrder('W-3'), { signedBody: anOrder('W-4') })).status).toBe(401);
    expect((await send(anOrder('W-3'), { at: Date.now() - 6 * 60_000 })).status).toBe(401);
    expect((await send(anOrder('W-3'), { at: Date.now() + 6 * 60_000 })).status).toBe(401);
    expect((await post('acme', anOrder('W-3'), {})).status).toBe(401);
    expect((await post('nobody', anOrder('W-3'), {})).status).toBe(404);
    expect(await world.documents('number=W-3')).toEqual([]);
  });

  it('that are too large are refused', async () => {
    expect((await send(JSON.stringify({ text: 'x'.repeat(5000) }))).status).toBe(413);
  });

  it('signed the way of shops are known by the shop’s delivery id', async () => {
    const body = anOrder('W-5');
    const hmac = createHmac('sha256', SHOP).update(body).digest('base64');
    const headers = { 'x-shop-hmac': hmac, 'x-shop-delivery': 'd-5' };
    const [first, second] = [await post('shop', body, headers), await post('shop', body, headers)];
    expect([first.status, second.status]).toEqual([202, 202]);
    expect(second.body.fileId).toBe(first.body.fileId);
    expect((await world.fileReaches(first.body.fileId, 'parsed')).delivery).toBe('d-5');
  });

  it('that are no JSON are kept as they came, and put aside with the reason', async () => {
    const broken = '{"documentNo": "W-6", "lines": [';
    const { status, body } = await send(broken);
    expect(status).toBe(202);
    const file = await world.fileReaches(body.fileId, 'quarantined');
    expect(file).toMatchObject({ status: 'quarantined', bytes: broken.length, faults: [{ path: expect.anything() }] });
    expect(String(await world.bytes(`/v1/files/${body.fileId}/content`))).toBe(broken);
  });
});
