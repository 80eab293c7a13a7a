/**
 * given / when / then for deciders. `when` freezes every state and decides twice: an impure rule fails its first test.
 *
 *   scenario(stock).given(aReceipt()).when(aReserveStock()).thenSays(StockReserved, { ... })
 */
import assert from 'node:assert/strict';
import {
  apply,
  derivedId,
  outputsOf,
  refKey,
  ruleFor,
  type Applied,
  type Contract,
  type Decider,
  type Decision,
  type Input,
  type Kinds,
  type Output,
  type Ref,
} from '@crossdock/kernel';

const freeze = <T>(value: T): T => {
  if (value && typeof value === 'object' && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const part of Object.values(value)) freeze(part);
  }
  return value;
};

/** A message for tests; everything but contract and data has a default. */
export const input = <D>(contract: Contract<D>, data: D, more: Partial<Input<D>> = {}): Input<D> => ({
  id: derivedId('test', contract.type, JSON.stringify(data)),
  type: contract.type,
  version: contract.version,
  tenant: 'acme',
  key: contract.key(data),
  data,
  at: '2026-03-02T09:00:00.000Z',
  actor: { kind: 'system', id: 'test' },
  correlationId: 'correlation-1',
  entityVersion: 1,
  ...more,
});

/** What a part of an object must hold: given fields only, nested alike. */
export type Part<T> = T extends readonly (infer E)[]
  ? readonly Part<E>[]
  : T extends object
    ? { [K in keyof T]?: Part<T[K]> }
    : T;

const holds = (actual: unknown, expected: unknown): boolean => {
  if (expected === null || typeof expected !== 'object') return Object.is(actual, expected);
  if (Array.isArray(expected))
    return (
      Array.isArray(actual) &&
      actual.length === expected.length &&
      expected.every((part, index) => holds(actual[index], part))
    );
  return (
    actual !== null &&
    typeof actual === 'object' &&
    Object.entries(expected).every(([name, part]) => holds((actual as Record<string, unknown>)[name], part))
  );
};

export class Scenario<K extends Kinds = Kinds, R extends Kinds = Kinds> {
  private readonly states = new Map<string, unknown>();
  private last: Applied | undefined;

  constructor(private readonly decider: Decider<K, R>) {}

  /** Sets a state directly: for kinds that are only read. */
  knowing(on: Ref, state: unknown): this {
    this.states.set(refKey(on), freeze(state));
    return this;
  }
  /** What happened before; every one must be accepted. */
  given(...inputs: readonly Input<never>[] | readonly Input<unknown>[]): this {
    for (const before of inputs as readonly Input<unknown>[]) {
      this.when(before);
      assert.equal(this.decision.kind, 'accept', `given ${before.type}: ${JSON.stringify(this.decision)}`);
    }
    return this;
  }
  when<D>(message: Input<D>): this {
    const rule = ruleFor(this.decider as unknown as Decider, message);
    assert.ok(rule, `${this.decider.name} has no rule for ${message.type}`);
    freeze(message);
    const decide = (): Applied =>
      apply(this.decider as unknown as Decider, rule, message as Input, (on) => this.states.get(refKey(on)));
    const first = decide();
    assert.deepEqual(decide(), first, `the rule for ${message.type} is not pure`);
    this.last = first;
    for (const [key, state] of first.changed) this.states.set(key, freeze(state));
    return this;
  }

  get decision(): Decision {
    assert.ok(this.last, 'nothing was decided yet');
    return this.last.decision;
  }
  get outputs(): readonly Output[] {
    return outputsOf(this.decision);
  }
  /** data of every message of this contract that was said, scheduled or asked */
  said<D>(contract: Contract<D>): readonly D[] {
    return this.outputs.flatMap((output) => {
      const spoken =
        'say' in output ? output.say : 'later' in output ? output.later : 'ask' in output ? output.ask : undefined;
      return spoken?.type === contract.type && spoken.version === contract.version
        ? [(output as { data: D }).data]
        : [];
    });
  }
  state<S = never>(on: Ref): S {
    const kind = this.decider.kinds[on.kind] ?? this.decider.reads[on.kind];
    assert.ok(kind, `no kind ${on.kind}`);
    return (this.states.get(refKey(on)) ?? kind.initial(on.id)) as S;
  }

  /** Said once, and holding these fields. */
  thenSays<D>(contract: Contract<D>, ...expected: readonly Part<D>[]): this {
    const said = this.said(contract);
    assert.equal(
      said.length,
      Math.max(expected.length, 1),
      `${contract.type} was said ${said.length} times; said: ${this.spoken()}`,
    );
    expected.forEach((part, index) => {
      if (!holds(said[index], part)) assert.deepEqual(said[index], part);
    });
    return this;
  }
  thenNever(contract: Contract<never> | Contract<unknown>): this {
    assert.equal(
      this.said(contract as Contract<unknown>).length,
      0,
      `${contract.type} was said; said: ${this.spoken()}`,
    );
    return this;
  }
  thenAnswers(expected: unknown): this {
    const answers = this.outputs.flatMap((output) => ('answer' in output ? [output.answer] : []));
    if (!holds(answers[0], expected)) assert.deepEqual(answers[0], expected);
    return this;
  }
  thenState(on: Ref, expected: unknown): this {
    const state = this.state<unknown>(on);
    if (!holds(state, expected)) assert.deepEqual(state, expected);
    return this;
  }
  thenAccepts(): this {
    assert.equal(this.decision.kind, 'accept', JSON.stringify(this.decision));
    return this;
  }
  thenIgnores(reason: string): this {
    assert.deepEqual([this.decision.kind, (this.decision as { reason?: string }).reason], ['ignore', reason]);
    return this;
  }
  thenDefers(reason: string): this {
    assert.deepEqual([this.decision.kind, (this.decision as { reason?: string }).reason], ['defer', reason]);
    return this;
  }
  /** Refused with exactly these reasons, in any order. */
  thenRejects(...reasons: readonly string[]): this {
    assert.equal(this.decision.kind, 'reject', JSON.stringify(this.decision));
    if (this.decision.kind !== 'reject') return this;
    const found = this.decision.refusals.map(({ reason }) => reason);
    assert.deepEqual([...new Set(found)].sort(), [...new Set(reasons)].sort());
    return this;
  }

  private spoken(): string {
    return this.outputs
      .map((output) => Object.keys(output)[0] + ':' + JSON.stringify(Object.values(output)[0]))
      .join('; ')
      .slice(0, 500);
  }
}

export const scenario = <K extends Kinds, R extends Kinds>(decider: Decider<K, R>): Scenario<K, R> =>
  new Scenario(decider);
