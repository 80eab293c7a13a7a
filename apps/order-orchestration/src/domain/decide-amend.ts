/** A trading partner wants its order changed or cancelled: decided like any other wish, and answered by an event. */
import { accept, say, type Decision, type Input, type Output, type Ref, type Refusal } from '@crossdock/kernel';
import { AmendmentAnswered, AmendOrder, type AmendmentAnsweredData, type AmendOrderData } from '@crossdock/contracts';
import { unitsAt } from './counters.js';
import { cancel, touchesCancel } from './decide-cancel.js';
import { change, fulfilledBy, touchesWish, type Wish } from './decide-change.js';
import type { Order, OrderName } from './order.js';
import type { TermsState } from './terms.js';
import type { OrderStates } from './touched.js';

type Amend = Input<AmendOrderData>;

/** Undefined for a cancel, and for a change that does not say what is to change. */
const wishOf = ({ data }: Amend): Wish | undefined => {
  const { amendmentId, orderId, account, reason, wish, change: wanted } = data;
  if (wish !== 'change' || !wanted) return undefined;
  return { orderId, account, reason, amendmentId, changeId: amendmentId, change: wanted };
};
export const touchesAmend = (input: Amend): readonly Ref[] => {
  const wish = wishOf(input);
  return wish ? touchesWish(wish) : touchesCancel(input);
};

const answered = ({ data }: Amend, more: Partial<AmendmentAnsweredData> = {}): Output => {
  const { amendmentId, orderId, account, channel, namedOrderId = orderId } = data;
  const told = { amendmentId, orderId: namedOrderId, account, channel };
  return say(AmendmentAnswered, { ...told, outcome: 'done', refusals: [], ...more });
};
/** The partner's number of the line that a refusal is about, by its place in the change. */
const lineIn = ({ data }: Amend, { field = '' }: Refusal): { readonly customerLineNo?: string } => {
  const [, place] = /^lines\[(\d+)\]/.exec(field) ?? [];
  const customerLineNo = place === undefined ? undefined : data.change?.lines[Number(place)]?.customerLineNo;
  return customerLineNo === undefined ? {} : { customerLineNo };
};
const refused = (input: Amend, refusals: readonly Refusal[]): Output =>
  answered(input, {
    outcome: 'refused',
    refusals: refusals.map((refusal) => ({ ...refusal, ...lineIn(input, refusal) })),
  });
const by = ({ orderId, orderNo }: OrderName) => ({ replacedBy: orderId, replacedByNo: orderNo });

/** How the lines stand, for a change that asks for nothing new. */
const standing = ({ counters }: Order, { lines }: TermsState): AmendmentAnsweredData['lines'] =>
  lines.map(({ lineNo, customerLineNo, item, quantity, unit, unitPrice }, at) => ({
    ...{ lineNo, item, ordered: quantity, backordered: unitsAt(counters, 'backordered', at), unit, unitPrice },
    ...(customerLineNo ? { customerLineNo } : {}),
  }));

export const amend = (input: Amend, states: OrderStates): Decision => {
  const { data } = input;
  const order = states.order(data.orderId);
  if (order.status === 'none') return accept(refused(input, [{ reason: 'order-not-found', field: 'orderId' }]));
  const wish = wishOf(input);
  const done = wish && fulfilledBy(order, wish);
  if (done) return accept(doneBefore(input, done, states));
  // Changed since: what stands in its place decides, in its own turn.
  if (order.replacedBy) {
    const { namedOrderId = data.orderId } = data;
    return accept(say(AmendOrder, { ...data, orderId: order.replacedBy.orderId, namedOrderId }));
  }
  if (wish) return changed(input, wish, order, states);
  if (data.wish === 'cancel') return cancelled(input, states);
  const text = `order ${order.orderNo} is ${order.status}, and the change does not say what is to be other`;
  return accept(refused(input, [{ reason: 'change-not-possible', field: 'change', text }]));
};

/** Said again: the order that was taken for it stands, unless the ERP would not have it. */
const doneBefore = (input: Amend, done: OrderName, states: OrderStates): Output => {
  if (states.order(done.orderId).status !== 'rejected') return answered(input, by(done));
  const text = `${done.orderNo} was taken for it, and is rejected`;
  return refused(input, [{ reason: 'order-ended', field: 'orderId', text }]);
};

const changed = (input: Amend, wish: Wish, order: Order, states: OrderStates): Decision => {
  const decision = change(wish, input, states);
  switch (decision.kind) {
    case 'accept': {
      const replacement = replacementIn(decision.outputs);
      return { ...decision, outputs: [...decision.outputs, answered(input, replacement ? by(replacement) : {})] };
    }
    case 'ignore': // asked for before: the order is cancelled, or its lines stand so
      if (order.status === 'cancelled') return accept(answered(input));
      return accept(answered(input, { lines: standing(order, states.terms(order.orderId)) ?? [] }));
    case 'reject':
      return accept(refused(input, decision.refusals));
    default:
      return decision;
  }
};
/** None when every line was cancelled. */
const replacementIn = (outputs: readonly Output[]): OrderName | undefined => {
  for (const output of outputs)
    if ('change' in output && output.change.type === 'order-cancelled')
      return (output.change as { replacedBy?: OrderName }).replacedBy;
  return undefined;
};

const cancelled = (input: Amend, states: OrderStates): Decision => {
  const decision = cancel(input, states);
  switch (decision.kind) {
    case 'accept':
      return accept(decision.outputs, answered(input));
    case 'ignore': // cancelled already, by whomever
      return accept(answered(input));
    case 'reject':
      return accept(refused(input, decision.refusals));
    default:
      return decision;
  }
};
