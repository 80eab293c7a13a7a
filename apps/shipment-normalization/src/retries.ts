/** What a retry of an exception case puts in again. The others end by themselves: asking goes on, packages get linked. */
import { derivedId } from '@crossdock/kernel';
import {
  IngestTracking,
  ResubmitFulfilment,
  type CaseState,
  type FulfilmentData,
  type IngestTrackingData,
  type TrackingEventData,
} from '@crossdock/contracts';
import type { Retried } from '@crossdock/runtime';
import type { Scan } from './domain/milestones.js';
import { MAPPING_VERSION, milestoneOf, readRawCode } from './translate/easypost-mapping.js';

/** The warehouse had refused: ask it again. */
export const askAgain = (found: CaseState): Retried => ({
  contract: ResubmitFulfilment,
  data: found.content as FulfilmentData,
});

/** A code had no mapping: read the kept scans again, with the rows of today. */
export const mapAgain = (found: CaseState): Retried => {
  const { trackingNo, carrier, events } = found.content as {
    trackingNo: string;
    carrier: string;
    events: readonly Scan[];
  };
  const day = MAPPING_VERSION.slice(-10);
  const data: IngestTrackingData = {
    trackingNo,
    carrier,
    source: events[0]?.source ?? 'easypost-webhook',
    deliveryId: derivedId('map-again', found.caseId, MAPPING_VERSION),
    mappingVersion: MAPPING_VERSION,
    events: events.map((scan) => mapped(scan, carrier, day)),
  };
  return { contract: IngestTracking, data };
};

const mapped = (scan: Scan, carrier: string, day: string): TrackingEventData => {
  const { classifier, occurredAt, offsetKnown, location, rawCode, rawText, voids } = scan;
  return {
    ...milestoneOf(readRawCode(rawCode, carrier), day),
    classifier,
    occurredAt,
    offsetKnown,
    ...(location ? { location } : {}),
    rawCode,
    ...(rawText ? { rawText } : {}),
    ...(voids ? { voids } : {}),
  };
};
