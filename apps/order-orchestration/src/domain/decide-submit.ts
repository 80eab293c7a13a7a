/** An order arrives: every check, then credit, then the questions to nodes and ERP, all in one decision. */
import {
  accept,
  answer,
  ask,
  change,
  dayOf,
  ignore,
  later,
  plusMs,
  reject,
  say,
  type Decision,
  type Input,
  type Output,
  type Ref,
  type Refusal,
} from '@crossdock/kernel';
import {
  GUEST,
  OrderCreated,
  OrderRejected,
  OrderStepDue,
  RegisterWithErp,
  ReserveStock,
  type LineQuantity,
  type OrderStepDueData,
  type PricedLine,
  type SubmitOrderData,
} from '@crossdock/contracts';
import { accountRefs, creditChange } from './account.js';
import { checkOrder, type Checked } from './checks.js';
import { settling } from './decide-parked.js';
import { orderRef, type Order, type OrderChange, type OrderHeader } from './order.js';
import { DEFAULT_PRIORITY, HOLD_MS, WATCH_MS } from './policy.js';
import { channelStockRef, customerRef, directoryRef, itemRef } from './reference.js';
import { termsRef } from './terms.js';
import type { OrderStates } from './touched.js';

type Submitted = Input<SubmitOrderData>;

/** What a caller is told of an order. */
export interface OrderTaken {
  readonly orderId: string;
  readonly orderNo: string;
  readonly status: string;
  readonly currency: string;
  readonly net: number;
  readonly tax: number;
  readonly gross: number;
}
export const orderAnswer = ({
  orderId,
  orderNo,
  status,
  currency,
  net,
  tax,
  gross,
}: Order | (OrderHeader & { status: string })): OrderTaken => ({
  orderId,
  orderNo,
  status,
  currency,
  net,
  tax,
  gross,
});

export const touchesSubmit = ({ data }: Submitted): readonly Ref[] => {
  const items = new Set(data.lines.flatMap(({ item, kind }) => (kind === undefined || kind === 'goods' ? [item] : [])));
  // Who may wait in any case needs no look at availability; who does not say follows the customer's default.
  const isAvailabilityAsked = data.backorders !== 'allowed';
  return [
    orderRef(data.orderId),
    termsRef(data.orderId),
    ...accountRefs(data.account),
    customerRef(data.account),
    directoryRef,
    ...[...items].flatMap((item) => (isAvailabilityAsked ? [itemRef(item), channelStockRef(item)] : [itemRef(item)])),
  ];
};

export const submit = (input: Submitted, states: OrderStates): Decision => {
  const { data } = input;
  const known = states.order(data.orderId);
  if (known.status !== 'none')
    return known.contentHash === data.contentHash
      ? ignore('already-known', { ...orderAnswer(known), ...(known.batchId ? { batchId: known.batchId } : {}) })
      : reject('document-changed', [{ reason: 'document-changed', field: 'documentNo' }]);
  const outcome = checkOrder(input, {
    customer: states.customer(data.account),
    account: data.account === GUEST ? undefined : states.account(data.account),
    directory: states.directory(directoryRef.id),
    item: (item) => states.item(item),
    channelStock: (item) => states.channelStock(item),
  });
  return outcome.ok ? taken(input, outcome.value) : refused(input, outcome.refusals);
};

const MOST_REFUSALS = 1000;
const refused = ({ data }: Submitted, all: readonly Refusal[]): Decision => {
  const refusals = all.slice(0, MOST_REFUSALS);
  const { orderId, documentNo: orderNo, account } = data;
  const said = say(OrderRejected, { orderId, orderNo, account, refusals: refusals.map((refusal) => ({ ...refusal })) });
  return reject(refusals[0]?.reason ?? 'schema-violation', refusals, said);
};

const headerOf = (input: Submitted, { customer, lines, net, tax, gross }: Checked): OrderHeader => {
  const { data, at, batchId, correlationId } = input;
  const goods = lines.filter(({ kind }) => kind === 'goods').length;
  return {
    orderId: data.orderId,
    orderNo: data.documentNo,
    account: data.account,
    channel: data.channel,
    ...(data.customerPo ? { customerPo: data.customerPo } : {}),
    entity: customer.entity,
    currency: data.currency,
    country: data.shipTo.country,
    orderDate: data.orderDate ?? dayOf(at),
    contentHash: data.contentHash,
    ...(data.source ? { source: data.source } : {}),
    priority: data.priority ?? DEFAULT_PRIORITY,
    shipComplete: data.shipComplete ?? false,
    ...(data.releaseNotBefore ? { releaseNotBefore: data.releaseNotBefore } : {}),
    takenAt: at,
    net,
    tax,
    gross,
    size: { ordered: lines.length, goods, charges: lines.length - goods },
    ...(batchId ? { batchId } : {}),
    correlationId,
  };
};

/** Demand per fulfilment node: a big order is split here. */
const linesByNode = (lines: readonly PricedLine[]): ReadonlyMap<string, LineQuantity[]> => {
  const nodes = new Map<string, LineQuantity[]>();
  for (const { node, lineNo, item, quantity } of lines) {
    if (!node) continue;
    const own = nodes.get(node);
    if (own) own.push({ lineNo, item, quantity });
    else nodes.set(node, [{ lineNo, item, quantity }]);
  }
  return nodes;
};

const taken = (input: Submitted, checked: Checked): Decision => {
  const { data, at } = input;
  const header = headerOf(input, checked);
  const lines = [...checked.lines];
  const nodes = linesByNode(lines);
  const order = orderRef(data.orderId);
  const fact: OrderChange = {
    type: 'order-taken',
    at,
    header,
    lineNos: lines.map(({ lineNo }) => lineNo),
    ordered: lines.map(({ quantity }) => quantity),
    charges: lines.flatMap(({ kind }, place) => (kind === 'goods' ? [] : [place])),
    nodes: [...nodes.keys()],
  };
  const { orderId, orderNo, account, channel, customerPo, entity, currency, orderDate, net, tax, gross } = header;
  const names = { orderId, orderNo, account };
  const created = { ...names, channel, entity, currency, orderDate, shipTo: data.shipTo, lines, net, tax, gross };
  return accept(
    change(order, fact),
    change(termsRef(orderId), { type: 'terms-agreed', lines, shipTo: data.shipTo }),
    creditChange(account, { type: 'credit-taken', amount: gross }),
    say(OrderCreated, customerPo ? { ...created, customerPo } : created, order),
    questions(header, nodes, lines, at),
    settling(data, orderId),
    answer(orderAnswer({ ...header, status: 'created' })),
  );
};

/** Asks every node for its stock and the ERP for its numbers, and sets the timers of the wait. */
const questions = (
  header: OrderHeader,
  nodes: ReadonlyMap<string, LineQuantity[]>,
  lines: PricedLine[],
  at: string,
): readonly Output[] => {
  const { orderId, orderNo, account, entity, currency, orderDate, country, gross, priority, releaseNotBefore } = header;
  const heldFrom = releaseNotBefore !== undefined && releaseNotBefore > at ? releaseNotBefore : at;
  const holdUntil = plusMs(heldFrom, HOLD_MS);
  const due = (step: OrderStepDueData['step'], when: string) =>
    later(OrderStepDue, { orderId, account, step, times: 0 }, when);
  return [
    ...[...nodes].map(([node, wanted]) =>
      say(ReserveStock, { orderId, account, node, priority, orderedAt: at, holdUntil, round: 1, lines: wanted }),
    ),
    ask(RegisterWithErp, { orderId, orderNo, account, entity, currency, orderDate, country, gross, lines }),
    due('stock-answer', plusMs(at, WATCH_MS)),
    ...(heldFrom === at ? [] : [due('release', heldFrom)]),
  ];
};
