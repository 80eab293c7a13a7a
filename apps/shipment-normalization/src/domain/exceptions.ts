/** What a milestone means for those who look after exceptions: which case it raises, and which ones it ends. */
import { ref, type Ref } from '@crossdock/kernel';
import type { Milestone, ReasonCode } from '@crossdock/contracts';

const REASON: Readonly<Partial<Record<Milestone, ReasonCode>>> = {
  DELAYED: 'carrier-delayed',
  ON_HOLD: 'carrier-on-hold',
  DELIVERY_FAILED: 'carrier-delivery-failed',
  EXCEPTION: 'carrier-exception',
  EXPIRED: 'carrier-exception',
  RETURNING: 'carrier-returning',
  RETURNED: 'carrier-returning',
  LOST: 'carrier-lost',
  CANCELLED: 'carrier-cancelled',
};
/** Troubles that are over once the package moves on. */
const PASSING: readonly ReasonCode[] = [
  'carrier-delayed',
  'carrier-on-hold',
  'carrier-delivery-failed',
  'carrier-exception',
];
/** All that a delivery ends. A contradiction stays until a person has looked. */
const ENDED_BY_DELIVERY: readonly ReasonCode[] = [
  ...PASSING,
  'carrier-returning',
  'carrier-lost',
  'carrier-cancelled',
  'carrier-corrected',
];

/** A case about one package stands under its shipment, whose decider owns it. */
export const parcelSubject = (shipmentId: string, trackingNo: string): Ref =>
  ref('shipment', `${shipmentId}/${trackingNo}`);

interface Reached {
  readonly milestone: Milestone;
  readonly voids?: Milestone;
}
export const reasonRaisedBy = ({ milestone, voids }: Reached): ReasonCode | undefined =>
  voids ? 'carrier-corrected' : REASON[milestone];

export const reasonsEndedBy = ({ milestone, voids }: Reached): readonly ReasonCode[] => {
  if (voids) return [];
  if (milestone === 'DELIVERED') return ENDED_BY_DELIVERY;
  return REASON[milestone] || milestone === 'PRE_TRANSIT' || milestone === 'UNKNOWN' ? [] : PASSING;
};

/** The carrier says two things that can't both be true: two ends, or delivered while on the way back. */
export const contradicts = (before: Milestone | 'NONE', { milestone, voids }: Reached): boolean => {
  if (voids || before === milestone) return false;
  const ends: readonly (Milestone | 'NONE')[] = ['DELIVERED', 'RETURNED', 'LOST', 'CANCELLED'];
  if (!ends.includes(milestone)) return false;
  return ends.includes(before) || (milestone === 'DELIVERED' && before === 'RETURNING');
};
/** Every case of a package that this milestone may raise or end. */
export const reasonsTouchedBy = (reached: Reached): readonly ReasonCode[] => {
  const raised = reasonRaisedBy(reached);
  const ends: readonly Milestone[] = ['DELIVERED', 'RETURNED', 'LOST', 'CANCELLED'];
  return [
    ...(raised ? [raised] : []),
    ...reasonsEndedBy(reached),
    ...(ends.includes(reached.milestone) ? (['carrier-contradicts'] as const) : []),
  ];
};
