import { Address } from '../canonical/address.js';
import { LineQuantity } from '../canonical/line.js';
import { accountLane, byAccount, byTracking, defineCommand, defineEvent } from '../language/define.js';
import {
  IsA,
  IsAccountNo,
  IsInstant,
  IsItemNo,
  IsKey,
  IsLines,
  IsListOf,
  IsNodeId,
  IsNote,
  IsOneOf,
  IsOrderId,
  IsOrderNo,
  IsTexts,
  IsUnits,
  IsWhole,
  Optional,
} from '../language/fields.js';

/** One fulfilment order at one node (Shopify FulfillmentOrder). */
export class FulfilmentData {
  @IsKey('fulfilment') fulfilmentId!: string;
  @IsOrderId() orderId!: string;
  @IsAccountNo() account!: string;
  @IsNodeId() node!: string;
}
const ofFulfilment = {
  key: (data: FulfilmentData) => data.fulfilmentId,
  lane: byAccount((data: FulfilmentData) => accountLane(data.account, data.orderId)),
};

/** Asks the warehouse to pick and ship. Our idempotency key is the fulfilment id. */
export class RequestFulfilmentData extends FulfilmentData {
  @IsOrderNo() orderNo!: string;
  @IsA(Address) shipTo!: Address;
  @IsListOf(LineQuantity, 5000, 1) lines!: LineQuantity[];
}
export const RequestFulfilment = defineCommand('shipments', 'request-fulfilment', 1, RequestFulfilmentData, {
  about: 'Asks the warehouse to pick and ship a fulfilment order.',
  ...ofFulfilment,
  travels: 'ask',
});
export class WmsAnswerData extends FulfilmentData {
  @IsOneOf(['done', 'refused', 'unanswered']) outcome!: 'done' | 'refused' | 'unanswered';
  @Optional() @IsKey('wmsRef') wmsRef?: string;
  @Optional() @IsNote(1000) text?: string;
}
export const WmsAnswer = defineCommand('shipments', 'record-wms-answer', 1, WmsAnswerData, {
  about: 'The warehouse took the request, refused it, or did not answer.',
  ...ofFulfilment,
  travels: 'answer',
});

/** A person asks the warehouse again after it refused. */
export const ResubmitFulfilment = defineCommand('shipments', 'resubmit-fulfilment', 1, FulfilmentData, {
  about: 'Asks the warehouse again for a fulfilment order that it had refused.',
  ...ofFulfilment,
  travels: 'door',
});

export class FulfilmentRequestedData extends FulfilmentData {
  @IsKey('wmsRef') wmsRef!: string;
}
export const FulfilmentRequested = defineEvent('shipments', 'fulfilment-requested', 1, FulfilmentRequestedData, {
  about: 'The warehouse has taken a fulfilment order.',
  ...ofFulfilment,
});

export class ConfirmedPick {
  @IsWhole(1, 1_000_000) lineNo!: number;
  @IsUnits() picked!: number;
  @IsUnits() short!: number;
}
/** Pick confirmation of the WMS. Identity: fulfilment and document number. */
export class ConfirmPickData extends FulfilmentData {
  @IsKey('pickDocument') documentNo!: string;
  @IsInstant() occurredAt!: string;
  @IsLines(ConfirmedPick) lines!: ConfirmedPick[];
}
export const ConfirmPick = defineCommand('shipments', 'confirm-pick', 1, ConfirmPickData, {
  about: 'The warehouse has picked, perhaps less than asked.',
  ...ofFulfilment,
  travels: 'door',
});
export class PickConfirmedLine {
  @IsWhole(1, 1_000_000) lineNo!: number;
  @IsItemNo() item!: string;
  @IsUnits() picked!: number;
  @IsUnits() short!: number;
}
export class PickConfirmedData extends FulfilmentData {
  @Optional() @IsKey('pickDocument') documentNo?: string;
  @IsInstant() occurredAt!: string;
  @IsLines(PickConfirmedLine) lines!: PickConfirmedLine[];
}
export const PickConfirmed = defineEvent('shipments', 'pick-confirmed', 1, PickConfirmedData, {
  about: 'What a node has picked for a fulfilment order.',
  ...ofFulfilment,
});

export class PackedLine {
  @IsWhole(1, 1_000_000) lineNo!: number;
  @IsUnits() quantity!: number;
  @Optional() @IsKey('lot') lot?: string;
  @Optional() @IsTexts(1000) serials?: string[];
}
export class PackageData {
  /** GS1 Serial Shipping Container Code, 18 digits */
  @Optional() @IsKey('sscc') sscc?: string;
  @IsKey('trackingNo') trackingNo!: string;
  @IsKey('carrier') carrier!: string;
  @Optional() @IsWhole(0) weightGrams?: number;
  @IsListOf(PackedLine, 5000, 1) contents!: PackedLine[];
}
/** Ship confirmation of the WMS: what really left, by package and line. Identity: fulfilment and document number. */
export class ConfirmDispatchData extends FulfilmentData {
  @IsKey('dispatchDocument') documentNo!: string;
  @IsInstant() occurredAt!: string;
  @IsListOf(PackageData, 1000, 1) packages!: PackageData[];
}
export const ConfirmDispatch = defineCommand('shipments', 'confirm-dispatch', 1, ConfirmDispatchData, {
  about: 'The warehouse has handed packages to the carrier.',
  ...ofFulfilment,
  travels: 'door',
});

export class ShipmentDispatchedData extends FulfilmentData {
  @IsKey('shipment') shipmentId!: string;
  @IsOrderNo() orderNo!: string;
  @IsInstant() dispatchedAt!: string;
  @IsListOf(PackageData, 1000, 1) packages!: PackageData[];
  @IsListOf(LineQuantity, 5000, 1) lines!: LineQuantity[];
}
const ofShipment = {
  key: (data: { shipmentId: string }) => data.shipmentId,
  lane: byAccount((data: { account: string; orderId: string }) => accountLane(data.account, data.orderId)),
};
export const ShipmentDispatched = defineEvent('shipments', 'shipment-dispatched', 1, ShipmentDispatchedData, {
  about: 'What really left, by line and package (UBL DespatchAdvice).',
  ...ofShipment,
});

/** Which order a tracking number belongs to. */
export class TrackPackageData extends FulfilmentData {
  @IsKey('trackingNo') trackingNo!: string;
  @IsKey('carrier') carrier!: string;
  @IsKey('shipment') shipmentId!: string;
}
export const TrackPackage = defineCommand('shipments', 'track-package', 1, TrackPackageData, {
  about: 'Links a tracking number to its shipment.',
  key: (data) => data.trackingNo,
  lane: byTracking((data) => data.trackingNo),
  travels: 'private',
});
export class FulfilmentStepDueData extends FulfilmentData {
  @IsOneOf(['pick', 'dispatch', 'delivery']) step!: string;
  @IsWhole(0, 1000) times!: number;
}
export const FulfilmentStepDue = defineCommand('shipments', 'check-fulfilment-step', 1, FulfilmentStepDueData, {
  about: 'A step of a fulfilment order should be over by now.',
  ...ofFulfilment,
  travels: 'timer',
});
