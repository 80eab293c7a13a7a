/** What an application needs of its road; the real one and the twins for tests have it. */
import type { Input } from '@crossdock/kernel';
import type { Archive } from '../archive/archive.js';
import type { PendingAsk } from '../ask/runner.js';
import type { DoorAnswer, Queries } from '../door/door.js';
import type { Quarantine } from '../door/quarantine.js';
import type { JobStore } from '../jobs/job-store.js';
import type { LaneGauge } from '../watch/metrics.js';
import type { RuntimeSettings } from '../config.js';
import type { Deposit } from '../road/road.js';
import type { ServiceDefinition } from '../service.js';
import type { RoadEvents, Watch } from '../watch/watch.js';

export interface Readiness {
  readonly ok: boolean;
  readonly reasons: readonly string[];
}
export interface RoadSubmission {
  readonly input: Input;
  /** hash of the body behind an Idempotency-Key; another one under the same id is answered reject `key-reused` */
  readonly bodyHash?: string;
}
export interface RoadPort {
  start(): Promise<void>;
  submit(given: RoadSubmission): Promise<DoorAnswer>;
  /** keeps an input that nobody waits for, or what could not become one; durable when it resolves */
  deposit(given: Deposit): Promise<void>;
  ready(): Readiness;
  /** stops pulling, finishes the batch, publishes, gives lanes back */
  drain(): Promise<void>;
  /** the answer of an ask as an input of its lane; `closes` ends the question. False: not our lane any more */
  answer(lane: string, input: Input, closes: string | undefined): Promise<boolean>;
  /** notes when a question is asked next */
  postpone(askId: string, at: string): Promise<void>;
  /** how the lanes of this process stand */
  gauges(): readonly LaneGauge[];
}
export const ROAD = Symbol('crossdock:road');

/** What a road is opened with. */
export interface RoadContext {
  readonly definition: ServiceDefinition;
  readonly settings: RuntimeSettings;
  readonly watch: Watch;
  readonly events: RoadEvents;
  /** questions that a lane of this process has pending; the same may come again */
  readonly opened: (pending: PendingAsk) => void;
  readonly closed: (lane: string) => void;
}
/** Everything of the outside world that an application stands on. */
export interface ServicePorts {
  readonly road: RoadPort;
  readonly queries: Queries;
  readonly quarantine: Quarantine;
  readonly jobs: JobStore;
  readonly archive: Archive;
  /** connections, closed last */
  close(): Promise<void>;
}
export type OpenPorts = (context: RoadContext) => Promise<ServicePorts>;
