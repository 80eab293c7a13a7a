import { jest } from '@jest/globals';
import type { Input } from '@crossdock/kernel';
import { eventually } from '@crossdock/testing';
import { ACCOUNT, stockAllocated, stockHeld, type Units } from '../src/domain/order.builders.js';
import { anOrder, World, type OrderView, type ProblemBody } from './world.js';

jest.setTimeout(60_000);

interface Changed extends ProblemBody {
  readonly orderId: string;
  readonly orderNo: string;
  readonly status: string;
  readonly gross: number;
  readonly replaces?: { readonly orderNo: string };
}
const FULL: readonly Units[] = [
  [1, 'TEA', 6],
  [2, 'POT', 4],
];

describe('changes of orders over HTTP', () => {
  let world: World;
  beforeAll(async () => {
    world = await World.start();
    await world.knowsTheTrade();
  }, 60_000);
  afterAll(async () => {
    await world?.stop();
  }, 30_000);

  const change = (id: string, body: unknown, key: string) =>
    world.call<Changed>('POST', `/v1/orders/${id}/changes`, body, { 'idempotency-key': key });
  const of = <D extends { orderId?: string }>(orderId: string, message: Input<D>): Input<never> =>
    ({ ...message, id: `${message.id}-${orderId}`, data: { ...message.data, orderId }, key: orderId }) as never;
  const credit = async (): Promise<number> =>
    (await world.call<{ openOrders: number }>('GET', `/v1/accounts/${ACCOUNT}/credit`)).body.openOrders;

  it('twenty at once with one key make one changed order; the next change finds it under the first number', async () => {
    const before = await credit();
    await world.submit(anOrder('CHG-1'));
    const lines = [
      { action: 'change', lineNo: 1, quantity: '10' },
      { action: 'cancel', lineNo: 2 },
    ];
    const told = await Promise.all(Array.from({ length: 20 }, () => change('CHG-1', { lines }, 'chg-1')));
    expect(new Set(told.map(({ status, body }) => `${status} ${JSON.stringify(body)}`)).size).toBe(1);
    expect(told[0]).toMatchObject({
      status: 200,
      body: { orderNo: 'CHG-1.R2', gross: 3000, replaces: { orderNo: 'CHG-1' } },
    });
    expect(await credit()).toBe(before + 3000);
    expect((await change('CHG-1', { lines: [] }, 'chg-1')).status).toBe(422);

    const added = await change(
      'CHG-1',
      { lines: [{ action: 'add', item: 'CUP', quantity: '1', unitPrice: '2.50' }] },
      'chg-2',
    );
    expect(added.body).toMatchObject({ orderNo: 'CHG-1.R3', gross: 3300 });
    const old = await world.view('CHG-1');
    expect(old).toMatchObject({ status: 'cancelled', replacedBy: { orderNo: 'CHG-1.R2' } });
    expect(await world.view('CHG-1.R3')).toMatchObject({
      replaces: { orderNo: 'CHG-1.R2' },
      lines: [{ ordered: 10 }, { ordered: 1 }],
    });
    // The ERP has what was changed, and no more what it was.
    await eventually('the ERP knows the changed order alone', async () => {
      const [first, last] = await Promise.all([world.view('CHG-1'), world.view('CHG-1.R3')]);
      return first.erp.status === 'cancelled' && last.erp.status === 'registered';
    });
    await world.call('POST', '/v1/orders/CHG-1/cancel', { reason: 'no more' });
    expect(await world.view('CHG-1.R3')).toMatchObject({ status: 'cancelled' });
    expect(await credit()).toBe(before);
  });

  it('are refused with a code for each line, once a warehouse has the order or when nothing fits', async () => {
    const { orderId } = (await world.submit(anOrder('CHG-2'))).body;
    await world.tell(of(orderId, stockHeld(FULL)));
    const view = await eventually<OrderView>('it is allocated', async () => {
      const found = await world.view(orderId);
      return found.fulfilments.length > 0 && found;
    });
    const wrong = await change(
      'CHG-2',
      {
        lines: [
          { action: 'add', item: 'NIX', quantity: '1' },
          { action: 'change', lineNo: 9, quantity: '1' },
        ],
      },
      'chg-3',
    );
    expect([wrong.status, wrong.body.errors?.map(({ reason, field }) => [reason, field])]).toEqual([
      422,
      [
        ['line-unknown', 'lines[1].lineNo'],
        ['unknown-item', 'lines[0].item'],
      ],
    ]);
    await world.tell(of(orderId, stockAllocated(view.fulfilments[0]?.fulfilmentId ?? '', FULL)));
    await world.reaches(orderId, 'released');
    const late = await change('CHG-2', { lines: [{ action: 'change', lineNo: 1, quantity: '1' }] }, 'chg-4');
    expect([late.status, late.body.code, late.body.errors?.[0]?.field]).toEqual([
      409,
      'order-released-already',
      'lines[0]',
    ]);
    expect((await change('NONE', { lines: [] }, 'chg-5')).status).toBe(404);
    expect((await change('CHG-2', { lines: [{ action: 'double' }] }, 'chg-6')).status).toBe(400);
  });
});
