/**
 * Billing, by account: what left (or came back) becomes a draft, once. Amounts are cumulated per order line, so any split
 * into shipments adds up to the order's own; charges ride on the order's first invoice.
 */
import {
  accept,
  change,
  defer,
  defineDecider,
  derivedId,
  ignore,
  ref,
  rule,
  type Decision,
  type Input,
  type Output,
  type Ref,
  type Touched,
} from '@crossdock/kernel';
import {
  accountLane,
  caseKind,
  caseRef,
  endCase,
  OrderAccepted,
  raiseCase,
  ReturnReceived,
  ShipmentDispatched,
  type OrderAcceptedData,
  type PricedLine,
  type ReasonCode,
  type ReturnReceivedData,
  type ShipmentDispatchedData,
} from '@crossdock/contracts';
import {
  billedKind,
  blockId,
  blockOf,
  nextUnits,
  orderLinesKind,
  termsKind,
  termsOfLine,
  wholeLine,
  type KnownTerms,
  type OrderLine,
} from './billing.js';
import { itemKind } from './catalogue.js';
import { draft } from './drafts.js';

const kinds = { terms: termsKind, orderLines: orderLinesKind, billed: billedKind, case: caseKind };
const reads = { item: itemKind };
type Seen = Touched<typeof kinds & typeof reads>;

export const shipmentSource = (shipmentId: string): string => `shipment/${shipmentId}`;
export const returnSource = (returnId: string): string => `return/${returnId}`;
export const invoiceIdOf = (orderId: string, shipmentId: string): string => derivedId('invoice', orderId, shipmentId);
export const chargesInvoiceIdOf = (orderId: string): string => derivedId('invoice', orderId, 'charges');
export const creditMemoIdOf = (returnId: string): string => derivedId('credit-memo', returnId);

const isGoods = ({ kind }: { readonly kind: string }): boolean => kind === 'goods';
const itemRefs = (lines: readonly { readonly item: string }[]): readonly Ref[] =>
  [...new Set(lines.map(({ item }) => item))].map((item) => ref('item', item));
const blockRefs = (orderId: string, lines: readonly { readonly lineNo: number }[]): readonly Ref[] =>
  [...new Set(lines.map(({ lineNo }) => blockOf(lineNo)))].map((block) => ref('orderLines', blockId(orderId, block)));
/** Parts of a list by the block that each line stands in. */
const byBlock = <L>(lines: readonly L[], lineNoOf: (line: L) => number): ReadonlyMap<number, readonly L[]> => {
  const parts = new Map<number, L[]>();
  for (const line of lines) {
    const block = blockOf(lineNoOf(line));
    const part = parts.get(block);
    if (part) part.push(line);
    else parts.set(block, [line]);
  }
  return parts;
};

const termsFrom = (data: OrderAcceptedData, charges: readonly PricedLine[]): KnownTerms => ({
  status: 'known',
  orderId: data.orderId,
  orderNo: data.orderNo,
  account: data.account,
  entity: data.entity,
  currency: data.currency,
  orderDate: data.orderDate,
  charges: charges.map(termsOfLine),
});
const headerOf = (terms: KnownTerms, documentId: string) => ({
  documentId,
  entity: terms.entity,
  account: terms.account,
  currency: terms.currency,
  documentDate: terms.orderDate,
  orderId: terms.orderId,
  orderNo: terms.orderNo,
});

/** Keeps the terms; an order of charges alone ships nothing and is billed at once. */
const orderAccepted = ({ data }: Input<OrderAcceptedData>, { terms, item }: Seen): Decision => {
  const on = ref('terms', data.orderId);
  if (terms(data.orderId).status === 'known') return ignore('already-known');
  const goods = data.lines.filter(isGoods).map(termsOfLine);
  const known = termsFrom(
    data,
    data.lines.filter((line) => !isGoods(line)),
  );
  const fixed: Output[] = [change(on, { type: 'terms-fixed', terms: known })];
  for (const [block, lines] of byBlock(goods, ({ lineNo }) => lineNo))
    fixed.push(change(ref('orderLines', blockId(data.orderId, block)), { type: 'lines-fixed', lines }));
  if (goods.length > 0) return accept(fixed);
  const documentId = chargesInvoiceIdOf(data.orderId);
  fixed.push(change(on, { type: 'charges-billed', documentId }));
  return draft('invoice', headerOf(known, documentId), known.charges.map(wholeLine), item, fixed);
};

interface Leaving {
  readonly line: OrderLine;
  readonly quantity: number;
}
/** What left by order line, added up over packages; or why it can't be billed as told. */
const leaving = (
  { orderId, lines }: ShipmentDispatchedData,
  { orderLines }: Seen,
): readonly Leaving[] | { readonly fault: ReasonCode; readonly text: string } => {
  const quantities = new Map<number, { readonly item: string; readonly quantity: number }>();
  for (const { lineNo, item, quantity } of lines)
    quantities.set(lineNo, { item, quantity: (quantities.get(lineNo)?.quantity ?? 0) + quantity });
  const found: Leaving[] = [];
  for (const [lineNo, { item, quantity }] of quantities) {
    const line = orderLines(blockId(orderId, blockOf(lineNo))).lines[lineNo];
    if (line?.item !== item) return { fault: 'line-unknown', text: `line ${lineNo} of ${item} is not on the order` };
    if (line.billed + quantity > line.ordered)
      return {
        fault: 'billing-above-order',
        text: `line ${lineNo}: ${line.billed} billed and ${quantity} shipped, ${line.ordered} ordered`,
      };
    if (quantity > 0) found.push({ line, quantity });
  }
  return found;
};

const SHIPMENT_FAULTS = ['line-unknown', 'billing-above-order'] as const satisfies readonly ReasonCode[];
/** A case is about a state of its decider, so that its owner is found by it. */
const shipmentCase = (data: ShipmentDispatchedData): Ref => ref('billed', shipmentSource(data.shipmentId));
const unbillable = (
  { data, at, batchId, correlationId }: Input<ShipmentDispatchedData>,
  reason: string,
  text: string,
) =>
  accept(
    raiseCase({
      reason,
      text,
      at,
      correlationId,
      subject: shipmentCase(data),
      keys: [`order:${data.orderId}`, `orderNo:${data.orderNo}`, `shipment:${data.shipmentId}`],
      lane: accountLane(data.account, data.orderId),
      content: data,
      ...(batchId ? { batchId } : {}),
    }),
  );

/** Marks units as billed, block by block. */
const markBilled = (orderId: string, left: readonly Leaving[]): readonly Output[] =>
  [...byBlock(left, ({ line }) => line.lineNo)].map(([block, part]) =>
    change(ref('orderLines', blockId(orderId, block)), {
      type: 'lines-billed',
      quantities: Object.fromEntries(part.map(({ line, quantity }) => [line.lineNo, quantity])),
    }),
  );

const shipmentDispatched = (input: Input<ShipmentDispatchedData>, seen: Seen): Decision => {
  const { data, at } = input;
  const source = shipmentSource(data.shipmentId);
  if (seen.billed(source).status === 'billed') return ignore('billed-already');
  const terms = seen.terms(data.orderId);
  if (terms.status === 'none') return defer('terms-unknown-yet', ref('terms', data.orderId));
  const left = leaving(data, seen);
  if ('fault' in left) return unbillable(input, left.fault, left.text);
  const charges = terms.chargesOn ? [] : terms.charges.map(wholeLine);
  const lines = [...left.map(({ line, quantity }) => nextUnits(line, quantity, terms.currency)), ...charges];
  if (lines.length === 0) return ignore('nothing-to-do');
  const documentId = invoiceIdOf(data.orderId, data.shipmentId);
  const changes: Output[] = [
    change(ref('billed', source), { type: 'source-billed', documentId, at }),
    ...markBilled(data.orderId, left),
    ...(charges.length > 0 ? [change(ref('terms', data.orderId), { type: 'charges-billed', documentId })] : []),
    ...SHIPMENT_FAULTS.filter((reason) => seen.case(caseRef(shipmentCase(data), reason).id).status === 'open').map(
      (reason) => endCase(shipmentCase(data), reason, { how: 'resolved', at }),
    ),
  ];
  const header = { ...headerOf(terms, documentId), shipmentId: data.shipmentId };
  const billedBefore = new Map(left.map(({ line }) => [line.lineNo, line.billed]));
  return draft('invoice', header, lines, seen.item, changes, (lineNo) => billedBefore.get(lineNo) ?? 0);
};

/** Credits what came back, goods and charges alike, as the order side has priced it. */
const returnReceived = ({ data, at }: Input<ReturnReceivedData>, { billed, item }: Seen): Decision => {
  const source = returnSource(data.returnId);
  if (billed(source).status === 'billed') return ignore('billed-already');
  const { returnId, account, entity, currency, returnDate } = data;
  const documentId = creditMemoIdOf(returnId);
  const header = { documentId, entity, account, currency, documentDate: returnDate, returnId };
  return draft('credit-memo', header, data.lines, item, [
    change(ref('billed', source), { type: 'source-billed', documentId, at }),
  ]);
};

export const billing = defineDecider({
  name: 'billing',
  kinds,
  reads,
  rules: [
    rule(
      OrderAccepted,
      ({ data }) => [ref('terms', data.orderId), ...blockRefs(data.orderId, data.lines.filter(isGoods))],
      orderAccepted,
    ),
    rule(
      ShipmentDispatched,
      ({ data }) => [
        ref('billed', shipmentSource(data.shipmentId)),
        ref('terms', data.orderId),
        ...blockRefs(data.orderId, data.lines),
        ...itemRefs(data.lines),
        ...SHIPMENT_FAULTS.map((reason) => caseRef(shipmentCase(data), reason)),
      ],
      shipmentDispatched,
    ),
    rule(
      ReturnReceived,
      ({ data }) => [ref('billed', returnSource(data.returnId)), ...itemRefs(data.lines.filter(isGoods))],
      returnReceived,
    ),
  ],
});
