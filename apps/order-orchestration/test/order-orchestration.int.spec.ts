import { jest } from '@jest/globals';
import type { Input } from '@crossdock/kernel';
import type { OrderDocument } from '@crossdock/contracts';
import { eventually } from '@crossdock/testing';
import {
  ACCOUNT,
  arrived,
  backorderFilled,
  invoiced,
  line,
  picked,
  shipped,
  stockAllocated,
  stockHeld,
  type Units,
} from '../src/domain/order.builders.js';
import { anOrder, World, type ProblemBody } from './world.js';

jest.setTimeout(60_000);

describe('the service on real servers', () => {
  let world: World;
  beforeAll(async () => {
    world = await World.start();
    await world.knowsTheTrade();
  }, 60_000);
  afterAll(async () => {
    await world?.stop();
  }, 30_000);

  const FULL: readonly Units[] = [
    [1, 'TEA', 6],
    [2, 'POT', 4],
  ];
  /** what others say of an order, under its real id */
  const of = <D extends { orderId?: string }>(orderId: string, message: Input<D>): Input<never> =>
    ({
      ...message,
      id: `${message.id}-${orderId}`,
      data: { ...message.data, orderId },
      key: orderId,
    }) as unknown as Input<never>;

  it('takes an order from HTTP to closed', async () => {
    const { status, body } = await world.submit(anOrder('LIFE-1', { customerPo: 'PO-77' }), {
      'idempotency-key': 'k1',
      'x-correlation-id': 'c-life',
    });
    expect([status, body.status]).toEqual([201, 'created']);
    const { orderId } = body;
    await world.tell(
      of(
        orderId,
        stockHeld([
          [1, 'TEA', 6],
          [2, 'POT', 1, 3],
        ]),
      ),
    );
    const waiting = await world.reaches('LIFE-1', 'backordered');
    expect(waiting.backorder).toMatchObject({
      reason: 'backorder',
      lines: [{ lineNo: 2, item: 'POT', quantity: 3, node: 'DC1' }],
    });
    expect(waiting.erp.orderNos).toEqual(world.erp.numbersOf(orderId));
    await world.tell(of(orderId, backorderFilled('R1', [[2, 'POT', 3]])));
    const [first, second] = await eventually('two fulfilment orders', async () => {
      const { fulfilments } = await world.view(orderId);
      return fulfilments.length === 2 && fulfilments.map(({ fulfilmentId }) => fulfilmentId);
    });
    await world.tell(
      of(orderId, stockAllocated(second ?? '', [[2, 'POT', 3]])),
      of(
        orderId,
        stockAllocated(first ?? '', [
          [1, 'TEA', 6],
          [2, 'POT', 1],
        ]),
      ),
    );
    await world.reaches(orderId, 'released');
    expect(
      (await world.call<ProblemBody>('POST', `/v1/orders/${orderId}/cancel`, { reason: 'too late' })).body.code,
    ).toBe('order-released-already');
    await world.tell(
      of(
        orderId,
        picked(first ?? '', [
          [1, 'TEA', 6],
          [2, 'POT', 1],
        ]),
      ),
      of(orderId, picked(second ?? '', [[2, 'POT', 3]])),
      of(orderId, shipped('S1', first ?? '', FULL)),
      of(
        orderId,
        invoiced('I1', [
          [1, 6],
          [2, 4],
        ]),
      ),
      of(orderId, arrived('S1', first ?? '', FULL)),
    );
    const closed = await world.reaches(orderId, 'closed');
    expect(closed).toMatchObject({ creditOpen: 0, invoiced: { net: 2500, tax: 500 }, stages: { posted: 1 } });
    for (const query of [
      'orderNo=LIFE-1',
      'customerPo=PO-77',
      'correlationId=c-life',
      `account=${ACCOUNT}&status=closed`,
    ]) {
      const { body: list } = await world.call<{ orders: { orderNo: string }[] }>('GET', `/v1/orders?${query}`);
      expect(list.orders.map(({ orderNo }) => orderNo)).toContain('LIFE-1');
    }
    expect((await world.asStranger('GET', `/v1/orders/${orderId}`)).status).toBe(404);
  });

  it('answers the same key with the same answer, and another body under it with 422', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => world.submit(anOrder('KEY-1'), { 'idempotency-key': 'same' })),
    );
    expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    expect((await world.submit(anOrder('KEY-2'), { 'idempotency-key': 'same' })).status).toBe(422);
    const again = await world.submit(anOrder('KEY-1'));
    expect([again.status, again.body.orderId]).toEqual([200, answers[0]?.body.orderId]);
    expect((await world.submit(anOrder('KEY-1', { customerPo: 'other' }))).status).toBe(409);
  });

  it('lets one of two orders have the last of a credit limit', async () => {
    const answers = await Promise.all(
      ['RACE-1', 'RACE-2'].map((no) => world.submit(anOrder(no, { account: 'SMALL' }))),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 422]);
    expect(answers.find(({ status }) => status === 422)?.body.code).toBe('credit-limit-exceeded');
    const { body } = await world.call<{ creditUsed: number }>('GET', '/v1/accounts/SMALL/credit');
    expect(body.creditUsed).toBe(3000);
    const taken = answers.find(({ status }) => status === 201)?.body.orderId ?? '';
    const cancelled = await world.call<{ status: string }>('POST', `/v1/orders/${taken}/cancel`, {
      reason: 'changed my mind',
    });
    expect([cancelled.status, cancelled.body.status]).toEqual([200, 'cancelled']);
    await eventually('the ERP knows', () => world.erp.cancelled.has(taken));
    expect((await world.call<{ creditUsed: number }>('GET', '/v1/accounts/SMALL/credit')).body.creditUsed).toBe(0);
  });

  describe('bad input', () => {
    const bad = async (order: unknown, status: number, code: string, field?: string): Promise<void> => {
      const answer = await world.submit(order);
      expect(answer.type).toContain('application/problem+json');
      expect([answer.status, answer.body.code]).toEqual([status, code]);
      if (field) expect(answer.body.errors?.[0]).toMatchObject({ reason: code, field });
      const no = (order as Partial<OrderDocument>).documentNo;
      if (no) expect((await world.call('GET', `/v1/orders/${no}`)).status).toBe(404);
    };
    it.each<[string, unknown, number, string, string?]>([
      ['an unknown item', anOrder('B1', { lines: [line(1, 'NONE', 1)] }), 422, 'unknown-item', 'lines[0].item'],
      ['an unknown customer', anOrder('B2', { account: 'NOBODY' }), 422, 'unknown-customer', 'account'],
      [
        'a quantity of zero',
        anOrder('B3', { lines: [line(1, 'TEA', 0)] }),
        422,
        'quantity-not-positive',
        'lines[0].quantity',
      ],
      [
        'a fraction of a piece',
        anOrder('B4', { lines: [line(1, 'TEA', '0.5')] }),
        422,
        'fraction-of-unit',
        'lines[0].quantity',
      ],
      ['another currency', anOrder('B5', { currency: 'EUR' }), 422, 'wrong-currency', 'currency'],
      [
        'a date in the past',
        anOrder('B6', { requestedDate: '2020-01-01' }),
        422,
        'requested-date-past',
        'requestedDate',
      ],
      ['a missing field', { ...anOrder('B7'), currency: undefined }, 400, 'schema-violation', 'currency'],
      ['an unknown field', { ...anOrder('B8'), colour: 'red' }, 400, 'schema-violation', 'colour'],
      [
        '5,001 lines',
        anOrder('B9', { lines: Array.from({ length: 5001 }, (_, at) => line(at + 1, 'TEA', 1)) }),
        422,
        'too-many-lines',
        'lines',
      ],
    ])('refuses %s', (_, order, status, code, field) => bad(order, status, code, field));

    it('refuses broken JSON and bodies that are too large, and takes the next good one', async () => {
      const json = { 'content-type': 'application/json' };
      const broken = await world.send<ProblemBody>('POST', '/v1/orders', '{"documentNo": ', json);
      expect([broken.status, broken.body.code]).toEqual([400, 'broken-json']);
      const large = await world.send<ProblemBody>(
        'POST',
        '/v1/orders',
        JSON.stringify({ note: 'x'.repeat(20_000_000) }),
        json,
      );
      expect(large.status).toBe(413);
      expect((await world.submit(anOrder('GOOD-1'))).status).toBe(201);
    });
  });

  it('takes many orders at once, each for itself', async () => {
    const documents = [
      anOrder('BULK-1'),
      anOrder('BULK-2', { account: 'NOBODY' }),
      { documentNo: 'BULK-3' },
      anOrder('BULK-4'),
    ];
    const { body } = await world.call<{
      taken: number;
      refused: number;
      batchId: string;
      results: { status: number; code?: string }[];
    }>('POST', '/v1/orders/bulk', documents);
    expect(body).toMatchObject({ taken: 2, refused: 2 });
    expect(body.results.map(({ status, code }) => code ?? status)).toEqual([
      201,
      'unknown-customer',
      'schema-violation',
      201,
    ]);
    const lines = documents.map((one) => JSON.stringify(one)).join('\n');
    const again = await world.send<{ alreadyKnown: number }>('POST', '/v1/orders/bulk', lines, {
      'content-type': 'application/x-ndjson',
    });
    expect(again.body.alreadyKnown).toBe(2);
    const { body: batch } = await world.call<{ documents: { orders: number } }>('GET', `/v1/batches/${body.batchId}`);
    expect(batch.documents.orders).toBe(2);
  });

  it('takes an order of 5,000 lines, and registers it with the ERP in parts', async () => {
    const lines = Array.from({ length: 5000 }, (_, at) => line(at + 1, `I${at % 250}`, 1, { unitPrice: '0.01' }));
    const { status, body } = await world.submit(anOrder('BIG-1', { lines }));
    expect(status).toBe(201);
    const { orderId } = body;
    await eventually('the ERP has every part', () => world.erp.partsOf(orderId).length === 50);
    await world.tell(of(orderId, stockHeld(lines.map(({ lineNo, item }) => [lineNo, item, 1] as const))));
    await world.reaches(orderId, 'accepted');
  });

  describe('the ERP', () => {
    afterEach(() => {
      world.erp.mood = 'answers';
    });
    it('refuses for good: the order is rejected and somebody is told', async () => {
      world.erp.mood = 'refuses';
      const { body } = await world.submit(anOrder('REF-1'));
      const rejected = await world.reaches(body.orderId, 'rejected');
      expect(rejected).toMatchObject({ reason: 'erp-refused', creditOpen: 0 });
      const { body: list } = await world.call<{ exceptions: { keys: string[] }[] }>(
        'GET',
        '/v1/exceptions?reason=erp-refused',
      );
      expect(list.exceptions.some(({ keys }) => keys.includes('orderNo:REF-1'))).toBe(true);
    });
    it('is asked again when it fails', async () => {
      world.erp.mood = 'breaks';
      const { body } = await world.submit(anOrder('FAIL-1'));
      await world.tell(of(body.orderId, stockHeld(FULL)));
      await eventually('stock has answered', async () => (await world.view(body.orderId)).nodes[0]?.answered);
      expect((await world.view(body.orderId)).status).toBe('created');
      world.erp.mood = 'answers';
      await world.reaches(body.orderId, 'accepted');
      expect(world.erp.numbersOf(body.orderId)).toHaveLength(1);
    });
  });
});
