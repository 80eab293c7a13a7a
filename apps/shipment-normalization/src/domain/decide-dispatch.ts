/** The warehouse hands packages to carriers: what really left, by package and line. Lane: account. */
import {
  accept,
  answer,
  change,
  defer,
  derivedId,
  ignore,
  reject,
  say,
  type Decision,
  type Input,
  type Output,
  type Ref,
  type Refusal,
} from '@crossdock/kernel';
import {
  RecordIssue,
  ShipmentDispatched,
  TrackPackage,
  type ConfirmDispatchData,
  type LineQuantity,
  type PackageData,
  type ShipmentDispatchedData,
} from '@crossdock/contracts';
import { documentOf, fulfilmentRef, type FulfilmentLine, type KnownFulfilment } from './fulfilment.js';
import { manifestRef, parcelsOf, shipmentIdOf, shipmentRef } from './shipment.js';
import { endOpen, fulfilmentTouches, stepDue, whoseOf, type Fulfilment } from './decide-warehouse.js';

export const dispatchTouches = (
  input: Input<Pick<ConfirmDispatchData, 'fulfilmentId' | 'documentNo'>>,
): readonly Ref[] => {
  const shipmentId = shipmentIdOf(input.data.fulfilmentId, input.data.documentNo);
  return [...fulfilmentTouches(input), shipmentRef(shipmentId), manifestRef(shipmentId)];
};

/** The same content has the same hash, in whatever order packages and rows come. */
const contentHashOf = (packages: readonly PackageData[]): string =>
  derivedId(
    'dispatch',
    ...packages
      .map(({ trackingNo, carrier, sscc, contents }) => {
        const rows = contents.map(({ lineNo, quantity }) => `${lineNo}:${quantity}`).sort();
        return [trackingNo, carrier, sscc ?? '', ...rows].join('/');
      })
      .sort(),
  );

/** Quantity by line over all packages: a line may be in several. */
const byLineOf = (packages: readonly PackageData[]): ReadonlyMap<number, number> => {
  const sums = new Map<number, number>();
  for (const { contents } of packages)
    for (const { lineNo, quantity } of contents) sums.set(lineNo, (sums.get(lineNo) ?? 0) + quantity);
  return sums;
};

const rowRefusals = (
  packages: readonly PackageData[],
  lines: ReadonlyMap<number, FulfilmentLine>,
): readonly Refusal[] =>
  packages.flatMap(({ contents }, i) =>
    contents.flatMap(({ lineNo, quantity }, j): Refusal[] => {
      const field = `packages[${i}].contents[${j}]`;
      if (!lines.has(lineNo))
        return [
          { reason: 'line-unknown', field: `${field}.lineNo`, text: `the fulfilment order has no line ${lineNo}` },
        ];
      return quantity > 0 ? [] : [{ reason: 'quantity-not-positive', field: `${field}.quantity` }];
    }),
  );

/** More left than was picked. A line whose pick is not complete may have its confirmation still on the way. */
const abovePick = (sums: ReadonlyMap<number, number>, lines: ReadonlyMap<number, FulfilmentLine>) =>
  [...sums].flatMap(([lineNo, quantity]) => {
    const line = lines.get(lineNo);
    if (!line || line.shipped + quantity <= line.picked) return [];
    const mayCome = line.shipped + quantity <= line.released - line.short;
    const text = `line ${lineNo}: ${line.shipped + quantity} shipped in all, but ${line.picked} picked`;
    return [{ mayCome, refusal: { reason: 'dispatch-above-pick', field: 'packages.contents.quantity', text } }];
  });

export interface DispatchTaken {
  readonly fulfilmentId: string;
  readonly documentNo: string;
  readonly shipmentId: string;
}

/** What left by one document of the warehouse. */
export interface Left {
  readonly documentNo: string;
  readonly occurredAt: string;
  readonly contentHash: string;
  readonly packages: readonly PackageData[];
}
/** What is said of a shipment, in contract's words. */
const dispatchedOf = (
  left: Left,
  state: KnownFulfilment,
  shipmentId: string,
  lines: readonly LineQuantity[],
): ShipmentDispatchedData => ({
  ...whoseOf(state),
  shipmentId,
  orderNo: state.orderNo,
  dispatchedAt: left.occurredAt,
  packages: [...left.packages],
  lines: [...lines],
});

const factsOf = (
  { documentNo, contentHash }: Left,
  state: KnownFulfilment,
  { shipmentId, packages, lines, dispatchedAt, ...whose }: ShipmentDispatchedData,
): readonly Output[] => {
  const document = { kind: 'dispatch' as const, documentNo, contentHash };
  const batch = state.batchId ? { batchId: state.batchId } : {};
  const shipment = { ...whose, shipmentId, documentNo, dispatchedAt, parcels: parcelsOf(packages), ...batch };
  return [
    change(fulfilmentRef(state.fulfilmentId), { type: 'dispatched', document, shipmentId, lines }),
    change(shipmentRef(shipmentId), { type: 'dispatched', shipment }),
    change(manifestRef(shipmentId), { type: 'packed', packages, lines }),
  ];
};

/** The facts of a shipment, and what orders, stock, finance and trackers hear of it. */
export const dispatchOutputs = (
  state: KnownFulfilment,
  left: Left,
  lines: readonly LineQuantity[],
  at: string,
): readonly Output[] => {
  const shipmentId = shipmentIdOf(state.fulfilmentId, left.documentNo);
  const whose = whoseOf(state);
  const dispatched = dispatchedOf(left, state, shipmentId, lines);
  return [
    ...factsOf(left, state, dispatched),
    say(ShipmentDispatched, dispatched, shipmentRef(shipmentId)),
    say(RecordIssue, { ...whose, shipmentId, occurredAt: left.occurredAt, lines: [...lines] }),
    ...parcelsOf(left.packages).map(({ trackingNo, carrier }) =>
      say(TrackPackage, { ...whose, trackingNo, carrier, shipmentId }),
    ),
    stepDue(state, 'delivery', at),
  ];
};
/** By line, in the order of their numbers, with their items. */
export const shippedLines = (
  { lines }: Pick<KnownFulfilment, 'lines'>,
  packages: readonly PackageData[],
): readonly LineQuantity[] => {
  const items = new Map(lines.map(({ lineNo, item }) => [lineNo, item]));
  return [...byLineOf(packages)]
    .map(([lineNo, quantity]) => ({ lineNo, item: items.get(lineNo) ?? '', quantity }))
    .sort((a, b) => a.lineNo - b.lineNo);
};

/** Identity: fulfilment and document number. More than was picked never leaves. */
export const dispatch = (input: Input<ConfirmDispatchData>, touched: Fulfilment): Decision => {
  const { data, at } = input;
  const state = touched.fulfilment(data.fulfilmentId);
  if (state.status === 'none') return reject('fulfilment-unknown');
  const shipmentId = shipmentIdOf(data.fulfilmentId, data.documentNo);
  const taken: DispatchTaken = { fulfilmentId: data.fulfilmentId, documentNo: data.documentNo, shipmentId };
  const before = documentOf(state, 'dispatch', data.documentNo);
  if (before)
    return before.contentHash === contentHashOf(data.packages)
      ? ignore('document-repeated', taken)
      : reject('document-changed');
  const lines = new Map(state.lines.map((line) => [line.lineNo, line]));
  const refusals = rowRefusals(data.packages, lines);
  if (refusals[0]) return reject(refusals[0].reason, refusals);
  const sums = byLineOf(data.packages);
  const above = abovePick(sums, lines);
  const forGood = above.filter(({ mayCome }) => !mayCome).map(({ refusal }) => refusal);
  if (forGood[0]) return reject('dispatch-above-pick', forGood);
  if (above.length > 0) return defer('counter-not-ready', fulfilmentRef(data.fulfilmentId));
  const { documentNo, occurredAt, packages } = data;
  const left = { documentNo, occurredAt, packages, contentHash: contentHashOf(packages) };
  return accept(
    dispatchOutputs(state, left, shippedLines(state, packages), at),
    endOpen(touched, data.fulfilmentId, ['step-late'], at),
    answer(taken),
  );
};
