/** What a lane needs of its process, and what observers hear of it. */
import type { Decider } from '@crossdock/kernel';
import type { Told } from './batch.js';
import type { Broker, Clock, DueDocument, Store } from './ports.js';

export interface LaneContext {
  readonly service: string;
  readonly decider: Decider;
  readonly streams: readonly string[];
  readonly says: ReadonlySet<string>;
  readonly saidStreams: readonly string[];
  readonly replica: string;
  readonly leaseMs: number;
  readonly checkMs: number;
  readonly store: Store;
  readonly broker: Broker;
  readonly clock: Clock;
  /** false when this replica has not renewed its lease by its own clock */
  readonly leased: () => boolean;
  /** questions pending in a lane; `fresh` when the commit just made asked them, so that nobody can have called out yet */
  readonly opened: (lane: string, asks: readonly DueDocument[], fresh: boolean) => void;
  readonly closed: (lane: string) => void;
  readonly watch: LaneWatch;
}
/** What observers hear of a lane. */
export interface LaneWatch {
  told(lane: string, told: Told): void;
  committed(lane: string, works: number, events: number, ms: number, storeMs: number): void;
  trouble(lane: string, what: string, error?: unknown): void;
}
