/**
 * What carriers' documents say by code, as milestones. A code that stands nowhere is never guessed: it is `UNKNOWN` until
 * a reference of the partner (list `statuses`) says what it means.
 */
import type { Milestone } from '@crossdock/contracts';
import { all, meantBy, OWN, type CodeTable } from '../translate/code-table.js';
import { REC_24 } from './rec24.js';

export type Classifier = 'PLN' | 'EST' | 'ACT';
export interface StatusRow {
  readonly milestone: Milestone;
  readonly classifier?: Classifier;
  /** who or what is the cause: carrier, shipper, consignee, customs, weather, other */
  readonly reason?: string;
  readonly codes: Readonly<Record<string, string>>;
}
export interface Meaning {
  readonly milestone: Milestone;
  readonly classifier: Classifier;
  readonly reason?: string;
  readonly name?: string;
}

/** Of all tables of status codes: they are read together. */
const HEAD = { ...OWN, list: 'statuses', version: '2026-11-21.2' } as const;
export const TRANSPORT_CODES_VERSION = `transport-${HEAD.version}`;

/** Elements 1650 (AT701) and 1652 (AT703), release 004010, in the words of public implementation guides. */
export const X12_STATUS: readonly StatusRow[] = [
  {
    milestone: 'PRE_TRANSIT',
    codes: {
      L1: 'Loading',
      X3: 'Arrived at pick-up location',
      X8: 'Arrived at pick-up location loading dock',
      XB: 'Shipment acknowledged',
    },
  },
  {
    milestone: 'PRE_TRANSIT',
    classifier: 'PLN',
    codes: { AA: 'Pick-up appointment', XA: 'Pick-up appointment secured' },
  },
  {
    milestone: 'PICKED_UP',
    codes: {
      AF: 'Carrier departed pick-up location with shipment',
      AM: 'Loaded on truck',
      BA: 'Connecting line or cartage pick-up',
      CP: 'Completed loading at pick-up location',
    },
  },
  {
    milestone: 'IN_TRANSIT',
    codes: {
      AI: 'Reconsigned',
      AN: 'Diverted to air carrier',
      AR: 'Rail arrival at destination ramp',
      BC: 'Storage in transit',
      CL: 'Trailer closed out',
      I1: 'In-gate',
      J1: 'Delivered to connecting line',
      K1: 'Arrived at customs',
      OA: 'Out-gate',
      P1: 'Departed terminal',
      R1: 'Received from prior carrier',
      RL: 'Rail departure from origin ramp',
      X4: 'Arrived at terminal',
      X6: 'En route to delivery location',
    },
  },
  {
    milestone: 'IN_TRANSIT',
    classifier: 'EST',
    codes: { B6: 'Estimated to arrive at terminal', C1: 'Estimated to depart terminal' },
  },
  {
    milestone: 'OUT_FOR_DELIVERY',
    codes: {
      AJ: 'Tendered for delivery',
      // after a delivery it says nothing new, and after a refusal it is none
      CD: 'Carrier departed delivery location',
      S1: "Trailer spotted at consignee's location",
      X1: 'Arrived at delivery location',
      X5: 'Arrived at delivery location loading dock',
    },
  },
  { milestone: 'AVAILABLE_FOR_PICKUP', codes: { AV: 'Available for delivery' } },
  { milestone: 'DELIVERED', codes: { D1: 'Completed unloading at delivery location' } },
  {
    milestone: 'DELIVERED',
    classifier: 'EST',
    codes: { AG: 'Estimated delivery', X2: "Estimated arrival at consignee's location" },
  },
  {
    milestone: 'DELIVERED',
    classifier: 'PLN',
    codes: { AB: 'Delivery appointment', X9: 'Delivery appointment secured' },
  },
  { milestone: 'DELAYED', reason: 'carrier', codes: { SD: 'Shipment delayed' } },
  { milestone: 'ON_HOLD', reason: 'customs', codes: { PR: 'U.S. customs hold at in-bond location' } },
  {
    milestone: 'DELIVERY_FAILED',
    reason: 'consignee',
    codes: { A7: 'Refused by consignee', AH: 'Attempted delivery', AP: 'Delivery not completed' },
  },
  { milestone: 'RETURNING', reason: 'other', codes: { A3: 'Shipment returned to shipper' } },
  {
    milestone: 'EXCEPTION',
    reason: 'carrier',
    codes: { A9: 'Shipment damaged', OO: 'Paperwork received, did not receive shipment or equipment' },
  },
  { milestone: 'CANCELLED', reason: 'shipper', codes: { CA: 'Shipment cancelled' } },
];

/** Element 1651 (AT702), as far as it says whose doing it is. */
export const X12_REASON: CodeTable<string> = {
  ...HEAD,
  codeSet: 'X12 1651, 004010',
  source: 'X12 data element dictionary, shipment status or appointment reason code',
  example: { sent: 'AT7*SD*AO***20260110*1405*LT', code: 'AO', means: 'weather' },
  rows: {
    // missed, mis-sort, accident, driver, breakdown, other carrier related, rewrapped in hub, previous stop
    ...all('carrier', 'A1 AA AF AH AI AJ AK AL'),
    // incorrect address, cannot be located, future delivery wanted, consignee related
    ...all('consignee', 'A2 A5 AD AG'),
    ...{ AM: 'shipper', AO: 'weather', AR: 'customs' },
  },
};

const meaningsOf = (rows: readonly StatusRow[]): Readonly<Record<string, Meaning>> =>
  Object.fromEntries(
    rows.flatMap(({ milestone, classifier = 'ACT', reason, codes }) =>
      Object.entries(codes).map(([code, name]): [string, Meaning] => [
        code,
        { milestone, classifier, name, ...(reason ? { reason } : {}) },
      ]),
    ),
  );
export const OF_X12: CodeTable<Meaning> = {
  ...HEAD,
  codeSet: 'X12 1650 and 1652, 004010',
  source: 'X12 data element dictionary, shipment status and appointment status codes',
  example: {
    sent: 'AT7*D1*NS***20260110*1405*LT',
    code: 'D1',
    means: { milestone: 'DELIVERED', classifier: 'ACT', name: 'Completed unloading at delivery location' },
  },
  rows: meaningsOf(X12_STATUS),
};
export const OF_REC_24: CodeTable<Meaning> = {
  ...HEAD,
  codeSet: 'UN/ECE Recommendation 24, third revision',
  source: 'Recommendation 24, trade and transport status codes; names as in the code list of UBL 2.1',
  example: {
    sent: 'STS+1+31',
    code: '31',
    means: { milestone: 'IN_TRANSIT', classifier: 'ACT', name: 'En route' },
  },
  rows: meaningsOf(REC_24),
};

/** What a code of the standard means; undefined when it says nothing that we know. */
export const meaningOf = (standard: string, code: string, reasonCode?: string): Meaning | undefined => {
  if (standard !== 'X12') return meantBy(OF_REC_24, code.replace(/^0+(?=\d)/, ''));
  const meaning = meantBy(OF_X12, code);
  const cause = meaning?.reason ? meantBy(X12_REASON, reasonCode) : undefined;
  return meaning && cause ? { ...meaning, reason: cause } : meaning;
};
