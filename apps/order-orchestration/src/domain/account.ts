/** Credit of an account: what its open orders and its unpaid invoices take up, in minor units, tax included. */
import { change, kind, ref, type Change, type Ref } from '@crossdock/kernel';
import { GUEST } from '@crossdock/contracts';

export interface AccountState {
  readonly account: string;
  /** orders taken and not invoiced yet */
  readonly openOrders: number;
  /** invoiced, less credited; below zero when more was credited than is owed */
  readonly receivables: number;
}
export type AccountFact =
  | { readonly type: 'credit-taken'; readonly amount: number }
  | { readonly type: 'credit-freed'; readonly amount: number }
  /** part of an order is on an invoice now */
  | { readonly type: 'credit-invoiced'; readonly open: number; readonly amount: number }
  | { readonly type: 'credit-returned'; readonly amount: number };

export const accountKind = kind<AccountState, AccountFact>({
  initial: (account) => ({ account, openOrders: 0, receivables: 0 }),
  evolve: (state, fact) => {
    switch (fact.type) {
      case 'credit-taken':
        return { ...state, openOrders: state.openOrders + fact.amount };
      case 'credit-freed':
        return { ...state, openOrders: state.openOrders - fact.amount };
      case 'credit-invoiced':
        return { ...state, openOrders: state.openOrders - fact.open, receivables: state.receivables + fact.amount };
      case 'credit-returned':
        return { ...state, receivables: state.receivables - fact.amount };
      default:
        return state;
    }
  },
  keys: () => ['all'],
});

export const accountRef = (account: string): Ref => ref('account', account);
/** Guests have no credit account; their orders share no state. */
export const accountRefs = (account: string): readonly Ref[] => (account === GUEST ? [] : [accountRef(account)]);
export const creditChange = (account: string, fact: AccountFact): readonly Change<AccountFact>[] =>
  account === GUEST ? [] : [change(accountRef(account), fact)];
export const creditUsed = (state: AccountState): number => state.openOrders + state.receivables;
