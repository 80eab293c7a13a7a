/** Documents that are no orders: returns, stock adjustments, and what could not be taken at all. */
import { kind, ref, type Instant, type Ref } from '@crossdock/kernel';

interface DocumentHeader {
  readonly documentNo: string;
  readonly channel: string;
  readonly contentHash: string;
  readonly takenAt: Instant;
  readonly source?: string;
  readonly batchId?: string;
  readonly correlationId: string;
}
const keysOf = (state: DocumentHeader & { readonly status: string }): readonly string[] => [
  `documentNo:${state.documentNo}`,
  `status:${state.status}`,
  `correlationId:${state.correlationId}`,
  ...(state.batchId ? [`batch:${state.batchId}`] : []),
];

export interface Return extends DocumentHeader {
  readonly status: 'received' | 'credited';
  readonly returnId: string;
  readonly account: string;
  readonly currency: string;
  readonly net: number;
  readonly tax: number;
  readonly gross: number;
  readonly lines: number;
  readonly creditMemoNo?: string;
}
export type ReturnState = { readonly status: 'none' } | Return;
export type ReturnFact =
  | ({ readonly type: 'return-taken' } & Omit<Return, 'status' | 'creditMemoNo'>)
  | { readonly type: 'return-credited'; readonly creditMemoNo: string };
export const returnKind = kind<ReturnState, ReturnFact>({
  initial: () => ({ status: 'none' }),
  evolve: (state, fact) => {
    if (fact.type === 'return-taken') {
      const { type: _type, ...taken } = fact;
      return { ...taken, status: 'received' };
    }
    if (fact.type === 'return-credited' && state.status === 'received')
      return { ...state, status: 'credited', creditMemoNo: fact.creditMemoNo };
    return state;
  },
  keys: (state) => (state.status === 'none' ? [] : [...keysOf(state), `account:${state.account}`]),
});
export const returnRef = (returnId: string): Ref => ref('return', returnId);

export interface Adjustment extends DocumentHeader {
  readonly status: 'sent';
  readonly adjustmentId: string;
  readonly node: string;
  readonly lines: number;
}
export type AdjustmentState = { readonly status: 'none' } | Adjustment;
export type AdjustmentFact = { readonly type: 'adjustment-taken' } & Omit<Adjustment, 'status'>;
export const adjustmentKind = kind<AdjustmentState, AdjustmentFact>({
  initial: () => ({ status: 'none' }),
  evolve: (state, fact) => {
    const { type, ...taken } = fact;
    return type === 'adjustment-taken' ? { ...taken, status: 'sent' } : state;
  },
  keys: (state) => (state.status === 'none' ? [] : keysOf(state)),
});
export const adjustmentRef = (adjustmentId: string): Ref => ref('adjustment', adjustmentId);

/** A document that was put aside. Its content is kept in its exception case. */
export interface Parked extends DocumentHeader {
  readonly status: 'parked' | 'taken';
  readonly documentId: string;
  readonly reason: string;
  readonly text: string;
}
export type ParkedState = { readonly status: 'none' } | Parked;
export type ParkedFact =
  ({ readonly type: 'document-parked' } & Omit<Parked, 'status'>) | { readonly type: 'document-settled' };
export const parkedKind = kind<ParkedState, ParkedFact>({
  initial: () => ({ status: 'none' }),
  evolve: (state, fact) => {
    if (fact.type === 'document-parked') {
      const { type: _type, ...parked } = fact;
      return { ...parked, status: 'parked' };
    }
    return fact.type === 'document-settled' && state.status === 'parked' ? { ...state, status: 'taken' } : state;
  },
  keys: (state) => (state.status === 'none' ? [] : [...keysOf(state), `reason:${state.reason}`]),
});
export const parkedRef = (documentId: string): Ref => ref('document', documentId);

/** An order file that was worked off. */
export interface OrderFile {
  readonly status: 'worked-off';
  readonly fileId: string;
  readonly name: string;
  readonly rows: number;
  readonly documents: number;
  readonly alreadyKnown: number;
  readonly at: Instant;
  readonly batchId?: string;
}
export type FileState = { readonly status: 'none' } | OrderFile;
export type FileFact = { readonly type: 'file-worked-off' } & Omit<OrderFile, 'status'>;
export const fileKind = kind<FileState, FileFact>({
  initial: () => ({ status: 'none' }),
  evolve: (state, { type, ...file }) => (type === 'file-worked-off' ? { ...file, status: 'worked-off' } : state),
  keys: (state) => (state.status === 'none' || !state.batchId ? [] : [`batch:${state.batchId}`]),
});
export const fileRef = (fileId: string): Ref => ref('file', fileId);
