import { input, scenario } from '@crossdock/testing';
import {
  caseRef,
  IngestTracking,
  MilestoneReached,
  TakeTracking,
  TrackPackage,
  type TrackingEventData,
} from '@crossdock/contracts';
import { tracking } from './decide.js';
import { trackerRef } from './tracker.js';
import { aCorrection, aScan, atHour, aTrackPackage, someTracking } from './shipments.builders.js';

/** A sentence and the scenario that proves it. */
const it = (sentence: string, run: () => unknown): void => test(sentence, () => void run());

const T = 'T1';
const on = trackerRef(T);
const unknown = caseRef(on, 'tracking-unknown');
const linked = () =>
  scenario(tracking).given(input(TrackPackage, aTrackPackage(T), { correlationId: 'order-call', batchId: 'day-1' }));
const told = (...events: TrackingEventData[]) => input(IngestTracking, someTracking(T, ...events));

describe('a package that a carrier reports', () => {
  it('reaches each milestone once', () =>
    linked()
      .when(told(aScan('PRE_TRANSIT', 0), aScan('IN_TRANSIT', 1), aScan('IN_TRANSIT', 2), aScan('IN_TRANSIT', 3)))
      .thenSays(
        MilestoneReached,
        { milestone: 'PRE_TRANSIT', current: false, mappingVersion: 'easypost-1' },
        { milestone: 'IN_TRANSIT', current: true, occurredAt: atHour(1) },
      )
      .thenAnswers({ known: true, milestone: 'IN_TRANSIT', asOf: atHour(3), taken: 4 }));
  it('reaches it once, whether a webhook told of it or a partner’s document', () => {
    const scan = aScan('IN_TRANSIT', 1);
    linked()
      .when(input(TakeTracking, someTracking(T, scan)))
      .thenSays(MilestoneReached, { milestone: 'IN_TRANSIT', current: true })
      .when(told(scan))
      .thenIgnores('already-known');
  });
  it('says nothing new when the whole history is sent again', () => {
    const history = [aScan('PRE_TRANSIT', 0), aScan('IN_TRANSIT', 1)];
    linked()
      .given(told(...history))
      .when(told(...history))
      .thenIgnores('already-known');
  });
  it('says only what is new of a history that has grown', () => {
    const history = [aScan('PRE_TRANSIT', 0), aScan('IN_TRANSIT', 1)];
    linked()
      .given(told(...history))
      .when(told(...history, aScan('OUT_FOR_DELIVERY', 4)))
      .thenSays(MilestoneReached, { milestone: 'OUT_FOR_DELIVERY', current: true });
  });
  it('keeps raw code, place and the time as the carrier told them', () =>
    linked()
      .when(
        told(
          aScan('IN_TRANSIT', 1, {
            rawCode: 'in_transit/departed_facility/DP',
            location: 'KENLY, NC',
            offsetKnown: false,
          }),
        ),
      )
      .thenSays(MilestoneReached, {
        rawCode: 'in_transit/departed_facility/DP',
        location: 'KENLY, NC',
        offsetKnown: false,
      }));
  it('says the scan that comes late, and not the known one again, when that becomes the second of its milestone', () =>
    linked()
      .given(told(aScan('IN_TRANSIT', 3)))
      .when(told(aScan('IN_TRANSIT', 1), aScan('DELAYED', 2)))
      .thenSays(
        MilestoneReached,
        { milestone: 'IN_TRANSIT', occurredAt: atHour(1), current: false },
        { milestone: 'DELAYED', occurredAt: atHour(2), current: false },
      ));
  it('is on its way again after a trouble, and in a new trouble after that', () =>
    linked()
      .given(told(aScan('IN_TRANSIT', 1), aScan('DELAYED', 2)))
      .when(told(aScan('IN_TRANSIT', 3), aScan('DELAYED', 4)))
      .thenSays(MilestoneReached, { milestone: 'IN_TRANSIT' }, { milestone: 'DELAYED', current: true }));
});

describe('a package that is delivered', () => {
  const delivered = () =>
    linked().given(told(aScan('IN_TRANSIT', 1), aScan('OUT_FOR_DELIVERY', 5), aScan('DELIVERED', 8)));
  it('stays delivered when an older scan arrives late; the scan stands in the timeline', () => {
    const late = delivered()
      .when(told(aScan('IN_TRANSIT', 3)))
      .thenAccepts()
      .thenNever(MilestoneReached);
    late.thenAnswers({ milestone: 'DELIVERED', asOf: atHour(8), taken: 1 });
    expect(late.state<{ scans: readonly unknown[] }>(on).scans).toHaveLength(4);
  });
  it('stays delivered when a scan of a later time says otherwise', () =>
    delivered()
      .when(told(aScan('OUT_FOR_DELIVERY', 20)))
      .thenNever(MilestoneReached)
      .thenAnswers({ milestone: 'DELIVERED' }));
  it('stays delivered when the carrier is late with a milestone that was never told', () =>
    delivered()
      .when(told(aScan('PICKED_UP', 0)))
      .thenSays(MilestoneReached, { milestone: 'PICKED_UP', current: false }));
  it('is under way again when the carrier takes the delivery back, and delivered again later', () => {
    const corrected = delivered()
      .when(told(aCorrection('DELIVERED', 'IN_TRANSIT', 9)))
      .thenSays(MilestoneReached, { voids: 'DELIVERED', milestone: 'IN_TRANSIT', current: true })
      .thenAnswers({ milestone: 'IN_TRANSIT' });
    corrected
      .when(told(aScan('DELIVERED', 30)))
      .thenSays(MilestoneReached, { milestone: 'DELIVERED', current: true, occurredAt: atHour(30) });
  });
  it('is not delivered by an old copy that comes after its correction', () =>
    linked()
      .given(told(aScan('IN_TRANSIT', 1), aCorrection('DELIVERED', 'IN_TRANSIT', 9)))
      .when(told(aScan('DELIVERED', 8)))
      .thenNever(MilestoneReached)
      .thenAnswers({ milestone: 'IN_TRANSIT' }));
});

describe('what a carrier only estimates', () => {
  it('is kept, but is no milestone', () =>
    linked()
      .when(told(aScan('IN_TRANSIT', 1), aScan('DELIVERED', 40, { classifier: 'EST' })))
      .thenSays(MilestoneReached, { milestone: 'IN_TRANSIT', current: true }));
});

describe('a tracking number that no shipment has', () => {
  it('is kept as a case, and answered as taken', () =>
    scenario(tracking)
      .when(told(aScan('IN_TRANSIT', 1)))
      .thenNever(MilestoneReached)
      .thenAnswers({ known: false, milestone: 'IN_TRANSIT', taken: 1 })
      .thenState(unknown, { status: 'open', times: 1 }));
  it('is one case, however much is reported', () =>
    scenario(tracking)
      .given(told(aScan('IN_TRANSIT', 1)), told(aScan('DELIVERED', 2)))
      .thenState(unknown, { times: 1 }));
  it('is told to its shipment once that is known, and the case ends', () =>
    scenario(tracking)
      .given(told(aScan('IN_TRANSIT', 1)), told(aScan('DELIVERED', 2)))
      .when(input(TrackPackage, aTrackPackage(T)))
      .thenSays(
        MilestoneReached,
        { milestone: 'IN_TRANSIT', current: false },
        { milestone: 'DELIVERED', current: true },
      )
      .thenState(unknown, { status: 'resolved' })
      .when(told(aScan('IN_TRANSIT', 1), aScan('DELIVERED', 2)))
      .thenIgnores('already-known'));
  it('is linked once, however often that is said', () =>
    linked()
      .when(input(TrackPackage, aTrackPackage(T), { id: 'again' }))
      .thenIgnores('already-known'));
});

describe('a package with goods of two orders', () => {
  const other = aTrackPackage(T, 'D9', { orderId: 'o-2', account: '13047', fulfilmentId: 'f-2' });
  it('tells both shipments', () =>
    linked()
      .given(input(TrackPackage, other))
      .when(told(aScan('DELIVERED', 8)))
      .thenSays(
        MilestoneReached,
        { orderId: 'o-536365' },
        { orderId: 'o-2', account: '13047', milestone: 'DELIVERED' },
      ));
  it('tells the one that comes later all that was reached, and only that one', () =>
    linked()
      .given(told(aScan('IN_TRANSIT', 1), aScan('DELIVERED', 8)))
      .when(input(TrackPackage, other))
      .thenSays(
        MilestoneReached,
        { orderId: 'o-2', milestone: 'IN_TRANSIT' },
        { orderId: 'o-2', milestone: 'DELIVERED' },
      ));
});

describe('a tracking number that a carrier gives out again', () => {
  const next = (at: string) => input(TrackPackage, aTrackPackage(T, 'D9', { fulfilmentId: 'f-2' }), { at });
  it('begins a new story: the old delivery is not the new one', () =>
    linked()
      .given(told(aScan('DELIVERED', 8)))
      .when(next('2026-09-01T00:00:00.000Z'))
      .thenNever(MilestoneReached)
      .thenState(on, { links: [{ fulfilmentId: 'f-2' }], scans: [] }));
});

describe('a code that we can not map', () => {
  const notMapped = caseRef(on, 'code-not-mapped');
  const strange = aScan('UNKNOWN', 2, { rawCode: 'teleported/-', rawText: 'Beamed up', reason: 'code-not-mapped' });
  it('is a case with the raw code and text; the status is not guessed', () =>
    linked()
      .when(told(aScan('IN_TRANSIT', 1), strange))
      .thenSays(MilestoneReached, { milestone: 'IN_TRANSIT', current: true })
      .thenState(notMapped, { status: 'open', keys: [`trackingNo:${T}`, 'code:FedEx/teleported/-'] }));
  it('is a milestone once it is mapped, and the case ends', () =>
    linked()
      .given(told(strange))
      .when(
        input(IngestTracking, {
          ...someTracking(T, { ...strange, milestone: 'OUT_FOR_DELIVERY', reason: 'carrier' }),
          mappingVersion: 'easypost-2',
        }),
      )
      .thenSays(MilestoneReached, { milestone: 'OUT_FOR_DELIVERY', current: true })
      .thenState(notMapped, { status: 'resolved' }));
  it('is no case when the carrier itself says that it knows nothing', () =>
    linked()
      .when(told(aScan('UNKNOWN', 1)))
      .thenNever(MilestoneReached)
      .thenState(notMapped, { status: 'none' }));
});
