import { input, scenario } from '@crossdock/testing';
import {
  caseRef,
  ConfirmDispatch,
  ConfirmPick,
  FulfilmentRequested,
  FulfilmentStepDue,
  OrderReleased,
  PickConfirmed,
  RecordIssue,
  RecordPick,
  RequestFulfilment,
  ResubmitFulfilment,
  ShipmentDispatched,
  TrackPackage,
  WmsAnswer,
} from '@crossdock/contracts';
import { fulfilment } from './decide.js';
import { subjectOf } from './decide-warehouse.js';
import { fulfilmentRef } from './fulfilment.js';
import { manifestRef, shipmentRef } from './shipment.js';
import {
  aDispatch,
  aFulfilment,
  anOrderReleased,
  aPackage,
  aPick,
  aWmsAnswer,
  FULFILMENT_ID,
  shipmentOf,
} from './shipments.builders.js';

/** A sentence and the scenario that proves it. */
const it = (sentence: string, run: () => unknown): void => test(sentence, () => void run());

const on = fulfilmentRef(FULFILMENT_ID);
const released = (...quantities: number[]) =>
  scenario(fulfilment).given(
    input(OrderReleased, anOrderReleased(...quantities), { batchId: 'day-1', correlationId: 'order-call' }),
  );
const picked = (...quantities: number[]) =>
  released(...quantities).given(
    input(ConfirmPick, aPick('P1', ...quantities.map((quantity) => [quantity, 0] as const))),
  );

describe('a fulfilment order that is released', () => {
  it('asks the warehouse to pick and ship it, and watches the time', () =>
    scenario(fulfilment)
      .when(input(OrderReleased, anOrderReleased(4, 6)))
      .thenSays(RequestFulfilment, {
        orderNo: '536365',
        lines: [
          { lineNo: 1, quantity: 4 },
          { lineNo: 2, quantity: 6 },
        ],
      })
      .thenSays(FulfilmentStepDue, { step: 'pick' })
      .thenState(on, { status: 'submitted' }));
  it('asks once, however often it is told', () =>
    released()
      .when(input(OrderReleased, anOrderReleased(), { id: 'again' }))
      .thenIgnores('already-known'));
  it('is requested once the warehouse has taken it', () =>
    released()
      .when(input(WmsAnswer, aWmsAnswer()))
      .thenSays(FulfilmentRequested, { fulfilmentId: FULFILMENT_ID, wmsRef: 'WMS-1' })
      .thenState(on, { status: 'accepted', wmsRef: 'WMS-1' }));
  it('is requested once, however often the warehouse answers', () =>
    released()
      .given(input(WmsAnswer, aWmsAnswer()))
      .when(input(WmsAnswer, aWmsAnswer(), { id: 'again' }))
      .thenIgnores('nothing-to-do'));
});

describe('a warehouse that does not take the request', () => {
  it('is a case while it is silent, and the case ends when it answers', () =>
    released()
      .given(input(WmsAnswer, aWmsAnswer('unanswered')))
      .thenState(caseRef(subjectOf(FULFILMENT_ID), 'wms-unanswered'), { status: 'open', batchId: 'day-1' })
      .when(input(WmsAnswer, aWmsAnswer()))
      .thenSays(FulfilmentRequested)
      .thenState(caseRef(subjectOf(FULFILMENT_ID), 'wms-unanswered'), { status: 'resolved' }));
  it('is a case with its words when it refuses, and can be asked again', () =>
    released()
      .given(input(WmsAnswer, aWmsAnswer('refused')))
      .thenState(on, { status: 'rejected' })
      .thenState(caseRef(subjectOf(FULFILMENT_ID), 'wms-refused'), { status: 'open', text: 'closed on Sundays' })
      .when(input(ResubmitFulfilment, aFulfilment))
      .thenSays(RequestFulfilment, { fulfilmentId: FULFILMENT_ID })
      .thenState(on, { status: 'submitted' })
      .when(input(WmsAnswer, aWmsAnswer()))
      .thenState(caseRef(subjectOf(FULFILMENT_ID), 'wms-refused'), { status: 'resolved' }));
  it('does not refuse what it already works on', () =>
    picked(10)
      .when(input(WmsAnswer, aWmsAnswer('refused')))
      .thenIgnores('nothing-to-do'));
  it('may answer after its pick: the number is still taken', () =>
    picked(10)
      .when(input(WmsAnswer, aWmsAnswer()))
      .thenSays(FulfilmentRequested)
      .thenState(on, { status: 'in-progress', wmsRef: 'WMS-1' }));
});

describe('a pick', () => {
  it('is told to orders and to stock', () =>
    released(4, 6)
      .when(input(ConfirmPick, aPick('P1', [4, 0], [6, 0])))
      .thenSays(PickConfirmed, {
        lines: [
          { lineNo: 1, item: 'ITEM-1', picked: 4, short: 0 },
          { lineNo: 2, picked: 6 },
        ],
      })
      .thenSays(RecordPick, { node: 'LEICESTER', lines: [{ lineNo: 1, quantity: 4, short: 0 }, { quantity: 6 }] })
      .thenAnswers({ documentNo: 'P1', status: 'in-progress' }));
  it('may be short: what was not found is told too', () =>
    released(10)
      .when(input(ConfirmPick, aPick('P1', [7, 3])))
      .thenSays(PickConfirmed, { lines: [{ picked: 7, short: 3 }] })
      .thenSays(RecordPick, { lines: [{ quantity: 7, short: 3 }] })
      .thenState(on, { lines: [{ released: 10, picked: 7, short: 3, shipped: 0 }] }));
  it('that found nothing at all closes the fulfilment order', () =>
    released(10)
      .when(input(ConfirmPick, aPick('P1', [0, 10])))
      .thenSays(PickConfirmed, { lines: [{ picked: 0, short: 10 }] })
      .thenState(on, { status: 'closed' }));
  it('may come in several waves', () =>
    released(10, 10)
      .given(input(ConfirmPick, aPick('P1', [6, 0])))
      .when(input(ConfirmPick, aPick('P2', [4, 0], [9, 1])))
      .thenSays(PickConfirmed, {
        documentNo: 'P2',
        lines: [
          { lineNo: 1, picked: 4 },
          { lineNo: 2, picked: 9, short: 1 },
        ],
      })
      // Waves of the same instant are told apart by their number.
      .thenSays(RecordPick, { documentNo: 'P2' }));
  it('of more than was asked is refused, by line', () =>
    released(10)
      .when(input(ConfirmPick, aPick('P1', [8, 3])))
      .thenRejects('pick-above-release')
      .thenNever(PickConfirmed));
  it('of a line that is not there is refused', () =>
    released(10)
      .when(input(ConfirmPick, aPick('P1', [1, 0], [1, 0])))
      .thenRejects('line-unknown'));
  it('of nothing is refused', () =>
    released(10)
      .when(input(ConfirmPick, aPick('P1', [0, 0])))
      .thenRejects('quantity-not-positive'));
  it('of an unknown fulfilment order is refused', () =>
    scenario(fulfilment)
      .when(input(ConfirmPick, aPick('P1', [1, 0])))
      .thenRejects('fulfilment-unknown'));
  it('that is sent again changes nothing', () =>
    released(10)
      .given(input(ConfirmPick, aPick('P1', [6, 0])))
      .when(input(ConfirmPick, { ...aPick('P1', [6, 0]), occurredAt: '2026-03-02T11:00:00.000Z' }, { id: 'again' }))
      .thenIgnores('document-repeated'));
  it('with the same number and other content is refused', () =>
    released(10)
      .given(input(ConfirmPick, aPick('P1', [6, 0])))
      .when(input(ConfirmPick, aPick('P1', [7, 0])))
      .thenRejects('document-changed'));
});

describe('a dispatch', () => {
  it('tells what really left, by line and package, to everyone and to stock, and tracks every package', () =>
    picked(4, 6)
      .when(input(ConfirmDispatch, aDispatch('D1', aPackage('T1', [1, 4], [2, 1]), aPackage('T2', [2, 5]))))
      .thenSays(ShipmentDispatched, {
        shipmentId: shipmentOf('D1'),
        orderNo: '536365',
        lines: [
          { lineNo: 1, item: 'ITEM-1', quantity: 4 },
          { lineNo: 2, item: 'ITEM-2', quantity: 6 },
        ],
        packages: [{ trackingNo: 'T1' }, { trackingNo: 'T2' }],
      })
      .thenSays(RecordIssue, { shipmentId: shipmentOf('D1'), lines: [{ quantity: 4 }, { quantity: 6 }] })
      .thenSays(TrackPackage, { trackingNo: 'T1', shipmentId: shipmentOf('D1') }, { trackingNo: 'T2' })
      .thenState(on, { status: 'shipped' })
      .thenState(shipmentRef(shipmentOf('D1')), { status: 'in-transit', batchId: 'day-1' }));
  it('adds up one line over three packages', () =>
    picked(9)
      .when(
        input(ConfirmDispatch, aDispatch('D1', aPackage('T1', [1, 2]), aPackage('T2', [1, 3]), aPackage('T3', [1, 4]))),
      )
      .thenSays(ShipmentDispatched, { lines: [{ lineNo: 1, quantity: 9 }] })
      .thenState(manifestRef(shipmentOf('D1')), { lines: [{ lineNo: 1, quantity: 9 }] }));
  it('may be one of several, each a shipment of its own', () =>
    picked(10)
      .given(input(ConfirmDispatch, aDispatch('D1', aPackage('T1', [1, 4]))))
      .thenState(on, { status: 'in-progress' })
      .when(input(ConfirmDispatch, aDispatch('D2', aPackage('T2', [1, 6]))))
      .thenSays(ShipmentDispatched, { shipmentId: shipmentOf('D2'), lines: [{ quantity: 6 }] })
      .thenState(on, { status: 'shipped' }));
  it('completes the fulfilment order when the rest was short', () =>
    released(10)
      .given(input(ConfirmPick, aPick('P1', [7, 3])))
      .when(input(ConfirmDispatch, aDispatch('D1', aPackage('T1', [1, 7]))))
      .thenState(on, { status: 'shipped' }));
  it('tracks several pieces under one number once', () =>
    picked(10)
      .when(input(ConfirmDispatch, aDispatch('D1', aPackage('T1', [1, 4]), aPackage('T1', [1, 6]))))
      .thenSays(TrackPackage, { trackingNo: 'T1' }));
  it('of more than was picked is refused, and nothing is half done', () =>
    released(10)
      .given(input(ConfirmPick, aPick('P1', [7, 3])))
      .when(input(ConfirmDispatch, aDispatch('D1', aPackage('T1', [1, 8]))))
      .thenRejects('dispatch-above-pick')
      .thenNever(ShipmentDispatched)
      .thenState(on, { lines: [{ shipped: 0 }] }));
  it('of more than was picked is refused over several documents too', () =>
    picked(10)
      .given(input(ConfirmDispatch, aDispatch('D1', aPackage('T1', [1, 6]))))
      .when(input(ConfirmDispatch, aDispatch('D2', aPackage('T2', [1, 5]))))
      .thenRejects('dispatch-above-pick'));
  it('that overtook its pick waits for it', () =>
    released(10)
      .when(input(ConfirmDispatch, aDispatch('D1', aPackage('T1', [1, 10]))))
      .thenDefers('counter-not-ready'));
  it('of a line that is not there, or of nothing, is refused with the field', () =>
    picked(10)
      .when(input(ConfirmDispatch, aDispatch('D1', aPackage('T1', [2, 1]))))
      .thenRejects('line-unknown')
      .when(input(ConfirmDispatch, aDispatch('D1', aPackage('T1', [1, 0]))))
      .thenRejects('quantity-not-positive'));
  it('of an unknown fulfilment order is refused', () =>
    scenario(fulfilment)
      .when(input(ConfirmDispatch, aDispatch('D1', aPackage('T1', [1, 1]))))
      .thenRejects('fulfilment-unknown'));
  it('that is sent again, packages in another order, changes nothing', () =>
    picked(10)
      .given(input(ConfirmDispatch, aDispatch('D1', aPackage('T1', [1, 4]), aPackage('T2', [1, 6]))))
      .when(input(ConfirmDispatch, aDispatch('D1', aPackage('T2', [1, 6]), aPackage('T1', [1, 4])), { id: 'again' }))
      .thenIgnores('document-repeated'));
  it('with the same number and other content is refused', () =>
    picked(10)
      .given(input(ConfirmDispatch, aDispatch('D1', aPackage('T1', [1, 4]))))
      .when(input(ConfirmDispatch, aDispatch('D1', aPackage('T1', [1, 5]))))
      .thenRejects('document-changed'));
});

describe('a step that takes too long', () => {
  const late = caseRef(subjectOf(FULFILMENT_ID), 'step-late');
  const due = (step: string) => input(FulfilmentStepDue, { ...aFulfilment, step, times: 0 }, { id: step });
  it('is a case, which ends when the step is done', () =>
    released(10)
      .given(due('pick'))
      .thenState(late, { status: 'open' })
      .when(input(ConfirmPick, aPick('P1', [10, 0])))
      .thenState(late, { status: 'resolved' }));
  it('is none when the step was in time', () => picked(10).when(due('pick')).thenIgnores('timer-moot'));
  it('is watched for dispatch and delivery too', () => {
    const order = picked(10).given(due('dispatch')).thenState(late, { status: 'open' });
    order
      .given(input(ConfirmDispatch, aDispatch('D1', aPackage('T1', [1, 10]))))
      .thenState(late, { status: 'resolved' });
    order.when(due('delivery')).thenState(late, { status: 'open', times: 2 });
  });
});

describe('an order of 5,000 lines', () => {
  const quantities = Array.from({ length: 5_000 }, (_, index) => (index % 9) + 1);
  const everything = quantities.map((quantity, index) => [index + 1, quantity] as const);
  const packages = Array.from({ length: 100 }, (_, index) =>
    aPackage(`T${index}`, ...everything.slice(index * 50, (index + 1) * 50)),
  );
  it('is released, picked and dispatched without growing slow', () => {
    const order = picked(...quantities);
    order
      .when(input(ConfirmDispatch, aDispatch('D1', ...packages)))
      .thenSays(ShipmentDispatched)
      .thenState(on, { status: 'shipped' });
    expect(order.said(ShipmentDispatched)[0]?.lines).toHaveLength(5_000);
    expect(order.said(TrackPackage)).toHaveLength(100);
  });
});
