import { input } from '@crossdock/testing';
import { RequestTracking, TrackingAnswer, violationsOf, type RequestTrackingData } from '@crossdock/contracts';
import { OutsideAway, OutsideRefusal, type Answered, type OutsideAndKept } from '@crossdock/runtime';
import type { CarrierAccount, ShipmentSettings } from '../config.js';
import { carrierPoll } from './carrier.js';

const asked = (carrier: string, trackingNo = 'T 1') =>
  input<RequestTrackingData>(RequestTracking, { trackingNo, carrier });
const withAccounts = (carrierAccounts: Record<string, CarrierAccount>) =>
  ({ carrierAccounts }) as unknown as ShipmentSettings;
type Reply = readonly [status: number, body: unknown];
/** A carrier that gives these answers, one after the other, and keeps what it was sent. */
const outside = (...replies: readonly Reply[]) => {
  const calls: { method: string; url: string; body: string; headers: Record<string, string> }[] = [];
  const exchange: OutsideAndKept['exchange'] = async (method, url, bytes, headers = {}): Promise<Answered> => {
    calls.push({ method, url, body: new TextDecoder().decode(bytes), headers });
    const [status, body] = replies[calls.length - 1] ?? [200, {}];
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    return { status, bytes: new TextEncoder().encode(text) };
  };
  return { calls, double: { attempt: 1, exchange } as unknown as OutsideAndKept };
};
const UPS = { url: 'https://ups.example/', credentials: { clientId: 'us', clientSecret: 'p:w' } };
const GRANTED: Reply = [200, { access_token: 't1', expires_in: '14399' }];

describe('the question to a carrier', () => {
  it('goes with the headers of the account that is ours', async () => {
    const { calls, double } = outside();
    const settings = withAccounts({ sendle: { url: 'https://s.example/', headers: { authorization: 'Basic x' } } });
    await carrierPoll.call(asked('Sendle'), double, settings);
    expect(calls).toMatchObject([
      { method: 'GET', url: 'https://s.example/api/tracking/T%201', headers: { authorization: 'Basic x' } },
    ]);
  });
  it('goes with a token that was had for the credentials, once for all questions', async () => {
    const { calls, double } = outside(GRANTED);
    const settings = withAccounts({ ups: { ...UPS } });
    await Promise.all([1, 2].map(() => carrierPoll.call(asked('UPS'), double, settings)));
    await carrierPoll.call(asked('UPS'), double, settings);
    expect(calls[0]).toMatchObject({
      method: 'POST',
      url: 'https://ups.example/security/v1/oauth/token',
      body: 'grant_type=client_credentials',
      headers: { authorization: `Basic ${Buffer.from('us:p:w').toString('base64')}` },
    });
    expect(calls.slice(1).map(({ headers }) => headers['authorization'])).toEqual(Array(3).fill('Bearer t1'));
  });
  it('has a token anew that the carrier takes no more, once', async () => {
    const stale: Reply = [401, { response: { errors: [{ code: '250002', message: 'Invalid token' }] } }];
    const { calls, double } = outside(GRANTED, stale, [200, { access_token: 't2', expires_in: 60 }], stale);
    await expect(carrierPoll.call(asked('UPS'), double, withAccounts({ ups: { ...UPS } }))).rejects.toMatchObject({
      status: 401,
      message: 'status 401: 250002: Invalid token',
    });
    expect(calls.map(({ headers }) => headers['authorization'])).toMatchObject(
      [/Basic/, 'Bearer t1', /Basic/, 'Bearer t2'].map((one) =>
        typeof one === 'string' ? one : expect.stringMatching(one),
      ),
    );
  });
  it('does not keep what could not be had', async () => {
    const { calls, double } = outside([500, ''], GRANTED);
    const settings = withAccounts({ ups: { ...UPS } });
    await expect(carrierPoll.call(asked('UPS'), double, settings)).rejects.toBeInstanceOf(OutsideAway);
    await carrierPoll.call(asked('UPS'), double, settings);
    expect(calls).toHaveLength(3);
  });
  it.each(['Sendle', 'Nobody', 'constructor'])('is refused for good where we have no account: %s', async (carrier) => {
    const { double } = outside();
    const call = carrierPoll.call(asked(carrier), double, withAccounts({ ups: UPS }));
    await expect(call).rejects.toBeInstanceOf(OutsideRefusal);
  });
  it('follows pages, and stops where a carrier has no end', async () => {
    const settings = withAccounts({ dhl: { url: 'https://d.example', headers: {} } });
    const page = (offset: number): Reply => [200, { shipments: [], nextUrl: `/shipments?offset=${offset}&limit=5` }];
    const two = outside(page(5), [200, { shipments: [] }]);
    expect(await carrierPoll.call(asked('dhl', '1&2'), two.double, settings)).toHaveLength(2);
    expect(two.calls[1]?.url).toBe('https://d.example/track/shipments?trackingNumber=1%262&offset=5');
    const endless = outside(...Array.from({ length: 50 }, (_, n) => page(n)));
    expect(await carrierPoll.call(asked('dhl'), endless.double, settings)).toHaveLength(20);
  });
});

describe('what comes back', () => {
  const settings = withAccounts({
    canadapost: { url: 'https://c.example', headers: { authorization: 'Basic x' } },
    purolator: { url: 'https://p.example', credentials: { userToken: 'u' } },
  });
  const from = (carrier: string, ...replies: readonly Reply[]) =>
    carrierPoll.call(asked(carrier), outside(...replies).double, settings);
  const fault = (inside: string): string =>
    `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><s:Fault>${inside}</s:Fault></s:Body></s:Envelope>`;
  const messages = (code: string, text: string): string =>
    `<messages><message><code>${code}</code><description>${text}</description></message></messages>`;

  it.each<[string, string, Reply]>([
    ['a server that broke', 'purolator', [500, '<html><body>Oops</body></html>']],
    ['a fault of the server', 'purolator', [500, fault('<faultcode>s:Server</faultcode><faultstring>?</faultstring>')]],
    ['a page instead of an answer', 'purolator', [200, 'Down for maintenance']],
    ['a carrier that is asked too fast', 'canadapost', [200, messages('Server', 'Rejected by SLM Monitor')]],
    ['the same with a status', 'canadapost', [403, messages('Server', 'Rejected by SLM Monitor')]],
  ])('is tried again: %s', async (_, carrier, reply) => {
    await expect(from(carrier, reply)).rejects.toBeInstanceOf(OutsideAway);
  });
  it.each<[string, string, Reply, string]>([
    ['not found yet', 'canadapost', [404, messages('004', 'No Pin History')], 'status 404: 004: No Pin History'],
    [
      'our own fault',
      'purolator',
      [500, fault('<faultcode>s:Client</faultcode><faultstring>Bad</faultstring>')],
      'fault s:Client: Bad',
    ],
    [
      'SOAP 1.2',
      'purolator',
      [
        400,
        fault('<s:Code><s:Value>s:Sender</s:Value></s:Code><s:Reason><s:Text xml:lang="en">Bad</s:Text></s:Reason>'),
      ],
      'fault s:Sender: Bad',
    ],
    [
      'what a detail names',
      'purolator',
      [
        500,
        fault(
          '<faultcode>s:Server</faultcode><faultstring>Fault</faultstring><detail><v><errorCode>E7</errorCode><errorMessage>No such PIN</errorMessage></v></detail>',
        ),
      ],
      'fault E7: No such PIN',
    ],
  ])('is refused in the carrier’s words: %s', async (_, carrier, reply, words) => {
    await expect(from(carrier, reply)).rejects.toMatchObject({ message: words });
    await expect(from(carrier, reply)).rejects.toBeInstanceOf(OutsideRefusal);
  });
  it('may be nothing', async () => {
    expect(await from('canadapost', [204, ''])).toEqual([]);
  });
});

describe('its answer', () => {
  const answerTo = (carrier: string, trackingNo: string, ...results: readonly unknown[]) => {
    const bytes = results.map((result) =>
      new TextEncoder().encode(typeof result === 'string' ? result : JSON.stringify(result)),
    );
    const answer = carrierPoll.answer(asked(carrier, trackingNo), { outcome: 'done', result: bytes });
    expect(violationsOf(TrackingAnswer.dataClass, answer, 'strict')).toEqual([]);
    return answer;
  };
  const event = { code: 'INBOUND', description: 'in', eventDateTime: '2026-03-03T00:10:00+0200' };
  it('is read by the translations of webhooks', () => {
    expect(
      answerTo('gls', 'G1', { parcels: [{ requested: 'G1', status: 'INTRANSIT', events: [event] }] }),
    ).toMatchObject({
      outcome: 'done',
      mappingVersion: expect.stringMatching(/^gls-\d{4}-/),
      events: [{ milestone: 'IN_TRANSIT', occurredAt: '2026-03-02T22:10:00.000Z' }],
    });
  });
  it('is that of our package on whatever page it stands, under any of its numbers, written anyhow', () => {
    const other = { parcels: [{ requested: 'G2', status: 'INTRANSIT', events: [event] }] };
    const own = { parcels: [{ requested: 'g 1', status: 'INTRANSIT', events: [event] }] };
    expect(answerTo('gls', 'G1', other, own)).toMatchObject({ trackingNo: 'G1', events: [{}] });
    const landmark =
      '<TrackResponse><Result><Packages><Package><TrackingNumber>1Z9</TrackingNumber><LandmarkTrackingNumber>LTN1</LandmarkTrackingNumber><Events><Event><Status>Item delivered</Status><DateTime>2025-11-03 07:14:00</DateTime><EventCode>500</EventCode></Event></Events></Package></Packages></Result></TrackResponse>';
    for (const no of ['1Z9', 'LTN1'])
      expect(answerTo('landmark', no, landmark)).toMatchObject({
        trackingNo: no,
        events: [{ milestone: 'DELIVERED' }],
      });
  });
  it('tells nothing where the carrier does not know the number, means another one, or says nothing', () => {
    expect(
      answerTo('gls', 'G1', { parcels: [{ requested: 'G1', errorCode: 'E_404_01', errorMessage: 'Not Found' }] }),
    ).toEqual({ trackingNo: 'G1', carrier: 'gls', outcome: 'done', text: 'E_404_01: Not Found' });
    expect(answerTo('gls', 'G1', { parcels: [{ requested: 'G2', events: [event] }] })).not.toHaveProperty('events');
    expect(answerTo('gls', 'G1', '<html/>')).not.toHaveProperty('events');
    expect(answerTo('gls', 'G1')).toEqual({ trackingNo: 'G1', carrier: 'gls', outcome: 'done' });
  });
  it('is passed on where there is none', () => {
    expect(carrierPoll.answer(asked('gls'), { outcome: 'refused', text: 'no' })).toMatchObject({
      outcome: 'refused',
      text: 'no',
    });
  });
});
