/** Rules around the warehouse: a fulfilment order goes out, the WMS answers and picks. Lane: account. */
import {
  accept,
  answer,
  change,
  derivedId,
  hours,
  ignore,
  later,
  plusMs,
  ref,
  reject,
  say,
  type Decision,
  type Input,
  type Output,
  type Ref,
  type Refusal,
  type Touched,
} from '@crossdock/kernel';
import {
  accountLane,
  caseKind,
  caseRef,
  endCase,
  FulfilmentRequested,
  FulfilmentStepDue,
  PickConfirmed,
  raiseCase,
  RecordPick,
  type ConfirmedPick,
  type ConfirmPickData,
  type FulfilmentData,
  type FulfilmentStepDueData,
  type OrderReleasedData,
  type WmsAnswerData,
} from '@crossdock/contracts';
import {
  documentOf,
  fulfilmentKind,
  fulfilmentRef,
  type FulfilmentFact,
  type FulfilmentState,
  type KnownFulfilment,
} from './fulfilment.js';
import { askedOf, request, touchesRequest, type REQUEST_READS } from './request.js';
import { manifestKind, shipmentKind } from './shipment.js';

export const fulfilmentKinds = {
  fulfilment: fulfilmentKind,
  shipment: shipmentKind,
  manifest: manifestKind,
  case: caseKind,
};
export type Fulfilment = Touched<typeof fulfilmentKinds>;
type Requesting = Touched<typeof fulfilmentKinds & typeof REQUEST_READS>;

/** How long a step may take before a person is told. */
export const STEP_MS = { pick: hours(24), dispatch: hours(24), delivery: 10 * hours(24) } as const;

export const subjectOf = (fulfilmentId: string): Ref => ref('fulfilment', fulfilmentId);
export const REASONS = ['wms-unanswered', 'wms-refused', 'step-late'] as const;
type Reason = (typeof REASONS)[number];

export const fulfilmentTouches = ({ data: { fulfilmentId } }: Input<{ fulfilmentId: string }>): readonly Ref[] => [
  fulfilmentRef(fulfilmentId),
  ...REASONS.map((reason) => caseRef(subjectOf(fulfilmentId), reason)),
];

export const whoseOf = ({ fulfilmentId, orderId, account, node }: FulfilmentData): FulfilmentData => ({
  fulfilmentId,
  orderId,
  account,
  node,
});

/** Ends those of these cases that are open. */
export const endOpen = (
  touched: Fulfilment,
  fulfilmentId: string,
  reasons: readonly Reason[],
  at: string,
): readonly Output[] =>
  reasons
    .filter((reason) => touched.case(caseRef(subjectOf(fulfilmentId), reason).id).status === 'open')
    .map((reason) => endCase(subjectOf(fulfilmentId), reason, { how: 'resolved', at }));

const raise = (state: KnownFulfilment, reason: Reason, text: string, at: string): Output =>
  raiseCase({
    reason,
    subject: subjectOf(state.fulfilmentId),
    keys: [`fulfilment:${state.fulfilmentId}`, `order:${state.orderId}`, `orderNo:${state.orderNo}`],
    text: text.slice(0, 1000),
    at,
    correlationId: state.correlationId,
    lane: accountLane(state.account, state.orderId),
    ...(state.batchId ? { batchId: state.batchId } : {}),
    // Only a refusal can be tried again by a person; the others go on or end by themselves.
    ...(reason === 'wms-refused' ? { content: whoseOf(state) } : {}),
  });

export const stepDue = (state: FulfilmentData, step: keyof typeof STEP_MS, at: string): Output =>
  later(FulfilmentStepDue, { ...whoseOf(state), step, times: 0 }, plusMs(at, STEP_MS[step]));

export const touchesRelease = (input: Input<OrderReleasedData | FulfilmentData>): readonly Ref[] => [
  ...fulfilmentTouches(input),
  ...touchesRequest(input.data),
];
/** A fulfilment order goes to its node. */
export const release = (input: Input<OrderReleasedData>, touched: Requesting): Decision => {
  const { data, at, correlationId, batchId } = input;
  if (touched.fulfilment(data.fulfilmentId).status !== 'none') return ignore('already-known');
  const fulfilment: KnownFulfilment = {
    ...whoseOf(data),
    orderNo: data.orderNo,
    shipTo: data.shipTo,
    ...(data.customerPo ? { customerPo: data.customerPo } : {}),
    ...askedOf(data.node, at, touched),
    lines: data.lines.map(({ lineNo, item, quantity }) => ({
      lineNo,
      item,
      released: quantity,
      picked: 0,
      short: 0,
      shipped: 0,
    })),
    documents: [],
    shipments: [],
    releasedAt: at,
    correlationId,
    ...(batchId ? { batchId } : {}),
  };
  return accept(
    change(fulfilmentRef(data.fulfilmentId), { type: 'released', fulfilment }),
    request(fulfilment),
    stepDue(fulfilment, 'pick', at),
  );
};

/** It is taken, under the warehouse's number. */
export const took = (state: KnownFulfilment, wmsRef: string, touched: Fulfilment, at: string): Decision => {
  const { fulfilmentId } = state;
  if (state.wmsRef) return ignore('nothing-to-do');
  const on = fulfilmentRef(fulfilmentId);
  return accept(
    change(on, { type: 'wms-accepted', wmsRef }),
    say(FulfilmentRequested, { ...whoseOf(state), wmsRef }, on),
    endOpen(touched, fulfilmentId, ['wms-unanswered', 'wms-refused'], at),
  );
};
/** It is refused for good: a person may have it asked for again. */
export const refused = (state: KnownFulfilment, text: string, touched: Fulfilment, at: string): Decision =>
  accept(
    change(fulfilmentRef(state.fulfilmentId), { type: 'wms-refused', text }),
    raise(state, 'wms-refused', text, at),
    endOpen(touched, state.fulfilmentId, ['wms-unanswered'], at),
  );

/** The warehouse took the request, refused it, or is silent. Asking goes on by itself while it is silent. */
export const wmsAnswered = (input: Input<WmsAnswerData>, touched: Fulfilment): Decision => {
  const { data, at } = input;
  const state = touched.fulfilment(data.fulfilmentId);
  if (state.status === 'none') return ignore('fulfilment-unknown');
  if (data.outcome === 'done') return took(state, data.wmsRef ?? data.fulfilmentId, touched, at);
  // Once the warehouse has taken it or works on it, a refusal or silence about the request means nothing.
  if (state.status !== 'submitted') return ignore('nothing-to-do');
  if (data.outcome === 'unanswered') return accept(raise(state, 'wms-unanswered', data.text ?? 'no answer', at));
  return refused(state, data.text ?? 'refused', touched, at);
};

/** A person asks again for what the warehouse had refused. */
export const resubmit = ({ data, at }: Input<FulfilmentData>, touched: Requesting): Decision => {
  const state = touched.fulfilment(data.fulfilmentId);
  if (state.status === 'none') return reject('fulfilment-unknown');
  if (state.status !== 'rejected')
    return ignore('nothing-to-do', { fulfilmentId: data.fulfilmentId, status: state.status });
  const again = { type: 'resubmitted' as const, ...askedOf(state.node, at, touched, state.requests) };
  return accept(
    change(fulfilmentRef(data.fulfilmentId), again),
    request(fulfilmentKind.evolve(state, again) as KnownFulfilment),
    answer({ fulfilmentId: data.fulfilmentId, status: 'submitted' }),
  );
};

/** Of several rows for one line, their sum. In order of line number, so the same content has the same hash. */
const addedUp = (rows: readonly ConfirmedPick[]): readonly ConfirmedPick[] => {
  const byLine = new Map<number, ConfirmedPick>();
  for (const { lineNo, picked, short } of rows) {
    const before = byLine.get(lineNo);
    byLine.set(lineNo, { lineNo, picked: picked + (before?.picked ?? 0), short: short + (before?.short ?? 0) });
  }
  return [...byLine.values()].sort((a, b) => a.lineNo - b.lineNo).filter(({ picked, short }) => picked + short > 0);
};

const pickRefusals = (state: KnownFulfilment, rows: readonly ConfirmedPick[]): readonly Refusal[] => {
  const lines = new Map(state.lines.map((line) => [line.lineNo, line]));
  return rows.flatMap(({ lineNo, picked, short }): Refusal[] => {
    const line = lines.get(lineNo);
    if (!line)
      return [{ reason: 'line-unknown', field: 'lines.lineNo', text: `the fulfilment order has no line ${lineNo}` }];
    const open = line.released - line.picked - line.short;
    if (picked + short <= open) return [];
    const text = `line ${lineNo}: ${picked} picked and ${short} short, but only ${open} are open`;
    return [{ reason: 'pick-above-release', field: 'lines.picked', text }];
  });
};

type PickedFact = Extract<FulfilmentFact, { type: 'picked' }>;
export const pickedFact = (documentNo: string, contentHash: string, lines: readonly ConfirmedPick[]): PickedFact => ({
  type: 'picked',
  document: { kind: 'pick', documentNo, contentHash },
  lines,
});
/** The fact, and what orders and stock hear of it. */
export const pickOutputs = (state: KnownFulfilment, picked: PickedFact, occurredAt: string): readonly Output[] => {
  const on = fulfilmentRef(state.fulfilmentId);
  const { documentNo } = picked.document;
  const items = new Map(state.lines.map(({ lineNo, item }) => [lineNo, item]));
  const lines = picked.lines.map((row) => ({ ...row, item: items.get(row.lineNo) ?? '' }));
  return [
    change(on, picked),
    say(PickConfirmed, { ...whoseOf(state), documentNo, occurredAt, lines }, on),
    say(RecordPick, {
      ...whoseOf(state),
      documentNo,
      occurredAt,
      lines: lines.map(({ lineNo, item, picked: quantity, short }) => ({ lineNo, item, quantity, short })),
    }),
  ];
};

export interface PickTaken {
  readonly fulfilmentId: string;
  readonly documentNo: string;
  readonly status: FulfilmentState['status'];
}

/** The warehouse has picked, perhaps less than asked. Identity: fulfilment and document number. */
export const pick = (input: Input<ConfirmPickData>, touched: Fulfilment): Decision => {
  const { data, at } = input;
  const state = touched.fulfilment(data.fulfilmentId);
  if (state.status === 'none') return reject('fulfilment-unknown');
  const rows = addedUp(data.lines);
  const contentHash = derivedId('pick', ...rows.flatMap(({ lineNo, picked, short }) => [lineNo, picked, short]));
  const taken: PickTaken = { fulfilmentId: data.fulfilmentId, documentNo: data.documentNo, status: state.status };
  const before = documentOf(state, 'pick', data.documentNo);
  if (before)
    return before.contentHash === contentHash ? ignore('document-repeated', taken) : reject('document-changed');
  if (rows.length === 0) return reject('quantity-not-positive');
  const refusals = pickRefusals(state, rows);
  if (refusals[0]) return reject(refusals[0].reason, refusals);
  const picked = pickedFact(data.documentNo, contentHash, rows);
  return accept(
    pickOutputs(state, picked, data.occurredAt),
    endOpen(touched, data.fulfilmentId, REASONS, at),
    rows.some((row) => row.picked > 0) ? [stepDue(state, 'dispatch', at)] : [],
    answer({ ...taken, status: fulfilmentKind.evolve(state, picked).status }),
  );
};

const IS_WAITING: Readonly<Record<string, readonly FulfilmentState['status'][]>> = {
  pick: ['submitted', 'accepted'],
  dispatch: ['in-progress'],
  delivery: ['in-progress', 'shipped'],
};
/** A step should be over by now: the state says whether it is. */
export const stepIsDue = ({ data, at }: Input<FulfilmentStepDueData>, touched: Fulfilment): Decision => {
  const state = touched.fulfilment(data.fulfilmentId);
  if (state.status === 'none' || !IS_WAITING[data.step]?.includes(state.status)) return ignore('timer-moot');
  return accept(raise(state, 'step-late', `${data.step} of order ${state.orderNo} at ${data.node} is late`, at));
};
