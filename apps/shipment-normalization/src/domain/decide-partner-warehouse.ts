/** Rules around a warehouse that a trading partner runs: it has our order, and tells by one document what it picked and shipped. */
import {
  accept,
  derivedId,
  ignore,
  say,
  type Decision,
  type Input,
  type Output,
  type Ref,
  type Refusal,
} from '@crossdock/kernel';
import {
  ShippingAdviceAnswered,
  type TakeShippingAdviceData,
  type WarehouseOrderAnsweredData,
} from '@crossdock/contracts';
import { dispatchOutputs, dispatchTouches, shippedLines } from './decide-dispatch.js';
import {
  endOpen,
  pickedFact,
  pickOutputs,
  REASONS,
  refused,
  stepDue,
  took,
  whoseOf,
  type Fulfilment,
} from './decide-warehouse.js';
import { documentOf, fulfilmentKind, type FulfilmentState, type KnownFulfilment } from './fulfilment.js';
import { placedAdvice } from './placed-advice.js';

/** The partner has the order, or it could not be given to it. Only the newest request counts. */
export const partnerAnswered = (input: Input<WarehouseOrderAnsweredData>, touched: Fulfilment): Decision => {
  const { data, at } = input;
  const state = touched.fulfilment(data.fulfilmentId);
  if (state.status === 'none') return ignore('fulfilment-unknown');
  if (state.partner !== data.partner || state.requests !== data.attempt) return ignore('old-version');
  if (data.outcome === 'done') return took(state, data.wmsRef ?? data.fulfilmentId, touched, at);
  // A partner may refuse by document what its system took well; not what it works on already.
  if (state.status !== 'submitted' && state.status !== 'accepted') return ignore('nothing-to-do');
  return refused(state, `${data.partner}: ${data.text ?? 'refused'}`, touched, at);
};

const MOST_REFUSALS = 1000;
const answered = ({ data }: Input<TakeShippingAdviceData>, refusals: readonly Refusal[] = []): Output => {
  const { sourceId, channel, documentNo } = data;
  const told = refusals.slice(0, MOST_REFUSALS).map((refusal) => ({ ...refusal }));
  const outcome = told.length > 0 ? 'refused' : 'done';
  return say(ShippingAdviceAnswered, { ...whoseOf(data), sourceId, channel, documentNo, outcome, refusals: told });
};

export const touchesAdvice = (input: Input<TakeShippingAdviceData>): readonly Ref[] => dispatchTouches(input);

/** All of it or nothing: picked, short and shipped in one decision. Identity: fulfilment and document number. */
export const takeAdvice = (input: Input<TakeShippingAdviceData>, touched: Fulfilment): Decision => {
  const { data } = input;
  const { documentNo } = data;
  const refuse = (refusals: readonly Refusal[]): Decision => accept(answered(input, refusals));
  const state = touched.fulfilment(data.fulfilmentId);
  if (state.status === 'none') return refuse([{ reason: 'fulfilment-unknown', field: 'depositorOrder' }]);
  const contentHash = derivedId('advice', JSON.stringify([data.packages, data.short, data.complete ?? false]));
  const before = documentOf(state, 'pick', documentNo);
  if (before?.contentHash === contentHash) return accept(answered(input));
  if (before) {
    const text = `${documentNo} is booked already, with other content`;
    return refuse([{ reason: 'document-changed', field: 'number', text }]);
  }
  const { picks, packages, refusals } = placedAdvice(state.lines, data);
  if (refusals.length > 0) return refuse(refusals);
  if (picks.length === 0)
    return refuse([
      { reason: 'quantity-not-positive', field: 'lines', text: 'nothing was shipped and nothing is short' },
    ]);
  return accept(booked(input, state, { documentNo, contentHash, picks, packages }, touched), answered(input));
};

interface Told extends Pick<ReturnType<typeof placedAdvice>, 'picks' | 'packages'> {
  readonly documentNo: string;
  readonly contentHash: string;
}
const booked = (
  { data, at }: Input<TakeShippingAdviceData>,
  state: Exclude<FulfilmentState, { readonly status: 'none' }>,
  { documentNo, contentHash, picks, packages }: Told,
  touched: Fulfilment,
): readonly Output[] => {
  const { occurredAt } = data;
  const picked = pickedFact(documentNo, contentHash, picks);
  const after = fulfilmentKind.evolve(state, picked) as KnownFulfilment;
  const left = { documentNo, occurredAt, contentHash, packages };
  const isOpen = after.lines.some((line) => line.released > line.picked + line.short);
  return [
    ...pickOutputs(state, picked, occurredAt),
    ...(packages.length > 0 ? dispatchOutputs(after, left, shippedLines(after, packages), at) : []),
    ...endOpen(touched, data.fulfilmentId, REASONS, at),
    // The rest is to follow by another document.
    ...(isOpen ? [stepDue(after, 'dispatch', at)] : []),
  ];
};
