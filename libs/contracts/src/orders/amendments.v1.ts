import { Address } from '../canonical/address.js';
import { AnsweredLine, LINE_KINDS, type LineKind } from '../canonical/line.js';
import { MadeBy } from '../canonical/made-by.js';
import { accountLane, byAccount, defineCommand, defineEvent } from '../language/define.js';
import {
  IsA,
  IsAccountNo,
  IsCurrency,
  IsDay,
  IsDecimal,
  IsFlag,
  IsItemNo,
  IsKey,
  IsListOf,
  IsNodeId,
  IsNote,
  IsOneOf,
  IsOrderId,
  IsOrderNo,
  IsText,
  IsUnit,
  IsUnitPrice,
  IsWhole,
  Optional,
} from '../language/fields.js';
import { OrderRefusal } from './events.v1.js';

/**
 * What is to happen to a line. `set`: it stands as it is told here, whether the order has it already or not, as a
 * document says that names no action.
 */
export const LINE_CHANGES = ['add', 'change', 'cancel', 'set'] as const;
export type LineChange = (typeof LINE_CHANGES)[number];

/** One line of a change; what is left out stays as it is. The line is found by our number, else by the customer's. */
export class ChangedLine {
  @IsOneOf(LINE_CHANGES) action!: LineChange;
  @Optional() @IsWhole(1, 1_000_000) lineNo?: number;
  @Optional() @IsKey() customerLineNo?: string;
  /** needed but for cancelling; a changed line must not name another than it has */
  @Optional() @IsItemNo() item?: string;
  @Optional() @IsOneOf(LINE_KINDS) kind?: LineKind;
  @Optional() @IsNote() description?: string;
  /** what is wanted in all, not the difference */
  @Optional() @IsDecimal() quantity?: string;
  /** UN/ECE Rec 20, of the quantity and the price; the item's base unit when left out */
  @Optional() @IsUnit() unit?: string;
  @Optional() @IsUnitPrice() unitPrice?: string;
  @Optional() @IsNodeId() node?: string;
}
/** What is wanted of an order that was taken (UBL 2.1 OrderChange). */
export class OrderChange {
  @IsListOf(ChangedLine, 5000) lines!: ChangedLine[];
  /** lines that are not named are cancelled */
  @Optional() @IsFlag() replace?: boolean;
  @Optional() @IsDay() requestedDate?: string;
  /** where it goes from now on; one that says no more than is known changes nothing */
  @Optional() @IsA(Address) shipTo?: Address;
  /** must be the order's own */
  @Optional() @IsCurrency() currency?: string;
}

/**
 * A trading partner wants an order that it sent changed or cancelled (UBL OrderChange, OrderCancellation). Identity: the
 * amendment. Always answered by AmendmentAnswered, because nobody waits at a door for it.
 */
export class AmendOrderData {
  @IsKey('amendment') amendmentId!: string;
  @IsOrderId() orderId!: string;
  @IsAccountNo() account!: string;
  @IsKey('channel') channel!: string;
  @IsOneOf(['cancel', 'change']) wish!: 'cancel' | 'change';
  @IsText(200) reason!: string;
  /** what is to change; a change without it can't be done */
  @Optional() @IsA(OrderChange) change?: OrderChange;
  /** the order that the partner named, when that was changed since and `orderId` is what stands in its place */
  @Optional() @IsOrderId() namedOrderId?: string;
  @Optional() @IsA(MadeBy) madeBy?: MadeBy;
}
export const AmendOrder = defineCommand('orders', 'amend-order', 1, AmendOrderData, {
  about: 'A trading partner wants its order changed or cancelled; answered by amendment-answered.',
  key: (data) => data.orderId,
  lane: byAccount((data) => accountLane(data.account, data.orderId)),
});

/** A change by somebody who waits for the answer. */
export class ChangeOrderData {
  @IsOrderId() orderId!: string;
  @IsAccountNo() account!: string;
  @IsText(200) reason!: string;
  @IsA(OrderChange) change!: OrderChange;
}
export const ChangeOrder = defineCommand('orders', 'change-order', 1, ChangeOrderData, {
  about: 'Somebody wants the lines of an order changed before it is released.',
  key: (data) => data.orderId,
  lane: byAccount((data) => accountLane(data.account, data.orderId)),
  travels: 'door',
});

export class AmendmentAnsweredData {
  @IsKey('amendment') amendmentId!: string;
  /** the order that the partner named */
  @IsOrderId() orderId!: string;
  @IsAccountNo() account!: string;
  @IsKey('channel') channel!: string;
  @IsOneOf(['done', 'refused']) outcome!: 'done' | 'refused';
  /** why it is refused: none when it is done */
  @IsListOf(OrderRefusal, 1000) refusals!: OrderRefusal[];
  /** the order that was taken in its place: what becomes of its lines is told by that one's events */
  @Optional() @IsOrderId() replacedBy?: string;
  @Optional() @IsOrderNo() replacedByNo?: string;
  /** how the lines stand when the change asked for nothing new */
  @Optional() @IsListOf(AnsweredLine) lines?: AnsweredLine[];
}
export const AmendmentAnswered = defineEvent('orders', 'amendment-answered', 1, AmendmentAnsweredData, {
  about: 'An order was changed or cancelled as a partner wanted, or could not be.',
  key: (data) => data.amendmentId,
  lane: byAccount((data) => accountLane(data.account, data.orderId)),
});
