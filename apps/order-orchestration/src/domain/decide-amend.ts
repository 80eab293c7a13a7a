/** A trading partner wants its order changed or cancelled: decided like any other cancel, and answered by an event. */
import { accept, say, type Decision, type Input, type Output, type Ref, type Refusal } from '@crossdock/kernel';
import { AmendmentAnswered, type AmendOrderData } from '@crossdock/contracts';
import { cancel, touchesCancel } from './decide-cancel.js';
import type { OrderStates } from './touched.js';

type Amend = Input<AmendOrderData>;
export const touchesAmend = (input: Amend): readonly Ref[] => touchesCancel(input);

const answered = ({ data }: Amend, refusals: readonly Refusal[] = []): Output => {
  const { amendmentId, orderId, account, channel } = data;
  const outcome = refusals.length > 0 ? 'refused' : 'done';
  const told = refusals.map((refusal) => ({ ...refusal }));
  return say(AmendmentAnswered, { amendmentId, orderId, account, channel, outcome, refusals: told });
};

/** Lines of an order that was taken stand: whoever wants others cancels it in time and orders again. */
const UNCHANGEABLE = 'change-not-possible';

export const amend = (input: Amend, states: OrderStates): Decision => {
  const order = states.order(input.data.orderId);
  if (order.status === 'none') return accept(answered(input, [{ reason: 'order-not-found', field: 'orderId' }]));
  if (input.data.wish === 'change') {
    const text = `order ${order.orderNo} is ${order.status}; its lines stand as they were taken`;
    return accept(answered(input, [{ reason: UNCHANGEABLE, field: 'lines', text }]));
  }
  const decision = cancel(input, states);
  switch (decision.kind) {
    case 'accept':
      return accept(decision.outputs, answered(input));
    case 'ignore': // cancelled already, by whomever
      return accept(answered(input));
    case 'reject':
      return accept(answered(input, decision.refusals));
    default:
      return decision;
  }
};
