/** Orders that must not be taken, one fault each, at the HTTP door. */
import { aCustomer } from './master-data.ts';
import { expectProblem, nothingHalfDone, refusedForGood, type Expected } from './refused.ts';
import { aLine, aNumber, anOrder, type Json, type World } from './world.ts';

type Case = readonly [what: string, order: Json, expected: Expected];
const checkedBy = (code: string, field: string): Expected => ({ status: 422, code, field });
const ofForm = (field: string): Expected => ({ status: 400, code: 'schema-violation', field });

const BAD_ORDERS: readonly Case[] = [
  ['an unknown item', anOrder({}, { item: 'NONE' }), checkedBy('unknown-item', 'lines[0].item')],
  ['an unknown customer', anOrder({ account: 'NOBODY' }), checkedBy('unknown-customer', 'account')],
  ['a quantity of zero', anOrder({}, { quantity: '0' }), checkedBy('quantity-not-positive', 'lines[0].quantity')],
  ['a quantity below zero', anOrder({}, { quantity: '-3' }), checkedBy('quantity-not-positive', 'lines[0].quantity')],
  ['a fraction of a piece', anOrder({}, { quantity: '1.5' }), checkedBy('fraction-of-unit', 'lines[0].quantity')],
  ['another currency', anOrder({ currency: 'EUR' }), checkedBy('wrong-currency', 'currency')],
  ['a date in the past', anOrder({ requestedDate: '2020-01-01' }), checkedBy('requested-date-past', 'requestedDate')],
  ['a day that is none', anOrder({ requestedDate: '2099-02-30' }), ofForm('requestedDate')],
  ['an order date far ahead', anOrder({ orderDate: '2099-01-31' }), checkedBy('date-too-far-ahead', 'orderDate')],
  ['a field that nobody knows', anOrder({ colour: 'red' }), ofForm('colour')],
  ['a field within that nobody knows', anOrder({}, { size: 'L' }), ofForm('lines[0].size')],
  ['a number where text belongs', anOrder({}, { quantity: 1 }), ofForm('lines[0].quantity')],
  ['no lines', anOrder({ lines: [] }), ofForm('lines')],
];

/** Every check of order capture, failed alone. */
const FAILED_CHECKS: readonly Case[] = [
  ['a customer on hold', anOrder({ account: 'HELD' }), checkedBy('customer-on-hold', 'account')],
  ['a blocked customer', anOrder({ account: 'BLOCKED' }), checkedBy('customer-blocked', 'account')],
  [
    'more than the credit',
    anOrder({ account: 'POOR' }, { quantity: '5' }),
    checkedBy('credit-limit-exceeded', 'account'),
  ],
  [
    'a price that is not the agreed one',
    anOrder({ account: 'LISTED' }, { unitPrice: '2.49' }),
    checkedBy('price-not-agreed', 'lines[0].unitPrice'),
  ],
  [
    'an item without an agreed price',
    anOrder({ account: 'LISTED' }, { item: 'POT' }),
    checkedBy('price-not-eligible', 'lines[0].unitPrice'),
  ],
  [
    'a country that it may not be shipped to',
    anOrder({ account: 'HOMEBODY', shipTo: { country: 'FR' } }),
    checkedBy('ship-to-restricted', 'shipTo.country'),
  ],
  ['no tax known', anOrder({ account: 'TAXLESS' }), checkedBy('tax-context-missing', 'shipTo.country')],
  [
    'too little stock, when it may not wait',
    anOrder({ account: 'HASTY' }, { item: 'POT', quantity: '20000' }),
    checkedBy('insufficient-availability', 'lines[0].quantity'),
  ],
];

export const ordersAtTheDoor = (world: () => World): void => {
  describe('an order is refused whole', () => {
    it.each(BAD_ORDERS)('for %s', async (_, order, expected) => {
      await refusedForGood(world(), order, expected);
    });

    it('when its JSON breaks off, and is told where', async () => {
      const answer = await refusedForGood(
        world(),
        {},
        { status: 400, code: 'broken-json', field: '' },
        (correlationId) => world().submit('{"documentNo":', { 'x-correlation-id': correlationId }),
      );
      expect(answer.body['detail']).toBe('the body ends before its JSON does');
    });

    it('of 5,001 lines where 5,000 are the limit', async () => {
      const lines = Array.from({ length: 5_001 }, (_, at) => aLine({ lineNo: at + 1 }));
      const answer = await refusedForGood(world(), anOrder({ lines }), checkedBy('too-many-lines', 'lines'));
      expect(answer.body['detail']).toBe('5001 lines were sent, 5000 are the most');
    });

    it('of 20 MB, and is told so however it is sent', async () => {
      const big = JSON.stringify(anOrder({ customerPo: 'x'.repeat(20 * 1024 * 1024) }));
      for (const body of [big, new TextEncoder().encode(big)]) {
        const answer = await refusedForGood(world(), {}, { status: 413, code: 'body-too-large' }, (correlationId) =>
          world().submit(body, { 'x-correlation-id': correlationId }),
        );
        expect(answer.body['detail']).toMatch(/more than \d+ bytes/);
      }
    });

    it('too large for the broker', async () => {
      const lines = Array.from({ length: 5_000 }, (_, at) =>
        aLine({ lineNo: at + 1, description: '\u20ac'.repeat(500) }),
      );
      await refusedForGood(world(), anOrder({ lines }), { status: 413, code: 'body-too-large' });
    });

    it('with every fault at once, of form or of checks', async () => {
      const form = await world().submit(anOrder({ colour: 'red', currency: 'gbp' }, { quantity: 1 }));
      expect((form.body['errors'] as Json[]).map(({ field }) => field).toSorted()).toEqual([
        'colour',
        'currency',
        'lines[0].quantity',
      ]);
      const checks = await world().submit(anOrder({ currency: 'EUR', requestedDate: '2020-01-01' }, { item: 'NONE' }));
      expect((checks.body['errors'] as Json[]).map(({ reason }) => reason)).toEqual([
        'wrong-currency',
        'requested-date-past',
        'unknown-item',
      ]);
    });

    it('in bulk without holding up the others', async () => {
      const [good, bad] = [anOrder(), anOrder({}, { item: 'NONE' })];
      const { status, body } = await world().send('POST', '/v1/orders/bulk', { body: [bad, good, 5] });
      expect([status, body['taken'], body['refused']]).toEqual([200, 1, 2]);
      expect(body['results']).toMatchObject([
        { status: 422, code: 'unknown-item', errors: [{ field: 'lines[0].item' }] },
        { status: 201 },
        { status: 400, code: 'schema-violation' },
      ]);
      world().taken.add(String(good['documentNo']));
    });
  });

  describe('a check of order capture', () => {
    it.each(FAILED_CHECKS)('refuses for %s', async (_, order, expected) => {
      const answer = await refusedForGood(world(), order, expected);
      expect(answer.body['errors']).toHaveLength(1);
    });

    it('passes once its cause is gone', async () => {
      await world().keyIn({ customers: [aCustomer('HELD')] });
      await world().nextGoodOne({ account: 'HELD' });
    });

    it('lets one of ten orders have the last of a credit limit', async () => {
      const orders = Array.from({ length: 10 }, () => anOrder({ account: 'RACER' }, { quantity: '24' }));
      const answers = await Promise.all(orders.map((order) => world().submit(order)));
      const winners = answers.filter(({ status }) => status === 201);
      expect(winners).toHaveLength(1);
      for (const answer of answers)
        if (answer.status !== 201) expectProblem(answer, checkedBy('credit-limit-exceeded', 'account'));
      expect(await world().creditUsed('RACER')).toBe(6_000);
      world().taken.add(String(winners[0]?.body['orderNo']));
    });
  });

  it('the same number with other content is refused, with the same content known', async () => {
    const order = anOrder({ documentNo: aNumber() });
    expect((await world().submit(order)).status).toBe(201);
    world().taken.add(String(order['documentNo']));
    expect((await world().submit(order)).status).toBe(200);
    const changed = await world().submit({ ...order, customerPo: 'another' });
    expectProblem(changed, { status: 409, code: 'document-changed', field: 'documentNo' });
    await nothingHalfDone(world(), String(changed.headers.get('x-correlation-id')), undefined);
  });
};
