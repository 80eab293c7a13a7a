/** What billing remembers: the terms of each order, what of its lines is billed, and which sources were billed. */
import { kind, lineAmount, percentOf, type Day, type Instant } from '@crossdock/kernel';
import type { BilledLine, LineKind, PricedLine } from '@crossdock/contracts';

/** Lines per block: an order of 5,000 lines is kept in pieces, and a shipment loads those that it names. */
export const LINES_PER_BLOCK = 500;
export const blockOf = (lineNo: number): number => Math.floor(lineNo / LINES_PER_BLOCK);
export const blockId = (orderId: string, block: number): string => `${orderId}/${block}`;

/** A line's agreed terms. */
export interface LineTerms {
  readonly lineNo: number;
  readonly kind: LineKind;
  readonly item: string;
  readonly ordered: number;
  readonly unitPrice: string;
  /** amounts of the whole line */
  readonly net: number;
  readonly taxPercent: string;
  readonly tax: number;
}
export const termsOfLine = ({
  lineNo,
  kind: of,
  item,
  quantity,
  unitPrice,
  net,
  taxPercent,
  tax,
}: PricedLine): LineTerms => ({
  lineNo,
  kind: of,
  item,
  ordered: quantity,
  unitPrice,
  net,
  taxPercent,
  tax,
});

export type Terms =
  | { readonly status: 'none' }
  | {
      readonly status: 'known';
      readonly orderId: string;
      readonly orderNo: string;
      readonly account: string;
      readonly entity: string;
      readonly currency: string;
      readonly orderDate: Day;
      /** freight and other charges: billed with the order's first invoice */
      readonly charges: readonly LineTerms[];
      /** the invoice that carries them */
      readonly chargesOn?: string;
    };
export type KnownTerms = Extract<Terms, { status: 'known' }>;
export type TermsFact =
  | { readonly type: 'terms-fixed'; readonly terms: KnownTerms }
  | { readonly type: 'charges-billed'; readonly documentId: string };

export const termsKind = kind<Terms, TermsFact>({
  initial: () => ({ status: 'none' }),
  evolve: (state, fact) => {
    if (fact.type === 'terms-fixed') return fact.terms;
    return state.status === 'known' ? { ...state, chargesOn: fact.documentId } : state;
  },
});

/** A goods line and how many of its units stand on invoices. */
export interface OrderLine extends LineTerms {
  readonly billed: number;
}
export interface OrderLines {
  readonly lines: Readonly<Record<string, OrderLine>>;
}
export type OrderLinesFact =
  | { readonly type: 'lines-fixed'; readonly lines: readonly LineTerms[] }
  | { readonly type: 'lines-billed'; readonly quantities: Readonly<Record<string, number>> };

export const orderLinesKind = kind<OrderLines, OrderLinesFact>({
  initial: () => ({ lines: {} }),
  evolve: (state, fact) => {
    if (fact.type === 'lines-fixed')
      return { lines: Object.fromEntries(fact.lines.map((line) => [line.lineNo, { ...line, billed: 0 }])) };
    const billed = Object.entries(fact.quantities).flatMap(([lineNo, quantity]) => {
      const line = state.lines[lineNo];
      return line ? [[lineNo, { ...line, billed: line.billed + quantity }] as const] : [];
    });
    return { lines: { ...state.lines, ...Object.fromEntries(billed) } };
  },
});

/** Permanent natural key of a billing: a shipment or a return is billed once, whatever is replayed. */
export type Billed =
  { readonly status: 'none' } | { readonly status: 'billed'; readonly documentId: string; readonly at: Instant };
export const billedKind = kind<
  Billed,
  { readonly type: 'source-billed'; readonly documentId: string; readonly at: Instant }
>({
  initial: () => ({ status: 'none' }),
  evolve: (_, { documentId, at }) => ({ status: 'billed', documentId, at }),
});

type Amounts = Pick<BilledLine, 'net' | 'tax'>;
/** Amounts of the first `units` of a line. At the whole line they are the order's own, so parts add up to it exactly. */
const amountsUpTo = (line: LineTerms, units: number, currency: string): Amounts => {
  if (units === line.ordered) return { net: line.net, tax: line.tax };
  const net = Math.min(lineAmount(line.unitPrice, String(units), currency), line.net);
  return { net, tax: Math.min(percentOf(net, line.taxPercent), line.tax) };
};

/** What the next `quantity` units of a line cost the buyer: the cumulated amount after them less that before. */
export const nextUnits = (line: OrderLine, quantity: number, currency: string): BilledLine => {
  const before = amountsUpTo(line, line.billed, currency);
  const after = amountsUpTo(line, line.billed + quantity, currency);
  return billedLine(line, quantity, { net: after.net - before.net, tax: after.tax - before.tax });
};
export const wholeLine = (line: LineTerms): BilledLine => billedLine(line, line.ordered, line);

const billedLine = (line: LineTerms, quantity: number, { net, tax }: Amounts): BilledLine => ({
  lineNo: line.lineNo,
  kind: line.kind,
  item: line.item,
  quantity,
  unitPrice: line.unitPrice,
  net,
  taxPercent: line.taxPercent,
  tax,
});
