/**
 * What was agreed when an order was taken: its priced lines and where they go. Written once; kept apart from the order's
 * counters, which change with every step.
 */
import { kind, ref, type Ref } from '@crossdock/kernel';
import type { Address, PricedLine } from '@crossdock/contracts';

export interface TermsState {
  readonly orderId: string;
  /** by rising line number, at the same places as the order's counters */
  readonly lines: readonly PricedLine[];
  readonly shipTo: Address;
}
export interface TermsAgreed {
  readonly type: 'terms-agreed';
  readonly lines: readonly PricedLine[];
  readonly shipTo: Address;
}

export const termsKind = kind<TermsState, TermsAgreed>({
  initial: (orderId) => ({ orderId, lines: [], shipTo: { country: 'ZZ' } }),
  evolve: (state, fact) =>
    fact.type === 'terms-agreed' ? { ...state, lines: fact.lines, shipTo: fact.shipTo } : state,
});
export const termsRef = (orderId: string): Ref => ref('terms', orderId);
