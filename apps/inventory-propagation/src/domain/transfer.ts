/** A transfer between nodes. Each end keeps its own state in its own lane: what was sent, and what is expected. */
import { kind, ref, type Instant, type Ref } from '@crossdock/kernel';
import { idWithin } from './node-id.js';

export interface TransferItem {
  readonly sent: number;
  readonly received: number;
}
interface OfTransfer {
  readonly transferId: string;
  readonly documentNo: string;
  readonly node: string;
  readonly otherNode: string;
  readonly occurredAt: Instant;
  /** by item */
  readonly lines: readonly (TransferItem & { readonly item: string })[];
}
export type Transfer =
  | { readonly status: 'none' }
  | (OfTransfer & { readonly status: 'shipped' })
  | (OfTransfer & { readonly status: 'expected' | 'completed' });
export type TransferFact =
  | (Omit<OfTransfer, 'lines'> & {
      readonly type: 'transfer-shipped' | 'transfer-expected';
      readonly lines: readonly { readonly item: string; readonly quantity: number }[];
    })
  | {
      readonly type: 'transfer-received';
      readonly lines: readonly { readonly item: string; readonly quantity: number }[];
    };

export const transferRef = (node: string, transferId: string): Ref => ref('transfer', idWithin(node, transferId));

const received = (state: OfTransfer, fact: Extract<TransferFact, { type: 'transfer-received' }>): Transfer => {
  const lines = state.lines.map((line) => {
    const more = fact.lines.filter(({ item }) => item === line.item).reduce((sum, { quantity }) => sum + quantity, 0);
    return { ...line, received: line.received + more };
  });
  return { ...state, status: lines.every((line) => line.received >= line.sent) ? 'completed' : 'expected', lines };
};

export const transferKind = kind<Transfer, TransferFact>({
  initial: () => ({ status: 'none' }),
  evolve: (state, fact) => {
    if (fact.type === 'transfer-received') return state.status === 'none' ? state : received(state, fact);
    const { type, lines, ...rest } = fact;
    const items = lines.map(({ item, quantity }) => ({ item, sent: quantity, received: 0 }));
    return { ...rest, status: type === 'transfer-shipped' ? 'shipped' : 'expected', lines: items };
  },
  keys: (state) =>
    state.status === 'none'
      ? []
      : [
          `transfer:${state.transferId}`,
          `document:${state.documentNo}`,
          `node:${state.node}`,
          `status:${state.status}`,
        ],
});
