import { input, scenario } from '@crossdock/testing';
import { IngestTracking, TrackPackage } from '@crossdock/contracts';
import { tracking } from '../domain/decide.js';
import { aPackage, aScan, atHour, aTrackPackage, shipmentOf, someTracking } from '../domain/shipments.builders.js';
import { trackerRef, type TrackerState } from '../domain/tracker.js';
import { shipmentView, trackingView, type Freshness } from './views.js';

type Known = Exclude<TrackerState, { status: 'none' }>;
const HEARD = '2026-03-03T12:00:00.000Z';
const hoursLater = (hours: number): Freshness => ({
  nowMs: Date.parse(HEARD) + hours * 3_600_000,
  staleAfterMs: 24 * 3_600_000,
});
const tracker = (trackingNo: string, ...scans: Parameters<typeof aScan>[]): Known =>
  scenario(tracking)
    .given(input(TrackPackage, aTrackPackage(trackingNo), { at: '2026-03-02T12:00:00.000Z' }))
    .given(input(IngestTracking, someTracking(trackingNo, ...scans.map((scan) => aScan(...scan))), { at: HEARD }))
    .state<Known>(trackerRef(trackingNo));

describe('the last known milestone', () => {
  const underWay = tracker('T1', ['PRE_TRANSIT', 0], ['IN_TRANSIT', 5], ['DELIVERED', 60, { classifier: 'EST' }]);
  it('is told with its time, and with when we heard of it', () => {
    expect(trackingView(underWay, hoursLater(1))).toMatchObject({
      trackingNo: 'T1',
      known: true,
      milestone: 'IN_TRANSIT',
      asOf: atHour(5),
      heardAt: HEARD,
      degraded: false,
      estimatedDelivery: atHour(60),
    });
  });
  it('is told all the same while the carrier is silent, and marked as degraded', () => {
    expect(trackingView(underWay, hoursLater(25))).toMatchObject({
      milestone: 'IN_TRANSIT',
      asOf: atHour(5),
      degraded: true,
    });
  });
  it('of a delivered package never goes stale', () => {
    expect(trackingView(tracker('T1', ['DELIVERED', 8]), hoursLater(9_000)).degraded).toBe(false);
  });
  it('stands above a timeline in event order, with source and time of receipt', () => {
    const { timeline } = trackingView(tracker('T1', ['DELIVERED', 8], ['IN_TRANSIT', 5]), hoursLater(1));
    expect(timeline.map(({ milestone, source, receivedAt }) => ({ milestone, source, receivedAt }))).toEqual([
      { milestone: 'IN_TRANSIT', source: 'easypost-webhook', receivedAt: HEARD },
      { milestone: 'DELIVERED', source: 'easypost-webhook', receivedAt: HEARD },
    ]);
  });
});

describe('a shipment with one line in three packages', () => {
  const packages = [aPackage('T1', [1, 2]), aPackage('T2', [1, 3], [2, 1]), aPackage('T3', [1, 4])];
  const shipment = {
    status: 'in-transit' as const,
    shipmentId: shipmentOf('D1'),
    fulfilmentId: 'f-1',
    documentNo: 'D1',
    orderId: 'o-1',
    orderNo: '536365',
    account: '17850',
    node: 'LEICESTER',
    dispatchedAt: '2026-03-02T12:00:00.000Z',
    parcels: [],
  };
  const lines = [
    { lineNo: 1, item: 'A', quantity: 9 },
    { lineNo: 2, item: 'B', quantity: 1 },
  ];
  const trackers = new Map([
    ['T1', tracker('T1', ['DELIVERED', 8])],
    ['T2', tracker('T2', ['IN_TRANSIT', 8])],
  ]);
  const view = shipmentView(shipment, { shipmentId: shipment.shipmentId, packages, lines }, trackers, hoursLater(1));
  it('tells how much of each line has arrived', () => {
    expect(view.lines).toEqual([
      { lineNo: 1, item: 'A', quantity: 9, delivered: 2 },
      { lineNo: 2, item: 'B', quantity: 1, delivered: 0 },
    ]);
  });
  it('tells where each package is, and that nothing was heard of one for a day', () => {
    expect(view.packages.map(({ trackingNo, milestone, degraded }) => [trackingNo, milestone, degraded])).toEqual([
      ['T1', 'DELIVERED', false],
      ['T2', 'IN_TRANSIT', false],
      ['T3', null, true],
    ]);
    expect(view.degraded).toBe(true);
  });
});
