/** Line truth is counters, in base units: one array per counter, one place per line, so that 5,000 lines stay small. */
export const COUNTERS = [
  'ordered',
  'cancelled',
  'reserved',
  'allocated',
  'backordered',
  'released',
  'picked',
  'shipped',
  'delivered',
  'invoiced',
  /** part of `reserved` that a node was asked to hold hard and has not answered for */
  'asked',
  /**
   * units whose hard hold was taken back, less those whose pick is settled since or that were given back; part of
   * `backordered`. Below zero while the giving back is known and the taking is still on its way: they cancel out
   */
  'lost',
] as const;
export type CounterName = (typeof COUNTERS)[number];
export type Counters = Readonly<Record<CounterName, readonly number[]>>;

/** What becomes of one line: the place of the line and what is added to its counters. */
export interface Shift {
  readonly at: number;
  readonly by: Readonly<Partial<Record<CounterName, number>>>;
}

export const countersOf = (ordered: readonly number[]): Counters => {
  const none = ordered.map(() => 0);
  return { ...(Object.fromEntries(COUNTERS.map((name) => [name, none])) as unknown as Counters), ordered };
};

/** The counters after the shifts. Only the arrays that change are copied. */
export const shifted = (counters: Counters, shifts: readonly Shift[]): Counters => {
  const next: Partial<Record<CounterName, number[]>> = {};
  for (const { at, by } of shifts) {
    for (const name of COUNTERS) {
      const units = by[name];
      if (!units) continue;
      const copy = (next[name] ??= [...counters[name]]);
      copy[at] = (copy[at] ?? 0) + units;
    }
  }
  return { ...counters, ...next };
};

/**
 * True when no counter falls below zero, and nothing is filled that its fulfilment order may still pick: what does not
 * fit has overtaken an earlier step.
 */
export const fits = (counters: Counters, shifts: readonly Shift[]): boolean => {
  const after = shifted(counters, shifts);
  return shifts.every(({ at, by }) => {
    const { lost = 0, ...others } = by;
    const left = (after.backordered[at] ?? 0) - Math.max(0, after.lost[at] ?? 0);
    const fills = (others.backordered ?? 0) < Math.min(0, lost);
    return (Object.keys(others) as CounterName[]).every((name) => (after[name][at] ?? 0) >= 0) && (!fills || left >= 0);
  });
};

/**
 * A node takes units of a line back from a fulfilment order, or (below zero) gives back what it had taken. Both are
 * told, and each counts only as far as the other has not cancelled it, so it does not matter which is heard first.
 */
export const recalled = (counters: Counters, at: number, units: number): Shift['by'] => {
  const lost = unitsAt(counters, 'lost', at);
  const moved = Math.max(0, lost + units) - Math.max(0, lost);
  return { allocated: -moved, released: -moved, backordered: moved, lost: units };
};

export const unitsAt = (counters: Counters, name: CounterName, at: number): number => counters[name][at] ?? 0;

export type Totals = Readonly<Record<CounterName, number>>;
/** Sums over the lines that are given; over all when none are left out. */
export const totalsOf = (counters: Counters, leaveOut: readonly number[] = []): Totals => {
  const sums = {} as Record<CounterName, number>;
  for (const name of COUNTERS) {
    let sum = 0;
    for (const units of counters[name]) sum += units;
    for (const at of leaveOut) sum -= counters[name][at] ?? 0;
    sums[name] = sum;
  }
  return sums;
};

/** Place of a line number among those of an order, which are in rising order; undefined when it is not there. */
export const placeOf = (lineNos: readonly number[], lineNo: number): number | undefined => {
  if (lineNos[lineNo - 1] === lineNo) return lineNo - 1;
  let low = 0;
  let high = lineNos.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const found = lineNos[middle] ?? 0;
    if (found === lineNo) return middle;
    if (found < lineNo) low = middle + 1;
    else high = middle - 1;
  }
  return undefined;
};
