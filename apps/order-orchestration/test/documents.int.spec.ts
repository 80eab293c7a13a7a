import { jest } from '@jest/globals';
import { createHmac } from 'node:crypto';
import { GUEST } from '@crossdock/contracts';
import { eventually } from '@crossdock/testing';
import { ACCOUNT, anItem } from '../src/domain/order.builders.js';
import { anOrder, SHOP_SECRET, World, type ProblemBody } from './world.js';

interface Job {
  readonly status: string;
  readonly taken: Record<string, number>;
  readonly alreadyKnown: number;
  readonly rows: number;
  readonly encoding: string;
  readonly parkedCount: number;
  readonly parked: readonly { readonly row: number; readonly documentNo: string; readonly reason: string }[];
  readonly failure?: { readonly reason: string };
}

jest.setTimeout(60_000);

describe('documents by file and shop, on real servers', () => {
  let world: World;
  beforeAll(async () => {
    world = await World.start();
    await world.knowsTheTrade();
  }, 60_000);
  afterAll(async () => {
    await world?.stop();
  }, 30_000);

  describe('an order file', () => {
    const HEADER = 'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country';
    const upload = async (bytes: string | Buffer, layout = 'uci'): Promise<Job> => {
      const { status, body } = await world.send<{ jobId: string }>(
        'POST',
        `/v1/order-files?layout=${layout}&name=day.csv`,
        bytes,
        { 'content-type': 'text/csv' },
      );
      expect(status).toBe(202);
      return eventually('the file is worked off', async () => {
        const job = (await world.call<Job>('GET', `/v1/order-files/${body.jobId}`)).body;
        return (job.status === 'done' || job.status === 'failed') && job;
      });
    };
    const rows = [
      HEADER,
      `600001,TEA,A CAFÉ MUG,6,2010-12-01 08:26:00,2.55,${ACCOUNT}.0,United Kingdom`,
      `600002,POST,POSTAGE,1,12/1/2010 8:26,18.0,,France`,
      `600003,CUP,,-10,2010-12-01 16:50:00,0.0,,United Kingdom`,
      `C600004,POT,,-2,2010-12-01 16:50:00,1.25,${ACCOUNT}.0,United Kingdom`,
      `600005,NONE,NOT OURS,1,2010-12-01 08:26:00,2.55,${ACCOUNT}.0,United Kingdom`,
      `600006,TEA,,0,2010-12-01 08:26:00,2.55,${ACCOUNT}.0,United Kingdom`,
      `A600007,B,Adjust bad debt,1,2010-12-01 08:26:00,-11062.06,,United Kingdom`,
      `600001,POT,"TEA, ""LETTER""",1,2010-12-01 08:26:00,2.55,${ACCOUNT}.0,United Kingdom`,
      '600008,TEA,A MU',
    ].join('\r\n');

    it('in Windows-1252 is taken: orders, returns, adjustments; the rest is put aside with row and reason', async () => {
      const job = await upload(Buffer.from(rows, 'latin1'));
      expect(job).toMatchObject({
        status: 'done',
        encoding: 'windows-1252',
        rows: 9,
        taken: { orders: 2, returns: 1, adjustments: 1 },
        alreadyKnown: 0,
        parkedCount: 4,
      });
      expect(job.parked.map(({ row, documentNo, reason }) => [row, documentNo, reason]).sort()).toEqual([
        [10, '600008', 'unreadable-row'],
        [6, '600005', 'unknown-item'],
        [7, '600006', 'quantity-zero'],
        [8, 'A600007', 'accounting-document'],
      ]);
      const order = await world.view('600001');
      expect(order).toMatchObject({
        account: ACCOUNT,
        customerPo: '600001',
        orderDate: '2010-12-01',
        net: 1530 + 255,
        shipTo: { country: 'GB' },
      });
      expect(order.lines[0]).toMatchObject({ description: 'A CAFÉ MUG' });
      const { body } = await world.call<{ exceptions: Record<string, number>; documents: Record<string, number> }>(
        'GET',
        `/v1/batches/${order.batchId}`,
      );
      expect(body.documents).toEqual({ orders: 2, returns: 1, adjustments: 1, parked: 4, alreadyKnown: 0 });
      expect(body.exceptions).toEqual({
        'unknown-item': 1,
        'quantity-zero': 1,
        'accounting-document': 1,
        'unreadable-row': 1,
      });
    });

    it('changes nothing when it comes again; with other content it is put aside', async () => {
      const again = await upload(Buffer.from(rows.replaceAll('É', 'É'), 'utf8'));
      expect(again).toMatchObject({
        encoding: 'utf-8',
        taken: { orders: 0, returns: 0, adjustments: 0 },
        alreadyKnown: 8,
        parkedCount: 0,
      });
      const other = await upload(`${HEADER}\n600002,POST,POSTAGE,2,2010-12-01 08:26:00,18.0,,France\n`);
      expect(other.parked).toMatchObject([{ documentNo: '600002', reason: 'document-changed' }]);
    });

    it('is tried again once its cause is gone, and its exception ends', async () => {
      await world.knows([], [anItem('NONE')]);
      const { body } = await world.call<{ exceptions: { id: string; keys: string[] }[] }>(
        'GET',
        '/v1/exceptions?reason=unknown-item',
      );
      const found = body.exceptions.find(({ keys }) => keys.includes('documentNo:600005'));
      await eventually(
        'NONE is known',
        async () => (await world.call('GET', '/v1/master-data/items/NONE')).status === 200,
      );
      const retried = await world.call<{ outcome: string }>('POST', `/v1/exceptions/${found?.id}/retry`);
      expect(retried.body.outcome).toBe('accept');
      await eventually(
        'the case is over',
        async () =>
          (await world.call<{ status: string }>('GET', `/v1/exceptions/${found?.id}`)).body.status === 'resolved',
      );
      expect((await world.view('600005')).status).toBe('created');
    });

    it('with a wrong header is refused', async () => {
      expect(await upload('Order,Item\n1,2\n')).toMatchObject({
        status: 'failed',
        failure: { reason: 'wrong-header' },
      });
    });

    it('of our own JSON lines is taken as well', async () => {
      const lines = [
        { type: 'order', ...anOrder('JSON-1') },
        {
          type: 'return',
          documentNo: 'JSON-2',
          account: ACCOUNT,
          currency: 'GBP',
          returnDate: '2026-03-02',
          country: 'GB',
          node: 'DC1',
          lines: [{ lineNo: 1, item: 'TEA', quantity: '2', unitPrice: '2.50' }],
        },
        {
          type: 'adjustment',
          documentNo: 'JSON-3',
          adjustmentDate: '2026-03-02',
          node: 'DC1',
          reason: 'damaged',
          lines: [{ lineNo: 1, item: 'TEA', quantity: '-2' }],
        },
        { ...anOrder('JSON-4'), colour: 'red' },
        { type: 'adjustment', documentNo: 'JSON-5', adjustmentDate: '2026-03-02', node: 'DC1', reason: 'no lines' },
        { type: 'return', documentNo: 'JSON-6', lines: 'none' },
      ].map((one) => JSON.stringify(one));
      const job = await upload([...lines, '{"half'].join('\n'), 'ndjson');
      expect(job).toMatchObject({ taken: { orders: 1, returns: 1, adjustments: 1 }, parkedCount: 4 });
      expect(job.parked.map(({ documentNo, reason }) => [documentNo, reason])).toEqual([
        ['JSON-4', 'schema-violation'],
        ['JSON-5', 'schema-violation'],
        ['JSON-6', 'schema-violation'],
        ['row-7', 'broken-json'],
      ]);
    });
  });

  describe('a Shopify webhook', () => {
    const shopOrder = (id: number, more: object = {}) => ({
      id,
      name: `#${id}`,
      currency: 'GBP',
      created_at: '2026-03-02T10:00:00+00:00',
      test: false,
      cancelled_at: null,
      taxes_included: false,
      line_items: [{ id: 1, sku: 'TEA', quantity: 2, price: '2.50', requires_shipping: true }],
      shipping_lines: [{ title: 'Standard', price: '4.95' }],
      shipping_address: { country_code: 'GB', zip: 'LS1 4AP', city: 'Leeds', name: 'Ada' },
      ...more,
    });
    const deliver = (order: object, id: string, secret = SHOP_SECRET) => {
      const body = JSON.stringify(order);
      return world.send<{ status: string; orderId: string } & ProblemBody>('POST', '/webhooks/shopify/acme', body, {
        'content-type': 'application/json',
        authorization: '',
        'x-shopify-hmac-sha256': createHmac('sha256', secret).update(body).digest('base64'),
        'x-shopify-webhook-id': id,
      });
    };

    it('in twenty copies at once makes one order', async () => {
      const answers = await Promise.all(Array.from({ length: 20 }, (_, at) => deliver(shopOrder(9001), `w${at}`)));
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
      expect(answers.filter(({ body }) => body.status === 'taken')).toHaveLength(1);
      const { body } = await world.call<{ orders: unknown[] }>('GET', '/v1/orders?orderNo=9001');
      expect(body.orders).toHaveLength(1);
      expect(await world.view('9001')).toMatchObject({ account: GUEST, channel: 'shopify-acme', net: 500 + 495 });
    });
    it('with a wrong signature is 401 and leaves nothing', async () => {
      const answer = await deliver(shopOrder(9002), 'w', 'another secret');
      expect([answer.status, answer.body.code]).toEqual([401, 'not-signed']);
      expect((await world.call('GET', '/v1/orders/9002')).status).toBe(404);
    });
    it('of a connection that nobody knows is 404', async () => {
      expect(
        (await world.send('POST', '/webhooks/shopify/other', '{}', { 'content-type': 'application/json' })).status,
      ).toBe(404);
    });
    it('of a test order is refused for being one', async () => {
      const answer = await deliver(
        { order: shopOrder(9003, { test: true, cancelled_at: '2026-03-02T10:00:00Z' }) },
        'w3',
      );
      expect([answer.status, answer.body.code]).toEqual([422, 'order-test']);
      expect(answer.body.errors?.map(({ reason }) => reason)).toEqual(['order-test', 'order-cancelled-by-shop']);
    });
    it('that fails a check is put aside, and answered so that the shop does not send it again', async () => {
      const answer = await deliver(
        shopOrder(9004, { line_items: [{ id: 1, sku: null, variant_id: 77, quantity: 1, price: '1.00' }] }),
        'w4',
      );
      expect([answer.status, answer.body.status]).toEqual([200, 'parked']);
      const { body } = await world.call<{ exceptions: { keys: string[] }[] }>(
        'GET',
        '/v1/exceptions?reason=unknown-item',
      );
      expect(body.exceptions.some(({ keys }) => keys.includes('documentNo:9004'))).toBe(true);
    });
  });
});
