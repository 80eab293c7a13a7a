/** The canonical order response (UBL 2.1 OrderResponse, OrderResponseSimple): X12 855/865, EDIFACT ORDRSP. */
import type { LineAction } from './order-change.js';
import type { Day, DecimalText, Item, LocalDateTime, Money, Party, Quantity, Reference } from './shapes.js';

export type ResponseStatus = 'acknowledged' | 'accepted' | 'changed' | 'rejected';
export type LineStatus = 'accepted' | 'changed' | 'rejected' | 'backordered' | 'substituted' | 'added' | 'delivered';
export interface CanonicalOrderResponseLine {
  /** line number of the response; the order's where the response has none of its own */
  readonly lineNo: string;
  readonly orderLineNo?: string;
  /** what the buyer's change wanted of the line that is answered */
  readonly action?: LineAction;
  readonly status?: LineStatus;
  /** ACK01, LIN02, cbc:LineStatusCode as sent */
  readonly sentStatus?: string;
  readonly item: Item;
  /** the item that is sent in place of the one ordered */
  readonly substitute?: Item;
  readonly quantity?: Quantity;
  readonly backordered?: Quantity;
  readonly unitPrice?: DecimalText;
  readonly per?: DecimalText;
  readonly amount?: Money;
  readonly promisedDate?: Day;
  readonly note?: string;
}
export interface CanonicalOrderResponse {
  readonly number: string;
  readonly orderNumber: string;
  readonly issued?: Day;
  readonly issuedAt?: LocalDateTime;
  readonly status?: ResponseStatus;
  /** BAK02, BGM04, cbc:OrderResponseCode as sent */
  readonly sentStatus?: string;
  readonly reason?: string;
  readonly currency?: string;
  readonly buyer?: Party;
  readonly seller?: Party;
  readonly deliverTo?: Party;
  readonly promisedDate?: Day;
  readonly references?: readonly Reference[];
  readonly lines: readonly CanonicalOrderResponseLine[];
  readonly totals?: { readonly lines?: Money; readonly tax?: Money; readonly payable?: Money };
  readonly notes?: readonly string[];
}
