import { byTracking, defineCommand } from '../language/define.js';
import { IsKey, IsListOf, IsNote, IsOneOf, Optional } from '../language/fields.js';
import { TrackingEventData } from './milestones.v1.js';

const ofPackage = {
  key: (data: { trackingNo: string }) => data.trackingNo,
  lane: byTracking((data: { trackingNo: string }) => data.trackingNo),
};

export class PollTrackingData {
  @IsKey('trackingNo') trackingNo!: string;
}
export const PollTracking = defineCommand('shipments', 'poll-tracking', 1, PollTrackingData, {
  about: 'A package was silent for too long: its carrier shall be asked.',
  ...ofPackage,
  travels: 'door',
});

export class RequestTrackingData extends PollTrackingData {
  @IsKey('carrier') carrier!: string;
}
export const RequestTracking = defineCommand('shipments', 'request-tracking', 1, RequestTrackingData, {
  about: 'Asks a carrier where a package is.',
  ...ofPackage,
  travels: 'ask',
});

export class TrackingAnswerData extends RequestTrackingData {
  @IsOneOf(['done', 'refused', 'unanswered']) outcome!: 'done' | 'refused' | 'unanswered';
  @Optional() @IsNote(1000) text?: string;
  /** with `done`: what the carrier told, and by which mapping we read it */
  @Optional() @IsKey() mappingVersion?: string;
  @Optional() @IsListOf(TrackingEventData, 1000) events?: TrackingEventData[];
}
export const TrackingAnswer = defineCommand('shipments', 'record-tracking-answer', 1, TrackingAnswerData, {
  about: 'The carrier has told where a package is, refused to, or did not answer.',
  ...ofPackage,
  travels: 'answer',
});
