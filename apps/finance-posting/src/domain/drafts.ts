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

/** Cost of the goods, rounded once per line; lines whose item has no cost yet stand apart. */
export const costOf = (
  lines: readonly BilledLine[],
  currency: string,
  item: (id: string) => Item,
): { readonly cost: number; readonly missing: readonly BilledLine[] } => {
  let cost = 0;
  const missing: BilledLine[] = [];
  for (const line of lines.filter(isGoods)) {
    const known = item(line.item);
    if (known.status === 'known') cost += lineAmount(known.cost, String(line.quantity), currency);
    else missing.push(line);
  }
  return { cost, missing };
};

/** Goods whose cost is not known are billed all the same; their cost journal follows when it is. */
const lateCost = (billing: BillingKind, header: Header, missing: readonly BilledLine[]): readonly Output[] => {
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
      lines: missing.map(({ item, quantity }) => ({ item, units: quantity })),
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
): Accept => {
  const ordered = lines.toSorted((a, b) => a.lineNo - b.lineNo);
  const { cost, missing } = costOf(ordered, header.currency, item);
  const [net, tax] = [sumOf(ordered, 'net'), sumOf(ordered, 'tax')];
  const contract = billing === 'invoice' ? InvoiceDrafted : CreditMemoDrafted;
  const data = { ...header, billing, net, tax, gross: net + tax, cost, lines: ordered };
  return accept(changes, say(contract, data), lateCost(billing, header, missing));
};
