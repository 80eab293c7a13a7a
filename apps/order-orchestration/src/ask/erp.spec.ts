import type { RegisterWithErpData } from '@crossdock/contracts';
import type { Outside } from '@crossdock/runtime';
import { OrderSettings } from '../config.js';
import { cancelWithErp, erpParts, findOrder, registerOrder, registerWithErp } from './erp.js';

const data = (lines: number): RegisterWithErpData => ({
  orderId: 'order-1',
  orderNo: '536365',
  account: '17850',
  entity: 'CD-UK',
  currency: 'GBP',
  orderDate: '2026-03-02',
  country: 'GB',
  gross: 100,
  lines: Array.from({ length: lines }, (_, at) => ({
    lineNo: at + 1,
    kind: 'goods' as const,
    item: 'TEA',
    quantity: 1,
    unit: 'EA',
    unitPrice: '1',
    net: 100,
    taxPercent: '0',
    tax: 0,
  })),
});
const settings: OrderSettings = Object.assign(new OrderSettings(), {
  erpUrl: 'http://erp/',
  erpLineLimit: 200,
  erpToken: 't',
});

interface Call {
  readonly method: string;
  readonly url: string;
  readonly body: unknown;
  readonly headers: Record<string, string> | undefined;
}
class Recorded implements Outside {
  readonly attempt = 1;
  readonly calls: Call[] = [];
  constructor(private readonly answer: (call: Call) => unknown) {}
  request<T>(method: string, url: string, body?: unknown, headers?: Record<string, string>): Promise<T> {
    const call = { method, url, body, headers };
    this.calls.push(call);
    return Promise.resolve(this.answer(call) as T);
  }
  find<T>(url: string): Promise<T | undefined> {
    return this.request('GET', url);
  }
}

describe('an order for the ERP', () => {
  it('goes in parts that the ERP takes, all its lines once', () => {
    const parts = erpParts(data(600), 200);
    expect(parts.map(({ part, parts: of, lines }) => [part, of, lines.length])).toEqual([
      [1, 3, 200],
      [2, 3, 200],
      [3, 3, 200],
    ]);
    expect(parts.flatMap(({ lines }) => lines.map(({ lineNo }) => lineNo))).toEqual(
      data(600).lines.map(({ lineNo }) => lineNo),
    );
    expect(erpParts(data(201), 200).map(({ lines }) => lines.length)).toEqual([200, 1]);
  });
  it('is registered part by part, each under a key of its own', async () => {
    const outside = new Recorded(({ body }) => ({ erpOrderNo: `E${(body as { part: number }).part}` }));
    expect(await registerOrder(data(450), outside, settings)).toEqual({ erpOrderNos: ['E1', 'E2', 'E3'] });
    expect(
      outside.calls.map(({ url, headers }) => [url, headers?.['Idempotency-Key'], headers?.['Authorization']]),
    ).toEqual([
      ['http://erp/erp/orders', 'order-1/1', 'Bearer t'],
      ['http://erp/erp/orders', 'order-1/2', 'Bearer t'],
      ['http://erp/erp/orders', 'order-1/3', 'Bearer t'],
    ]);
  });
  it('is not registered by an answer that names no number', async () => {
    await expect(registerOrder(data(1), new Recorded(() => ({})), settings)).rejects.toThrow('names no order');
  });
  it('is found by our reference once every part of it is there', async () => {
    const has = (...erpOrderNos: string[]) => new Recorded(() => ({ erpOrderNos }));
    expect(await findOrder(data(201), has('E1', 'E2'), settings)).toEqual({ erpOrderNos: ['E1', 'E2'] });
    expect(await findOrder(data(201), has('E1'), settings)).toBeUndefined();
    expect(await findOrder(data(201), new Recorded(() => undefined), settings)).toBeUndefined();
  });
  it('is cancelled by our reference, with a key', async () => {
    const outside = new Recorded(() => ({ erpOrderNos: ['E1'] }));
    const question = { data: { orderId: 'order-1', orderNo: '1', account: '17850', entity: 'CD-UK' } } as never;
    expect(await cancelWithErp.call(question, outside, settings)).toEqual({ erpOrderNos: ['E1'] });
    expect(outside.calls[0]).toMatchObject({
      url: 'http://erp/erp/orders/cancel',
      body: { reference: 'order-1' },
      headers: { 'Idempotency-Key': 'order-1/cancel' },
    });
  });
});

describe('the answer', () => {
  const question = { data: data(1) } as never;
  it('says what became of the question', () => {
    const names = { orderId: 'order-1', account: '17850', question: 'register' };
    expect(registerWithErp.answer(question, { outcome: 'done', result: { erpOrderNos: ['E1'] } })).toEqual({
      ...names,
      outcome: 'done',
      erpOrderNos: ['E1'],
    });
    expect(registerWithErp.answer(question, { outcome: 'refused', text: 'no' })).toEqual({
      ...names,
      outcome: 'refused',
      text: 'no',
    });
    expect(registerWithErp.answer(question, { outcome: 'unanswered', text: 'x'.repeat(2000) })).toMatchObject({
      outcome: 'unanswered',
      text: 'x'.repeat(1000),
    });
  });
});
