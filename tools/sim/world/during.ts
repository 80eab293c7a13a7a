/** What must hold after every single commit, not only at rest: looked at in the states that the commit has changed. */
import type { CommitPlan } from '@crossdock/runtime';
import type { Fault } from '../run.ts';

interface Position {
  readonly node: string;
  readonly item: string;
  readonly sellable: number;
  readonly picked: number;
  readonly soft: number;
  readonly allocated: number;
  readonly backordered: number;
}
interface Order {
  readonly status: string;
  readonly orderNo: string;
  readonly charges: readonly number[];
  readonly counters: Readonly<Record<string, readonly number[]>>;
}
interface Journal {
  readonly status: string;
  readonly journalId: string;
  readonly entries?: readonly { readonly debit: number; readonly credit: number }[];
}

const ofPosition = ({ node, item, sellable, picked, soft, allocated, backordered }: Position): Fault[] =>
  Math.min(sellable, picked, soft, allocated, backordered) < 0 || soft + allocated > sellable
    ? [{ id: 'I5', text: `${item} at ${node}: ${soft} + ${allocated} claimed of ${sellable}, ${picked} picked` }]
    : [];

const PARTS = ['reserved', 'allocated', 'backordered', 'shipped', 'cancelled'] as const;
const ENDED = new Set(['closed', 'cancelled', 'rejected']);
const NOT_ACCEPTED = new Set(['none', 'created', 'rejected']);
const ofOrder = (order: Order, before: Order | undefined): Fault[] => {
  const { status, orderNo, counters, charges } = order;
  const faults: Fault[] = [];
  if (before && ENDED.has(before.status) && before.status !== status)
    faults.push({ id: 'I7', text: `order ${orderNo} was ${before.status} and is ${status}` });
  if (NOT_ACCEPTED.has(status)) return faults;
  counters['ordered']?.forEach((ordered, at) => {
    const sum = PARTS.reduce((total, name) => total + (counters[name]?.[at] ?? 0), 0);
    // `lost` is no number of goods: below zero it says that a giving back was heard before its taking.
    const few = Object.entries(counters).find(([name, units]) => name !== 'lost' && (units[at] ?? 0) < 0);
    if (few) faults.push({ id: 'I12', text: `order ${orderNo}: ${few[0]} is ${few[1][at]}` });
    if (sum !== ordered && !charges.includes(at))
      faults.push({ id: 'I12', text: `order ${orderNo}: ${sum} accounted for of ${ordered}` });
  });
  return faults;
};

const ofJournal = ({ journalId, entries = [] }: Journal): Fault[] => {
  const balance = entries.reduce((sum, { debit, credit }) => sum + debit - credit, 0);
  return balance === 0 ? [] : [{ id: 'I3', text: `journal ${journalId} is out by ${balance}` }];
};

export const brokenBy = ({ states }: CommitPlan): readonly Fault[] =>
  states.flatMap(({ before, after }) => {
    if (after.kind === 'position') return ofPosition(after.s as Position);
    if (after.kind === 'order') return ofOrder(after.s as Order, before.s as Order | undefined);
    return after.kind === 'journal' ? ofJournal(after.s as Journal) : [];
  });
