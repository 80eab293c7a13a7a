/** What the API shows of the states. */
import { formulaOf, rulesOf, type Formula, type ItemAvailability } from '../domain/availability.js';
import type { Claim, ClaimLine } from '../domain/claim.js';
import { claimsOf, freeOf, onHandOf, type Position } from '../domain/position.js';

/** Every bucket of a position (DOMAIN: inventory buckets), in base units. */
export interface BucketsView {
  readonly node: string;
  /** sellable + picked + quarantine */
  readonly onHand: number;
  readonly sellable: number;
  readonly picked: number;
  /** returned goods, until they are inspected */
  readonly returned: number;
  readonly quarantined: number;
  readonly inTransit: number;
  /** of sellable: owned by a supplier */
  readonly consigned: number;
  /** of sellable: owned and replenished by a vendor */
  readonly vendorManaged: number;
  /** held softly, with an expiry */
  readonly reserved: number;
  /** held for fulfilment orders */
  readonly allocated: number;
  /** on the books, but a pick did not find them */
  readonly unfound: number;
  readonly backordered: number;
  /** sellable - reserved - allocated - unfound */
  readonly free: number;
  readonly asOf: string;
}
export const bucketsView = (position: Position): BucketsView => ({
  node: position.node,
  onHand: onHandOf(position),
  sellable: position.sellable,
  picked: position.picked,
  returned: position.quarantine,
  quarantined: position.quarantine,
  inTransit: position.inTransit,
  consigned: position.consigned,
  vendorManaged: position.vendorManaged,
  reserved: position.soft,
  allocated: position.allocated,
  unfound: position.unfound,
  backordered: position.backordered,
  free: freeOf(position),
  asOf: position.asOf,
});

export interface ClaimView {
  readonly node: string;
  readonly item: string;
  readonly orderId: string;
  readonly account: string;
  readonly priority: number;
  readonly orderedAt: string;
  /** when what is soft expires */
  readonly until: string;
  readonly lines: readonly ClaimLine[];
}
export const claimView = ({ node, item }: Position, claim: Claim): ClaimView => {
  const { orderId, account, priority, orderedAt, until, lines } = claim;
  return { node, item, orderId, account, priority, orderedAt, until, lines };
};

export interface PositionView extends BucketsView {
  readonly item: string;
  readonly counted: Position['counted'];
  readonly doubts: Position['doubts'];
  readonly claims?: readonly ClaimView[];
}
export const positionView = (position: Position, withClaims: boolean): PositionView => ({
  item: position.item,
  ...bucketsView(position),
  counted: position.counted,
  doubts: position.doubts,
  ...(withClaims ? { claims: claimsOf(position).map((claim) => claimView(position, claim)) } : {}),
});

export interface AvailabilityView {
  readonly item: string;
  readonly channel: string;
  /** false: no stock and no master data of the item were heard of */
  readonly known: boolean;
  /** base units that the channel may sell */
  readonly available: number;
  readonly inStock: boolean;
  /** when the number last changed its ground; null when never */
  readonly asOf: string | null;
  readonly explain?: Explanation;
}
export interface Explanation {
  readonly formula: string;
  readonly steps: Formula;
  readonly nodes: readonly (BucketsView & { readonly eligible: boolean })[];
}
export const FORMULA =
  'available = min(maximumShown, floor(sum over eligible nodes of max(0, sellable - reserved - allocated - unfound - safetyStock) x sharePercent) - hold)';

const explained = (
  state: ItemAvailability,
  channel: string,
  positions: readonly Position[],
): Explanation | undefined => {
  const rule = rulesOf(state).find((candidate) => candidate.channel === channel);
  if (!rule) return undefined;
  const stock = positions.map((position) => ({ node: position.node, free: freeOf(position) }));
  const steps = formulaOf(rule, state.sold, stock);
  const eligible = new Set(steps.nodes.map(({ node }) => node));
  const nodes = positions.map((position) => ({ ...bucketsView(position), eligible: eligible.has(position.node) }));
  return { formula: FORMULA, steps, nodes };
};

/** One entry per channel asked for, or per channel that sells the item. */
export const availabilityViews = (
  item: string,
  state: ItemAvailability | undefined,
  channel: string | undefined,
  positions?: readonly Position[],
): AvailabilityView[] => {
  const numbers = new Map(state?.channels.map((stock) => [stock.channel, stock.available]));
  const channels = channel ? [channel] : state ? rulesOf(state).map((rule) => rule.channel) : ['web'];
  return channels.map((name) => {
    const available = numbers.get(name) ?? 0;
    const explain = state && positions ? explained(state, name, positions) : undefined;
    const view = { item, channel: name, known: state !== undefined, available, inStock: available > 0 };
    return { ...view, asOf: state?.asOf || null, ...(explain ? { explain } : {}) };
  });
};
