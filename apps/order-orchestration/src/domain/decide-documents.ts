/** Documents that are no orders: unreferenced returns and stock adjustments. */
import {
  accept,
  answer,
  change,
  ignore,
  percentOf,
  readDecimal,
  reject,
  say,
  toBaseUnits,
  type Decision,
  type Input,
  type Ref,
  type Refusal,
} from '@crossdock/kernel';
import {
  AdjustStock,
  RecordReturn,
  ReturnReceived,
  type CreditedLine,
  type ReturnedLine,
  type SubmitAdjustmentData,
  type SubmitReturnData,
} from '@crossdock/contracts';
import { accountRefs } from './account.js';
import { checkAhead, checkNumbers, fieldOf } from './checks.js';
import { settling } from './decide-parked.js';
import { adjustmentRef, returnRef } from './documents.js';
import { amountOf, CHARGE_UNIT, positiveUnits, taxPercentOf } from './price.js';
import { customerRef, directoryRef, itemRef } from './reference.js';
import type { OrderStates } from './touched.js';

const goodsOf = (lines: readonly { readonly item: string; readonly kind?: string }[]): readonly Ref[] =>
  [...new Set(lines.flatMap(({ item, kind = 'goods' }) => (kind === 'goods' ? [item] : [])))].map(itemRef);
const refuse = (refusals: readonly Refusal[]): Decision => reject(refusals[0]?.reason ?? 'schema-violation', refusals);
const isOpen = (states: OrderStates, id: string): boolean =>
  states.directory(directoryRef.id).nodes.some(({ node, status }) => node === id && status === 'active');

/** How a known document stands, and the batch it came with: its sender may be the same one, cut off and back again. */
const standing = ({ status, batchId }: { readonly status: string; readonly batchId?: string }) => ({
  status,
  ...(batchId ? { batchId } : {}),
});

export const touchesReturn = ({ data }: Input<SubmitReturnData>): readonly Ref[] => [
  returnRef(data.returnId),
  customerRef(data.account),
  directoryRef,
  ...accountRefs(data.account),
  ...goodsOf(data.lines),
];

export const submitReturn = (input: Input<SubmitReturnData>, states: OrderStates): Decision => {
  const { data } = input;
  const { returnId, contentHash } = data;
  const known = states.return(returnId);
  if (known.status !== 'none')
    return known.contentHash === contentHash
      ? ignore('already-known', { returnId, returnNo: known.documentNo, ...standing(known) })
      : reject('document-changed', [{ reason: 'document-changed', field: 'documentNo' }]);
  const customer = states.customer(data.account);
  if (!customer.known) return refuse([{ reason: 'unknown-customer', field: 'account' }]);
  const entity = states.directory(directoryRef.id).entities.find((one) => one.entity === customer.entity);
  const taxPercent = taxPercentOf(entity, data.country, customer.taxCategory);
  const refusals: Refusal[] = [
    ...checkAhead('returnDate', data.returnDate, input.at, data.daysAhead),
    ...checkNumbers(data.lines),
  ];
  if (data.currency !== customer.currency) refusals.push({ reason: 'wrong-currency', field: 'currency' });
  if (!isOpen(states, data.node)) refusals.push({ reason: 'unknown-node', field: 'node' });
  if (taxPercent === undefined) refusals.push({ reason: 'tax-context-missing', field: 'country' });
  const lines = data.lines.flatMap((line, index) => {
    const credited = creditLine(line, states, data.currency, taxPercent ?? '0');
    if (typeof credited !== 'string') return [credited];
    refusals.push({ reason: credited, field: `lines[${index}].${fieldOf(credited)}` });
    return [];
  });
  return refusals.length > 0 ? refuse(refusals) : returned(input, customer.entity, lines);
};

/** A line as it is credited, or the reason why it can't be. */
const creditLine = (
  line: ReturnedLine,
  states: OrderStates,
  currency: string,
  taxPercent: string,
): CreditedLine | string => {
  const { lineNo, kind, item, unitPrice } = line;
  const known = kind === 'goods' ? states.item(item) : undefined;
  if (known && !known.known) return 'unknown-item';
  const unit = known?.known ? known.baseUnit : CHARGE_UNIT;
  const units = positiveUnits(line.quantity, unit, unit, []);
  if (units === 'quantity-not-positive') return units;
  if (!units.ok) return units.reason;
  const net = amountOf(unitPrice, String(units.units), currency);
  if (net === undefined) return 'amount-out-of-range';
  return { lineNo, kind, item, quantity: units.units, unitPrice, net, taxPercent, tax: percentOf(net, taxPercent) };
};

const returned = (
  { data, at, batchId, correlationId }: Input<SubmitReturnData>,
  entity: string,
  lines: CreditedLine[],
): Decision => {
  const { returnId, documentNo, channel, contentHash, account, currency, returnDate, node, source } = data;
  const net = lines.reduce((sum, line) => sum + line.net, 0);
  const tax = lines.reduce((sum, line) => sum + line.tax, 0);
  const goods = lines.flatMap(({ kind, lineNo, item, quantity }) =>
    kind === 'goods' ? [{ lineNo, item, quantity }] : [],
  );
  const of = returnRef(returnId);
  return accept(
    change(of, {
      type: 'return-taken',
      returnId,
      documentNo,
      channel,
      contentHash,
      account,
      currency,
      net,
      tax,
      gross: net + tax,
      lines: lines.length,
      takenAt: at,
      correlationId,
      ...(source ? { source } : {}),
      ...(batchId ? { batchId } : {}),
    }),
    say(
      ReturnReceived,
      { returnId, returnNo: documentNo, account, entity, currency, returnDate, node, referenced: false, lines },
      of,
    ),
    goods.length > 0 ? [say(RecordReturn, { returnId, documentNo, node, occurredAt: at, lines: goods })] : [],
    settling(data, returnId),
    answer({ returnId, returnNo: documentNo, status: 'received' }),
  );
};

export const touchesAdjustment = ({ data }: Input<SubmitAdjustmentData>): readonly Ref[] => [
  adjustmentRef(data.adjustmentId),
  directoryRef,
  ...goodsOf(data.lines),
];

/** Lines of goods in base units; what is wrong with the others goes to the refusals. */
const adjustedLines = (lines: SubmitAdjustmentData['lines'], states: OrderStates, refusals: Refusal[]) =>
  lines.flatMap(({ lineNo, item, kind = 'goods', quantity }, index) => {
    if (kind !== 'goods') return [];
    const units = deltaOf(item, quantity, states);
    if (typeof units === 'number') return [{ lineNo, item, quantity: units }];
    refusals.push({ reason: units, field: `lines[${index}].${fieldOf(units)}` });
    return [];
  });

export const submitAdjustment = (input: Input<SubmitAdjustmentData>, states: OrderStates): Decision => {
  const { data, at, batchId, correlationId } = input;
  const { adjustmentId, documentNo, channel, contentHash, node, reason, adjustmentDate: postingDate, source } = data;
  const known = states.adjustment(adjustmentId);
  if (known.status !== 'none')
    return known.contentHash === contentHash
      ? ignore('already-known', { adjustmentId, adjustmentNo: known.documentNo, ...standing(known) })
      : reject('document-changed', [{ reason: 'document-changed', field: 'documentNo' }]);
  const refusals: Refusal[] = [
    ...checkAhead('adjustmentDate', postingDate, at, data.daysAhead),
    ...checkNumbers(data.lines),
  ];
  if (!isOpen(states, node)) refusals.push({ reason: 'unknown-node', field: 'node' });
  const lines = adjustedLines(data.lines, states, refusals);
  if (refusals.length > 0) return refuse(refusals);
  return accept(
    change(adjustmentRef(adjustmentId), {
      type: 'adjustment-taken',
      adjustmentId,
      documentNo,
      channel,
      contentHash,
      node,
      lines: lines.length,
      takenAt: at,
      correlationId,
      ...(source ? { source } : {}),
      ...(batchId ? { batchId } : {}),
    }),
    lines.length > 0
      ? say(AdjustStock, { adjustmentId, documentNo, node, reason, postingDate, occurredAt: at, lines })
      : [],
    settling(data, adjustmentId),
    answer({ adjustmentId, adjustmentNo: documentNo, status: 'sent' }),
  );
};

/** Signed whole base units of a known item, or why there are none. */
const deltaOf = (item: string, quantity: string, states: OrderStates): number | string => {
  const known = states.item(item);
  if (!known.known) return 'unknown-item';
  if (readDecimal(quantity)?.digits === 0n) return 'quantity-zero';
  const units = toBaseUnits({ value: quantity, unit: known.baseUnit }, known.baseUnit, []);
  return units.ok ? units.units : units.reason;
};
