import { input } from '@crossdock/testing';
import { RequestFulfilment, violationsOf, WmsAnswer, type RequestFulfilmentData } from '@crossdock/contracts';
import type { AskOutcome, Outside } from '@crossdock/runtime';
import { aFulfilment, anOrderReleased } from '../domain/shipments.builders.js';
import type { ShipmentSettings } from '../config.js';
import { wms, type WmsTaken } from './wms.js';

const { orderNo, shipTo, lines } = anOrderReleased(4, 6);
const question = input<RequestFulfilmentData>(RequestFulfilment, { ...aFulfilment, orderNo, shipTo, lines });
const settings = { wmsUrl: 'http://wms.example/', publicUrl: 'http://us.example' } as ShipmentSettings;

/** An outside that remembers what it was asked. */
const outside = () => {
  const calls: unknown[][] = [];
  const answering = <T>(...call: unknown[]): Promise<T> => {
    calls.push(call);
    return Promise.resolve({ wmsRef: 'WMS-1' } as T);
  };
  const double: Outside = { attempt: 1, request: answering, find: answering };
  return { calls, double };
};
const answerTo = (outcome: AskOutcome<WmsTaken>) => {
  const answer = wms.answer(question, outcome);
  expect(violationsOf(WmsAnswer.dataClass, answer, 'strict')).toEqual([]);
  return answer;
};

describe('the request to the warehouse', () => {
  it('names the fulfilment order, its lines, and where to call back; our id is the idempotency key', async () => {
    const { calls, double } = outside();
    await wms.call(question, double, settings);
    expect(calls).toEqual([
      [
        'POST',
        'http://wms.example/wms/fulfilments',
        {
          fulfilmentId: aFulfilment.fulfilmentId,
          orderNo: '536365',
          node: 'LEICESTER',
          shipTo,
          lines,
          callback: `http://us.example/v1/fulfilments/${aFulfilment.fulfilmentId}`,
        },
        { 'Idempotency-Key': aFulfilment.fulfilmentId },
      ],
    ]);
  });
  it('is looked up by our id before it is sent again', async () => {
    const { calls, double } = outside();
    await wms.find?.(question, double, settings);
    expect(calls).toEqual([[`http://wms.example/wms/fulfilments/${aFulfilment.fulfilmentId}`]]);
  });
});

describe('the answer of the warehouse', () => {
  it('is its own number when it took the request', () =>
    expect(answerTo({ outcome: 'done', result: { wmsRef: 'WMS-1' } })).toEqual({
      ...aFulfilment,
      outcome: 'done',
      wmsRef: 'WMS-1',
    }));
  it('is its text when it refused or was silent', () => {
    expect(answerTo({ outcome: 'refused', text: 'no such node' })).toMatchObject({
      outcome: 'refused',
      text: 'no such node',
    });
    expect(answerTo({ outcome: 'unanswered', text: 'x'.repeat(5_000) })).toMatchObject({ outcome: 'unanswered' });
  });
  it.each([[undefined], [{}], [{ wmsRef: 'x'.repeat(100) }], [{ wmsRef: 17 }]])(
    'does without a usable number: %j',
    (result) => {
      expect(answerTo({ outcome: 'done', result: result as WmsTaken })).toMatchObject({ outcome: 'done' });
    },
  );
});
