/** What the sandbox needs to know of an order file: who buys, what, at which price, and how much of it. */
export interface FileLine {
  readonly item: string;
  readonly kind: 'goods' | 'freight' | 'charge';
  /** base units, positive; undefined where it can't be told */
  readonly quantity: number | undefined;
  /** decimal string */
  readonly unitPrice?: string;
  readonly description?: string;
  readonly unit?: string;
  readonly node?: string;
}
export interface FileDocument {
  /** `other`: it will be parked; its accounts and items are still made known */
  readonly type: 'order' | 'return' | 'adjustment' | 'other';
  readonly documentNo: string;
  readonly account?: string;
  readonly currency?: string;
  /** business date, YYYY-MM-DD */
  readonly date?: string;
  readonly node?: string;
  readonly lines: readonly FileLine[];
}
