/** An order that a trading partner sent: decided like any other, and answered by an event, because nobody waits for it. */
import { accept, ignore, reject, say, type Decision, type Input, type Refusal } from '@crossdock/kernel';
import { OrderRejected, type SubmitOrderData } from '@crossdock/contracts';
import { submit } from './decide-submit.js';
import type { OrderStates } from './touched.js';

const MOST_REFUSALS = 1000;
const refused = ({ data }: Input<SubmitOrderData>, refusals: readonly Refusal[]): Decision => {
  const { orderId, documentNo: orderNo, account, channel } = data;
  const told = refusals.slice(0, MOST_REFUSALS).map((refusal) => ({ ...refusal }));
  return accept(say(OrderRejected, { orderId, orderNo, account, channel, refusals: told }));
};

export const take = (input: Input<SubmitOrderData>, states: OrderStates): Decision => {
  const known = states.order(input.data.orderId);
  if (known.status === 'none') {
    const decision = submit(input, states);
    return decision.kind === 'reject' ? refused(input, decision.refusals) : decision;
  }
  if (known.contentHash !== input.data.contentHash) return reject('document-changed');
  // Refused for good before, by the ERP for example: the same order under the same number stays refused.
  return known.status === 'rejected' ? refused(input, [{ reason: 'order-ended' }]) : ignore('already-known');
};
