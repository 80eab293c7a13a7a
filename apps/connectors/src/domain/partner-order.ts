/** A partner's order as its account's lane sees it: whose it is, and what is still to be told. */
import { kind, ref, type Ref } from '@crossdock/kernel';
import type { AnsweredLine } from '@crossdock/contracts';

export type PartnerOrder =
  | { readonly status: 'none' }
  /** `lines` once they are priced, until it is told what became of them */
  | { readonly status: 'open'; readonly partner: string; readonly lines?: readonly AnsweredLine[] }
  | { readonly status: 'told'; readonly partner: string };
export type PartnerOrderFact =
  | { readonly type: 'order-seen'; readonly partner: string }
  | { readonly type: 'order-priced'; readonly lines: readonly AnsweredLine[] }
  | { readonly type: 'order-told' };

export const partnerOrderKind = kind<PartnerOrder, PartnerOrderFact>({
  initial: () => ({ status: 'none' }),
  evolve: (state, fact) => {
    if (fact.type === 'order-seen') return { status: 'open', partner: fact.partner };
    if (state.status === 'none') return state;
    if (fact.type === 'order-told') return { status: 'told', partner: state.partner };
    return { status: 'open', partner: state.partner, lines: fact.lines };
  },
});
export const partnerOrderRef = (orderId: string): Ref => ref('partnerOrder', orderId);
