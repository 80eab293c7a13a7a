/** A plan with parts left out: what a shrunk failure is, and what its one command names. */
import type { Plan } from './world/plan.ts';
import { obliging } from './world/outside.ts';

/** What besides actions can be left out. */
export const QUIETING = {
  // Without a next day nobody waits for it.
  night: (plan: Plan): Plan => ({ ...plan, night: false, warehouse: { ...plan.warehouse, sleeps: 0 } }),
  replicas: (plan: Plan): Plan => ({ ...plan, replicas: mapped(plan.replicas, 1) }),
  lanes: (plan: Plan): Plan => ({ ...plan, lanes: {} }),
  chances: (plan: Plan): Plan => ({ ...plan, chances: { ...plan.chances, fails: 0, unheard: 0, conflicts: 0 } }),
  outside: (plan: Plan): Plan => ({ ...plan, outside: obliging }),
  warehouse: (plan: Plan): Plan => ({ ...plan, warehouse: mapped(plan.warehouse, 0) }),
  callers: (plan: Plan): Plan => ({ ...plan, unheard: 0 }),
} as const;
export type Quieting = keyof typeof QUIETING;
const mapped = <T extends object>(table: T, value: number): T =>
  Object.fromEntries(Object.keys(table).map((name) => [name, value])) as T;

export interface Cut {
  /** places of the actions that stay; all when left out */
  readonly only?: readonly number[];
  readonly without: readonly Quieting[];
}
export const cutBy = (plan: Plan, { only, without }: Cut): Plan =>
  without.reduce((cut: Plan, name) => QUIETING[name](cut), {
    ...plan,
    actions: only ? plan.actions.filter((_, at) => only.includes(at)) : plan.actions,
  });

export const commandOf = (seed: number, { only, without }: Cut): string =>
  [
    `npm run sim -- --seed ${seed} --seeds 1`,
    ...(only ? [`--only ${only.join(',') || 'none'}`] : []),
    ...(without.length > 0 ? [`--without ${without.join(',')}`] : []),
  ].join(' ');
