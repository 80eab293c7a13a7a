/** The orders of the bench, from a fixed pattern, so that every run, the bare loop and the peers carry the same. */
export const LINES = 24;
export const ITEMS = 1_000;
export const ACCOUNTS = 200;

export interface BenchLine {
  readonly lineNo: number;
  readonly item: string;
  readonly quantity: string;
  readonly unitPrice: string;
}
export interface BenchOrder {
  readonly documentNo: string;
  readonly customerPo: string;
  readonly account: string;
  readonly currency: 'GBP';
  readonly orderDate: string;
  readonly shipTo: { readonly country: 'GB' };
  readonly lines: readonly BenchLine[];
}

export const itemNo = (n: number): string => `BENCH-${String(n % ITEMS).padStart(4, '0')}`;
export const accountNo = (n: number): string => `B${String(n % ACCOUNTS).padStart(5, '0')}`;

const lineOf = (n: number, line: number): BenchLine => ({
  lineNo: line + 1,
  item: itemNo(n * 7 + line * 41),
  quantity: String(1 + ((n + line) % 12)),
  unitPrice: `${1 + ((n * 3 + line) % 40)}.${String((line * 37) % 100).padStart(2, '0')}`,
});

/** Order `n` of a run; the prefix keeps runs apart. Up to 1,000 lines each have an item of their own. */
export const benchOrder = (prefix: string, n: number, lines = LINES): BenchOrder => ({
  documentNo: `${prefix}-${n}`,
  customerPo: `PO-${prefix}-${n}`,
  account: accountNo(n),
  currency: 'GBP',
  orderDate: '2026-03-02',
  shipTo: { country: 'GB' },
  lines: Array.from({ length: lines }, (_, line) => lineOf(n, line)),
});
export const benchOrders = (prefix: string, count: number, lines = LINES): readonly BenchOrder[] =>
  Array.from({ length: count }, (_, n) => benchOrder(prefix, n, lines));

/** An order of one piece of one item: what competes for stock. */
export const singleOrder = (prefix: string, n: number, item: string): BenchOrder => ({
  ...benchOrder(prefix, n, 1),
  lines: [{ lineNo: 1, item, quantity: '1', unitPrice: '2.50' }],
});

/** As an order file of canonical JSON lines. */
export const orderFile = (orders: readonly BenchOrder[]): string =>
  orders.map((order) => `${JSON.stringify({ type: 'order', ...order })}\n`).join('');
