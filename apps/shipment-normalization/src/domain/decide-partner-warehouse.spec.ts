import fc from 'fast-check';
import { input, scenario } from '@crossdock/testing';
import {
  caseRef,
  FulfilmentRequested,
  FulfilmentStepDue,
  OrderReleased,
  PickConfirmed,
  RecordIssue,
  RecordPick,
  RequestFulfilment,
  ResubmitFulfilment,
  SendWarehouseOrder,
  ShipmentDispatched,
  ShippingAdviceAnswered,
  TakeShippingAdvice,
  TrackPackage,
  WarehouseOrderAnswered,
  WarehousePartnerChanged,
  type AdvisedPackage,
  type TakeShippingAdviceData,
  type Validity,
  type WarehouseOrderAnsweredData,
} from '@crossdock/contracts';
import { fulfilment } from './decide.js';
import { subjectOf } from './decide-warehouse.js';
import { fulfilmentRef, type FulfilmentState } from './fulfilment.js';
import { aFulfilment, anOrderReleased, FULFILMENT_ID } from './shipments.builders.js';
import { warehousePartners, warehousePartnerRef } from './warehouse-partner.js';

/** A sentence and the scenario that proves it. */
const it = (sentence: string, run: () => unknown): void => test(sentence, () => void run());

const { node: NODE } = aFulfilment;
const on = fulfilmentRef(FULFILMENT_ID);
const runBy = (partner: string, periods: Validity[] = [{}], profileVersion = 1, savedAt = '2026-01-01T00:00:00.000Z') =>
  input(WarehousePartnerChanged, { node: NODE, partner, profileVersion, savedAt, periods });
/** Fulfilment orders, decided on what is known of who runs the node. */
const known = (...told: ReturnType<typeof runBy>[]) => {
  const heard = scenario(warehousePartners).given(...told);
  return scenario(fulfilment).knowing(warehousePartnerRef(NODE), heard.state(warehousePartnerRef(NODE)));
};
const release = (...quantities: number[]) =>
  input(OrderReleased, { ...anOrderReleased(...quantities), customerPo: 'PO-7' });
const released = (...quantities: number[]) => known(runBy('LOGIS')).given(release(...quantities));
const answer = (more: Partial<WarehouseOrderAnsweredData> = {}) =>
  input(WarehouseOrderAnswered, {
    ...aFulfilment,
    partner: 'LOGIS',
    attempt: 1,
    outcome: 'done',
    wmsRef: 'N1',
    ...more,
  });

const aCarton = (
  trackingNo: string,
  ...contents: readonly (readonly [item: string, quantity: number])[]
): AdvisedPackage => ({
  trackingNo,
  carrier: 'UPSN',
  contents: contents.map(([item, quantity], place) => ({ place, item, quantity })),
});
const advice = (more: Partial<TakeShippingAdviceData> = {}, id = 'advice') =>
  input(
    TakeShippingAdvice,
    {
      ...aFulfilment,
      ...{
        documentNo: 'LOGIS/SHP-1',
        occurredAt: '2026-03-05T10:00:00.000Z',
        channel: 'partner-LOGIS',
        sourceId: 'D9',
      },
      packages: [aCarton('T1', ['ITEM-1', 10])],
      short: [],
      ...more,
    },
    { id },
  );
const lines = (scene: ReturnType<typeof known>) =>
  (scene.state<FulfilmentState>(on) as Exclude<FulfilmentState, { status: 'none' }>).lines.map(
    ({ picked, short, shipped }) => [picked, short, shipped],
  );
const refusedFor = (scene: ReturnType<typeof known>) =>
  scene
    .said(ShippingAdviceAnswered)
    .flatMap(({ outcome, refusals }) => refusals.map(({ reason, field }) => [outcome, reason, field]));

describe('a fulfilment order for a node that a partner runs', () => {
  it('goes to the partner and not to the WMS', () =>
    known(runBy('LOGIS'))
      .when(release(4, 6))
      .thenNever(RequestFulfilment)
      .thenSays(SendWarehouseOrder, {
        ...{ partner: 'LOGIS', attempt: 1, orderNo: '536365', customerPo: 'PO-7', node: NODE },
        lines: [
          { lineNo: 1, item: 'ITEM-1', quantity: 4 },
          { lineNo: 2, item: 'ITEM-2', quantity: 6 },
        ],
      })
      .thenSays(FulfilmentStepDue, { step: 'pick' })
      .thenState(on, { status: 'submitted', partner: 'LOGIS', requests: 1 }));
  it('goes to the WMS on a day on which the partner does not run it', () =>
    known(runBy('LOGIS', [{ validTo: '2026-03-01' }, { validFrom: '2026-03-03' }]))
      .when(release())
      .thenSays(RequestFulfilment)
      .thenNever(SendWarehouseOrder));
  it('goes to the one of two partners that was agreed with last', () =>
    known(runBy('OLD', [{}], 9), runBy('NEW', [{}], 1, '2026-02-01T00:00:00.000Z'))
      .when(release())
      .thenSays(SendWarehouseOrder, { partner: 'NEW' }));
  it('goes to the WMS again once the partner runs it no more, whatever older news comes afterwards', () => {
    const scene = scenario(warehousePartners).given(runBy('LOGIS'), runBy('LOGIS', [], 3));
    scene.when(runBy('LOGIS', [{ validFrom: '2026-02-02' }], 2)).thenIgnores('old-version');
    known(runBy('LOGIS'), runBy('LOGIS', [], 3))
      .when(release())
      .thenSays(RequestFulfilment);
  });
  it('is accepted once the partner has it', () =>
    released()
      .when(answer())
      .thenSays(FulfilmentRequested, { wmsRef: 'N1' })
      .thenState(on, { status: 'accepted', wmsRef: 'N1' }));
  it('that the partner refuses is a case, and can be asked for again, then of whoever runs it', () =>
    released()
      .given(answer())
      .when(answer({ outcome: 'refused', text: '824: rejected' }))
      .thenState(on, { status: 'rejected' })
      .thenState(caseRef(subjectOf(FULFILMENT_ID), 'wms-refused'), { status: 'open', text: 'LOGIS: 824: rejected' })
      .when(input(ResubmitFulfilment, aFulfilment))
      .thenSays(SendWarehouseOrder, { attempt: 2 })
      .thenState(on, { status: 'submitted', requests: 2 })
      // What is said of the first request means nothing any more.
      .when(answer())
      .thenIgnores('old-version')
      .when(answer({ attempt: 2 }))
      .thenState(caseRef(subjectOf(FULFILMENT_ID), 'wms-refused'), { status: 'resolved' })
      .thenState(on, { status: 'accepted' }));
  it('is not refused any more once the partner has shipped of it', () =>
    released()
      .given(advice())
      .when(answer({ outcome: 'refused' }))
      .thenIgnores('nothing-to-do'));
});

describe('a shipping advice', () => {
  it('is a pick and a dispatch in one', () =>
    released(10)
      .when(advice({ packages: [{ ...aCarton('T1', ['ITEM-1', 10]), sscc: '001234500000000248' }] }))
      .thenSays(PickConfirmed, { documentNo: 'LOGIS/SHP-1', lines: [{ lineNo: 1, picked: 10, short: 0 }] })
      .thenSays(RecordPick, { lines: [{ quantity: 10, short: 0 }] })
      .thenSays(ShipmentDispatched, { packages: [{ trackingNo: 'T1', sscc: '001234500000000248' }] })
      .thenSays(RecordIssue, { lines: [{ lineNo: 1, item: 'ITEM-1', quantity: 10 }] })
      .thenSays(TrackPackage, { trackingNo: 'T1', carrier: 'UPSN' })
      .thenSays(ShippingAdviceAnswered, { sourceId: 'D9', outcome: 'done', refusals: [] })
      .thenState(on, { status: 'shipped' }));
  it('may tell what was short, and by agreement that nothing follows', () => {
    const told = released(10, 5).when(
      advice({ packages: [aCarton('T1', ['ITEM-1', 7])], short: [{ place: 0, item: 'ITEM-1', quantity: 3 }] }),
    );
    told.thenSays(FulfilmentStepDue, { step: 'delivery' }, { step: 'dispatch' });
    expect(lines(told)).toEqual([
      [7, 3, 7],
      [0, 0, 0],
    ]);
    const all = released(10, 5).when(advice({ packages: [aCarton('T1', ['ITEM-1', 7])], complete: true }));
    expect(lines(all)).toEqual([
      [7, 3, 7],
      [0, 5, 0],
    ]);
    all.thenState(on, { status: 'shipped' });
  });
  it('of which nothing left closes what was short', () =>
    released(10)
      .when(advice({ packages: [], complete: true }))
      .thenSays(PickConfirmed, { lines: [{ picked: 0, short: 10 }] })
      .thenNever(ShipmentDispatched)
      .thenState(on, { status: 'closed' }));
  it('fills several lines of one item, the one that it names first, and keeps lots and serial numbers', () => {
    const scene = known(runBy('LOGIS')).given(
      input(OrderReleased, {
        ...anOrderReleased(2, 3),
        lines: [
          { lineNo: 1, item: 'ITEM-1', quantity: 2 },
          { lineNo: 2, item: 'ITEM-1', quantity: 3 },
        ],
      }),
    );
    const content = { place: 0, item: 'ITEM-1', lineNo: 2, quantity: 4, lot: 'L1', serials: ['a', 'b', 'c', 'd'] };
    scene.when(advice({ packages: [{ trackingNo: 'T1', carrier: 'UPSN', contents: [content] }] }));
    expect(scene.said(ShipmentDispatched)[0]?.packages[0]?.contents).toEqual([
      { lineNo: 2, quantity: 3, lot: 'L1', serials: ['a', 'b', 'c'] },
      { lineNo: 1, quantity: 1, lot: 'L1', serials: ['d'] },
    ]);
  });
  it('is booked once: the same again is answered, another content under its number is refused', () => {
    const scene = released(10).given(advice());
    scene
      .when(advice({ sourceId: 'D10' }, 'again'))
      .thenNever(ShipmentDispatched)
      .thenSays(ShippingAdviceAnswered, { sourceId: 'D10', outcome: 'done' });
    expect(refusedFor(scene.when(advice({ packages: [aCarton('T1', ['ITEM-1', 9])] }, 'other')))).toEqual([
      ['refused', 'document-changed', 'number'],
    ]);
  });
  it('that can not be right changes nothing at all, and names line and rule', () => {
    const wrong = advice({ packages: [aCarton('T1', ['ITEM-1', 4], ['ITEM-1', 7], ['ITEM-9', 1])] });
    const scene = released(10).when(wrong);
    expect(refusedFor(scene)).toEqual([
      ['refused', 'pick-above-release', 'lines[1].quantity'],
      ['refused', 'line-unknown', 'lines[2].item'],
    ]);
    scene.thenNever(PickConfirmed).thenNever(RecordPick);
    expect(lines(scene)).toEqual([[0, 0, 0]]);
  });
  it('of nothing is refused, and so is one of an order that nobody knows', () => {
    expect(refusedFor(released(10).when(advice({ packages: [] })))).toEqual([
      ['refused', 'quantity-not-positive', 'lines'],
    ]);
    expect(refusedFor(known().when(advice()))).toEqual([['refused', 'fulfilment-unknown', 'depositorOrder']]);
  });
});

describe('whatever advices come, repeated and in any order', () => {
  it('no line is picked, short or shipped beyond its release, and each advice is booked whole or not at all', () => {
    const row = fc.tuple(fc.constantFrom('ITEM-1', 'ITEM-2', 'ITEM-9'), fc.integer({ min: 0, max: 6 }));
    const rows = fc.array(row, { maxLength: 3 });
    const anAdvice = fc.record({
      number: fc.integer({ min: 1, max: 4 }),
      left: rows,
      lost: rows,
      complete: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(anAdvice, { maxLength: 6 }), (told) => {
        const scene = released(10, 5);
        told.forEach(({ number, left, lost, complete }, at) => {
          const before = lines(scene);
          const short = lost.map(([item, quantity], place) => ({ place, item, quantity }));
          const packages = left.length > 0 ? [aCarton(`T${number}`, ...left)] : [];
          const documentNo = `LOGIS/SHP-${number}`;
          scene.when(advice({ documentNo, packages, short, ...(complete ? { complete } : {}) }, `advice-${at}`));
          const [answered] = scene.said(ShippingAdviceAnswered);
          const isBooked = scene.said(PickConfirmed).length > 0;
          expect(answered).toBeDefined();
          if (answered?.outcome === 'refused' || !isBooked) expect(lines(scene)).toEqual(before);
          const sent = left.reduce((sum, [, quantity]) => sum + quantity, 0);
          const gone = lines(scene).reduce((sum, [, , shipped = 0], nth) => sum + shipped - (before[nth]?.[2] ?? 0), 0);
          if (isBooked) expect(gone).toBe(sent);
        });
        lines(scene).forEach(([picked = 0, short = 0, shipped = 0], nth) => {
          expect(picked + short).toBeLessThanOrEqual([10, 5][nth] ?? 0);
          expect(shipped).toBe(picked);
        });
      }),
    );
  });
});
