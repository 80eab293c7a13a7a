import { MILESTONES, type Milestone } from '../canonical/status.js';
import { LineQuantity } from '../canonical/line.js';
import { accountLane, byAccount, byTracking, defineCommand, defineEvent } from '../language/define.js';
import {
  IsAccountNo,
  IsFlag,
  IsInstant,
  IsKey,
  IsListOf,
  IsNodeId,
  IsNote,
  IsOneOf,
  IsOrderId,
  IsText,
  Optional,
} from '../language/fields.js';

/** One scan as the carrier told it, already in our words; the raw code is always kept. */
export class TrackingEventData {
  @IsOneOf(MILESTONES) milestone!: Milestone;
  @Optional() @IsNote(120) detail?: string;
  @Optional() @IsNote(500) reason?: string;
  /** planned, estimated or actual (DCSA classifier) */
  @IsOneOf(['PLN', 'EST', 'ACT']) classifier!: 'PLN' | 'EST' | 'ACT';
  /** UTC where the offset is known, else the local time as told with `offsetKnown` false */
  @IsInstant() occurredAt!: string;
  @IsFlag() offsetKnown!: boolean;
  /** the time as told, where no offset is known: `2026-03-02T23:50:00`, or the day alone */
  @Optional() @IsText(25) localTime?: string;
  @Optional() @IsNote(200) location?: string;
  @IsText(120) rawCode!: string;
  @Optional() @IsNote(500) rawText?: string;
  /** a correction: the carrier takes back this milestone, as far as it was reached up to `occurredAt` */
  @Optional() @IsOneOf(MILESTONES) voids?: Milestone;
}
/** Scans of one package from one carrier message; the whole history or the newest only. */
export class IngestTrackingData {
  @IsKey('trackingNo') trackingNo!: string;
  @IsKey('carrier') carrier!: string;
  /** `easypost-webhook`, `poll`, ... */
  @IsKey() source!: string;
  /** delivery id of the webhook or hash of the payload */
  @IsKey() deliveryId!: string;
  @IsKey() mappingVersion!: string;
  @IsListOf(TrackingEventData, 1000) events!: TrackingEventData[];
}
export const IngestTracking = defineCommand('shipments', 'ingest-tracking', 1, IngestTrackingData, {
  about: 'A carrier reports scans of a package.',
  key: (data) => data.trackingNo,
  lane: byTracking((data) => data.trackingNo),
  travels: 'door',
});

export const TakeTracking = defineCommand(
  'shipments',
  'take-tracking',
  1,
  class TakeTrackingData extends IngestTrackingData {},
  {
    about: "A partner's document (214, IFTSTA, TransportationStatus) reports scans of a package.",
    key: (data) => data.trackingNo,
    lane: byTracking((data) => data.trackingNo),
  },
);

export class MilestoneReachedData {
  @IsKey('trackingNo') trackingNo!: string;
  @IsKey('carrier') carrier!: string;
  @IsKey('shipment') shipmentId!: string;
  @IsKey('fulfilment') fulfilmentId!: string;
  @IsOrderId() orderId!: string;
  @IsAccountNo() account!: string;
  @IsOneOf(MILESTONES) milestone!: Milestone;
  /** true when it is the most advanced known, so the package's status */
  @IsFlag() current!: boolean;
  @IsOneOf(['PLN', 'EST', 'ACT']) classifier!: 'PLN' | 'EST' | 'ACT';
  @IsInstant() occurredAt!: string;
  @IsFlag() offsetKnown!: boolean;
  /** the time as told, where no offset is known: `2026-03-02T23:50:00`, or the day alone */
  @Optional() @IsText(25) localTime?: string;
  @Optional() @IsNote(120) detail?: string;
  @Optional() @IsNote(500) reason?: string;
  @Optional() @IsNote(200) location?: string;
  @IsText(120) rawCode!: string;
  /** set on a correction: the milestone that the carrier takes back; `milestone` is where the package stands now */
  @Optional() @IsOneOf(MILESTONES) voids?: Milestone;
  /** table and version by which its code was read: `ups-2026-11-21`, `transport-2026-11-21.2` */
  @Optional() @IsKey() mappingVersion?: string;
}
const toAccount = (key: 'trackingNo' | 'shipmentId') => ({
  key: (data: { trackingNo?: string; shipmentId: string }) => data[key] ?? data.shipmentId,
  lane: byAccount((data: { account: string; orderId: string }) => accountLane(data.account, data.orderId)),
});
export const MilestoneReached = defineEvent('shipments', 'milestone-reached', 1, MilestoneReachedData, {
  about: 'A package has reached a milestone; said once per milestone, whatever is repeated.',
  ...toAccount('trackingNo'),
});

export class ShipmentDeliveredData {
  @IsKey('shipment') shipmentId!: string;
  @IsKey('fulfilment') fulfilmentId!: string;
  @IsOrderId() orderId!: string;
  @IsAccountNo() account!: string;
  @IsNodeId() node!: string;
  @IsInstant() deliveredAt!: string;
  @IsListOf(LineQuantity, 5000, 1) lines!: LineQuantity[];
}
export const ShipmentDelivered = defineEvent('shipments', 'shipment-delivered', 1, ShipmentDeliveredData, {
  about: 'Every package of a shipment has arrived.',
  ...toAccount('shipmentId'),
});

export class ShipmentExceptionData {
  @IsKey('shipment') shipmentId!: string;
  @IsOrderId() orderId!: string;
  @IsAccountNo() account!: string;
  @IsKey('trackingNo') trackingNo!: string;
  @IsOneOf(MILESTONES) milestone!: Milestone;
  /** DELAYED, ON_HOLD, ... in words of the reason catalogue */
  @IsKey() reason!: string;
  @IsInstant() occurredAt!: string;
  @Optional() @IsNote(500) text?: string;
  /** table and version by which the code of its milestone was read */
  @Optional() @IsKey() mappingVersion?: string;
}
export const ShipmentExceptionRaised = defineEvent('shipments', 'shipment-exception-raised', 1, ShipmentExceptionData, {
  about: 'A package is late, held, refused, lost or on its way back.',
  ...toAccount('shipmentId'),
});
