/** A billing document as billing hands it to the ledger: lines, totals, cost of its goods. */
import { accept, lineAmount, say, type Accept, type Output } from '@crossdock/kernel';
import {
  CreditMemoDrafted,
  InvoiceDrafted,
  ValueStock,
  type BilledLine,
  type BillingData,
  type BillingKind,
} from '@crossdock/contracts';
import type { Item } from './catalogue.js';
import { journalIdOf } from './posting-rules.js';

type Header = Omit<BillingData, 'billing' | 'net' | 'tax' | 'gross'>;

const sumOf = (lines: readonly BilledLine[], of: 'net' | 'tax'): number =>
  lines.reduce((sum, line) => sum + line[of], 0);
const isGoods = ({ kind, quantity }: BilledLine): boolean => kind === 'goods' && quantity > 0;

/** Units of an order line that stand on earlier documents. */
export type BilledBefore = (lineNo: number) => number;
const NOTHING_BEFORE: BilledBefore = () => 0;

/**
 * Cost of the goods, cumulated per order line like its amounts: the cost of all units billed so far less that of those
 * billed before, so any split into shipments costs the same. Lines whose item has no cost yet stand apart.
 */
const costOf = (
  lines: readonly BilledLine[],
  currency: string,
  item: (id: string) => Item,
  before: BilledBefore,
): { readonly cost: number; readonly missing: readonly BilledLine[] } => {
  const costUpTo = (unitCost: string, units: number): number => lineAmount(unitCost, String(units), currency);
  let cost = 0;
  const missing: BilledLine[] = [];
  for (const line of lines.filter(isGoods)) {
    const known = item(line.item);
    if (known.status !== 'known') missing.push(line);
    else cost += costUpTo(known.cost, before(line.lineNo) + line.quantity) - costUpTo(known.cost, before(line.lineNo));
  }
  return { cost, missing };
};

/** Goods whose cost is not known are billed all the same; their cost journal follows when it is. */
const lateCost = (
  billing: BillingKind,
  header: Header,
  missing: readonly BilledLine[],
  before: BilledBefore,
): readonly Output[] => {
  if (missing.length === 0) return [];
  const rule = billing === 'invoice' ? 'cost-of-goods-late' : 'return-cost-late';
  const { documentId, entity, documentDate } = header;
  return [
    say(ValueStock, {
      journalId: journalIdOf(rule, documentId),
      entity,
      rule,
      source: documentId,
      postingDate: documentDate,
      lines: missing.flatMap(({ lineNo, item, quantity }) => {
        const earlier = before(lineNo);
        const now = { item, units: earlier + quantity };
        return earlier > 0 ? [now, { item, units: -earlier }] : [now];
      }),
    }),
  ];
};

/** Says the draft, after the changes that go with it. */
export const draft = (
  billing: BillingKind,
  header: Header,
  lines: readonly BilledLine[],
  item: (id: string) => Item,
  changes: readonly Output[],
  before: BilledBefore = NOTHING_BEFORE,
): Accept => {
  const ordered = lines.toSorted((a, b) => a.lineNo - b.lineNo);
  const { cost, missing } = costOf(ordered, header.currency, item, before);
  const [net, tax] = [sumOf(ordered, 'net'), sumOf(ordered, 'tax')];
  const contract = billing === 'invoice' ? InvoiceDrafted : CreditMemoDrafted;
  const data = { ...header, billing, net, tax, gross: net + tax, cost, lines: ordered };
  return accept(changes, say(contract, data), lateCost(billing, header, missing, before));
};
