/** What runs reached: outcomes of rules, states in which inputs arrived, kinds of fault, steps at which a process died. */
import type { Decider, Kinds, Rule, Touched } from '@crossdock/kernel';
import type { ServiceDefinition, Told } from '@crossdock/runtime';

export type Counts = Record<string, number>;
export const ASPECTS = ['decisions', 'pairs', 'faults', 'steps', 'crashes', 'troubles'] as const;
export type Reached = Readonly<Record<(typeof ASPECTS)[number], Counts>>;

export const noneReached = (): Reached => ({
  decisions: {},
  pairs: {},
  faults: {},
  steps: {},
  crashes: {},
  troubles: {},
});
export const addReached = (to: Reached, more: Reached): void => {
  for (const aspect of ASPECTS)
    for (const [name, count] of Object.entries(more[aspect])) to[aspect][name] = (to[aspect][name] ?? 0) + count;
};
const add = (to: Counts, name: string): void => {
  to[name] = (to[name] ?? 0) + 1;
};

export class Coverage {
  readonly reached = noneReached();

  fault(kind: string): void {
    add(this.reached.faults, kind);
  }
  step(name: string): void {
    add(this.reached.steps, name);
  }
  crash(name: string): void {
    add(this.reached.crashes, name);
  }
  trouble(what: string): void {
    add(this.reached.troubles, what.split(':')[0] ?? what);
  }
  told({ work, how, reason }: Told): void {
    const decider = work.cause.slice(0, work.cause.indexOf('|'));
    const what = reason && how !== 'quarantined' ? ` ${reason}` : '';
    add(this.reached.decisions, `${decider} hears ${nameOf(work.input.type)}: ${how}${what}`);
  }
}
const nameOf = (type: string): string => type.split('.').at(-1) ?? type;

/** Where the pairs of the world that is playing are counted. */
let counting: Counts | undefined;
export const countPairsIn = (counts: Counts | undefined): void => {
  counting = counts;
};

/** The situation of a state: its status, or whether it is known at all. */
const situationOf = (state: unknown): string => {
  const { status, known } = state as { status?: unknown; known?: unknown };
  if (typeof status === 'string') return status;
  return typeof known === 'boolean' ? (known ? 'known' : 'unknown') : 'any';
};
/** Cases stand beside what a rule is about. */
const isBeside = (kind: string): boolean => kind === 'case';

const seenBy = (decider: Decider, { hears, ...rest }: Rule): Rule => ({
  ...rest,
  hears,
  decide: (input, touched: Touched<Kinds>) => {
    const [first] = rest.touches(input).filter(({ kind }) => !isBeside(kind) && kind in decider.kinds);
    if (counting && first) {
      const state = touched[first.kind]?.(first.id);
      add(counting, `${decider.name}: ${nameOf(hears.type)} when ${first.kind} is ${situationOf(state)}`);
    }
    return rest.decide(input, touched);
  },
});

/** The definition as it is, with every decision's state and input counted. */
export const watched = (definition: ServiceDefinition): ServiceDefinition => ({
  ...definition,
  decides: definition.decides.map((decider) => ({
    ...decider,
    rules: decider.rules.map((rule) => seenBy(decider, rule)),
  })),
});

/** Every (state, input) pair that could be: inputs that met a kind of state, in every situation that any input met it in. */
export const unreachedPairs = (pairs: Counts): readonly string[] => {
  const parsed = Object.keys(pairs).flatMap((pair) => {
    const match = /^(.+): (.+) when (.+) is (.+)$/.exec(pair);
    return match ? [match.slice(1) as [string, string, string, string]] : [];
  });
  const situations = new Map<string, Set<string>>();
  for (const [decider, , kind, situation] of parsed) {
    const key = `${decider}/${kind}`;
    situations.set(key, (situations.get(key) ?? new Set()).add(situation));
  }
  const all = parsed.flatMap(([decider, input, kind]) =>
    [...(situations.get(`${decider}/${kind}`) ?? [])].map(
      (situation) => `${decider}: ${input} when ${kind} is ${situation}`,
    ),
  );
  return [...new Set(all)].filter((pair) => !(pair in pairs)).sort();
};
