/** Everything that sees what happens, in one hand; and what the road tells it. */
import type { Input } from '@crossdock/kernel';
import type { Log } from './logs.js';
import type { Metrics } from './metrics.js';
import type { Traces } from './traces.js';

export interface Watch {
  readonly log: Log;
  readonly metrics: Metrics;
  readonly traces: Traces;
}
export const WATCH = Symbol('crossdock:watch');

/** A message whose fate is committed. */
export interface Decided {
  readonly how: string;
  readonly reason?: string;
  readonly work: { readonly input: Input; readonly from: { readonly kind: string } };
}
/** What the road tells of its lanes. */
export interface RoadEvents {
  told(lane: string, told: Decided): void;
  /** `storeMs`: how much of it the store took */
  committed(lane: string, works: number, events: number, ms: number, storeMs?: number): void;
  trouble(lane: string, what: string, error?: unknown): void;
}
