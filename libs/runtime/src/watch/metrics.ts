/**
 * Prometheus metrics. Labels name kinds of things (route, message type, reason, system), never one thing: no id, no
 * subject, no tenant.
 */
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
const SIZES = [1, 2, 4, 8, 16, 32, 64, 128, 256];

/** How a lane stands at the moment it is asked. */
export interface LaneGauge {
  readonly lane: string;
  /** commits whose events were not read back from the broker yet */
  readonly unpublished: number;
  /** age of the oldest of them */
  readonly outboxAgeMs?: number;
  /** messages of its streams that it has not decided */
  readonly lag?: number;
  readonly parked?: number;
}

const declare = (registry: Registry) => {
  const registers = [registry];
  const counter = <L extends string>(name: string, help: string, labelNames: readonly L[]) =>
    new Counter<L>({ name: `crossdock_${name}`, help, labelNames, registers });
  const gauge = <L extends string>(name: string, help: string, labelNames: readonly L[]) =>
    new Gauge<L>({ name: `crossdock_${name}`, help, labelNames, registers });
  const histogram = <L extends string>(name: string, help: string, labelNames: readonly L[], buckets: number[]) =>
    new Histogram<L>({ name: `crossdock_${name}`, help, labelNames, buckets, registers });
  return {
    requests: histogram(
      'http_request_seconds',
      'HTTP requests by route and status',
      ['method', 'route', 'status'],
      SECONDS,
    ),
    messages: counter('messages_total', 'Messages decided, by type and what became of them', ['type', 'outcome']),
    reasons: counter('reasons_total', 'Ignored, deferred, refused and quarantined, by reason', ['outcome', 'reason']),
    commits: histogram('commit_seconds', 'From taking a batch to its commit', ['decider'], SECONDS),
    batches: histogram('batch_messages', 'Messages per batch', ['decider'], SIZES),
    events: counter('events_total', 'Events committed', ['decider']),
    troubles: counter('troubles_total', 'Things that a lane had to get over, by what it was', ['decider', 'what']),
    quarantined: counter('quarantined_total', 'Messages put into quarantine', ['type', 'reason']),
    asks: histogram('ask_seconds', 'Calls to the outside by outcome', ['system', 'question', 'outcome'], SECONDS),
    asksWaiting: gauge('asks_waiting', 'Questions that have no answer yet', ['system', 'question']),
    breakers: gauge('ask_breaker_open', '1 while calls to the system are held back', ['system']),
    mapped: counter('mapped_events_total', 'Events told by outsides, by whether a mapping knows them', [
      'system',
      'outcome',
    ]),
    codes: counter('mapped_codes_total', 'Codes that outsides sent, by whether a mapping knows them', [
      'list',
      'outcome',
    ]),
    jobs: counter('jobs_total', 'Jobs ended, by how', ['job', 'status']),
    lanes: gauge('lanes_owned', 'Lanes that this process owns', []),
    unpublished: gauge('outbox_commits', 'Commits that were not read back from the broker yet', ['lane']),
    outboxAge: gauge('outbox_age_seconds', 'Age of the oldest commit that was not read back from the broker yet', [
      'lane',
    ]),
    lag: gauge('lag_messages', 'Messages of its streams that a lane has not decided', ['lane']),
    parked: gauge('parked_messages', 'Messages that wait for another', ['lane']),
    ready: gauge('ready', '1 while the service takes requests', []),
  };
};
export type Meters = ReturnType<typeof declare>;

export interface Metrics extends Meters {
  readonly registry: Registry;
  /** lanes are looked at when somebody scrapes */
  onScrape(look: () => { readonly ready: boolean; readonly lanes: readonly LaneGauge[] }): void;
  text(): Promise<string>;
}

export const openMetrics = (service: string, ofProcess = false): Metrics => {
  const registry = new Registry();
  registry.setDefaultLabels({ service });
  if (ofProcess) collectDefaultMetrics({ register: registry });
  const meters = declare(registry);
  let look: Parameters<Metrics['onScrape']>[0] | undefined;
  const refresh = (): void => {
    if (!look) return;
    const { ready, lanes } = look();
    for (const meter of [meters.unpublished, meters.outboxAge, meters.lag, meters.parked]) meter.reset();
    meters.ready.set(ready ? 1 : 0);
    meters.lanes.set(lanes.length);
    for (const { lane, unpublished, outboxAgeMs, lag, parked } of lanes) {
      meters.unpublished.set({ lane }, unpublished);
      if (outboxAgeMs !== undefined) meters.outboxAge.set({ lane }, outboxAgeMs / 1000);
      if (lag !== undefined) meters.lag.set({ lane }, lag);
      if (parked !== undefined) meters.parked.set({ lane }, parked);
    }
  };
  return {
    ...meters,
    registry,
    onScrape: (given) => {
      look = given;
    },
    text: () => {
      refresh();
      return registry.metrics();
    },
  };
};
