/** An allocation: what one fulfilment order holds hard, and how far the warehouse is with it. */
import { kind, ref, type Ref } from '@crossdock/kernel';

export interface AllocationLine {
  readonly item: string;
  readonly allocated: number;
  readonly picked: number;
  /** asked for and not found */
  readonly short: number;
  readonly issued: number;
}
export type Allocation =
  | { readonly status: 'none'; readonly fulfilmentId: string }
  | {
      readonly status: 'allocated';
      readonly fulfilmentId: string;
      readonly orderId: string;
      readonly account: string;
      readonly node: string;
      /** by order line number */
      readonly lines: Readonly<Record<string, AllocationLine>>;
    };
export type AllocationFact =
  | {
      readonly type: 'stock-allocated';
      readonly orderId: string;
      readonly account: string;
      readonly node: string;
      readonly lines: readonly { readonly lineNo: number; readonly item: string; readonly quantity: number }[];
    }
  | {
      readonly type: 'stock-picked';
      readonly lines: readonly { readonly lineNo: number; readonly quantity: number; readonly short: number }[];
    }
  | {
      readonly type: 'stock-issued';
      readonly lines: readonly { readonly lineNo: number; readonly quantity: number }[];
    };

export const allocationRef = (fulfilmentId: string): Ref => ref('allocation', fulfilmentId);

const started = (fact: Extract<AllocationFact, { type: 'stock-allocated' }>): Record<string, AllocationLine> => {
  const lines: Record<string, AllocationLine> = {};
  for (const { lineNo, item, quantity } of fact.lines) {
    const allocated = (lines[lineNo]?.allocated ?? 0) + quantity;
    lines[lineNo] = { item, allocated, picked: 0, short: 0, issued: 0 };
  }
  return lines;
};

export const allocationKind = kind<Allocation, AllocationFact>({
  initial: (id) => ({ status: 'none', fulfilmentId: id }),
  evolve: (state, fact) => {
    if (fact.type === 'stock-allocated') {
      const { orderId, account, node } = fact;
      return { status: 'allocated', fulfilmentId: state.fulfilmentId, orderId, account, node, lines: started(fact) };
    }
    if (state.status === 'none') return state;
    const lines = { ...state.lines };
    for (const done of fact.lines) {
      const line = lines[done.lineNo];
      if (!line) continue;
      lines[done.lineNo] =
        'short' in done
          ? { ...line, picked: line.picked + done.quantity, short: line.short + done.short }
          : { ...line, issued: line.issued + done.quantity };
    }
    return { ...state, lines };
  },
  keys: (state) => (state.status === 'none' ? [] : [`order:${state.orderId}`]),
});
