/**
 * What goes on from a document is its canonical form, not what it says of itself: where nothing is wrong with a document,
 * the number, the lines and the total of the one must be those that the reference has of the other.
 */
import { exponentOf, formatMinor } from '@crossdock/kernel';
import { differencesAt, type Difference, type Row } from './compare.ts';

/** A canonical document, as the API shows it: as much as is looked at here. */
export interface Canonical {
  readonly kind: string;
  readonly data?: {
    readonly number?: unknown;
    readonly lines?: readonly unknown[];
    readonly totals?: { readonly payable?: { readonly minor: number; readonly currency: string } };
  };
}

/** Field of a row's `ids` with the number that a document of the kind is known by. */
const NUMBER_IN: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  X12: { order: 'po', invoice: 'invoice', 'despatch-advice': 'shipment' },
  EDIFACT: { order: 'doc', 'order-change': 'doc', invoice: 'doc', 'credit-note': 'doc', 'despatch-advice': 'doc' },
};
/**
 * Types whose lines are one by one those that the reference counts. EDIFACT counts parts of assortments too, which are no
 * lines of their own; an 856 may pack one item several times.
 */
const LINES_COUNTED: Readonly<Record<string, ReadonlySet<string>>> = {
  X12: new Set(['850', '810', '860', '940']),
  UBL: new Set(['Order', 'OrderChange', 'Invoice', 'CreditNote', 'DespatchAdvice']),
};
const recordOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
const decimalsOf = (amount: string): number => amount.split('.')[1]?.replace(/0+$/, '').length ?? 0;

const numberOf = (row: Row, standard: string, kind: string): unknown => {
  const field = NUMBER_IN[standard]?.[kind];
  return standard === 'UBL' ? row['id'] : field && recordOf(row['ids'])[field];
};

/** `type` as the document says it, `850` or `Order`. Fields that the row has not are not looked at. */
export const canonicalDifferences = (
  row: Row,
  { standard, type }: { readonly standard: string; readonly type: string },
  { kind, data = {} }: Canonical,
): readonly Difference[] => {
  const found: Difference[] = [];
  const number = numberOf(row, standard, kind);
  if (typeof number === 'string' && number.trim() !== '')
    found.push(...differencesAt('canonical number', number.trim(), data.number));
  const lines = row['lines'];
  // What cancels an order has no lines, whatever its segments repeat of it.
  if (lines !== undefined && data.lines && LINES_COUNTED[standard]?.has(type))
    found.push(...differencesAt('canonical lines', lines, data.lines.length));
  const total = row['payable'] ?? row['totalDue'];
  const { payable } = data.totals ?? {};
  // An amount of more places than its currency has is rounded on the way, once.
  if (total != null && payable && decimalsOf(String(total)) <= exponentOf(payable.currency))
    found.push(...differencesAt('canonical payable', total, formatMinor(payable.minor, payable.currency)));
  return found;
};
