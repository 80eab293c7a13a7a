/** How fast a day is played: when each of its documents is sent. Pure. */

/** `within`: the whole day in so many milliseconds; `times`: so many times faster than it was. */
export type Pace =
  | { readonly kind: 'max' }
  | { readonly kind: 'within'; readonly ms: number }
  | { readonly kind: 'times'; readonly factor: number };

export const paceOf = (text: string): Pace | undefined => {
  if (text === 'max') return { kind: 'max' };
  if (text === 'realtime') return { kind: 'times', factor: 1 };
  const factor = Number(/^(\d+(?:\.\d+)?)x$/.exec(text)?.[1]);
  return factor > 0 ? { kind: 'times', factor } : undefined;
};

export interface Dated<T> {
  /** milliseconds of its day or since 1970; undefined: it has no time of its own */
  readonly atMs: number | undefined;
  readonly value: T;
}
/** Documents that are sent together, so long after the first. */
export interface Slice<T> {
  readonly afterMs: number;
  readonly values: readonly T[];
}

/** Documents without a time of their own are spread evenly over a day of so long. */
const USUAL_DAY_MS = 10 * 3_600_000;
/** What is due within this time goes out together. */
const TOGETHER_MS = 250;
/** Values of one slice: a slice is one request. */
const TOGETHER_MOST = 50;

const timesOf = <T>(documents: readonly Dated<T>[]): readonly number[] => {
  const known = documents.every(({ atMs }) => atMs !== undefined);
  if (known) return documents.map(({ atMs }) => atMs as number);
  return documents.map((_, at) => (at * USUAL_DAY_MS) / documents.length);
};

/** When which documents are sent, in the order of their times; those of one time keep their order. */
export const slicesOf = <T>(documents: readonly Dated<T>[], pace: Pace): readonly Slice<T>[] => {
  const times = timesOf(documents);
  const first = Math.min(...times);
  const spanMs = Math.max(...times) - first;
  const due = (atMs: number): number => {
    if (pace.kind === 'max' || spanMs === 0) return 0;
    return pace.kind === 'times' ? (atMs - first) / pace.factor : ((atMs - first) * pace.ms) / spanMs;
  };
  const slices: { afterMs: number; values: T[] }[] = [];
  const ordered = documents.map(({ value }, at) => ({ value, afterMs: due(times[at] as number) }));
  for (const { value, afterMs } of ordered.toSorted((a, b) => a.afterMs - b.afterMs)) {
    const last = slices.at(-1);
    if (last && last.values.length < TOGETHER_MOST && afterMs - last.afterMs < TOGETHER_MS) last.values.push(value);
    else slices.push({ afterMs: Math.round(afterMs), values: [value] });
  }
  return slices;
};
