import { accountLane, byAccount, defineCommand, defineEvent } from '../language/define.js';
import { IsAccountNo, IsKey, IsListOf, IsOneOf, IsOrderId, IsText } from '../language/fields.js';
import { OrderRefusal } from './events.v1.js';

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
}
export const AmendOrder = defineCommand('orders', 'amend-order', 1, AmendOrderData, {
  about: 'A trading partner wants its order changed or cancelled; answered by amendment-answered.',
  key: (data) => data.orderId,
  lane: byAccount((data) => accountLane(data.account, data.orderId)),
});

export class AmendmentAnsweredData {
  @IsKey('amendment') amendmentId!: string;
  @IsOrderId() orderId!: string;
  @IsAccountNo() account!: string;
  @IsKey('channel') channel!: string;
  @IsOneOf(['done', 'refused']) outcome!: 'done' | 'refused';
  /** why it is refused: none when it is done */
  @IsListOf(OrderRefusal, 1000) refusals!: OrderRefusal[];
}
export const AmendmentAnswered = defineEvent('orders', 'amendment-answered', 1, AmendmentAnsweredData, {
  about: 'An order was changed or cancelled as a partner wanted, or could not be.',
  key: (data) => data.amendmentId,
  lane: byAccount((data) => accountLane(data.account, data.orderId)),
});
