/** What is noted of the road: measures, log lines, and the spans of messages whose trace is sampled. */
import type { Input } from '@crossdock/kernel';
import { findMessage } from '@crossdock/contracts';
import { handlingSpanId, isSampled } from './trace-context.js';
import type { Traces } from './traces.js';
import type { Decided, RoadEvents, Watch } from './watch.js';

/** Types that nobody declared could be anything, so they share one label. */
const typeOf = (input: Input): string => (findMessage(input.type, input.version) ? input.type : 'unknown');
const deciderOf = (lane: string): string => lane.split(':', 1)[0] ?? lane;
/** The first words of a trouble: `publish`, `lost`, never what stands behind the colon. */
const sortOf = (what: string): string => (what.split(/[:\d]/, 1)[0] ?? what).trim().slice(0, 40) || 'trouble';

const traced = (
  traces: Traces,
  lane: string,
  decided: readonly Decided[],
  toMs: number,
  ms: number,
  storeMs?: number,
): void => {
  for (const { how, reason, work } of decided) {
    const { input, from } = work;
    const decider = deciderOf(lane);
    const attributes = {
      'messaging.system': 'nats',
      'messaging.batch.message_count': decided.length,
      'crossdock.type': typeOf(input),
      'crossdock.decider': decider,
      'crossdock.outcome': how,
      ...(reason ? { 'crossdock.reason': reason } : {}),
    };
    const span = { startMs: toMs - ms, spanId: handlingSpanId(input.id, decider) };
    const kind = from.kind === 'stream' ? 'consumer' : 'internal';
    const step = traces.step(`${decider} ${input.type.split('.').at(-1)}`, kind, input.traceparent, attributes, span);
    if (storeMs !== undefined)
      step?.part('mongodb commit', 'client', toMs - storeMs, toMs, { 'db.system.name': 'mongodb' });
    if (how === 'quarantined') step?.fail(reason ?? how);
    step?.end(toMs);
  }
};

/** Metrics, logs and spans of what the road tells; `decided` hears of every accepted message. */
export const roadEvents = ({ log, metrics, traces }: Watch, decided?: (input: Input) => void): RoadEvents => {
  /** decided messages of a sampled trace, until the time of their commit is told */
  const sampled = new Map<string, Decided[]>();
  const note = (lane: string, told: Decided): void => {
    const own = sampled.get(lane);
    if (own) own.push(told);
    else sampled.set(lane, [told]);
  };
  return {
    told: (lane, told) => {
      const { how, reason, work } = told;
      const { input } = work;
      if (isSampled(input.traceparent) && how !== 'parked') note(lane, told);
      metrics.messages.inc({ type: typeOf(input), outcome: how });
      if (reason) metrics.reasons.inc({ outcome: how, reason });
      if (how === 'quarantined') {
        metrics.quarantined.inc({ type: typeOf(input), reason: reason ?? 'unknown' });
        const { id, type, tenant, correlationId } = input;
        log.error({ lane, message: id, type, tenant, correlationId, reason }, 'quarantined');
      } else if (log.isLevelEnabled('debug')) {
        log.debug(
          { lane, message: input.id, type: input.type, correlationId: input.correlationId, how, reason },
          'decided',
        );
      }
      if (how === 'accept') decided?.(input);
    },
    committed: (lane, works, events, ms, storeMs) => {
      const spans = sampled.get(lane);
      if (spans) {
        sampled.delete(lane);
        traced(traces, lane, spans, Date.now(), ms, storeMs);
      }
      const decider = deciderOf(lane);
      metrics.batches.observe({ decider }, works);
      metrics.commits.observe({ decider }, ms / 1000);
      metrics.events.inc({ decider }, events);
    },
    trouble: (lane, what, error) => {
      metrics.troubles.inc({ decider: deciderOf(lane), what: sortOf(what) });
      log.warn({ lane, what, ...(error instanceof Error ? { err: error } : {}) }, 'trouble on the road');
    },
  };
};
