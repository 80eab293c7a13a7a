/** The orders of the bench: 24 lines each, from a fixed pattern, so that every run and the bare loop carry the same. */
export const LINES = 24;
export const ITEMS = 1_000;
export const ACCOUNTS = 200;

export interface BenchOrder {
  readonly type: 'order';
  readonly documentNo: string;
  readonly customerPo: string;
  readonly account: string;
  readonly currency: 'GBP';
  readonly orderDate: string;
  readonly shipTo: { readonly country: 'GB' };
  readonly lines: readonly {
    readonly lineNo: number;
    readonly item: string;
    readonly quantity: string;
    readonly unitPrice: string;
  }[];
}

export const itemNo = (n: number): string => `BENCH-${String(n % ITEMS).padStart(4, '0')}`;
export const accountNo = (n: number): string => `B${String(n % ACCOUNTS).padStart(5, '0')}`;

/** Order `n` of a run; the prefix keeps runs apart. */
export const benchOrder = (prefix: string, n: number): BenchOrder => ({
  type: 'order',
  documentNo: `${prefix}-${n}`,
  customerPo: `PO-${prefix}-${n}`,
  account: accountNo(n),
  currency: 'GBP',
  orderDate: '2026-03-02',
  shipTo: { country: 'GB' },
  lines: Array.from({ length: LINES }, (_, line) => ({
    lineNo: line + 1,
    item: itemNo(n * 7 + line * 41),
    quantity: String(1 + ((n + line) % 12)),
    unitPrice: `${1 + ((n * 3 + line) % 40)}.${String((line * 37) % 100).padStart(2, '0')}`,
  })),
});
