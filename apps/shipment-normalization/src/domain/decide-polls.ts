/** Rules of asking a carrier: for a package that is ours and still under way. What it tells is a scan like any other. */
import { accept, answer, ask, ignore, type Decision, type Input } from '@crossdock/kernel';
import {
  RequestTracking,
  type IngestTrackingData,
  type PollTrackingData,
  type TrackingAnswerData,
} from '@crossdock/contracts';
import type { Touched } from '@crossdock/kernel';
import { ingest, type trackingKinds } from './decide-tracking.js';
import { isTerminal, standingOf } from './milestones.js';

type Tracking = Touched<typeof trackingKinds>;

export interface PollTaken {
  readonly trackingNo: string;
  /** false: nobody's package, or over */
  readonly asked: boolean;
}
export const poll = ({ data: { trackingNo } }: Input<PollTrackingData>, touched: Tracking): Decision => {
  const tracker = touched.tracker(trackingNo);
  if (tracker.status !== 'linked') return ignore('tracking-unknown', { trackingNo, asked: false });
  const standing = standingOf(tracker.scans);
  if (standing && isTerminal(standing.milestone)) return ignore('nothing-to-do', { trackingNo, asked: false });
  return accept(ask(RequestTracking, { trackingNo, carrier: tracker.carrier }), answer({ trackingNo, asked: true }));
};

export const polled = (input: Input<TrackingAnswerData>, touched: Tracking): Decision => {
  const { trackingNo, carrier, outcome, mappingVersion, events = [] } = input.data;
  if (outcome !== 'done' || mappingVersion === undefined || events.length === 0) return ignore('nothing-to-do');
  const told: IngestTrackingData = {
    trackingNo,
    carrier,
    source: 'poll',
    deliveryId: input.id,
    mappingVersion,
    events,
  };
  return ingest({ ...input, data: told }, touched);
};
