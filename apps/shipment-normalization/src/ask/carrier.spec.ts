import { input } from '@crossdock/testing';
import { RequestTracking, TrackingAnswer, violationsOf, type RequestTrackingData } from '@crossdock/contracts';
import { OutsideRefusal, type Outside } from '@crossdock/runtime';
import type { ShipmentSettings } from '../config.js';
import { carrierPoll, POLLS } from './carrier.js';

const asked = (carrier: string, trackingNo = 'T 1') =>
  input<RequestTrackingData>(RequestTracking, { trackingNo, carrier });
const settings = {
  carrierAccounts: {
    ups: { url: 'https://ups.example/', headers: { authorization: 'Bearer t' } },
    fedex: { url: 'https://fedex.example', headers: {} },
  },
} as unknown as ShipmentSettings;
const outside = () => {
  const calls: unknown[][] = [];
  const request = <T>(...call: unknown[]): Promise<T> => {
    calls.push(call);
    return Promise.resolve({} as T);
  };
  return { calls, double: { attempt: 1, request, find: request } as Outside };
};

describe('the request to a carrier', () => {
  it('is the one that it documents, with the account that is ours', async () => {
    const { calls, double } = outside();
    await carrierPoll.call(asked('UPS'), double, settings);
    await carrierPoll.call(asked('FedEx', '79'), double, settings);
    expect(calls).toEqual([
      ['GET', 'https://ups.example/api/track/v1/details/T%201?locale=en_US', undefined, { authorization: 'Bearer t' }],
      [
        'POST',
        'https://fedex.example/track/v1/trackingnumbers',
        { includeDetailedScans: true, trackingInfo: [{ trackingNumberInfo: { trackingNumber: '79' } }] },
        {},
      ],
    ]);
  });
  it.each(['Sendle', 'Nobody', 'constructor'])('is refused for good where we have no account: %s', async (carrier) => {
    const { double } = outside();
    await expect(carrierPoll.call(asked(carrier), double, settings)).rejects.toBeInstanceOf(OutsideRefusal);
  });
  it('encodes the number for every carrier that is asked by path', () => {
    for (const poll of Object.values(POLLS))
      expect(poll(encodeURIComponent('a/b ?'), 'a/b ?').path).not.toMatch(/a\/b| /);
  });
});

describe('its answer', () => {
  const answerTo = (result: unknown) => {
    const answer = carrierPoll.answer(asked('gls', 'G1'), { outcome: 'done', result });
    expect(violationsOf(TrackingAnswer.dataClass, answer, 'strict')).toEqual([]);
    return answer;
  };
  const event = { code: 'INBOUND', description: 'in', eventDateTime: '2026-03-03T00:10:00+0200' };
  it('is read by the translations of webhooks', () => {
    expect(answerTo({ parcels: [{ requested: 'G1', status: 'INTRANSIT', events: [event] }] })).toMatchObject({
      outcome: 'done',
      mappingVersion: 'gls-2026-11-21',
      events: [{ milestone: 'IN_TRANSIT', occurredAt: '2026-03-02T22:10:00.000Z' }],
    });
  });
  it('tells nothing where the carrier does not know the number, or means another one', () => {
    expect(answerTo({ parcels: [{ requested: 'G1', errorCode: 'E_404_01', errorMessage: 'Not Found' }] })).toEqual({
      trackingNo: 'G1',
      carrier: 'gls',
      outcome: 'done',
      text: 'E_404_01: Not Found',
    });
    expect(answerTo({ parcels: [{ requested: 'G2', events: [event] }] })).not.toHaveProperty('events');
    expect(answerTo('<html>')).not.toHaveProperty('events');
  });
  it('is passed on where there is none', () => {
    expect(carrierPoll.answer(asked('gls'), { outcome: 'refused', text: 'no' })).toMatchObject({
      outcome: 'refused',
      text: 'no',
    });
  });
});
