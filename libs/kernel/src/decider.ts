/** A decider: the kinds of state it owns and one rule per message it hears. Declared once, run by the runtime's road. */
import type { Contract, Input, Ref } from './contract.js';
import type { Decision } from './decision.js';

/** One kind of state. `evolve` is total: a fact it does not know leaves the state as it is. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- kinds of many state types stand in one table
export interface Kind<S = any, F extends { readonly type: string } = any> {
  initial(id: string): S;
  evolve(state: S, fact: F): S;
  /**
   * Business keys under which queries find the state, such as `orderNo:536365` or `status:closed`.
   * Each is stored tenant-prefixed in one multikey index.
   */
  keys?(state: S): readonly string[];
}
export const kind = <S, F extends { readonly type: string }>(definition: Kind<S, F>): Kind<S, F> => definition;

export type Kinds = Readonly<Record<string, Kind>>;
export type StateOf<K> = K extends Kind<infer S> ? S : never;

/** The states a rule may look at, by kind and id; one never seen before is its kind's `initial`. */
export type Touched<K extends Kinds> = { readonly [N in keyof K]: (id: string) => StateOf<K[N]> };

export interface Rule<D = unknown, K extends Kinds = Kinds> {
  readonly hears: Contract<D>;
  /** every state that `decide` may look at or change; all of the message's own lane, or of a kind that is only read */
  touches(input: Input<D>): readonly Ref[];
  decide(input: Input<D>, touched: Touched<K>): Decision;
  /**
   * May pass the queue of messages parked for its key: set for the answers that a parked message waits for.
   */
  readonly passes?: boolean;
}

export interface Decider<K extends Kinds = Kinds, R extends Kinds = Kinds> {
  readonly name: string;
  /** the kinds it owns and changes */
  readonly kinds: K;
  /** kinds of other deciders of the same service that it only reads, as they stood when the batch was loaded */
  readonly reads: R;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- one table holds rules of many message types
  readonly rules: readonly Rule<any, any>[];
}

export interface DeciderDefinition<K extends Kinds, R extends Kinds> {
  readonly name: string;
  readonly kinds: K;
  readonly reads?: R;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- one table holds rules of many message types
  readonly rules: readonly Rule<any, K & R>[];
}

export const defineDecider = <K extends Kinds, R extends Kinds = Record<never, Kind>>(
  definition: DeciderDefinition<K, R>,
): Decider<K, R> => ({ reads: {} as R, ...definition });

/** Ties a rule to the message it hears, with types taken from the contract. */
export const rule = <D, K extends Kinds>(
  hears: Contract<D>,
  touches: (input: Input<D>) => readonly Ref[],
  decide: (input: Input<D>, touched: Touched<K>) => Decision,
  more: { readonly passes?: boolean } = {},
): Rule<D, K> => ({ hears, touches, decide, ...more });
