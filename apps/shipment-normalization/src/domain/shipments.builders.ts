/** Test data in business words: one fulfilment order, its confirmations, and scans of its packages. */
import { hours, plusMs } from '@crossdock/kernel';
import type {
  ConfirmDispatchData,
  ConfirmPickData,
  FulfilmentData,
  IngestTrackingData,
  Milestone,
  OrderReleasedData,
  PackageData,
  TrackingEventData,
  TrackPackageData,
  WmsAnswerData,
} from '@crossdock/contracts';
import { shipmentIdOf } from './shipment.js';

export const FULFILMENT_ID = 'f-536365-LEICESTER';
export const aFulfilment: FulfilmentData = {
  fulfilmentId: FULFILMENT_ID,
  orderId: 'o-536365',
  account: '17850',
  node: 'LEICESTER',
};

/** Lines 1..n of 10 pieces each, unless quantities are given. */
export const anOrderReleased = (...quantities: readonly number[]): OrderReleasedData => ({
  ...aFulfilment,
  orderNo: '536365',
  shipTo: { country: 'GB', city: 'London' },
  lines: (quantities.length > 0 ? quantities : [10]).map((quantity, index) => ({
    lineNo: index + 1,
    item: `ITEM-${index + 1}`,
    quantity,
  })),
});
export const aWmsAnswer = (
  outcome: WmsAnswerData['outcome'] = 'done',
  more: Partial<WmsAnswerData> = {},
): WmsAnswerData => ({
  ...aFulfilment,
  outcome,
  ...(outcome === 'done' ? { wmsRef: 'WMS-1' } : { text: 'closed on Sundays' }),
  ...more,
});

/** `[picked, short]` of lines 1..n. */
export const aPick = (
  documentNo: string,
  ...lines: readonly (readonly [picked: number, short: number])[]
): ConfirmPickData => ({
  ...aFulfilment,
  documentNo,
  occurredAt: '2026-03-02T10:00:00.000Z',
  lines: lines.map(([picked, short], index) => ({ lineNo: index + 1, picked, short })),
});

/** A package with `[lineNo, quantity]` rows. */
export const aPackage = (
  trackingNo: string,
  ...contents: readonly (readonly [lineNo: number, quantity: number])[]
): PackageData => ({
  trackingNo,
  carrier: 'FedEx',
  contents: contents.map(([lineNo, quantity]) => ({ lineNo, quantity })),
});
export const aDispatch = (documentNo: string, ...packages: readonly PackageData[]): ConfirmDispatchData => ({
  ...aFulfilment,
  documentNo,
  occurredAt: '2026-03-02T12:00:00.000Z',
  packages: [...packages],
});
export const shipmentOf = (documentNo: string): string => shipmentIdOf(FULFILMENT_ID, documentNo);

export const aTrackPackage = (
  trackingNo: string,
  documentNo = 'D1',
  more: Partial<TrackPackageData> = {},
): TrackPackageData => ({
  ...aFulfilment,
  trackingNo,
  carrier: 'FedEx',
  shipmentId: shipmentOf(documentNo),
  ...more,
});

/** Hour `hour` of the packages' journey. */
export const atHour = (hour: number): string => plusMs('2026-03-03T00:00:00.000Z', hours(hour));
export const aScan = (
  milestone: Milestone,
  hour: number,
  more: Partial<TrackingEventData> = {},
): TrackingEventData => ({
  milestone,
  classifier: 'ACT',
  occurredAt: atHour(hour),
  offsetKnown: true,
  rawCode: `raw/${milestone.toLowerCase()}`,
  ...more,
});
/** The carrier takes back a milestone; where the package stands now is told with it. */
export const aCorrection = (voids: Milestone, now: Milestone, hour: number): TrackingEventData =>
  aScan(now, hour, { voids, rawCode: `raw/${now.toLowerCase()}<${voids.toLowerCase()}` });
let deliveries = 0;
export const someTracking = (trackingNo: string, ...events: readonly TrackingEventData[]): IngestTrackingData => ({
  trackingNo,
  carrier: 'FedEx',
  source: 'easypost-webhook',
  deliveryId: `delivery-${(deliveries += 1)}`,
  mappingVersion: 'easypost-1',
  events: [...events],
});
