/** Values units of stock at cost and posts them. A cost that is not known yet is waited for, then raised as a case. */
import {
  accept,
  change,
  ignore,
  later,
  lineAmount,
  minutes,
  plusMs,
  ref,
  reject,
  seconds,
  type Decision,
  type Input,
  type Output,
  type Ref,
} from '@crossdock/kernel';
import {
  caseRef,
  endCase,
  raiseCase,
  ValueStockDue,
  type JournalEntry,
  type StockValueRule,
  type ValuedLine,
  type ValueStockData,
  type ValueStockDueData,
} from '@crossdock/contracts';
import type { Item } from './catalogue.js';
import { postJournal, type Seen } from './ledger.js';
import {
  costOfGoods,
  goodsReceipt,
  isBalanced,
  returnCost,
  stockAdjustment,
  transferCompleted,
  transferShipped,
} from './posting-rules.js';

/** Master data may be moments behind: only what is still missing after the second look is a case. */
const WAITS_MS = [seconds(2), seconds(10), seconds(30)] as const;
const LONGEST_WAIT_MS = minutes(5);
const waitOf = (times: number): number => WAITS_MS[times] ?? LONGEST_WAIT_MS;
const CASE_AFTER_TIMES = WAITS_MS.length - 1;

interface Valued {
  readonly lost: number;
  readonly found: number;
  /** items without a known cost */
  readonly missing: readonly string[];
}
const valueOf = (lines: readonly ValuedLine[], currency: string, item: (id: string) => Item): Valued => {
  let [lost, found] = [0, 0];
  const missing = new Set<string>();
  for (const { item: id, units, unitCost } of lines) {
    const known = item(id);
    const cost = unitCost ?? (known.status === 'known' ? known.cost : undefined);
    if (cost === undefined) missing.add(id);
    else if (units < 0) lost += lineAmount(cost, String(-units), currency);
    else found += lineAmount(cost, String(units), currency);
  }
  return { lost, found, missing: [...missing] };
};

const ENTRIES: Readonly<Record<StockValueRule, (value: Valued) => readonly JournalEntry[]>> = {
  'goods-receipt': ({ found, lost }) => goodsReceipt(found - lost),
  'stock-adjustment': ({ found, lost }) => stockAdjustment(lost, found),
  'transfer-shipped': ({ found, lost }) => transferShipped(lost - found),
  'transfer-completed': ({ found, lost }) => transferCompleted(found - lost),
  'cost-of-goods-late': ({ found, lost }) => costOfGoods(found - lost),
  'return-cost-late': ({ found, lost }) => returnCost(found - lost),
};

const journalRef = (data: ValueStockData): Ref => ref('journal', data.journalId);
export const stockValueRefs = (data: ValueStockData): readonly Ref[] => [
  ref('entity', data.entity),
  journalRef(data),
  caseRef(journalRef(data), 'cost-unknown'),
  ...[...new Set(data.lines.map(({ item }) => item))].map((item) => ref('item', item)),
];

/** Looks again later; from the third miss on a person is told as well. */
const wait = (input: Input<ValueStockData>, times: number, text: string): Decision => {
  const { journalId, entity, rule, source, postingDate, lines } = input.data;
  const next: ValueStockDueData = { journalId, entity, rule, source, postingDate, lines, times };
  const outputs: Output[] = [
    change(journalRef(input.data), { type: 'journal-waits', times }),
    later(ValueStockDue, next, plusMs(input.at, waitOf(times))),
  ];
  if (times < CASE_AFTER_TIMES) return accept(outputs);
  return accept(
    outputs,
    raiseCase({
      reason: 'cost-unknown',
      text,
      at: input.at,
      subject: journalRef(input.data),
      keys: [`journal:${journalId}`, `source:${source}`],
      correlationId: input.correlationId,
      lane: entity,
      content: next,
      ...(input.batchId ? { batchId: input.batchId } : {}),
    }),
  );
};

const value = (input: Input<ValueStockData>, times: number, seen: Seen): Decision => {
  const { data, at } = input;
  const entity = seen.entity(data.entity);
  if (entity.status === 'unknown') return wait(input, times, `entity ${data.entity} is not known`);
  const valued = valueOf(data.lines, entity.currency, seen.item);
  if (valued.missing.length > 0)
    return wait(input, times, `no cost is known of ${valued.missing.slice(0, 20).join(', ')}`);
  const entries = ENTRIES[data.rule](valued);
  if (!isBalanced(entries)) return reject('journal-unbalanced');
  const contents = { entity: data.entity, currency: entity.currency, postingDate: data.postingDate, entries };
  const open = seen.case(caseRef(journalRef(data), 'cost-unknown').id).status === 'open';
  return accept(
    postJournal(data.rule, data.source, contents, input, seen),
    open ? [endCase(journalRef(data), 'cost-unknown', { how: 'resolved', at })] : [],
  );
};

export const valueStock = (input: Input<ValueStockData>, seen: Seen): Decision =>
  seen.journal(input.data.journalId).status === 'none' ? value(input, 0, seen) : ignore('already-known');

/** A retry from the case counts as the look that was due: the timer of that look finds its number used up. */
export const valueStockDue = (input: Input<ValueStockDueData>, seen: Seen): Decision => {
  const journal = seen.journal(input.data.journalId);
  if (journal.status !== 'waiting' || journal.times !== input.data.times) return ignore('timer-moot');
  return value(input, input.data.times + 1, seen);
};
