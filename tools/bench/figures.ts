/** Medians with their span, and ratios of what was measured in one go. Pure. */
export interface Figure {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

export const figureOf = (values: readonly number[]): Figure => {
  if (values.length === 0) throw new RangeError('nothing was measured');
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const median =
    sorted.length % 2 === 1
      ? (sorted[middle] as number)
      : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
  return { median, min: sorted[0] as number, max: sorted[sorted.length - 1] as number };
};

/** Pair by pair, so that a machine which slows down slows both. */
export const ratioOf = (ours: readonly number[], theirs: readonly number[]): Figure => {
  if (ours.length !== theirs.length) throw new RangeError('runs come in pairs');
  return figureOf(ours.map((value, index) => value / (theirs[index] as number)));
};

export const shown = ({ median, min, max }: Figure, digits = 0): string =>
  `${median.toFixed(digits)} (${min.toFixed(digits)} to ${max.toFixed(digits)})`;
