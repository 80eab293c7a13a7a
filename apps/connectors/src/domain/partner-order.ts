/** A partner's order as its account's lane sees it: whose it is, what its lines cost, and what has been told of it. */
import { kind, ref, type Ref } from '@crossdock/kernel';
import { GUEST, type CreditedLine, type PricedLine } from '@crossdock/contracts';

export type PartnerOrder =
  | { readonly status: 'none' }
  /** it came by another way than a partner; known so that its shipments wait for nothing */
  | { readonly status: 'foreign' }
  | {
      /** `told`: the partner knows what became of its lines */
      readonly status: 'open' | 'told';
      readonly partner: string;
      /** its lines are priced */
      readonly priced: boolean;
      /** shipments that the partner was told of; an invoice follows its shipment */
      readonly shipments: readonly string[];
    };
export type PartnersOrder = Extract<PartnerOrder, { readonly partner: string }>;
export type PartnerOrderFact =
  | { readonly type: 'order-foreign' }
  | { readonly type: 'order-seen'; readonly partner: string }
  | { readonly type: 'order-priced' }
  | { readonly type: 'order-told' }
  | { readonly type: 'shipment-told'; readonly shipmentId: string };

export const partnerOrderKind = kind<PartnerOrder, PartnerOrderFact>({
  initial: () => ({ status: 'none' }),
  evolve: (state, fact) => {
    if (fact.type === 'order-foreign') return { status: 'foreign' };
    if (fact.type === 'order-seen') return { status: 'open', partner: fact.partner, priced: false, shipments: [] };
    if (state.status === 'none' || state.status === 'foreign') return state;
    if (fact.type === 'order-told') return { ...state, status: 'told' };
    if (fact.type === 'order-priced') return { ...state, priced: true };
    return { ...state, shipments: [...state.shipments, fact.shipmentId] };
  },
});
export const partnerOrderRef = (orderId: string): Ref => ref('partnerOrder', orderId);

/** Lines of a partner's order as they were taken; written once, read by everything that is told of them. */
export interface PartnerTerms {
  readonly lines: readonly PricedLine[];
}
export interface TermsAgreed {
  readonly type: 'terms-agreed';
  readonly lines: readonly PricedLine[];
}
export const partnerTermsKind = kind<PartnerTerms, TermsAgreed>({
  initial: () => ({ lines: [] }),
  evolve: (_state, { lines }) => ({ lines }),
});
export const partnerTermsRef = (orderId: string): Ref => ref('partnerTerms', orderId);

/** Partners whose orders were taken for an account: they hear of its credit memos, which name no order. */
export interface PartnerAccount {
  readonly partners: readonly string[];
}
export interface PartnerBuys {
  readonly type: 'partner-buys';
  readonly partner: string;
}
export const partnerAccountKind = kind<PartnerAccount, PartnerBuys>({
  initial: () => ({ partners: [] }),
  evolve: ({ partners }, { partner }) => ({ partners: partners.includes(partner) ? partners : [...partners, partner] }),
});
/** Guests share an account and no lane, so nobody's credit memo is found by it. */
export const partnerAccountRefs = (account: string): readonly Ref[] =>
  account === GUEST ? [] : [ref('partnerAccount', account)];

/** Lines of a return for a partner's account, kept until its credit memo is posted; `foreign` when nobody is to hear. */
export type PartnerReturn =
  | { readonly status: 'none' | 'foreign' | 'credited' }
  | { readonly status: 'known'; readonly returnNo: string; readonly lines: readonly CreditedLine[] };
export type PartnerReturnFact =
  | { readonly type: 'return-seen'; readonly returnNo: string; readonly lines: readonly CreditedLine[] }
  | { readonly type: 'return-foreign' }
  | { readonly type: 'return-credited' };
export const partnerReturnKind = kind<PartnerReturn, PartnerReturnFact>({
  initial: () => ({ status: 'none' }),
  evolve: (state, fact) => {
    if (fact.type === 'return-credited') return { status: 'credited' };
    if (fact.type === 'return-foreign') return { status: 'foreign' };
    return state.status === 'none' ? { status: 'known', returnNo: fact.returnNo, lines: fact.lines } : state;
  },
});
export const partnerReturnRef = (returnId: string): Ref => ref('partnerReturn', returnId);

export const FATE_KINDS = {
  partnerOrder: partnerOrderKind,
  partnerTerms: partnerTermsKind,
  partnerAccount: partnerAccountKind,
  partnerReturn: partnerReturnKind,
};
