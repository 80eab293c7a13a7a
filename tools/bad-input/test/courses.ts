/** Orders on their way: the largest one to its posting, and a cancel before and after release. */
import { expectProblem } from './refused.ts';
import { aLine, aNumber, anOrder, eventually, type World } from './world.ts';

export const LARGEST = 'LARGEST';
export const largestOrder = () => ({
  ...anOrder({ documentNo: LARGEST }),
  lines: Array.from({ length: 5_000 }, (_, at) => aLine({ lineNo: at + 1, quantity: String((at % 7) + 1) })),
});

const TOMORROW_MS = 86_400_000;

export const courses = (world: () => World): void => {
  describe('an order', () => {
    it('is cancelled before it is released: stock and credit are free again', async () => {
      const before = await world().creditUsed('SOUND');
      const releaseNotBefore = new Date(Date.now() + TOMORROW_MS).toISOString();
      const order = anOrder({ documentNo: aNumber(), releaseNotBefore }, { quantity: '4' });
      const { body: taken } = await world().submit(order);
      const orderNo = String(order['documentNo']);
      await world().reaches(orderNo, 'accepted', 'allocated');
      expect(await world().creditUsed('SOUND')).toBe(before + 1_000);
      const cancel = () => world().send('POST', `/v1/orders/${orderNo}/cancel`, { body: { reason: 'not needed' } });
      expect(await cancel()).toMatchObject({ status: 200, body: { status: 'cancelled' } });
      world().cancelled.add(orderNo);
      expect(await cancel()).toMatchObject({ status: 200, body: { status: 'cancelled' } });
      expect(await world().creditUsed('SOUND')).toBe(before);
      await eventually('its stock to be free', async () => {
        const claims = await world().get(`/v1/claims?order=${String(taken['orderId'])}`, 'inventory-propagation');
        return (claims.body['items'] as unknown[]).length === 0 ? true : undefined;
      });
    });

    it('is not cancelled once a warehouse has it, and not without a reason', async () => {
      await world().warehouse(1_500);
      const orderNo = await world().nextGoodOne();
      await world().reaches(orderNo, 'released');
      const cancel = (body: object) => world().send('POST', `/v1/orders/${orderNo}/cancel`, { body });
      expectProblem(await cancel({}), { status: 400, code: 'schema-violation', field: 'reason' });
      expectProblem(await cancel({ reason: 'too late' }), { status: 409, code: 'order-released-already' });
      await world().warehouse(0);
      await world().reaches(orderNo, 'closed');
      expectProblem(await cancel({ reason: 'much too late' }), { status: 409, code: 'order-ended' });
    });

    it('that waits for stock says why, line by line', async () => {
      const order = anOrder({ documentNo: aNumber() }, { item: 'RARE', quantity: '3' });
      await world().submit(order);
      const orderNo = String(order['documentNo']);
      await world().reaches(orderNo, 'backordered');
      expect((await world().get(`/v1/orders/${orderNo}`)).body['backorder']).toMatchObject({
        reason: 'backorder',
        text: expect.any(String),
        next: expect.any(String),
        lines: [{ lineNo: 1, item: 'RARE', quantity: 3 }],
      });
      await world().receive({ RARE: 3 });
      world().taken.add(orderNo);
    });

    it('of 5,000 lines goes all the way to posted', async () => {
      await world().reaches(LARGEST, 'closed');
      const { body } = await world().get(`/v1/orders/${LARGEST}`);
      expect([(body['lines'] as unknown[]).length, body['creditOpen']]).toEqual([5_000, 0]);
      expect(body['stages']).toMatchObject({ posted: 1, closed: 1 });
      expect((body['invoiced'] as { net: number }).net).toBe(body['net']);
    });
  });
};
