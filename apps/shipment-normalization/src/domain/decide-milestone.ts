/** A package has reached a milestone: what that means for its shipment and its fulfilment order. Lane: account. */
import {
  accept,
  change,
  defer,
  ignore,
  say,
  type Decision,
  type Input,
  type Output,
  type Ref,
} from '@crossdock/kernel';
import {
  accountLane,
  caseRef,
  endCase,
  raiseCase,
  reasonOf,
  ShipmentDelivered,
  ShipmentExceptionRaised,
  type MilestoneReachedData,
  type ReasonCode,
} from '@crossdock/contracts';
import { contradicts, parcelSubject, reasonRaisedBy, reasonsEndedBy, reasonsTouchedBy } from './exceptions.js';
import { fulfilmentRef } from './fulfilment.js';
import { manifestRef, reachedKey, shipmentKind, shipmentRef, type ShipmentState } from './shipment.js';
import { endOpen, subjectOf, type Fulfilment } from './decide-warehouse.js';

/** Only a delivery concerns the whole shipment; other milestones load no more than the package's own. */
export const milestoneTouches = ({ data }: Input<MilestoneReachedData>): readonly Ref[] => {
  const { shipmentId, trackingNo, fulfilmentId, milestone } = data;
  const subject = parcelSubject(shipmentId, trackingNo);
  return [
    shipmentRef(shipmentId),
    ...reasonsTouchedBy(data).map((reason) => caseRef(subject, reason)),
    ...(milestone === 'DELIVERED'
      ? [manifestRef(shipmentId), fulfilmentRef(fulfilmentId), caseRef(subjectOf(fulfilmentId), 'step-late')]
      : []),
  ];
};

type Dispatched = Exclude<ShipmentState, { status: 'none' }>;

const raise = (
  { data, at, correlationId }: Input<MilestoneReachedData>,
  shipment: Dispatched,
  reason: ReasonCode,
): Output =>
  raiseCase({
    reason,
    subject: parcelSubject(data.shipmentId, data.trackingNo),
    keys: [
      `trackingNo:${data.trackingNo}`,
      `shipment:${data.shipmentId}`,
      `order:${data.orderId}`,
      `orderNo:${shipment.orderNo}`,
    ],
    text: [data.carrier, data.trackingNo, data.voids ?? data.milestone, data.detail, data.reason, data.location]
      .filter((part) => part !== undefined)
      .join(', '),
    at,
    correlationId,
    lane: accountLane(data.account, data.orderId),
    ...(shipment.batchId ? { batchId: shipment.batchId } : {}),
  });

/** The exception is said whenever it happened; a case is opened only when the package is still in it. */
const exceptionOf = (input: Input<MilestoneReachedData>, shipment: Dispatched): readonly Output[] => {
  const { data } = input;
  const reason = reasonRaisedBy(data);
  if (!reason) return [];
  const { shipmentId, orderId, account, trackingNo, milestone, occurredAt, mappingVersion } = data;
  const text = data.reason ?? data.detail ?? reasonOf(reason)?.business;
  const said = {
    ...{ shipmentId, orderId, account, trackingNo, milestone, reason, occurredAt },
    ...(text ? { text } : {}),
    ...(mappingVersion ? { mappingVersion } : {}),
  };
  return [
    say(ShipmentExceptionRaised, said, shipmentRef(shipmentId)),
    ...(data.current ? [raise(input, shipment, reason)] : []),
  ];
};

const endedCases = ({ data, at }: Input<MilestoneReachedData>, touched: Fulfilment): readonly Output[] => {
  if (!data.current) return [];
  const subject = parcelSubject(data.shipmentId, data.trackingNo);
  return reasonsEndedBy(data)
    .filter((reason) => touched.case(caseRef(subject, reason).id).status === 'open')
    .map((reason) => endCase(subject, reason, { how: 'resolved', at }));
};

const deliveryOf = (
  before: Dispatched,
  after: ShipmentState,
  input: Input<MilestoneReachedData>,
  touched: Fulfilment,
): readonly Output[] => {
  if (after.status !== 'delivered' || before.status !== 'in-transit') return [];
  const { shipmentId, fulfilmentId, orderId, account, node, deliveredAt } = after;
  const { lines } = touched.manifest(shipmentId);
  return [
    change(fulfilmentRef(fulfilmentId), { type: 'delivered', shipmentId }),
    say(
      ShipmentDelivered,
      { shipmentId, fulfilmentId, orderId, account, node, deliveredAt, lines: [...lines] },
      shipmentRef(shipmentId),
    ),
    ...endOpen(touched, fulfilmentId, ['step-late'], input.at),
  ];
};

export const milestoneReached = (input: Input<MilestoneReachedData>, touched: Fulfilment): Decision => {
  const { data } = input;
  const before = touched.shipment(data.shipmentId);
  if (before.status === 'none') return defer('counter-not-ready', shipmentRef(data.shipmentId));
  const parcel = before.parcels.find(({ trackingNo }) => trackingNo === data.trackingNo);
  if (!parcel) return ignore('tracking-unknown');
  const key = reachedKey(data);
  if (parcel.reached.includes(key)) return ignore('nothing-to-do');
  const { trackingNo, milestone, occurredAt, current } = data;
  const fact = {
    type: 'milestone-reached' as const,
    trackingNo,
    key,
    milestone,
    occurredAt,
    current,
    version: input.entityVersion,
  };
  const after = shipmentKind.evolve(before, fact);
  return accept(
    change(shipmentRef(data.shipmentId), fact),
    exceptionOf(input, before),
    contradicts(parcel.milestone, data) ? [raise(input, before, 'carrier-contradicts')] : [],
    endedCases(input, touched),
    deliveryOf(before, after, input, touched),
  );
};
