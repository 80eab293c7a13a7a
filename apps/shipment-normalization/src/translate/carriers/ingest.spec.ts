import { table as canadaPost } from './canada-post/table.js';
import { table as ups } from './ups/table.js';
import { readTracking } from './index.js';
import { ingestOf, mappedAgain, type Heard } from './ingest.js';

const heard: Heard = { source: 'carrier-webhook', deliveryId: 'd-1', receivedAt: '2026-03-05T00:00:00.000Z' };
const landmark = (...events: readonly string[]): string =>
  `<TrackResponse><Result><Packages><Package><LandmarkTrackingNumber>L1</LandmarkTrackingNumber><Events>${events.join('')}</Events></Package></Packages></Result></TrackResponse>`;
const event = (code: string, at: string): string =>
  `<Event><Status>s</Status><DateTime>${at}</DateTime><Location>Leeds</Location><EventCode>${code}</EventCode></Event>`;

describe('scans of a carrier as an input of ours', () => {
  it('keep a local time as local: the Z of their place in order is not claimed', () => {
    const { messages } = ingestOf(readTracking('landmark', landmark(event('500', '11/03/2026 12:14 AM'))), heard);
    expect(messages).toEqual([
      {
        trackingNo: 'L1',
        carrier: 'landmark',
        source: 'carrier-webhook',
        deliveryId: 'd-1',
        mappingVersion: expect.stringMatching(/^landmark-\d{4}-/),
        events: [
          {
            milestone: 'DELIVERED',
            detail: 'Item successfully delivered',
            classifier: 'ACT',
            occurredAt: '2026-11-03T00:14:00.000Z',
            offsetKnown: false,
            localTime: '2026-11-03T00:14:00',
            location: 'Leeds',
            rawCode: '500',
            rawText: 's',
          },
        ],
      },
    ]);
  });
  it('are told in UTC where the offset is known', () => {
    const payload = JSON.stringify({
      parcels: [{ requested: 'G1', events: [{ code: 'INBOUND', eventDateTime: '2026-03-03T00:10:00+0200' }] }],
    });
    const [message] = ingestOf(readTracking('gls', payload), heard).messages;
    expect(message?.events[0]).toMatchObject({ occurredAt: '2026-03-02T22:10:00.000Z', offsetKnown: true });
    expect(message?.events[0]).not.toHaveProperty('localTime');
  });
  it.each(['oldest first', 'newest first', 'mixed'])('stand in order over noon and midnight: %s', (order) => {
    const [noon, late, early] = [
      event('300', '11/02/2026 12:05 PM'),
      event('300', '11/02/2026 11:58 PM'),
      event('500', '11/03/2026 12:14 AM'),
    ];
    const came = {
      'oldest first': [noon, late, early],
      'newest first': [early, late, noon],
      mixed: [late, early, noon],
    };
    const { messages } = ingestOf(readTracking('landmark', landmark(...came[order as keyof typeof came])), heard);
    expect(messages[0]?.events.map(({ localTime }) => localTime)).toEqual([
      '2026-11-02T12:05:00',
      '2026-11-02T23:58:00',
      '2026-11-03T00:14:00',
    ]);
  });
  it('that nobody mapped stay, as UNKNOWN with their raw code, and the rest goes on', () => {
    const told = readTracking(
      'landmark',
      landmark(event('999', '11/02/2026 10:00 AM'), event('300', '11/03/2026 10:00 AM')),
    );
    const { messages, faults } = ingestOf(told, heard);
    expect(messages[0]?.events.map(({ milestone, rawCode, reason }) => [milestone, rawCode, reason])).toEqual([
      ['UNKNOWN', '999', 'code-not-mapped'],
      ['OUT_FOR_DELIVERY', '300', undefined],
    ]);
    expect(faults).toEqual([{ code: 'code-not-mapped', path: 'events', text: 'L1: no row for 999' }]);
  });
  it('are joined by the status that no scan says, at the time of the newest', () => {
    const payload = JSON.stringify({
      trackingNumber: 'T1',
      shipmentId: 'S',
      status: 'out_for_delivery',
      estimatedDelivery: '2026-03-06',
      events: [{ code: 'in_hub', timestamp: '2026-03-03T10:00:00Z' }],
    });
    expect(ingestOf(readTracking('teleship', payload), heard).messages[0]?.events).toMatchObject([
      { milestone: 'IN_TRANSIT', occurredAt: '2026-03-03T10:00:00.000Z' },
      { milestone: 'OUT_FOR_DELIVERY', occurredAt: '2026-03-03T10:00:00.000Z', rawCode: 'out_for_delivery' },
      { milestone: 'DELIVERED', classifier: 'EST', localTime: '2026-03-06' },
    ]);
  });
  it('take the number that was asked for, where the answer does not repeat it', () => {
    const payload = JSON.stringify({
      state: 'Transit',
      tracking_events: [{ event_type: 'Pickup', scan_time: '2026-03-03T10:00:00Z' }],
    });
    expect(ingestOf(readTracking('sendle', payload), { ...heard, trackingNo: 'S1' }).messages[0]?.trackingNo).toBe(
      'S1',
    );
    expect(ingestOf(readTracking('sendle', payload), heard)).toMatchObject({
      messages: [],
      faults: [{ code: 'schema-violation', path: 'trackingNo' }],
    });
  });
  it('of a package that the carrier does not know are none', () => {
    const payload = JSON.stringify({
      parcels: [{ requested: 'G1', errorCode: 'E_404_01', errorMessage: 'Not Found' }],
    });
    expect(ingestOf(readTracking('gls', payload), heard)).toMatchObject({
      messages: [],
      faults: [{ code: 'carrier-refused' }],
    });
  });
  it('beyond what one message takes go in several', () => {
    const many = Array.from({ length: 1_001 }, () => event('275', '11/03/2026 10:00 AM'));
    expect(ingestOf(readTracking('', landmark(...many)), heard).messages.map(({ events }) => events.length)).toEqual([
      1_000, 1,
    ]);
  });
});

describe('a raw code that is read again', () => {
  it('is read whole, without its zeros, or by its first part', () => {
    expect(mappedAgain(canadaPost, '0174', '').milestone).toBe('OUT_FOR_DELIVERY');
    expect(mappedAgain(ups, 'X/48', '').milestone).toBe('DELIVERY_FAILED');
    expect(mappedAgain(ups, 'X/??', '').milestone).toBe('EXCEPTION');
    expect(mappedAgain(ups, '?', '').reason).toBe('code-not-mapped');
  });
});
