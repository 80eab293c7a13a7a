/** Reason codes of the life of an order. */
import { reason } from './reason.js';

export const ORDERS_REASONS = {
  backorder: reason(
    'Part of the order waits for stock.',
    "Lines are in the node's backorder queue.",
    'Wait for the receipt, or expedite.',
  ),
  'order-not-found': reason('There is no such order.', 'No state under this key in the tenant.', 'Check the number.'),
  'order-released-already': reason(
    'The order is already with the warehouse.',
    'Cancel is possible before release only.',
    'Refuse delivery or return the goods.',
  ),
  'order-shipped-already': reason(
    'Goods of the order have left already.',
    'Cancel and change are possible before release only; a shipment exists.',
    'Suggest a return: what is not wanted is sent back, announced as a return and credited when it is here.',
  ),
  'order-ended': reason(
    'The order is already over.',
    'Status is cancelled, rejected or closed.',
    'Nothing to do; delivered goods that are not wanted come back as a return.',
  ),
  'order-replaced': reason(
    'The order was changed; another one stands in its place.',
    'replacedBy names the order that was taken when it was changed.',
    'Ask that order.',
  ),
  'illegal-transition': reason(
    "This is not possible in the order's present state.",
    'No rule for this input in this status.',
    "Look at the order's status.",
  ),
  'change-not-possible': reason(
    'The order can not be changed as it is wanted.',
    'The change says nothing that could be applied, or the order is none that changes: a guest order, a part of which a warehouse has.',
    'Agree with the partner: cancel in time and order again, or take it as it was.',
  ),
  'line-item-differs': reason(
    'The line has another item than the change names.',
    'A changed line keeps its item.',
    'Cancel the line and add another one with the item.',
  ),
  'order-unknown-yet': reason(
    'The order is not here yet.',
    'An answer overtook its question.',
    'Nothing to do; it waits by itself.',
  ),
  'counter-not-ready': reason(
    'An earlier step is still on its way.',
    'A counter would fall below zero; an answer overtook another.',
    'Nothing to do; it waits by itself.',
  ),
  'erp-unanswered': reason(
    'The ERP has not confirmed the order.',
    'register-with-erp got no answer within its time.',
    'Check the ERP; retry goes on by itself.',
    true,
  ),
  'erp-refused': reason(
    'The ERP refuses the order.',
    'Permanent refusal of register-with-erp.',
    "Read the ERP's text.",
  ),
  'erp-cancel-unanswered': reason(
    'The ERP has not confirmed the cancellation.',
    'cancel-with-erp got no answer within its time.',
    'Check the ERP.',
    true,
  ),
  'erp-cancel-refused': reason(
    'The ERP refuses to cancel the order.',
    'Permanent refusal of cancel-with-erp.',
    "Read the ERP's text and cancel it there.",
  ),
  'step-late': reason(
    'A step of the order takes longer than it should.',
    "A step's timer fired while the step was open.",
    'Look at the named step.',
  ),
  'nothing-to-do': reason(
    'Nothing was left to do.',
    'The state already says what the message wants.',
    'Nothing to do.',
  ),
  'old-version': reason(
    'Something newer is already known.',
    "Version of the message is not above the state's.",
    'Nothing to do.',
  ),
  'timer-moot': reason('The wait is over already.', 'The state no longer waits for this timer.', 'Nothing to do.'),
};
