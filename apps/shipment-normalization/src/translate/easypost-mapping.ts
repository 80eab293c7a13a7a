/**
 * EasyPost's words in ours: versioned data, a row per (status, status detail), and a row per carrier code where that
 * says more. The first row that fits and is valid on the day counts. What no row knows is UNKNOWN, never guessed.
 * Statuses and details as listed in EasyPost's Tracker documentation; reasons are incident groups of the second axis.
 */
import type { Milestone } from '@crossdock/contracts';

export interface MappingRow {
  readonly status: readonly string[];
  /** `*`: any detail that no earlier row names */
  readonly statusDetail: string;
  /** only for this carrier's own code */
  readonly carrierCode?: { readonly carrier: string; readonly code: string };
  readonly milestone: Milestone;
  /** our second level; the carrier's detail when left out */
  readonly detail?: string;
  /** incident group: carrier, shipper, consignee, customs, weather, other */
  readonly reason?: string;
  /** first and last day on which EasyPost means it so */
  readonly validFrom: string;
  readonly validTo?: string;
  readonly author: string;
  /** a payload value that this row was made from */
  readonly example: string;
}
/** Goes up with every change of the rows: a newer reading of a scan replaces an older one. */
export const MAPPING_VERSION = 'easypost-2026-11-21';

const by = { validFrom: '1990-01-01', author: '@crossdock/shipments' } as const;
/** Statuses within which the detail, when it names a trouble, says more than the status. */
const ON_THE_WAY = [
  'unknown',
  'pre_transit',
  'in_transit',
  'out_for_delivery',
  'available_for_pickup',
  'failure',
  'error',
] as const;
const trouble = (statusDetail: string, milestone: Milestone, reason: string, example: string): MappingRow => ({
  status: ON_THE_WAY,
  statusDetail,
  milestone,
  reason,
  example,
  ...by,
});
const plain = (status: string, milestone: Milestone, example: string): MappingRow => ({
  status: [status],
  statusDetail: '*',
  milestone,
  example,
  ...by,
});

export const MAPPING: readonly MappingRow[] = [
  {
    status: ['in_transit'],
    statusDetail: '*',
    carrierCode: { carrier: 'FedEx', code: 'PU' },
    milestone: 'PICKED_UP',
    detail: 'picked_up',
    example: 'FedEx PU "Picked up" under in_transit/arrived_at_facility',
    ...by,
  },
  trouble('delayed', 'DELAYED', 'carrier', 'in_transit/delayed'),
  trouble('weather_delay', 'DELAYED', 'weather', 'in_transit/weather_delay'),
  trouble('missorted', 'EXCEPTION', 'carrier', 'in_transit/missorted'),
  trouble('transit_exception', 'EXCEPTION', 'carrier', 'in_transit/transit_exception'),
  trouble('damaged', 'EXCEPTION', 'carrier', 'failure/damaged'),
  trouble('lost', 'LOST', 'carrier', 'failure/lost'),
  trouble('held', 'ON_HOLD', 'other', 'in_transit/held'),
  trouble('awaiting_information', 'ON_HOLD', 'shipper', 'in_transit/awaiting_information'),
  trouble('delivery_exception', 'DELIVERY_FAILED', 'consignee', 'failure/delivery_exception'),
  trouble('refused', 'DELIVERY_FAILED', 'consignee', 'failure/refused'),
  trouble('return', 'RETURNING', 'other', 'in_transit/return'),
  trouble('expired', 'EXPIRED', 'other', 'unknown/expired'),
  trouble('cancelled', 'CANCELLED', 'shipper', 'error/cancelled'),
  plain('pre_transit', 'PRE_TRANSIT', 'pre_transit/label_created'),
  plain('in_transit', 'IN_TRANSIT', 'in_transit/departed_facility'),
  plain('out_for_delivery', 'OUT_FOR_DELIVERY', 'out_for_delivery/out_for_delivery'),
  plain('available_for_pickup', 'AVAILABLE_FOR_PICKUP', 'available_for_pickup/arrived_at_pickup_location'),
  plain('delivered', 'DELIVERED', 'delivered/arrived_at_destination'),
  plain('return_to_sender', 'RETURNING', 'return_to_sender/return'),
  plain('failure', 'DELIVERY_FAILED', 'failure/failure'),
  plain('cancelled', 'CANCELLED', 'cancelled/cancelled'),
  plain('error', 'EXCEPTION', 'error/unknown'),
  // EasyPost's own word for "no status yet": known to us, so no case is raised.
  plain('unknown', 'UNKNOWN', 'unknown/unknown'),
];

/** What a carrier message says of one scan, as EasyPost tells it. */
export interface RawCode {
  readonly status: string;
  readonly statusDetail: string;
  readonly carrier: string;
  readonly carrierCode: string;
}
export const rawCodeOf = ({ status, statusDetail, carrierCode }: RawCode): string =>
  [status || '-', statusDetail || '-', ...(carrierCode ? [carrierCode] : [])].join('/').slice(0, 120);
/** Reads back what `rawCodeOf` wrote, for a scan that is mapped again. */
export const readRawCode = (rawCode: string, carrier: string): RawCode => {
  const [status = '-', statusDetail = '-', ...code] = rawCode.split('/');
  return { status, statusDetail: statusDetail === '-' ? '' : statusDetail, carrier, carrierCode: code.join('/') };
};

export interface Mapped {
  readonly milestone: Milestone;
  readonly detail?: string;
  readonly reason?: string;
}
const fits = (row: MappingRow, raw: RawCode, day: string): boolean => {
  const { status, validFrom, validTo = '9999-12-31' } = row;
  if (!status.includes(raw.status) || day < validFrom || validTo < day) return false;
  const own = row.carrierCode;
  if (own && (own.carrier !== raw.carrier || own.code !== raw.carrierCode)) return false;
  return row.statusDetail === '*' || row.statusDetail === raw.statusDetail;
};

/** Milestone of a raw code on the day of its scan (as from now on when left out); UNKNOWN with `code-not-mapped` when no row fits. */
export const milestoneOf = (raw: RawCode, day = '9999-12-31', rows: readonly MappingRow[] = MAPPING): Mapped => {
  const row = rows.find((candidate) => fits(candidate, raw, day));
  if (!row) return { milestone: 'UNKNOWN', reason: 'code-not-mapped' };
  const detail = row.detail ?? raw.statusDetail;
  return {
    milestone: row.milestone,
    ...(detail ? { detail: detail.slice(0, 120) } : {}),
    ...(row.reason ? { reason: row.reason } : {}),
  };
};
