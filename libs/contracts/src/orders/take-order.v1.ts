import { accountLane, byAccount, defineCommand } from '../language/define.js';
import { MadeBy } from '../canonical/made-by.js';
import { IsA, Optional } from '../language/fields.js';
import { SubmitOrderData } from './submit-order.v1.js';

/**
 * An order that another service took in from a trading partner. Identity: tenant, channel and document number. Answered
 * by OrderCreated or OrderRejected; a repetition with the same content is answered by nothing, it has been before.
 */
export class TakeOrderData extends SubmitOrderData {
  @Optional() @IsA(MadeBy) madeBy?: MadeBy;
}
export const TakeOrder = defineCommand('orders', 'take-order', 1, TakeOrderData, {
  about: 'A trading partner ordered; answered by order-created or order-rejected.',
  key: (data) => data.orderId,
  lane: byAccount((data) => accountLane(data.account, data.orderId)),
});
