/**
 * The W3C trace context as text, without any client of a tracer: what the road needs to hand a trace on. The span in
 * which a decider handles a message has an id derived from both, so what it says can name its parent before the span is
 * written, and deciding again names the same.
 */
import { derivedId } from '@crossdock/kernel';

const TRACEPARENT = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/;

export const isSampled = (traceparent: string | undefined): traceparent is string =>
  traceparent?.endsWith('1') ?? false;

/** Id of the span in which a decider handles a message. */
export const handlingSpanId = (messageId: string, decider: string): string =>
  derivedId('span', messageId, decider).slice(0, 16);

/** The trace context of what a decider says because of a message; what is not sampled stays as it is. */
export const handedOn = (traceparent: string | undefined, messageId: string, decider: string): string | undefined => {
  if (!isSampled(traceparent)) return traceparent;
  const [, traceId, , flags] = TRACEPARENT.exec(traceparent) ?? [];
  return traceId ? `00-${traceId}-${handlingSpanId(messageId, decider)}-${flags}` : traceparent;
};
