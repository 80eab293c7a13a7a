import { input, scenario, type Scenario } from '@crossdock/testing';
import {
  caseRef,
  ConfirmDispatch,
  ConfirmPick,
  MilestoneReached,
  OrderReleased,
  ShipmentDelivered,
  ShipmentExceptionRaised,
  type Milestone,
  type MilestoneReachedData,
  type ReasonCode,
} from '@crossdock/contracts';
import { fulfilment } from './decide.js';
import { parcelSubject } from './exceptions.js';
import { fulfilmentRef } from './fulfilment.js';
import { shipmentRef } from './shipment.js';
import {
  aDispatch,
  aFulfilment,
  anOrderReleased,
  aPackage,
  aPick,
  atHour,
  FULFILMENT_ID,
  shipmentOf,
} from './shipments.builders.js';

/** A sentence and the scenario that proves it. */
const it = (sentence: string, run: () => unknown): void => test(sentence, () => void run());

const SHIPMENT = shipmentOf('D1');
const shipped = (): Scenario =>
  scenario(fulfilment).given(
    input(OrderReleased, anOrderReleased(9), { batchId: 'day-1' }),
    input(ConfirmPick, aPick('P1', [9, 0])),
    input(ConfirmDispatch, aDispatch('D1', aPackage('T1', [1, 4]), aPackage('T2', [1, 5]))),
  ) as unknown as Scenario;

let version = 0;
const reached = (
  trackingNo: string,
  milestone: Milestone,
  hour: number,
  more: Partial<MilestoneReachedData> = {},
  entityVersion = (version += 1),
) =>
  input(
    MilestoneReached,
    {
      ...{ fulfilmentId: FULFILMENT_ID, orderId: aFulfilment.orderId, account: aFulfilment.account },
      trackingNo,
      carrier: 'FedEx',
      shipmentId: SHIPMENT,
      milestone,
      current: true,
      classifier: 'ACT',
      occurredAt: atHour(hour),
      offsetKnown: true,
      rawCode: `raw/${milestone}`,
      ...more,
    },
    { id: `m-${entityVersion}`, entityVersion },
  );
const caseOf = (reason: ReasonCode, trackingNo = 'T1') => caseRef(parcelSubject(SHIPMENT, trackingNo), reason);

describe('a shipment of two packages', () => {
  it('is delivered when both are, once, with all its lines', () =>
    shipped()
      .given(reached('T1', 'DELIVERED', 8))
      .thenNever(ShipmentDelivered)
      .when(reached('T2', 'DELIVERED', 30))
      .thenSays(ShipmentDelivered, {
        shipmentId: SHIPMENT,
        deliveredAt: atHour(30),
        lines: [{ lineNo: 1, quantity: 9 }],
      })
      .thenState(fulfilmentRef(FULFILMENT_ID), { status: 'closed' })
      .thenState(shipmentRef(SHIPMENT), { status: 'delivered' }));
  it('does not count one delivery twice', () =>
    shipped()
      .given(reached('T1', 'DELIVERED', 8))
      .when(reached('T1', 'DELIVERED', 8))
      .thenIgnores('nothing-to-do')
      .thenState(shipmentRef(SHIPMENT), { status: 'in-transit' }));
  it('is not moved back by an older event that comes after a newer one', () =>
    shipped()
      .given(reached('T1', 'DELIVERED', 8, {}, 1002))
      .when(reached('T1', 'IN_TRANSIT', 2, {}, 1001))
      .thenState(shipmentRef(SHIPMENT), { parcels: [{ milestone: 'DELIVERED' }, { milestone: 'NONE' }] }));
  it('waits when its milestone overtakes it', () =>
    scenario(fulfilment)
      .when(reached('T1', 'IN_TRANSIT', 1))
      .thenDefers('counter-not-ready'));
});

describe('a package in trouble', () => {
  test.each([
    ['DELAYED', 'carrier-delayed'],
    ['ON_HOLD', 'carrier-on-hold'],
    ['DELIVERY_FAILED', 'carrier-delivery-failed'],
    ['EXCEPTION', 'carrier-exception'],
    ['LOST', 'carrier-lost'],
    ['CANCELLED', 'carrier-cancelled'],
    ['RETURNING', 'carrier-returning'],
    ['RETURNED', 'carrier-returning'],
  ] as const)('%s is said and is a case %s', (milestone, reason) => {
    shipped()
      .when(reached('T1', milestone, 3, { detail: 'weather_delay', reason: 'weather' }))
      .thenSays(ShipmentExceptionRaised, { shipmentId: SHIPMENT, trackingNo: 'T1', milestone, reason })
      .thenState(caseOf(reason), { status: 'open', batchId: 'day-1' });
  });
  it('is out of it when it moves on', () =>
    shipped()
      .given(reached('T1', 'DELAYED', 3))
      .when(reached('T1', 'OUT_FOR_DELIVERY', 5))
      .thenState(caseOf('carrier-delayed'), { status: 'resolved' }));
  it('is out of everything when it is delivered', () =>
    shipped()
      .given(reached('T1', 'LOST', 3))
      .when(reached('T1', 'DELIVERED', 5))
      .thenState(caseOf('carrier-lost'), { status: 'resolved' }));
  it('that is over already is said, but needs nobody', () =>
    shipped()
      .when(reached('T1', 'DELAYED', 3, { current: false }))
      .thenSays(ShipmentExceptionRaised, { milestone: 'DELAYED' })
      .thenState(caseOf('carrier-delayed'), { status: 'none' }));
});

describe('a carrier that changes its mind', () => {
  const delivered = () => shipped().given(reached('T1', 'DELIVERED', 8), reached('T2', 'DELIVERED', 8));
  it('opens the shipment again, and a person is told', () =>
    delivered()
      .when(reached('T1', 'IN_TRANSIT', 9, { voids: 'DELIVERED' }))
      .thenSays(ShipmentExceptionRaised, { reason: 'carrier-corrected' })
      .thenState(shipmentRef(SHIPMENT), { status: 'reopened' })
      .thenState(caseOf('carrier-corrected'), { status: 'open' }));
  it('and delivers after all: said once only, the case ends', () =>
    delivered()
      .given(reached('T1', 'IN_TRANSIT', 9, { voids: 'DELIVERED' }))
      .when(reached('T1', 'DELIVERED', 20))
      .thenNever(ShipmentDelivered)
      .thenState(shipmentRef(SHIPMENT), { status: 'delivered' })
      .thenState(caseOf('carrier-corrected'), { status: 'resolved' }));
  it('and says two ends is asked about it', () =>
    shipped()
      .given(reached('T1', 'RETURNED', 8))
      .when(reached('T1', 'DELIVERED', 9))
      .thenState(caseOf('carrier-contradicts'), { status: 'open' }));
  it('and delivers what it was bringing back is asked about it', () =>
    shipped()
      .given(reached('T1', 'RETURNING', 8))
      .when(reached('T1', 'DELIVERED', 9))
      .thenState(caseOf('carrier-contradicts'), { status: 'open' }));
});
