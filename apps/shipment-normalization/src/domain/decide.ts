/** The rule table: what this service hears, and which rule decides it. */
import { defineDecider, rule } from '@crossdock/kernel';
import {
  ConfirmDispatch,
  ConfirmPick,
  FulfilmentStepDue,
  IngestTracking,
  MilestoneReached,
  OrderReleased,
  PollTracking,
  ResubmitFulfilment,
  TakeShippingAdvice,
  TakeTracking,
  TrackingAnswer,
  TrackPackage,
  WarehouseOrderAnswered,
  WmsAnswer,
} from '@crossdock/contracts';
import { dispatch, dispatchTouches } from './decide-dispatch.js';
import { milestoneReached, milestoneTouches } from './decide-milestone.js';
import { partnerAnswered, takeAdvice, touchesAdvice } from './decide-partner-warehouse.js';
import { poll, polled } from './decide-polls.js';
import { ingest, track, trackingKinds, trackingTouches } from './decide-tracking.js';
import {
  fulfilmentKinds,
  fulfilmentTouches,
  pick,
  release,
  resubmit,
  stepIsDue,
  touchesRelease,
  wmsAnswered,
} from './decide-warehouse.js';
import { REQUEST_READS } from './request.js';

/** Fulfilment orders and shipments. Lane: account. */
export const fulfilment = defineDecider({
  name: 'fulfilment',
  kinds: fulfilmentKinds,
  reads: REQUEST_READS,
  rules: [
    rule(OrderReleased, touchesRelease, release),
    rule(WmsAnswer, fulfilmentTouches, wmsAnswered, { passes: true }),
    rule(WarehouseOrderAnswered, fulfilmentTouches, partnerAnswered, { passes: true }),
    rule(ResubmitFulfilment, touchesRelease, resubmit),
    rule(ConfirmPick, fulfilmentTouches, pick, { passes: true }),
    rule(ConfirmDispatch, dispatchTouches, dispatch, { passes: true }),
    rule(TakeShippingAdvice, touchesAdvice, takeAdvice, { passes: true }),
    rule(MilestoneReached, milestoneTouches, milestoneReached),
    rule(FulfilmentStepDue, fulfilmentTouches, stepIsDue),
  ],
});

/** What carriers tell, by tracking number. Lane: tracking number. */
export const tracking = defineDecider({
  name: 'tracking',
  kinds: trackingKinds,
  rules: [
    rule(IngestTracking, trackingTouches, ingest),
    rule(TakeTracking, trackingTouches, ingest),
    rule(TrackPackage, trackingTouches, track, { passes: true }),
    rule(PollTracking, trackingTouches, poll),
    rule(TrackingAnswer, trackingTouches, polled, { passes: true }),
  ],
});
