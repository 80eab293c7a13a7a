/** Switchable faults of the outside: what goes wrong, where, and how often. Repeatable: a fault draws from its own seed. */
import { randomFrom, type Random } from '../day/random.js';
import { SYSTEMS, type System } from '../config.js';

/** What may happen to a request that comes in. */
export const REQUEST_FAULTS = ['timeout', 'timeout-after', '429', '500', 'refuse', 'down'] as const;
/** What may happen to a callback or webhook that goes out. */
export const CALLBACK_FAULTS = ['duplicate', 'late'] as const;
export const FAULT_KINDS = [...REQUEST_FAULTS, ...CALLBACK_FAULTS] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

export interface Fault {
  readonly id: string;
  readonly system: System;
  readonly kind: FaultKind;
  /** share of the calls that it hits, 0 to 1 */
  readonly rate: number;
  /** calls that it may still hit; without end when left out */
  readonly left?: number;
  /** how long a time-out holds, or how late a late copy comes */
  readonly ms?: number;
  /** hits only paths that start with this */
  readonly path?: string;
  /** calls that it has hit */
  readonly hits: number;
}
export type FaultRead = { readonly fault: Omit<Fault, 'id' | 'hits'> } | { readonly wrong: string };

const oneOf = <T extends string>(values: readonly T[], value: unknown): value is T => values.includes(value as T);

/** Reads `{ system, kind, rate | count, ms?, path? }` as a caller sends it. */
export const readFault = (body: unknown): FaultRead => {
  const { system, kind, rate, count, ms, path } = (body ?? {}) as Record<string, unknown>;
  const named = String(kind);
  if (!oneOf(SYSTEMS, system)) return { wrong: `system must be one of ${SYSTEMS.join(', ')}` };
  if (!oneOf(FAULT_KINDS, named)) return { wrong: `kind must be one of ${FAULT_KINDS.join(', ')}` };
  if (rate !== undefined && !(typeof rate === 'number' && rate >= 0 && rate <= 1))
    return { wrong: 'rate must be 0 to 1' };
  if (count !== undefined && !(Number.isInteger(count) && (count as number) > 0))
    return { wrong: 'count must be 1 or more' };
  if (ms !== undefined && !(typeof ms === 'number' && ms >= 0)) return { wrong: 'ms must be 0 or more' };
  if (path !== undefined && typeof path !== 'string') return { wrong: 'path must be the start of a path' };
  return {
    fault: {
      system,
      kind: named,
      rate: rate ?? 1,
      ...(count === undefined ? {} : { left: count as number }),
      ...(ms === undefined ? {} : { ms }),
      ...(path === undefined ? {} : { path }),
    },
  };
};

export class Faults {
  private active: { fault: Fault; random: Random }[] = [];
  private made = 0;

  add(fault: Omit<Fault, 'id' | 'hits'>): Fault {
    this.made += 1;
    const whole: Fault = { ...fault, id: `fault-${this.made}`, hits: 0 };
    this.active.push({ fault: whole, random: randomFrom(`${fault.system}/${fault.kind}/${this.made}`) });
    return whole;
  }

  list(): readonly Fault[] {
    return this.active.map(({ fault }) => fault);
  }

  /** Ends the faults of a system, or one by id, or all. Answers how many. */
  clear(which: { readonly system?: string; readonly id?: string } = {}): number {
    const before = this.active.length;
    const stays = ({ fault }: { fault: Fault }) =>
      (which.system !== undefined && fault.system !== which.system) ||
      (which.id !== undefined && fault.id !== which.id);
    this.active = this.active.filter(stays);
    return before - this.active.length;
  }

  /** The fault that hits this call, if any; the first that fits. */
  strike(system: System, kinds: readonly FaultKind[], path = ''): Fault | undefined {
    for (const entry of this.active) {
      const { fault, random } = entry;
      if (fault.system !== system || !kinds.includes(fault.kind)) continue;
      if (fault.left === 0 || !path.startsWith(fault.path ?? '')) continue;
      if (random() >= fault.rate) continue;
      const left = fault.left === undefined ? {} : { left: fault.left - 1 };
      entry.fault = { ...fault, ...left, hits: fault.hits + 1 };
      return entry.fault;
    }
    return undefined;
  }
}
