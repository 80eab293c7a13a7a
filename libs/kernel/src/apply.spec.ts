import { apply, ForeignState, outputsOf, refKey, ruleFor } from './apply.js';
import { ref, type Contract, type Input, type Ref } from './contract.js';
import { defineDecider, kind, rule, type Decider, type Rule } from './decider.js';
import { accept, answer, change, defer, ignore, later, reject, say, type Decision } from './decision.js';

interface Take {
  readonly item: string;
  readonly quantity: number;
}
const TakeStock: Contract<Take> = {
  type: 'inventory.cmd.take-stock',
  version: 1,
  key: ({ item }) => item,
  lane: ({ item }) => item,
};
const StockTaken: Contract<Take> = { ...TakeStock, type: 'inventory.evt.stock-taken' };

interface Position {
  readonly free: number;
}
const position = kind<Position, { readonly type: 'taken'; readonly quantity: number }>({
  initial: () => ({ free: 10 }),
  evolve: (state, { quantity }) => ({ free: state.free - quantity }),
});
const price = kind<{ readonly amount: number }, { readonly type: 'never' }>({
  initial: () => ({ amount: 0 }),
  evolve: (state) => state,
});
const at = (item: string): Ref => ref('position', item);
type Kinds = { position: typeof position; price: typeof price };

const decider = (
  decide: Rule<Take, Kinds>['decide'],
  touches: Rule<Take, Kinds>['touches'] = ({ data }) => [at(data.item)],
): Decider =>
  defineDecider({
    name: 'stock',
    kinds: { position },
    reads: { price },
    rules: [rule<Take, Kinds>(TakeStock, touches, decide)],
  }) as unknown as Decider;

const message = (quantity = 4): Input<Take> => ({
  id: 'message-1',
  type: TakeStock.type,
  version: 1,
  tenant: 'acme',
  key: 'TEA',
  data: { item: 'TEA', quantity },
  at: '2026-11-21T09:00:00.000Z',
  actor: { kind: 'system', id: 'test' },
  correlationId: 'correlation-1',
  entityVersion: 0,
});
const run = (stock: Decider, load: (on: Ref) => unknown = () => undefined) =>
  apply(stock, stock.rules[0] as Rule, message(), load);
const taken = (quantity: number) => change(at('TEA'), { type: 'taken', quantity });

describe('a decision that is applied', () => {
  it('starts from what was never seen as its kind begins', () => {
    const applied = run(decider(({ data }, touched) => accept(taken(touched.position(data.item).free))));
    expect(applied.changed.get('position/TEA')).toEqual({ free: 0 });
  });

  it('starts from the state as loaded, which is asked for once', () => {
    const asked: string[] = [];
    const applied = run(
      decider((_input, touched) => accept(taken(touched.position('TEA').free), taken(touched.position('TEA').free))),
      (on) => {
        asked.push(refKey(on));
        return { free: 3 };
      },
    );
    expect(asked).toEqual(['position/TEA']);
    expect(applied.changed.get('position/TEA')).toEqual({ free: -3 });
  });

  it('lets a later fact build on an earlier one', () => {
    const applied = run(decider(() => accept(taken(1), [taken(2)], taken(3))));
    expect(applied.changed.get('position/TEA')).toEqual({ free: 4 });
  });

  it('changes by facts only: what is said, scheduled or answered leaves states alone', () => {
    const outputs = [
      say(StockTaken, message().data),
      later(TakeStock, message().data, message().at),
      answer({ ok: true }),
    ];
    const applied = run(decider(() => accept(...outputs)));
    expect(applied.changed.size).toBe(0);
    expect(outputsOf(applied.decision)).toEqual(outputs);
  });

  it('that refuses keeps what the refusal says and names', () => {
    const applied = run(decider(() => reject('not-enough-stock', [{ reason: 'not-enough-stock' }], taken(1))));
    expect(applied.changed.get('position/TEA')).toEqual({ free: 9 });
  });

  it.each<[string, Decision]>([
    ['ignores', ignore('nothing-to-do')],
    ['defers', defer('hold-unknown-yet', at('TEA'))],
  ])('that %s changes nothing and says nothing', (_how, decision) => {
    const applied = run(decider(() => decision));
    expect(applied.changed.size).toBe(0);
    expect(outputsOf(applied.decision)).toEqual([]);
  });
});

describe('a rule keeps to the states that it names', () => {
  const refused = (stock: Decider): void => expect(() => run(stock)).toThrow(ForeignState);

  it('and may not look at another', () => {
    refused(decider((_input, touched) => accept(taken(touched.position('COFFEE').free))));
  });

  it('nor change another', () => {
    refused(decider(() => accept(change(at('COFFEE'), { type: 'taken', quantity: 1 }))));
  });

  it('nor change what it only reads', () => {
    const both = ({ data }: Input<Take>) => [at(data.item), ref('price', data.item)];
    refused(decider(() => accept(change(ref('price', 'TEA'), { type: 'taken' })), both));
  });

  it('nor name a kind that its decider does not have', () => {
    const strange = () => [ref('order', '1')];
    refused(decider(() => accept(change(ref('order', '1'), { type: 'taken' })), strange));
    const inherited = () => [ref('toString', '1')];
    refused(decider(() => accept(change(ref('toString', '1'), { type: 'taken' })), inherited));
  });

  it('but may look at what it reads', () => {
    const both = ({ data }: Input<Take>) => [at(data.item), ref('price', data.item)];
    const applied = run(decider((_input, touched) => accept(taken(touched.price('TEA').amount + 1)), both));
    expect(applied.changed.get('position/TEA')).toEqual({ free: 9 });
  });

  it('and the error says which state, and why', () => {
    expect(() => run(decider((_input, touched) => accept(taken(touched.position('COFFEE').free))))).toThrow(
      'position/COFFEE: not among the states that the rule for inventory.cmd.take-stock touches',
    );
  });
});

describe('the rule for a message', () => {
  const stock = decider(() => accept());
  it('is found by type and version', () => {
    expect(ruleFor(stock, { type: TakeStock.type, version: 1 })).toBe(stock.rules[0]);
    expect(ruleFor(stock, { type: TakeStock.type, version: 2 })).toBeUndefined();
    expect(ruleFor(stock, { type: 'inventory.cmd.other', version: 1 })).toBeUndefined();
  });
});
