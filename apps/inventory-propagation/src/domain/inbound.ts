/** Goods that a partner says are on their way to a node, and what of them has come in. Lane: the node. */
import { kind, ref, type Day, type Ref } from '@crossdock/kernel';
import { idWithin, splitId } from './node-id.js';

export interface InboundLine {
  readonly item: string;
  readonly advised: number;
  readonly received: number;
}
export interface Inbound {
  readonly node: string;
  readonly inboundNo: string;
  /** received: goods came under a number that nobody has advised yet; closed: nothing more is awaited */
  readonly status: 'none' | 'received' | 'open' | 'closed';
  /** documents that advised it */
  readonly documents: readonly string[];
  readonly expectedOn?: Day;
  readonly lines: readonly InboundLine[];
}
type Lines = readonly { readonly item: string; readonly quantity: number }[];
export type InboundFact =
  | {
      readonly type: 'goods-advised';
      readonly documentNo: string;
      readonly expectedOn?: Day;
      readonly lines: Lines;
    }
  | { readonly type: 'goods-received'; readonly lines: Lines }
  | { readonly type: 'inbound-closed' };

const added = (lines: readonly InboundLine[], more: Lines, to: 'advised' | 'received'): readonly InboundLine[] => {
  const byItem = new Map(lines.map((line) => [line.item, line]));
  for (const { item, quantity } of more) {
    const line = byItem.get(item) ?? { item, advised: 0, received: 0 };
    byItem.set(item, { ...line, [to]: line[to] + quantity });
  }
  return [...byItem.values()];
};

/** What came is what counts once nothing more is awaited: an advice that follows begins anew. */
const asReceived = (line: InboundLine): InboundLine => ({ ...line, advised: line.received });

export const inboundKind = kind<Inbound, InboundFact>({
  initial: (id) => {
    const { node, rest: inboundNo } = splitId(id);
    return { node, inboundNo, status: 'none', documents: [], lines: [] };
  },
  evolve: (state, fact) => {
    switch (fact.type) {
      case 'goods-advised': {
        const { documentNo, expectedOn, lines } = fact;
        const documents = [...state.documents, documentNo];
        const due = expectedOn === undefined ? {} : { expectedOn };
        return { ...state, ...due, status: 'open', documents, lines: added(state.lines, lines, 'advised') };
      }
      case 'goods-received': {
        const status = state.status === 'none' ? 'received' : state.status;
        const lines = added(state.lines, fact.lines, 'received');
        return { ...state, status, lines: status === 'closed' ? lines.map(asReceived) : lines };
      }
      case 'inbound-closed':
        return { ...state, status: 'closed', lines: state.lines.map(asReceived) };
      default:
        return state;
    }
  },
  keys: ({ status, node, inboundNo, documents }) =>
    status === 'none'
      ? []
      : [
          `inbound:${inboundNo}`,
          `node:${node}`,
          `status:${status}`,
          `node:${node}:${status}`,
          ...documents.map((documentNo) => `document:${documentNo}`),
        ],
});
export const inboundRef = (node: string, inboundNo: string): Ref => ref('inbound', idWithin(node, inboundNo));

/** By item, what of it is still on its way. */
export const inTransitOf = ({ status, lines }: Inbound): ReadonlyMap<string, number> =>
  new Map(lines.map(({ item, advised, received }) => [item, status === 'open' ? Math.max(0, advised - received) : 0]));
/** What a fact changes of that, item by item; none that stay. */
export const shiftedBy = (state: Inbound, fact: InboundFact): ReadonlyMap<string, number> => {
  const before = inTransitOf(state);
  const shifts = [...inTransitOf(inboundKind.evolve(state, fact))].map(
    ([item, after]) => [item, after - (before.get(item) ?? 0)] as const,
  );
  return new Map(shifts.filter(([, shift]) => shift !== 0));
};
/** Where advice and receipt differ, once something has come in of what was advised. */
export const differencesOf = ({ status, lines }: Inbound): readonly InboundLine[] =>
  status === 'open' && lines.some(({ received }) => received > 0)
    ? lines.filter(({ advised, received }) => advised !== received)
    : [];
