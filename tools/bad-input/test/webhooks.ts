/** What shops and carriers send: signed or not at all, once however often it comes. */
import { expectProblem, nothingHalfDone } from './refused.ts';
import { eventually, type Json, type World } from './world.ts';

let ids = 820_982_911_946_000;
/** The bare order object, as Shopify delivers it. */
const aShopOrder = (more: object = {}): Json => ({
  id: (ids += 1),
  name: `#${ids}`,
  currency: 'GBP',
  created_at: '2026-11-20T10:00:00+00:00',
  test: false,
  cancelled_at: null,
  line_items: [{ id: 1, sku: 'TEA', quantity: 2, price: '2.50', requires_shipping: true }],
  shipping_lines: [],
  shipping_address: { name: 'A. Buyer', country_code: 'GB' },
  ...more,
});
const toShop = (world: World, order: unknown, headers?: Readonly<Record<string, string>>) => {
  const body = JSON.stringify(order);
  const given = headers ?? world.signed('shopify', body);
  return world.send('POST', '/webhooks/shopify/acme-shop', { body, token: '', headers: given });
};

let scans = 0;
const aTracking = (trackingNo: string): Json => ({
  id: `evt_${(scans += 1)}`,
  object: 'Event',
  description: 'tracker.updated',
  created_at: '2026-11-20T10:00:00Z',
  result: {
    id: 'trk_1',
    object: 'Tracker',
    tracking_code: trackingNo,
    status: 'in_transit',
    carrier: 'UPS',
    created_at: '2026-11-19T10:00:00Z',
    updated_at: '2026-11-20T10:00:00Z',
    tracking_details: [
      { object: 'TrackingDetail', message: 'Origin scan', status: 'in_transit', datetime: '2026-11-20T09:00:00Z' },
    ],
  },
});
const toCarrier = (world: World, event: unknown, headers?: Readonly<Record<string, string>>) => {
  const body = typeof event === 'string' ? event : JSON.stringify(event);
  const given = headers ?? world.signed('easypost', body);
  const sending = { body, token: '', headers: given };
  return world.send('POST', '/webhooks/easypost/acme-easypost', sending, 'shipment-normalization');
};

export const webhooks = (world: () => World): void => {
  describe('a Shopify webhook', () => {
    it('without the right signature is 401 and leaves nothing', async () => {
      const order = aShopOrder();
      for (const headers of [{}, { 'x-shopify-hmac-sha256': 'AAAA' }, world().signed('shopify', 'other bytes')]) {
        const answer = await toShop(world(), order, { ...headers, 'x-correlation-id': 'shop-unsigned' });
        expectProblem(answer, { status: 401, code: 'not-signed' });
      }
      await nothingHalfDone(world(), 'shop-unsigned', String(order['id']));
      expect((await toShop(world(), order)).status).toBe(200);
      world().taken.add(String(order['id']));
    });

    it('that is signed and no JSON is answered 2xx and put aside as it came', async () => {
      const body = '{"id": 1, "line_items": [';
      const sending = { body, token: '', headers: world().signed('shopify', body) };
      for (let copy = 0; copy < 2; copy++)
        expect(await world().send('POST', '/webhooks/shopify/acme-shop', sending)).toMatchObject({
          status: 200,
          body: { status: 'quarantined', reason: 'broken-json' },
        });
      const rows = await eventually('put aside', async () => {
        const { messages } = (await world().get('/v1/quarantine?reason=broken-json')).body;
        return (messages as Json[]).length > 0 ? (messages as Json[]) : undefined;
      });
      expect(rows).toMatchObject([{ type: 'orders.cmd.submit-order', bytes: body.length, tenant: 'acme' }]);
    });

    it('of a shop that we have no connection with is 404', async () => {
      const body = JSON.stringify(aShopOrder());
      const sending = { body, token: '', headers: world().signed('shopify', body) };
      const answer = await world().send('POST', '/webhooks/shopify/nobody', sending);
      expectProblem(answer, { status: 404, code: 'not-found' });
    });

    it('of a cancelled test order is refused for just that, also when the order is wrapped', async () => {
      const order = aShopOrder({ test: true, cancelled_at: '2026-11-20T11:00:00+00:00' });
      for (const body of [order, { order }]) {
        const answer = await toShop(world(), body);
        expectProblem(answer, { status: 422, code: 'order-test', field: 'test' });
        expect((answer.body['errors'] as Json[]).map(({ reason }) => reason)).toEqual([
          'order-test',
          'order-cancelled-by-shop',
        ]);
      }
      expect((await world().get(`/v1/orders/${String(order['id'])}`)).status).toBe(404);
    });

    it('makes one order of twenty copies at once', async () => {
      const order = aShopOrder();
      const answers = await Promise.all(Array.from({ length: 20 }, () => toShop(world(), order)));
      expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 200));
      expect(new Set(answers.map(({ body }) => body['orderId'])).size).toBe(1);
      const found = await world().get(`/v1/orders?orderNo=${String(order['id'])}`);
      expect(found.body['orders']).toHaveLength(1);
      world().taken.add(String(order['id']));
    });

    it('of an order that fails a check is kept as a case and answered 2xx', async () => {
      const order = aShopOrder({ line_items: [{ id: 1, sku: 'NONE', quantity: 1, price: '1.00' }] });
      const answer = await toShop(world(), order);
      expect(answer).toMatchObject({ status: 200, body: { status: 'parked', reason: 'unknown-item' } });
      const cases = await world().cases('unknown-item');
      expect(cases.filter(({ keys }) => String(keys).includes(String(order['id'])))).toHaveLength(1);
      expect((await world().get(`/v1/orders/${String(order['id'])}`)).status).toBe(404);
    });
  });

  describe('an EasyPost webhook', () => {
    it('of an unknown tracking code is answered 2xx and kept once, however often it comes', async () => {
      const event = aTracking('1Z-NOBODYS');
      for (let copy = 0; copy < 3; copy++)
        expect(await toCarrier(world(), event)).toMatchObject({ status: 200, body: { trackingNos: ['1Z-NOBODYS'] } });
      const [found, ...more] = await eventually('a case', async () => {
        const cases = await world().cases('tracking-unknown', 'shipment-normalization');
        return cases.length > 0 ? cases : undefined;
      });
      expect([found, more]).toMatchObject([{ status: 'open', keys: ['trackingNo:1Z-NOBODYS'] }, []]);
      const kept = await world().get('/v1/tracking/1Z-NOBODYS', 'shipment-normalization');
      expect(kept.body).toMatchObject({ known: false, milestone: 'IN_TRANSIT' });
    });

    it('without the right signature is 401 and leaves nothing; without JSON or a tracker it is kept and put aside', async () => {
      for (const headers of [{}, world().signed('easypost', 'other bytes')])
        expectProblem(await toCarrier(world(), aTracking('1Z-FORGED'), headers), { status: 401, code: 'not-signed' });
      const broken = await toCarrier(world(), '{"object":');
      expect(broken).toMatchObject({ status: 200, body: { trackingNos: [], faults: [{ code: 'broken-json' }] } });
      const bare = await toCarrier(world(), { ...aTracking('1Z-FORGED'), result: 7 });
      expect(bare).toMatchObject({ status: 200, body: { faults: [{ code: 'schema-violation', path: 'result' }] } });
      for (const { body } of [broken, bare])
        await eventually('put aside', async () => {
          const { messages } = (await world().get('/v1/quarantine', 'shipment-normalization')).body;
          return (messages as Json[]).some(({ key }) => key === body['hash']) ? true : undefined;
        });
      expect((await world().get('/v1/tracking/1Z-FORGED', 'shipment-normalization')).status).toBe(404);
      const next = await toCarrier(world(), aTracking('1Z-NEXT'));
      expect(next.status).toBe(200);
      await eventually('the next good one', async () =>
        (await world().get('/v1/tracking/1Z-NEXT', 'shipment-normalization')).status === 200 ? true : undefined,
      );
    });
  });
};
