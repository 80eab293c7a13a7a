/**
 * The hold: that an order has claims at a node, and on which items. How much it holds stands in the positions.
 * A released hold stays as a tombstone that refuses a reserve which comes late.
 */
import { kind, ref, type Instant, type Ref } from '@crossdock/kernel';
import { idWithin, splitId } from './node-id.js';

interface OfOrder {
  readonly node: string;
  readonly orderId: string;
}
export type Hold =
  | (OfOrder & { readonly status: 'none' })
  | (OfOrder & {
      readonly status: 'held';
      readonly account: string;
      readonly items: readonly string[];
      /** rounds of reserving that were decided; the same one never acts twice */
      readonly rounds: readonly number[];
    })
  | (OfOrder & {
      readonly status: 'released';
      readonly account: string;
      readonly reason: string;
      readonly at: Instant;
    });
export type HoldFact =
  | {
      readonly type: 'stock-held';
      readonly account: string;
      readonly round: number;
      readonly items: readonly string[];
    }
  | { readonly type: 'hold-released'; readonly account: string; readonly reason: string; readonly at: Instant };

export const holdRef = (node: string, orderId: string): Ref => ref('hold', idWithin(node, orderId));

export const holdKind = kind<Hold, HoldFact>({
  initial: (id) => {
    const { node, rest: orderId } = splitId(id);
    return { status: 'none', node, orderId };
  },
  evolve: (state, fact) => {
    const { node, orderId } = state;
    if (fact.type === 'hold-released')
      return { status: 'released', node, orderId, account: fact.account, reason: fact.reason, at: fact.at };
    if (fact.type !== 'stock-held' || state.status === 'released') return state;
    const before = state.status === 'held' ? state : { items: [], rounds: [] };
    return {
      status: 'held',
      node,
      orderId,
      account: fact.account,
      items: [...new Set([...before.items, ...fact.items])],
      rounds: [...before.rounds, fact.round],
    };
  },
  keys: (state) => (state.status === 'none' ? [] : [`order:${state.orderId}`, `node:${state.node}`]),
});
