/** Latencies of a load in a histogram with three digits, and what is told of them. */
import { build, type Histogram } from 'hdr-histogram-js';
import type { Series } from './scenario.ts';

const PERCENTILES = [50, 75, 90, 95, 99, 99.9, 100] as const;
const HOUR_MICROS = 3_600_000_000;

export class Latency {
  readonly #histogram: Histogram = build({
    lowestDiscernibleValue: 1,
    highestTrackableValue: HOUR_MICROS,
    numberOfSignificantValueDigits: 3,
  });

  /** Milliseconds; an hour at most. */
  record(ms: number): void {
    this.#histogram.recordValue(Math.min(HOUR_MICROS, Math.max(1, Math.round(ms * 1000))));
  }
  get count(): number {
    return this.#histogram.totalCount;
  }
  /** Milliseconds that `percent` of all stayed within; NaN of none. */
  at(percent: number): number {
    return this.count === 0 ? Number.NaN : this.#histogram.getValueAtPercentile(percent) / 1000;
  }
  add(other: Latency): void {
    this.#histogram.add(other.#histogram);
  }
  /** For a chart: x is the percentile. */
  series(name: string): Series {
    return { name, points: PERCENTILES.map((percent) => [percent, this.at(percent)] as const) };
  }
}

/** All runs' latencies together. */
export const mergedLatency = (all: readonly Latency[]): Latency => {
  const sum = new Latency();
  for (const one of all) sum.add(one);
  return sum;
};
