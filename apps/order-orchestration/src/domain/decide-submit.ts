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
  type Instant,
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
  type Address,
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

/** The items of lines that are goods, and what channels may sell of them where that is looked at. */
export const touchesItems = (
  lines: readonly { readonly item?: string; readonly kind?: string }[],
  isAvailabilityAsked: boolean,
): readonly Ref[] => {
  const goods = lines.flatMap(({ item, kind = 'goods' }) => (item !== undefined && kind === 'goods' ? [item] : []));
  return [...new Set(goods)].flatMap((item) =>
    isAvailabilityAsked ? [itemRef(item), channelStockRef(item)] : [itemRef(item)],
  );
};
export const touchesSubmit = ({ data }: Submitted): readonly Ref[] => [
  orderRef(data.orderId),
  termsRef(data.orderId),
  ...accountRefs(data.account),
  customerRef(data.account),
  directoryRef,
  // Who may wait in any case needs no look at availability; who does not say follows the customer's default.
  ...touchesItems(data.lines, data.backorders !== 'allowed'),
];

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
    ...(data.requestedDate ? { requestedDate: data.requestedDate } : {}),
    ...(data.backorders ? { backorders: data.backorders } : {}),
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
  return accept(
    taking(header, { lines: [...checked.lines], shipTo: data.shipTo }, at),
    settling(data, data.orderId),
    answer(orderAnswer({ ...header, status: 'created' })),
  );
};

/**
 * What is agreed when an order is taken. `replaces`: the order in whose place it is taken, and the
 * items that it may hold, by node.
 */
export interface Agreed {
  readonly lines: PricedLine[];
  readonly shipTo: Address;
  readonly replaces?: {
    readonly orderId: string;
    readonly orderNo: string;
    readonly amendmentId?: string;
    readonly holds: ReadonlyMap<string, string[]>;
  };
}
/** Takes an order that has passed every check: its state, its credit, and the questions to nodes and ERP. */
export const taking = (header: OrderHeader, agreed: Agreed, at: Instant): readonly Output[] => {
  const { lines, shipTo, replaces } = agreed;
  const nodes = linesByNode(lines);
  const { orderId, orderNo, account, channel, customerPo, entity, currency, orderDate, net, tax, gross } = header;
  const fact: OrderChange = {
    type: 'order-taken',
    at,
    header,
    lineNos: lines.map(({ lineNo }) => lineNo),
    ordered: lines.map(({ quantity }) => quantity),
    charges: lines.flatMap(({ kind }, place) => (kind === 'goods' ? [] : [place])),
    nodes: [...nodes.keys()],
  };
  const created = {
    ...{ orderId, orderNo, account, channel, entity, currency, orderDate, shipTo, lines, net, tax, gross },
    ...(customerPo ? { customerPo } : {}),
    ...(replaces ? { replaces: replacedIn(replaces) } : {}),
  };
  return [
    change(orderRef(orderId), fact),
    change(termsRef(orderId), { type: 'terms-agreed', lines, shipTo }),
    ...creditChange(account, { type: 'credit-taken', amount: gross }),
    say(OrderCreated, created, orderRef(orderId)),
    ...questions(header, nodes, agreed, at),
  ];
};
const replacedIn = ({ holds: _holds, ...name }: NonNullable<Agreed['replaces']>) => name;

/** Asks every node for its stock and the ERP for its numbers, and sets the timers of the wait. */
const questions = (
  header: OrderHeader,
  nodes: ReadonlyMap<string, LineQuantity[]>,
  { lines, replaces }: Agreed,
  at: Instant,
): readonly Output[] => {
  const { orderId, orderNo, account, entity, currency, orderDate, country, gross, priority, releaseNotBefore } = header;
  const heldFrom = releaseNotBefore !== undefined && releaseNotBefore > at ? releaseNotBefore : at;
  const about = { orderId, account, priority, orderedAt: header.takenAt, holdUntil: plusMs(heldFrom, HOLD_MS) };
  const due = (step: OrderStepDueData['step'], when: string) =>
    later(OrderStepDue, { orderId, account, step, times: 0 }, when);
  const reserve = (node: string, wanted: LineQuantity[]): Output => {
    const items = replaces?.holds.get(node);
    const over = replaces && items ? { replaces: { orderId: replaces.orderId, items } } : {};
    return say(ReserveStock, { ...about, node, round: 1, lines: wanted, ...over });
  };
  return [
    ...[...nodes].map(([node, wanted]) => reserve(node, wanted)),
    ask(RegisterWithErp, { orderId, orderNo, account, entity, currency, orderDate, country, gross, lines }),
    due('stock-answer', plusMs(at, WATCH_MS)),
    ...(heldFrom === at ? [] : [due('release', heldFrom)]),
  ];
};
