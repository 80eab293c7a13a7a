/** What the checks read, on real servers (`ServerWorld`) or in memory. It changes nothing. */
import type { StoredEvent } from '@crossdock/runtime';

/** A message of a stream, as far as the checks need it. */
export interface Sent {
  readonly stream: string;
  readonly seq: number;
  readonly id: string;
  readonly type: string;
  readonly subject: string;
  readonly tenant: string;
  readonly key: string;
  readonly source: string;
  readonly entityVersion: number;
  readonly body: string;
}
export interface StateRowOf<S> {
  readonly tenant: string;
  readonly id: string;
  readonly version: number;
  readonly events: number;
  readonly keys: readonly string[];
  readonly state: S;
}

export interface QuarantinedRow {
  readonly id: string;
  readonly reason: string;
  /** of the message as it came; its hash is kept beside it */
  readonly bytes: Uint8Array;
  readonly hash: string;
}
export interface LaneRow {
  readonly decider: string;
  readonly k: number;
  readonly of: number;
  readonly retired?: boolean;
  readonly positions: Readonly<Record<string, { readonly seq: number }>>;
}
export interface DueRow {
  readonly id: string;
  readonly kind: string;
  readonly at: string;
}

export interface World {
  readonly services: readonly string[];
  /** milliseconds, by the clock that the services have */
  now(): number;
  states<S>(service: string, kind: string): AsyncIterable<StateRowOf<S>>;
  /** every event that a service has committed, in order of its lanes */
  committed(service: string): AsyncIterable<StoredEvent>;
  /** causes of every commit, `<decider>|<message id>` */
  causes(service: string): AsyncIterable<string>;
  quarantined(service: string): AsyncIterable<QuarantinedRow>;
  lanes(service: string): AsyncIterable<LaneRow>;
  due(service: string): AsyncIterable<DueRow>;
  /** subjects that a durable consumer takes */
  subjects(stream: string, durable: string): Promise<readonly string[]>;
  streams(): Promise<readonly string[]>;
  /** every message of a stream that subjects match, from the first on; all without subjects */
  sent(stream: string, subjects?: readonly string[]): AsyncIterable<Sent>;
  /** value of a KV bucket by its key; undefined where there is none */
  mirrored<T>(bucket: string, key: string): Promise<T | undefined>;
  /** JSON of the outside's books; undefined where there are none */
  outside<T>(system: 'erp' | 'wms', path: string): Promise<T | undefined>;
}
