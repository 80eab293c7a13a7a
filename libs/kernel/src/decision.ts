/**
 * What a rule answers. A rule is pure: it sees one message and the states it touches, and says what becomes of them.
 * Four answers, never an exception: accept (with outputs), ignore, defer (its question is not here yet) and reject.
 */
import type { Contract, Ref } from './contract.js';
import type { Instant } from './time.js';

/** A private fact: changes the state `on` through that kind's `evolve`, leaves the service never. */
export interface Change<F = { readonly type: string }> {
  readonly change: F;
  readonly on: Ref;
}
/** A message that leaves, on the stream of its contract. `of` is the entity whose version it carries. */
export interface Say<D = unknown> {
  readonly say: Contract<D>;
  readonly data: D;
  readonly of?: Ref;
}
/** A message to oneself at `at`; the state decides then whether it still matters. */
export interface Later<D = unknown> {
  readonly later: Contract<D>;
  readonly data: D;
  readonly at: Instant;
}
/** A question to the outside; an `ask` handler calls out and its answer comes back as an input. */
export interface Question<D = unknown> {
  readonly ask: Contract<D>;
  readonly data: D;
}
/** What a door answers to its caller after the commit. Plain JSON. */
export interface Answer {
  readonly answer: unknown;
}

export type Output = Change | Say | Later | Question | Answer;

/**
 * The conversation that messages belong to: one from the request to the journal. What a decision says belongs to its
 * cause's, unless the decision names another: a receipt that fills an order's backorder moves the order, not itself.
 */
export interface Thread {
  readonly correlationId: string;
  readonly batchId?: string;
}

export interface Accept {
  readonly kind: 'accept';
  readonly outputs: readonly Output[];
  /** the cause's when left out */
  readonly thread?: Thread;
}
export interface Ignore {
  readonly kind: 'ignore';
  readonly reason: string;
  readonly answer?: unknown;
}
export interface Defer {
  readonly kind: 'defer';
  readonly reason: string;
  /** the state whose change ends the wait */
  readonly awaits: Ref;
}
export interface Reject {
  readonly kind: 'reject';
  readonly reason: string;
  readonly refusals: readonly Refusal[];
  /** what a refusal still says, such as order-rejected; changes nothing but what it names */
  readonly outputs: readonly Output[];
}
/** One failed check: a code of the reason catalogue, the field it concerns and a text for a person. */
export interface Refusal {
  readonly reason: string;
  readonly field?: string;
  readonly text?: string;
}

export type Decision = Accept | Ignore | Defer | Reject;

export const accept = (...outputs: readonly (Output | readonly Output[])[]): Accept => ({
  kind: 'accept',
  outputs: outputs.flat() as Output[],
});
/** All that the decision says, schedules and asks belongs to this conversation. */
export const within = ({ correlationId, batchId }: Thread, decision: Accept): Accept => ({
  ...decision,
  thread: batchId === undefined ? { correlationId } : { correlationId, batchId },
});
export const ignore = (reason: string, answer?: unknown): Ignore =>
  answer === undefined ? { kind: 'ignore', reason } : { kind: 'ignore', reason, answer };
export const defer = (reason: string, awaits: Ref): Defer => ({ kind: 'defer', reason, awaits });
export const reject = (reason: string, refusals: readonly Refusal[] = [{ reason }], ...outputs: Output[]): Reject => ({
  kind: 'reject',
  reason,
  refusals,
  outputs,
});

export const change = <F extends { readonly type: string }>(on: Ref, fact: F): Change<F> => ({ change: fact, on });
export const say = <D>(contract: Contract<D>, data: D, of?: Ref): Say<D> =>
  of ? { say: contract, data, of } : { say: contract, data };
export const later = <D>(contract: Contract<D>, data: D, at: Instant): Later<D> => ({ later: contract, data, at });
export const ask = <D>(contract: Contract<D>, data: D): Question<D> => ({ ask: contract, data });
export const answer = (value: unknown): Answer => ({ answer: value });
