/** Order files that are not as agreed: what can't be read is put aside with its row, all the rest is taken. */
import { aCustomer } from './master-data.ts';
import { expectProblem, nothingHalfDone } from './refused.ts';
import { eventually, type Json, type World } from './world.ts';

const HEAD = 'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country';
const row = (no: string, more: { item?: string; text?: string; quantity?: string; account?: string } = {}): string => {
  const { item = 'TEA', text = 'SOME TEA', quantity = '1', account = 'SOUND' } = more;
  return `${no},${item},${text},${quantity},2010-12-01 08:26:00,2.50,${account},United Kingdom`;
};
const fileOf = (...rows: readonly string[]): string => [HEAD, ...rows, ''].join('\n');

/** The job's account when it is over, and the conversation that it was. */
const uploaded = async (world: World, body: string | Uint8Array, correlationId = 'file'): Promise<Json> => {
  const sent = await world.send('POST', '/v1/order-files?layout=uci&name=bad.csv', {
    body,
    headers: { 'content-type': 'text/csv', 'x-correlation-id': correlationId },
  });
  expect(sent.status).toBe(202);
  return eventually('the file to be worked off', async () => {
    const { body: job } = await world.get(`/v1/order-files/${String(sent.body['jobId'])}`);
    return ['done', 'failed'].includes(String(job['status'])) ? job : undefined;
  });
};
const took = (world: World, ...numbers: readonly string[]): void => numbers.forEach((no) => world.taken.add(no));

export const orderFiles = (world: () => World): void => {
  describe('an order file', () => {
    it('with a wrong header is not read at all, and the right one is', async () => {
      const job = await uploaded(world(), 'Invoice;Code\n610001;TEA\n', 'file-header');
      expect(job).toMatchObject({
        status: 'failed',
        read: 0,
        failure: { reason: 'wrong-header', text: `the header is "Invoice;Code", not ${HEAD}` },
      });
      await nothingHalfDone(world(), 'file-header', '610001');
      expect(await uploaded(world(), fileOf(row('610001')))).toMatchObject({ status: 'done', taken: { orders: 1 } });
      took(world(), '610001');
    });

    it('in Windows-1252 is read as such', async () => {
      const bytes = Buffer.from(fileOf(row('620001', { text: 'CAF\u00c9 \u00a35' })), 'latin1');
      const job = await uploaded(world(), bytes, 'file-1252');
      expect(job).toMatchObject({ status: 'done', encoding: 'windows-1252', taken: { orders: 1 }, parkedCount: 0 });
      took(world(), '620001');
      const created = await eventually('its order', async () =>
        world().ear.heard.find((heard) => heard.correlationId === 'file-1252' && /order-created/.test(heard.type)),
      );
      expect(created.body).toContain('CAF\u00c9 \u00a35');
    });

    it('that ends within a row loses nothing but that document, and has it when it is sent whole', async () => {
      const whole = fileOf(row('630001'), row('630002'), row('630003'));
      const job = await uploaded(world(), whole.slice(0, whole.lastIndexOf('2010-12-01')), 'file-half');
      expect(job).toMatchObject({ status: 'done', taken: { orders: 2 }, parkedCount: 1 });
      expect(job['parked']).toEqual([
        {
          file: 'bad.csv',
          row: 4,
          documentNo: '630003',
          reason: 'unreadable-row',
          text: expect.stringMatching(/row 4/),
        },
      ]);
      expect((await world().get('/v1/orders/630003')).status).toBe(404);
      expect(await uploaded(world(), whole)).toMatchObject({ taken: { orders: 1 }, alreadyKnown: 2, parkedCount: 0 });
      took(world(), '630001', '630002', '630003');
    });

    it('puts each bad document aside with row and reason, in the order of the file, and takes the others', async () => {
      const job = await uploaded(
        world(),
        fileOf(
          row('640001', { item: 'NONE' }),
          row('640002', { account: 'STRANGER' }),
          row('640003', { quantity: '1.5' }),
          row('640004', { quantity: '0' }),
          row('640005'),
        ),
        'file-mixed',
      );
      took(world(), '640005');
      expect((job['parked'] as Json[]).map(({ row: at, documentNo, reason }) => [at, documentNo, reason])).toEqual([
        [2, '640001', 'unknown-item'],
        [3, '640002', 'unknown-customer'],
        [4, '640003', 'fraction-of-unit'],
        [5, '640004', 'quantity-zero'],
      ]);
      for (const no of ['640001', '640002', '640003', '640004'])
        expect((await world().get(`/v1/orders/${no}`)).status).toBe(404);
    });

    it('leaves a case by reason, which is tried again when its cause is gone', async () => {
      const found = (await world().cases('unknown-customer')).find(({ keys }) => String(keys).includes('640002'));
      expect(found).toMatchObject({ status: 'open', retryable: true, next: expect.any(String) });
      await world().keyIn({ customers: [aCustomer('STRANGER')] });
      const path = `/v1/exceptions/${String(found?.['id'])}`;
      expect(await world().send('POST', `${path}/retry`)).toMatchObject({ status: 200, body: { outcome: 'accept' } });
      took(world(), '640002');
      await eventually('the case to be over', async () =>
        (await world().get(path)).body['status'] === 'resolved' ? true : undefined,
      );
      expectProblem(await world().send('POST', `${path}/retry`), { status: 409, code: 'case-ended' });
    });

    it('leaves a case that only a new file can mend saying so', async () => {
      const found = (await world().cases('quantity-zero')).find(({ keys }) => String(keys).includes('640004'));
      expect(found).toMatchObject({ status: 'open', retryable: false });
      const retried = await world().send('POST', `/v1/exceptions/${String(found?.['id'])}/retry`);
      expectProblem(retried, { status: 409, code: 'case-unretryable' });
    });

    it('of an unknown layout, or sent as something else, is refused before it is stored', async () => {
      const headers = { 'content-type': 'text/csv' };
      const layout = await world().send('POST', '/v1/order-files?layout=xml', { body: fileOf(), headers });
      expectProblem(layout, { status: 400, code: 'request-malformed', field: 'layout' });
      const json = await world().send('POST', '/v1/order-files', { body: {} });
      expectProblem(json, { status: 415, code: 'media-type-unknown' });
      expect(json.body['detail']).toContain('text/csv');
    });
  });
};
