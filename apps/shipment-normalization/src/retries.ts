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
import { CARRIERS } from './translate/carriers/index.js';
import { mappedAgain } from './translate/carriers/ingest.js';
import { dayOn } from './translate/carriers/moment.js';
import { mappingVersionOf, type CarrierTable, type Mapped } from './translate/carriers/table.js';
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
  const [first] = events;
  const version = versionNow(first);
  const data: IngestTrackingData = {
    trackingNo,
    carrier,
    source: first?.source ?? 'easypost-webhook',
    deliveryId: derivedId('map-again', found.caseId, version),
    mappingVersion: version,
    events: events.map((scan) => mapped(scan, carrier)),
  };
  return { contract: IngestTracking, data };
};

/** The table that had read a scan; undefined: EasyPost's own webhook. */
const tableOf = (scan: Scan | undefined): CarrierTable | undefined => {
  const name = scan?.mappingVersion.replace(/-\d{4}-\d{2}-\d{2}.*$/, '');
  return name === 'easypost' ? undefined : CARRIERS.find(({ table }) => table.carrier === name)?.table;
};
const versionNow = (scan: Scan | undefined): string => {
  const table = tableOf(scan);
  return table ? mappingVersionOf(table) : MAPPING_VERSION;
};
const again = ({ rawCode, rawText = '', ...scan }: Scan, carrier: string): Mapped => {
  const table = tableOf({ rawCode, ...scan });
  const day = dayOn({ local: scan.localTime ?? scan.occurredAt });
  if (table) return mappedAgain(table, rawCode, rawText, day);
  return milestoneOf(readRawCode(rawCode, carrier), day);
};

const mapped = (scan: Scan, carrier: string): TrackingEventData => {
  const { classifier, occurredAt, offsetKnown, localTime, location, rawCode, rawText, voids } = scan;
  return {
    ...again(scan, carrier),
    classifier,
    occurredAt,
    offsetKnown,
    ...(localTime ? { localTime } : {}),
    ...(location ? { location } : {}),
    rawCode,
    ...(rawText ? { rawText } : {}),
    ...(voids ? { voids } : {}),
  };
};
