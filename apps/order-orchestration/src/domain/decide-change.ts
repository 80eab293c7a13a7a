/**
 * The lines of an order change before it is released: one decision cancels it and takes the changed order in its place,
 * so it is never half changed. What it held goes over to the new one, which keeps its customer PO, its turn and its
 * conversation.
 */
import {
  accept,
  answer,
  derivedId,
  ignore,
  reject,
  within,
  type Decision,
  type Input,
  type Instant,
  type Ref,
  type Refusal,
} from '@crossdock/kernel';
import { GUEST, partnerOf, type ChangeOrderData, type OrderChange } from '@crossdock/contracts';
import { lineFinder } from './change-lines.js';
import { checkChange, isCancelling, type CheckedChange } from './check-change.js';
import { unitsAt } from './counters.js';
import { obstacle, touchesCancel, withdraw } from './decide-cancel.js';
import { orderAnswer, taking, touchesItems, type OrderTaken } from './decide-submit.js';
import { orderRef, type Order, type OrderHeader, type OrderName } from './order.js';
import { customerRef, directoryRef } from './reference.js';
import { termsRef, type TermsState } from './terms.js';
import type { OrderStates } from './touched.js';

/** Who wants what of which order. `changeId` tells a repetition from another change. */
export interface Wish {
  readonly orderId: string;
  readonly account: string;
  readonly changeId: string;
  /** the partner's document */
  readonly amendmentId?: string;
  readonly reason: string;
  readonly change: OrderChange;
}
/** Id of the order that a change makes of another one: deciding again makes the same. */
const replacementId = ({ orderId, changeId }: Pick<Wish, 'orderId' | 'changeId'>): string =>
  derivedId('changed', orderId, changeId);

export const touchesWish = (wish: Wish): readonly Ref[] => {
  const id = replacementId(wish);
  return [
    ...touchesCancel({ data: wish }),
    orderRef(id),
    termsRef(id),
    customerRef(wish.account),
    directoryRef,
    ...touchesItems(wish.change.lines, true),
  ];
};

/** Each line with what it is at: a warehouse that has one of them has the order. */
const perLine = (order: Order, terms: TermsState, change: OrderChange, whole: Refusal): readonly Refusal[] => {
  if (change.lines.length === 0) return [whole];
  const find = lineFinder(terms.lines);
  return change.lines.map((wish, place): Refusal => {
    const found = find(wish);
    const at = typeof found === 'object' ? terms.lines.indexOf(found) : -1;
    const units = (name: 'shipped' | 'picked' | 'released') => (at < 0 ? 0 : unitsAt(order.counters, name, at));
    const name = wish.customerLineNo ?? String(wish.lineNo ?? place + 1);
    const field = `lines[${place}]`;
    if (units('shipped') > 0)
      return { reason: 'order-shipped-already', field, text: `line ${name}: ${units('shipped')} have left` };
    if (units('released') > 0) {
      const text = `line ${name}: the warehouse has ${units('released')}, ${units('picked')} of them picked`;
      return { reason: 'order-released-already', field, text };
    }
    return { reason: 'change-not-possible', field, text: `line ${name}: ${whole.text ?? 'the order stands'}` };
  });
};

const WITH_WAREHOUSE = new Set(['order-released-already', 'order-shipped-already']);
const refusedBy = (order: Order, states: OrderStates, { change, amendmentId }: Wish): readonly Refusal[] => {
  const whole = obstacle(order);
  if (whole) {
    const isWithWarehouse = WITH_WAREHOUSE.has(whole.reason);
    return isWithWarehouse ? perLine(order, states.terms(order.orderId), change, whole) : [whole];
  }
  const text = standsBecause(order, amendmentId);
  return text === undefined ? [] : [{ reason: 'change-not-possible', field: 'orderId', text }];
};
const standsBecause = ({ account, channel }: Order, amendmentId: string | undefined): string | undefined => {
  if (account === GUEST) return "a guest's order has a lane of its own: it is cancelled and ordered again";
  const isOthers = amendmentId === undefined && partnerOf(channel) !== undefined;
  return isOthers ? "a trading partner's order is changed by the partner's own document" : undefined;
};
const MOST_REFUSALS = 1000;
const refuse = (refusals: readonly Refusal[]): Decision =>
  reject(refusals[0]?.reason ?? 'change-not-possible', refusals.slice(0, MOST_REFUSALS));

/** What a caller is told of a changed order; an order that stays as it is, or is cancelled, replaces none. */
export interface OrderChanged extends OrderTaken {
  readonly replaces?: OrderName;
}
const changeAnswer = (of: Parameters<typeof orderAnswer>[0], { orderId, orderNo }: Order): OrderChanged => ({
  ...orderAnswer(of),
  replaces: { orderId, orderNo },
});

/** The order that a wish has been fulfilled by already. */
export const fulfilledBy = (order: Order, wish: Pick<Wish, 'orderId' | 'changeId'>): OrderName | undefined =>
  order.replacedBy?.orderId === replacementId(wish) ? order.replacedBy : undefined;

/** A change to nothing, of an order that is cancelled already, by whomever: as a cancel that comes again. */
const isOverAlready = (order: Order, wish: Wish, states: OrderStates): boolean => {
  if (order.status !== 'cancelled' || order.replacedBy) return false;
  const customer = states.customer(order.account);
  return customer.known && isCancelling(states.terms(order.orderId), wish.change, customer);
};

export const change = (wish: Wish, { at }: Pick<Input, 'at'>, states: OrderStates): Decision => {
  const order = states.order(wish.orderId);
  if (order.status === 'none') return reject('order-not-found', [{ reason: 'order-not-found', field: 'orderId' }]);
  const done = fulfilledBy(order, wish);
  const known = done && states.order(done.orderId);
  if (known && known.status !== 'none') return ignore('already-known', changeAnswer(known, order));
  // Said again long after, to the order that it made.
  if (order.replaces && order.changedBy === wish.changeId)
    return ignore('already-known', { ...orderAnswer(order), replaces: order.replaces });
  if (isOverAlready(order, wish, states)) return ignore('nothing-to-do', orderAnswer(order));
  const refusals = refusedBy(order, states, wish);
  if (refusals.length > 0) return refuse(refusals);
  const terms = states.terms(order.orderId);
  const outcome = checkChange(
    order,
    terms,
    { change: wish.change, at },
    {
      customer: states.customer(order.account),
      account: states.account(order.account),
      directory: states.directory(directoryRef.id),
      item: (item) => states.item(item),
      channelStock: (item) => states.channelStock(item),
    },
  );
  if (!outcome.ok) return refuse(outcome.refusals);
  if (outcome.value.isIdle) return ignore('nothing-to-do', orderAnswer(order));
  if (outcome.value.lines.length > 0) return replaced(order, wish, outcome.value, at, states);
  const over = withdraw(order, { reason: wish.reason, at }, states);
  return within(order, accept(over.outputs, answer(orderAnswer(over.order))));
};

const LONGEST_NO = 64;
/** `PO-1`, then `PO-1.R2`, `PO-1.R3`. */
const nextName = (order: Order, orderId: string) => {
  const first = { orderNo: order.first?.orderNo ?? order.orderNo, changes: (order.first?.changes ?? 0) + 1 };
  const ending = `.R${first.changes + 1}`;
  return { orderId, orderNo: `${first.orderNo.slice(0, LONGEST_NO - ending.length)}${ending}`, first };
};

const headerOf = (order: Order, wish: Wish, checked: CheckedChange): OrderHeader => {
  const { account, channel, customerPo, currency, orderDate, contentHash, source, priority, shipComplete } = order;
  const { releaseNotBefore, backorders, takenAt, correlationId } = order;
  const { lines, net, tax, gross, requestedDate, customer, shipTo } = checked;
  const goods = lines.filter(({ kind }) => kind === 'goods').length;
  return {
    ...nextName(order, replacementId(wish)),
    ...{
      account,
      channel,
      entity: customer.entity,
      currency,
      country: shipTo.country,
      orderDate,
      priority,
      shipComplete,
    },
    ...{ takenAt, correlationId, net, tax, gross },
    contentHash: derivedId('changed', contentHash, wish.changeId),
    ...(customerPo ? { customerPo } : {}),
    ...(source ? { source } : {}),
    ...(releaseNotBefore ? { releaseNotBefore } : {}),
    ...(requestedDate ? { requestedDate } : {}),
    ...(backorders ? { backorders } : {}),
    replaces: { orderId: order.orderId, orderNo: order.orderNo },
    changedBy: wish.changeId,
    size: { ordered: lines.length, goods, charges: lines.length - goods },
  };
};

/** Items that an order may claim, by node. */
const holdsOf = (order: Order, { lines }: TermsState): ReadonlyMap<string, string[]> =>
  new Map(
    order.nodes.map(({ node }) => [
      node,
      [...new Set(lines.filter((line) => line.node === node).map(({ item }) => item))],
    ]),
  );

const replaced = (order: Order, wish: Wish, checked: CheckedChange, at: Instant, states: OrderStates): Decision => {
  const header = headerOf(order, wish, checked);
  const { orderId, orderNo } = header;
  const holds = holdsOf(order, states.terms(order.orderId));
  const handedOver = new Set(checked.lines.flatMap(({ node }) => (node && holds.has(node) ? [node] : [])));
  const over = withdraw(order, { reason: wish.reason, at, replacedBy: { orderId, orderNo }, handedOver }, states);
  const { amendmentId } = wish;
  const replaces = { orderId: order.orderId, orderNo: order.orderNo, holds, ...(amendmentId ? { amendmentId } : {}) };
  const agreed = { lines: [...checked.lines], shipTo: checked.shipTo, replaces };
  return within(
    order,
    accept(over.outputs, taking(header, agreed, at), answer(changeAnswer({ ...header, status: 'created' }, order))),
  );
};

/** Somebody waits for the answer. */
const wishOf = ({ data, id }: Input<ChangeOrderData>): Wish => ({ ...data, changeId: id });
export const touchesChange = (input: Input<ChangeOrderData>): readonly Ref[] => touchesWish(wishOf(input));
export const changeOrder = (input: Input<ChangeOrderData>, states: OrderStates): Decision =>
  change(wishOf(input), input, states);
