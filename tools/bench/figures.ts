/** Medians with their span, and ratios of what was measured in one go. Pure. */
export interface Figure {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/** The middle of the values, 0 of none. */
export const medianOf = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
};

export const figureOf = (values: readonly number[]): Figure => {
  if (values.length === 0) throw new RangeError('nothing was measured');
  return { median: medianOf(values), min: Math.min(...values), max: Math.max(...values) };
};

/** Pair by pair, so that a machine which slows down slows both. */
export const ratioOf = (ours: readonly number[], theirs: readonly number[]): Figure => {
  if (ours.length !== theirs.length) throw new RangeError('runs come in pairs');
  return figureOf(ours.map((value, index) => value / (theirs[index] as number)));
};

export const shown = ({ median, min, max }: Figure, digits = 0): string =>
  `${median.toFixed(digits)} (${min.toFixed(digits)} to ${max.toFixed(digits)})`;
