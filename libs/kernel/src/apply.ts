/** Runs one rule on one message: the only place where a decision meets its states. Used by the road and by tests alike. */
import type { Input, Ref } from './contract.js';
import type { Decider, Kind, Kinds, Rule } from './decider.js';
import type { Change, Decision, Output } from './decision.js';

export const refKey = (on: Ref): string => `${on.kind}/${on.id}`;
export const isChange = (output: Output): output is Change => 'change' in output;

/** A rule reached beyond the states that it named, or named a kind that its decider does not have. */
export class ForeignState extends Error {
  constructor(
    readonly on: Ref,
    why: string,
  ) {
    super(`${refKey(on)}: ${why}`);
  }
}

export interface Applied {
  readonly decision: Decision;
  /** new states by `refKey`, of those that changed */
  readonly changed: ReadonlyMap<string, unknown>;
}

export const ruleFor = (decider: Decider, input: Pick<Input, 'type' | 'version'>): Rule | undefined =>
  decider.rules.find(({ hears }) => hears.type === input.type && hears.version === input.version);

const ownOf = (kinds: Kinds, name: string): Kind | undefined => (Object.hasOwn(kinds, name) ? kinds[name] : undefined);
const kindOf = (decider: Decider, on: Ref): Kind => {
  const found = ownOf(decider.kinds, on.kind) ?? ownOf(decider.reads, on.kind);
  if (!found) throw new ForeignState(on, `${decider.name} has no kind ${on.kind}`);
  return found;
};

/** Outputs that are kept when a message is accepted or refused; an ignore or a defer has none. */
export const outputsOf = (decision: Decision): readonly Output[] =>
  decision.kind === 'accept' || decision.kind === 'reject' ? decision.outputs : [];

/**
 * Decides and evolves. `load` gives the state of a ref as it stands (undefined: never seen). Throws `ForeignState` when
 * the rule looks at or changes a state that its `touches` did not name.
 */
export const apply = (decider: Decider, rule: Rule, input: Input, load: (on: Ref) => unknown): Applied => {
  const named = new Set(rule.touches(input).map(refKey));
  const states = new Map<string, unknown>();
  const get = (on: Ref): unknown => {
    const key = refKey(on);
    if (!named.has(key)) throw new ForeignState(on, `not among the states that the rule for ${input.type} touches`);
    if (!states.has(key)) states.set(key, load(on) ?? kindOf(decider, on).initial(on.id));
    return states.get(key);
  };
  const touched = Object.fromEntries(
    [...Object.keys(decider.kinds), ...Object.keys(decider.reads)].map((name) => [
      name,
      (id: string) => get({ kind: name, id }),
    ]),
  );
  const decision = rule.decide(input, touched as never);
  const changed = new Map<string, unknown>();
  for (const output of outputsOf(decision)) {
    if (!isChange(output)) continue;
    const own = ownOf(decider.kinds, output.on.kind);
    if (!own) throw new ForeignState(output.on, `${decider.name} may not change it`);
    const state = own.evolve(get(output.on), output.change);
    states.set(refKey(output.on), state);
    changed.set(refKey(output.on), state);
  }
  return { decision, changed };
};
