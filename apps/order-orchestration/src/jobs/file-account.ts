/** What became of a file: counted as its documents are taken, and shown to whoever asks for the job. */
import type { ReadDocument } from '../translate/document.js';

export interface ParkedLine {
  readonly file: string;
  readonly row: number;
  readonly documentNo: string;
  readonly reason: string;
  readonly text: string;
}
export interface FileAccount {
  readonly encoding: string;
  /** rows of the file below its header */
  readonly rows: number;
  /** documents in the file */
  readonly documents: number;
  /** documents worked off so far, from the first on */
  readonly read: number;
  /** the last one of them */
  readonly last?: { readonly row: number; readonly documentNo: string };
  readonly taken: { readonly orders: number; readonly returns: number; readonly adjustments: number };
  readonly alreadyKnown: number;
  readonly parkedCount: number;
  /** the first thousand of them */
  readonly parked: readonly ParkedLine[];
}
export type Fate = 'taken' | 'already-known' | { readonly reason: string; readonly text: string };

const MOST_SHOWN = 1_000;
const COUNTED = { order: 'orders', return: 'returns', adjustment: 'adjustments' } as const;

export const emptyAccount: FileAccount = {
  encoding: 'utf-8',
  rows: 0,
  documents: 0,
  read: 0,
  taken: { orders: 0, returns: 0, adjustments: 0 },
  alreadyKnown: 0,
  parkedCount: 0,
  parked: [],
};

const counted = (account: FileAccount, file: string, document: ReadDocument, fate: Fate): FileAccount => {
  const { row, documentNo } = document;
  const next = { ...account, read: account.read + 1, last: { row, documentNo } };
  if (fate === 'already-known') return { ...next, alreadyKnown: next.alreadyKnown + 1 };
  if (fate === 'taken') {
    if (document.kind === 'unreadable') return next;
    const name = COUNTED[document.kind];
    return { ...next, taken: { ...next.taken, [name]: next.taken[name] + 1 } };
  }
  const line = { file, row, documentNo, ...fate };
  const parked = next.parked.length < MOST_SHOWN ? [...next.parked, line] : next.parked;
  return { ...next, parkedCount: next.parkedCount + 1, parked };
};

/**
 * The account of a file in the order of its documents, however their answers come in: so it always stands for the first
 * so many of them, and whoever takes the file up again goes on behind those.
 */
export class RunningAccount {
  /** those that were answered before one that stands before them */
  private readonly early = new Map<number, readonly [ReadDocument, Fate]>();

  constructor(
    private readonly file: string,
    public account: FileAccount,
  ) {}

  /** What became of the document that stands `nth` in the file, from 0. */
  note(nth: number, document: ReadDocument, fate: Fate): void {
    this.early.set(nth, [document, fate]);
    for (;;) {
      const { read } = this.account;
      const next = this.early.get(read);
      if (!next) return;
      this.early.delete(read);
      this.account = counted(this.account, this.file, ...next);
    }
  }
}
