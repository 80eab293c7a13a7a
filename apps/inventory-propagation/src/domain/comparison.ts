/** The newest report of what a partner has on hand at a node, and where our books differ. Lane: the node. */
import { kind, ref, type Instant, type Ref } from '@crossdock/kernel';
import type { DifferenceCause, StockDifference } from '@crossdock/contracts';
import { idWithin, splitId } from './node-id.js';
import { onHandOf, type Position } from './position.js';

export interface Comparison {
  readonly node: string;
  readonly channel: string;
  readonly status: 'none' | 'equal' | 'differs';
  readonly documentNo?: string;
  /** by the partner's clock, as it told it */
  readonly asOf?: string;
  readonly comparedAt?: Instant;
  /** items that were compared */
  readonly items: number;
  /** whose books have followed */
  readonly adjusted: number;
  readonly differences: readonly StockDifference[];
}
export interface StockWasCompared {
  readonly type: 'stock-compared';
  readonly at: Instant;
  readonly documentNo: string;
  readonly asOf?: string;
  readonly items: number;
  readonly adjusted: number;
  readonly differences: readonly StockDifference[];
}
export const comparisonKind = kind<Comparison, StockWasCompared>({
  initial: (id) => {
    const { node, rest: channel } = splitId(id);
    return { node, channel, status: 'none', items: 0, adjusted: 0, differences: [] };
  },
  evolve: ({ node, channel }, { type: _type, at, ...told }) => ({
    ...{ node, channel, ...told, comparedAt: at },
    status: told.differences.length > 0 ? 'differs' : 'equal',
  }),
  keys: ({ status, node, channel }) =>
    status === 'none' ? [] : [`node:${node}`, `channel:${channel}`, `status:${status}`],
});
export const comparisonRef = (node: string, channel: string): Ref => ref('comparison', idWithin(node, channel));

/** What is under way and may have been told by one side only, judged by its quantity. */
const causeOf = ({ unfound, allocated, picked, inTransit }: Position, difference: number): DifferenceCause => {
  if (difference < 0 && -difference === unfound) return 'pick-short';
  if (difference < 0 && -difference <= allocated + picked) return 'shipment-not-told';
  return difference > 0 && difference <= inTransit ? 'receipt-not-told' : 'unexplained';
};
export const differenceOf = (position: Position, reported: number): StockDifference | undefined => {
  const onHand = onHandOf(position);
  const difference = reported - onHand;
  if (difference === 0) return undefined;
  return { item: position.item, reported, onHand, difference, cause: causeOf(position, difference) };
};
