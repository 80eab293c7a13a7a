/**
 * The ERP's sales orders. An order above the line limit comes in parts (`part` of `parts`), each with a number of its
 * own. The same key, or the same part of the same reference, gets the number it was given at first.
 */
export interface OrderRequest {
  /** the caller's own id of the order; finds it again */
  readonly reference: string;
  readonly orderNo: string;
  readonly account: string;
  readonly entity: string;
  readonly currency: string;
  /** 1 of 1 when left out */
  readonly part?: number;
  readonly parts?: number;
  readonly lines: readonly unknown[];
}
export interface ErpOrder {
  readonly erpOrderNo: string;
  readonly reference: string;
  readonly orderNo: string;
  readonly account: string;
  readonly part: number;
  readonly parts: number;
  readonly lines: number;
  readonly status: 'open' | 'cancelled';
}
export type OrderEntry =
  | { readonly type: 'registered'; readonly key: string; readonly content: string; readonly order: ErpOrder }
  | { readonly type: 'cancelled'; readonly reference: string };
export interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly text: string;
}
export type Registration =
  | { readonly known: ErpOrder }
  | { readonly entry: OrderEntry & { type: 'registered' } }
  | { readonly refusal: Refusal };

const FIRST_NO = 4_500_000_001;
const refuse = (status: number, code: string, text: string): Registration => ({ refusal: { status, code, text } });
const isText = (value: unknown): value is string => typeof value === 'string' && value.length > 0;
const isCount = (value: unknown): value is number => Number.isInteger(value) && (value as number) > 0;
const partId = (reference: string, part: number) => `${reference}/${part}`;

export class OrderBook {
  private readonly byKey = new Map<string, { readonly no: string; readonly content: string }>();
  private readonly byPart = new Map<string, string>();
  private readonly byReference = new Map<string, string[]>();
  private readonly orders = new Map<string, ErpOrder>();
  /** references that were cancelled, also before they were ever registered */
  private readonly cancelled = new Set<string>();

  constructor(private readonly lineLimit: number) {}

  /** What an order request comes to; nothing is changed before its entry is applied. */
  register(key: string, content: string, request: Partial<OrderRequest>): Registration {
    const { reference, orderNo, account, entity, currency, part = 1, parts = 1, lines } = request;
    for (const [name, value] of Object.entries({ key, reference, orderNo, account, entity, currency })) {
      if (!isText(value)) return refuse(400, 'field-missing', `${name} is missing`);
    }
    if (!isCount(part) || !isCount(parts) || part > parts) return refuse(400, 'field-wrong', 'part must be 1 to parts');
    if (!Array.isArray(lines) || lines.length === 0) return refuse(400, 'field-missing', 'lines is missing or empty');
    const before = this.byKey.get(key);
    if (before && before.content !== content)
      return refuse(422, 'key-reused', 'the same Idempotency-Key came with another body');
    const named = { reference, orderNo, account } as OrderRequest;
    const no = before?.no ?? this.byPart.get(partId(named.reference, part));
    if (no) return { known: this.orders.get(no) as ErpOrder };
    if (lines.length > this.lineLimit) {
      return refuse(
        422,
        'too-many-lines',
        `${lines.length} lines; an order takes ${this.lineLimit}: split it into parts`,
      );
    }
    if (this.cancelled.has(named.reference)) return refuse(422, 'order-cancelled', `${named.reference} was cancelled`);
    const erpOrderNo = String(FIRST_NO + this.orders.size);
    const order: ErpOrder = {
      erpOrderNo,
      reference: named.reference,
      orderNo: named.orderNo,
      account: named.account,
      part,
      parts,
      lines: lines.length,
      status: 'open',
    };
    return { entry: { type: 'registered', key, content, order } };
  }

  apply(entry: OrderEntry): void {
    if (entry.type === 'cancelled') {
      this.cancelled.add(entry.reference);
      for (const no of this.byReference.get(entry.reference) ?? []) {
        this.orders.set(no, { ...(this.orders.get(no) as ErpOrder), status: 'cancelled' });
      }
      return;
    }
    const { key, content, order } = entry;
    this.byKey.set(key, { no: order.erpOrderNo, content });
    this.byPart.set(partId(order.reference, order.part), order.erpOrderNo);
    this.byReference.set(order.reference, [...(this.byReference.get(order.reference) ?? []), order.erpOrderNo]);
    this.orders.set(order.erpOrderNo, order);
  }

  /** All parts of an order, by the caller's reference. */
  find(reference: string): readonly ErpOrder[] {
    const parts = (this.byReference.get(reference) ?? []).map((no) => this.orders.get(no) as ErpOrder);
    return parts.toSorted((a, b) => a.part - b.part);
  }

  get(erpOrderNo: string): ErpOrder | undefined {
    return this.orders.get(erpOrderNo);
  }

  isCancelled(reference: string): boolean {
    return this.cancelled.has(reference);
  }

  all(): readonly ErpOrder[] {
    return [...this.orders.values()];
  }
}
