import { input, scenario } from '@crossdock/testing';
import {
  IngestTracking,
  MilestoneReached,
  PollTracking,
  RequestTracking,
  TrackingAnswer,
  TrackPackage,
  type TrackingAnswerData,
} from '@crossdock/contracts';
import { tracking } from './decide.js';
import { aScan, aTrackPackage, someTracking } from './shipments.builders.js';

/** A sentence and the scenario that proves it. */
const it = (sentence: string, run: () => unknown): void => test(sentence, () => void run());

const T = 'T1';
const linked = () => scenario(tracking).given(input(TrackPackage, aTrackPackage(T)));
const poll = input(PollTracking, { trackingNo: T });
const answered = (more: Partial<TrackingAnswerData>) =>
  input<TrackingAnswerData>(TrackingAnswer, { trackingNo: T, carrier: 'FedEx', outcome: 'done', ...more });

describe('a package that was silent', () => {
  it('is asked for at its carrier', () =>
    linked().when(poll).thenSays(RequestTracking, { trackingNo: T, carrier: 'FedEx' }).thenAnswers({ asked: true }));
  it('is not asked for when it is over', () =>
    linked()
      .given(input(IngestTracking, someTracking(T, aScan('DELIVERED', 3))))
      .when(poll)
      .thenIgnores('nothing-to-do'));
  it('is not asked for when nobody has it', () => scenario(tracking).when(poll).thenIgnores('tracking-unknown'));
});

describe('what a carrier answers', () => {
  it('is a scan like any other', () =>
    linked()
      .when(answered({ mappingVersion: 'fedex-2026-11-21', events: [aScan('OUT_FOR_DELIVERY', 4)] }))
      .thenSays(MilestoneReached, { milestone: 'OUT_FOR_DELIVERY', current: true }));
  it('changes nothing when it tells nothing, refuses, or stays away', () => {
    linked().when(answered({})).thenIgnores('nothing-to-do');
    linked()
      .when(answered({ outcome: 'refused', text: '401' }))
      .thenIgnores('nothing-to-do');
    linked()
      .when(answered({ outcome: 'unanswered' }))
      .thenIgnores('nothing-to-do');
  });
});
