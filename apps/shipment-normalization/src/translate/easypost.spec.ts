import { IngestTracking, violationsOf, type IngestTrackingData } from '@crossdock/contracts';
import { aDetail, anEvent, aTracker, LEEDS, NOWHERE } from './easypost.builders.js';
import { easypostTracking } from './easypost.js';
import { MAPPING, milestoneOf, rawCodeOf, readRawCode } from './easypost-mapping.js';

const TODAY = '2026-11-21';
const translated = (event: unknown): IngestTrackingData => {
  const result = easypostTracking(event, 'delivery-1');
  if (result.kind !== 'tracking') throw new Error(JSON.stringify(result));
  expect(violationsOf(IngestTracking.dataClass, result.data, 'strict')).toEqual([]);
  return result.data;
};
const scansOf = (tracker: Record<string, unknown>, more: Record<string, unknown> = {}) =>
  translated(anEvent(aTracker(tracker), more)).events.map(({ milestone, rawCode, classifier }) => ({
    milestone,
    rawCode,
    classifier,
  }));
const code = (status: string, statusDetail = '') => ({ status, statusDetail, carrier: 'UPS', carrierCode: '' });

describe('statuses that EasyPost documents', () => {
  it.each([
    ['pre_transit', 'PRE_TRANSIT'],
    ['in_transit', 'IN_TRANSIT'],
    ['out_for_delivery', 'OUT_FOR_DELIVERY'],
    ['delivered', 'DELIVERED'],
    ['available_for_pickup', 'AVAILABLE_FOR_PICKUP'],
    ['return_to_sender', 'RETURNING'],
    ['failure', 'DELIVERY_FAILED'],
    ['cancelled', 'CANCELLED'],
    ['error', 'EXCEPTION'],
    ['unknown', 'UNKNOWN'],
  ] as const)('%s is %s', (status, milestone) => {
    expect(milestoneOf(code(status), TODAY)).toEqual({ milestone });
  });
  it.each([
    ['in_transit', 'delayed', 'DELAYED', 'carrier'],
    ['in_transit', 'weather_delay', 'DELAYED', 'weather'],
    ['in_transit', 'held', 'ON_HOLD', 'other'],
    ['in_transit', 'awaiting_information', 'ON_HOLD', 'shipper'],
    ['failure', 'lost', 'LOST', 'carrier'],
    ['failure', 'damaged', 'EXCEPTION', 'carrier'],
    ['failure', 'refused', 'DELIVERY_FAILED', 'consignee'],
    ['failure', 'delivery_exception', 'DELIVERY_FAILED', 'consignee'],
    ['in_transit', 'return', 'RETURNING', 'other'],
    ['unknown', 'expired', 'EXPIRED', 'other'],
    ['error', 'cancelled', 'CANCELLED', 'shipper'],
  ] as const)('%s with %s is %s, reason %s', (status, detail, milestone, reason) => {
    expect(milestoneOf(code(status, detail), TODAY)).toEqual({ milestone, detail, reason });
  });
  it('a delivery stays a delivery, whatever its detail', () => {
    for (const detail of ['arrived_at_destination', 'delayed', 'status_update', 'something_new'])
      expect(milestoneOf(code('delivered', detail), TODAY).milestone).toBe('DELIVERED');
  });
  it('a status that is new to us is unknown, never guessed', () => {
    expect(milestoneOf(code('teleported'), TODAY)).toEqual({ milestone: 'UNKNOWN', reason: 'code-not-mapped' });
  });
  it('a row counts on its days, the first and the last of them too', () => {
    const [row] = MAPPING.filter(({ status }) => status.includes('delivered'));
    const rows = [{ ...(row as (typeof MAPPING)[number]), validFrom: '2024-03-01', validTo: '2024-03-31' }];
    const on = (day?: string) => milestoneOf(code('delivered'), day, rows).milestone;
    expect(['2024-02-29', '2024-03-01', '2024-03-31', '2024-04-01', undefined].map(on)).toEqual([
      ...['UNKNOWN', 'DELIVERED', 'DELIVERED', 'UNKNOWN', 'UNKNOWN'],
    ]);
  });
  it('every row says since when, who and from what', () => {
    for (const row of MAPPING)
      expect([row.validFrom, row.author, row.example].every((part) => part.length > 3)).toBe(true);
  });
  it('a raw code can be read again', () => {
    for (const raw of [code('in_transit', 'held'), code('failure'), { ...code('in_transit', 'x'), carrierCode: 'A/B' }])
      expect(readRawCode(rawCodeOf(raw), 'UPS')).toEqual(raw);
  });
});

describe('scans of a tracker', () => {
  it('keep raw code, text, place and time', () => {
    expect(translated(anEvent()).events).toEqual([
      {
        milestone: 'IN_TRANSIT',
        detail: 'departed_facility',
        classifier: 'ACT',
        occurredAt: '2026-03-03T09:30:00.000Z',
        offsetKnown: true,
        location: 'LEEDS, LS1 1UR, GB',
        rawCode: 'in_transit/departed_facility/DP',
        rawText: 'Departed facility',
      },
    ]);
  });
  it('are picked up where the carrier has a code of its own for it', () => {
    const details = [aDetail({ message: 'Picked up', status_detail: 'arrived_at_facility', carrier_code: 'PU' })];
    expect(scansOf({ tracking_details: details })[0]).toMatchObject({ milestone: 'PICKED_UP' });
  });
  it('are told in UTC when they carry another offset', () => {
    const [scan] = translated(
      anEvent(aTracker({ tracking_details: [aDetail({ datetime: '2026-03-03T09:30:00-05:00' })] })),
    ).events;
    expect(scan).toMatchObject({ occurredAt: '2026-03-03T14:30:00.000Z', offsetKnown: true });
  });
  it.each([
    [
      'without a place, so EasyPost can not know the time zone',
      { tracking_location: NOWHERE },
      '2026-03-03T09:30:00.000Z',
    ],
    ['with a local time', { datetime: '2026-03-03T09:30:00' }, '2026-03-03T09:30:00.000Z'],
    ['with a day only', { datetime: '2026-03-03' }, '2026-03-03T00:00:00.000Z'],
    ["without any time: the tracker's own counts", { datetime: null }, '2026-03-02T12:00:00.000Z'],
  ] as const)('%s do not claim a known offset', (_, detail, occurredAt) => {
    const [scan] = translated(anEvent(aTracker({ tracking_details: [aDetail(detail)] }))).events;
    expect(scan).toMatchObject({ occurredAt, offsetKnown: false });
  });
  it('may lack everything that the documentation calls optional', () => {
    const bare = { object: 'TrackingDetail', status: 'pre_transit', datetime: '2026-03-03T09:30:00Z' };
    expect(scansOf({ status: 'pre_transit', status_detail: undefined, tracking_details: [bare] })).toEqual([
      { milestone: 'PRE_TRANSIT', rawCode: 'pre_transit/-', classifier: 'ACT' },
    ]);
  });
  it('that we can not map keep their raw text', () => {
    const details = [aDetail({ status: 'teleported', status_detail: 'beamed', message: 'Beamed up' })];
    expect(translated(anEvent(aTracker({ tracking_details: details }))).events[0]).toMatchObject({
      milestone: 'UNKNOWN',
      reason: 'code-not-mapped',
      rawCode: 'teleported/beamed/DP',
      rawText: 'Beamed up',
    });
  });
});

describe("the tracker's own status", () => {
  it('is an event of its own when no scan says it, at the time of the newest scan', () => {
    const told = translated(anEvent(aTracker({ status: 'delivered', status_detail: 'arrived_at_destination' }))).events;
    expect(told[1]).toMatchObject({
      milestone: 'DELIVERED',
      occurredAt: '2026-03-03T09:30:00.000Z',
      rawCode: 'delivered/arrived_at_destination',
    });
  });
  it('is the same event when it is told again later', () => {
    const told = (updated_at: string) =>
      translated(anEvent(aTracker({ status: 'failure', status_detail: 'failure', updated_at }))).events;
    expect(told('2026-03-03T10:00:00Z')).toEqual(told('2026-03-05T10:00:00Z'));
  });
  it('is all there is for a tracker without scans', () => {
    expect(scansOf({ status: 'pre_transit', tracking_details: [] })).toMatchObject([{ milestone: 'PRE_TRANSIT' }]);
    expect(scansOf({ status: 'unknown', status_detail: 'unknown', tracking_details: [] })).toEqual([]);
  });
});

describe('an estimated delivery', () => {
  it('is an estimate', () => {
    expect(scansOf({ est_delivery_date: '2026-03-05T00:00:00Z' })[1]).toEqual({
      milestone: 'DELIVERED',
      classifier: 'EST',
      rawCode: 'est_delivery_date',
    });
  });
});

describe('a correction', () => {
  it('is told when the tracker was delivered before and is not now', () => {
    const told = translated(anEvent(aTracker(), { previous_attributes: { status: 'delivered' } })).events;
    expect(told.at(-1)).toMatchObject({
      milestone: 'IN_TRANSIT',
      voids: 'DELIVERED',
      occurredAt: '2026-03-03T09:31:00.000Z',
    });
  });
  it('is none when the status went on as it should', () => {
    for (const status of ['pre_transit', 'unknown', 'out_for_delivery', 'failure'])
      expect(
        translated(anEvent(aTracker(), { previous_attributes: { status } })).events.some(({ voids }) => voids),
      ).toBe(false);
    expect(
      translated(
        anEvent(aTracker({ status: 'delivered' }), { previous_attributes: { status: 'delivered' } }),
      ).events.some(({ voids }) => voids),
    ).toBe(false);
  });
});

describe('a body that is no tracker event', () => {
  it('about something else is left alone', () => {
    expect(easypostTracking(anEvent({ object: 'Batch' }, { description: 'batch.updated' }), 'd')).toEqual({
      kind: 'other',
      about: 'batch.updated',
    });
  });
  it.each([
    ['a list', [], ''],
    ['nothing', null, ''],
    ['a bare tracker', aTracker(), 'object'],
    ['no tracker', anEvent(null), 'result'],
    ['no tracking code', anEvent(aTracker({ tracking_code: null })), 'result.tracking_code'],
    ['a tracking code with a line break', anEvent(aTracker({ tracking_code: 'EZ\n1' })), 'result.tracking_code'],
    ['a tracking code without end', anEvent(aTracker({ tracking_code: 'E'.repeat(65) })), 'result.tracking_code'],
    ['no time at all', anEvent(aTracker({ created_at: 'soon' }), { created_at: null }), 'result.created_at'],
    ['scans that are no list', anEvent(aTracker({ tracking_details: 'none' })), 'result.tracking_details'],
    ['scans that are no objects', anEvent(aTracker({ tracking_details: [LEEDS, 7] })), 'result.tracking_details'],
  ])('%s is refused with the field', (_, event, field) => {
    expect(easypostTracking(event, 'd')).toMatchObject({ kind: 'broken', field });
  });
});
