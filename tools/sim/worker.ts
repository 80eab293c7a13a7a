/** A process that plays seeds: which ones, its parent says. Started with the loader, see `crew.ts`. */
import { cutBy, type Cut } from './cut.ts';
import { run, type Outcome } from './run.ts';
import { shrink } from './shrink.ts';
import { inWords } from './words.ts';
import { addReached, noneReached, type Reached } from './world/coverage.ts';
import { planOf } from './world/plan.ts';
import { loadDefinitions } from './world/services.ts';

export type Order =
  | {
      readonly kind: 'play';
      readonly first: number;
      readonly count: number;
      readonly cut?: Cut;
      readonly untilFault?: boolean;
    }
  | { readonly kind: 'shrink'; readonly seed: number };
export interface Played {
  readonly kind: 'played';
  readonly first: number;
  readonly played: number;
  /** one word for all of their histories */
  readonly digests: readonly string[];
  readonly faulty: readonly Omit<Outcome, 'reached'>[];
  readonly reached: Reached;
  readonly orders: Readonly<Record<string, number>>;
}
export interface Shrunk {
  readonly kind: 'shrunk';
  readonly seed: number;
  readonly cut: Cut;
  readonly story: readonly string[];
  readonly faults: Outcome['faults'];
}

const definitions = await loadDefinitions();

const play = async ({ first, count, cut, untilFault }: Extract<Order, { kind: 'play' }>): Promise<Played> => {
  const faulty: Omit<Outcome, 'reached'>[] = [];
  const digests: string[] = [];
  const total = noneReached();
  const orders: Record<string, number> = {};
  let played = 0;
  for (let seed = first; seed < first + count; seed++) {
    const { reached, ...outcome } = await run(cut ? cutBy(planOf(seed), cut) : planOf(seed), definitions);
    played++;
    digests.push(outcome.digest);
    addReached(total, reached);
    for (const [status, number] of Object.entries(outcome.orders)) orders[status] = (orders[status] ?? 0) + number;
    if (outcome.faults.length > 0) faulty.push(outcome);
    if (untilFault && faulty.length > 0) break;
  }
  return { kind: 'played', first, played, digests, faulty, reached: total, orders };
};

const shrunk = async (seed: number): Promise<Shrunk> => {
  const plan = planOf(seed);
  const whole = await run(plan, definitions);
  const [known] = whole.faults;
  const fails = async (cut: Cut): Promise<boolean> =>
    (await run(cutBy(plan, cut), definitions)).faults.some(({ id }) => id === known?.id);
  const cut = await shrink(plan.actions.length, fails);
  const { actions } = cutBy(plan, cut);
  const { faults } = await run(cutBy(plan, cut), definitions);
  return { kind: 'shrunk', seed, cut, story: actions.map(inWords), faults };
};

process.on('message', (order: Order) => {
  const done = order.kind === 'play' ? play(order) : shrunk(order.seed);
  done.then(
    (answer) => process.send?.(answer),
    (error: unknown) => process.send?.({ kind: 'broken', text: (error as Error).stack ?? String(error) }),
  );
});
process.send?.({ kind: 'ready' });
