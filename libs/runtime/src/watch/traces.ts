/**
 * Traces from request to journal: the W3C trace context travels with every message, spans are written by hand. What is
 * not sampled costs one comparison. Attributes name types, systems and counts, never personal, price or bank data.
 */
import { appendFile } from 'node:fs/promises';
import {
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  TraceFlags,
  type Span,
  type SpanContext,
  type Tracer,
} from '@opentelemetry/api';
import { isSampled } from './trace-context.js';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  RandomIdGenerator,
  TraceIdRatioBasedSampler,
  TracerProvider,
  type IdGenerator,
  type ReadableSpan,
  type SpanExporter,
} from '@opentelemetry/sdk-trace';

export type Attributes = Readonly<Record<string, string | number | boolean>>;
export type Kind = 'server' | 'client' | 'producer' | 'consumer' | 'internal';
const KINDS: Readonly<Record<Kind, SpanKind>> = {
  server: SpanKind.SERVER,
  client: SpanKind.CLIENT,
  producer: SpanKind.PRODUCER,
  consumer: SpanKind.CONSUMER,
  internal: SpanKind.INTERNAL,
};

/** A span that is under way. */
export interface Trace {
  /** for what follows from it: a message, an outgoing call */
  readonly traceparent: string;
  readonly traceId: string;
  /** a part that has its times already, such as a commit shared by a batch */
  part(name: string, kind: Kind, fromMs: number, toMs: number, attributes?: Attributes): void;
  set(attributes: Attributes): void;
  /** `what` is a reason code or the name of an error, never its text */
  fail(what: string): void;
  end(atMs?: number): void;
}
export interface StepOptions {
  readonly startMs?: number;
  /** id that others know the span by already, such as `handlingSpanId` */
  readonly spanId?: string;
}
export interface Traces {
  /** a request: follows the caller's trace, or begins one by the ratio. Undefined: not sampled */
  begin(name: string, parent: string | undefined, attributes?: Attributes): Trace | undefined;
  /** a step of a trace that is sampled already. Undefined: there is none */
  step(
    name: string,
    kind: Kind,
    parent: string | undefined,
    attributes?: Attributes,
    more?: StepOptions,
  ): Trace | undefined;
  close(): Promise<void>;
}

const TRACEPARENT = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/;
/** Reads a W3C traceparent; undefined when it is none. */
export const readTraceparent = (text: string | undefined): SpanContext | undefined => {
  const match = text ? TRACEPARENT.exec(text) : null;
  if (!match) return undefined;
  const context: SpanContext = {
    traceId: match[1] as string,
    spanId: match[2] as string,
    traceFlags: Number.parseInt(match[3] as string, 16) & TraceFlags.SAMPLED,
    isRemote: true,
  };
  return trace.isSpanContextValid(context) ? context : undefined;
};
export const writeTraceparent = ({ traceId, spanId, traceFlags }: SpanContext): string =>
  `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`;

class Spanned implements Trace {
  readonly traceparent: string;
  readonly traceId: string;
  constructor(
    private readonly tracer: Tracer,
    private readonly span: Span,
  ) {
    this.traceparent = writeTraceparent(span.spanContext());
    this.traceId = span.spanContext().traceId;
  }
  part(name: string, kind: Kind, fromMs: number, toMs: number, attributes: Attributes = {}): void {
    const options = { kind: KINDS[kind], attributes: { ...attributes }, startTime: fromMs };
    this.tracer.startSpan(name, options, trace.setSpan(ROOT_CONTEXT, this.span)).end(toMs);
  }
  set(attributes: Attributes): void {
    this.span.setAttributes({ ...attributes });
  }
  fail(what: string): void {
    this.span.setStatus({ code: SpanStatusCode.ERROR, message: what });
  }
  end(atMs?: number): void {
    this.span.end(atMs);
  }
}

/** Spans as JSON lines: where there is no collector, for tests and for looking at one run. */
export class FileExporter implements SpanExporter {
  private writing: Promise<void> = Promise.resolve();
  constructor(private readonly file: string) {}
  export(spans: ReadableSpan[], done: (result: { code: number }) => void): void {
    const lines = spans.map((span) => JSON.stringify(lineOf(span))).join('\n');
    this.writing = this.writing.then(() => appendFile(this.file, `${lines}\n`));
    this.writing.then(
      () => done({ code: 0 }),
      () => {
        this.writing = Promise.resolve();
        done({ code: 1 });
      },
    );
  }
  async shutdown(): Promise<void> {
    await this.writing;
  }
}
const msOf = ([seconds, nanos]: readonly [number, number]): number => seconds * 1000 + nanos / 1e6;
const lineOf = (span: ReadableSpan): Record<string, unknown> => ({
  traceId: span.spanContext().traceId,
  spanId: span.spanContext().spanId,
  ...(span.parentSpanContext ? { parentSpanId: span.parentSpanContext.spanId } : {}),
  service: span.resource.attributes['service.name'],
  name: span.name,
  kind: SpanKind[span.kind].toLowerCase(),
  startMs: msOf(span.startTime),
  durationMs: msOf(span.duration),
  attributes: span.attributes,
  ...(span.status.code === SpanStatusCode.ERROR ? { failed: span.status.message } : {}),
});

/** Random ids, but for a span that is known by its id before it is begun. */
class KnownIds implements IdGenerator {
  given: string | undefined;
  private readonly random = new RandomIdGenerator();
  generateTraceId(): string {
    return this.random.generateTraceId();
  }
  generateSpanId(): string {
    return this.given ?? this.random.generateSpanId();
  }
}

const NOTHING: Traces = {
  begin: () => undefined,
  step: () => undefined,
  close: () => Promise.resolve(),
};

export interface TraceOptions {
  readonly service: string;
  readonly ratio: number;
  readonly exporter?: SpanExporter;
  readonly delayMs?: number;
}
export const openTraces = ({ service, ratio, exporter, delayMs = 2_000 }: TraceOptions): Traces => {
  if (!exporter) return NOTHING;
  const ids = new KnownIds();
  const provider = new TracerProvider({
    idGenerator: ids,
    resource: resourceFromAttributes({ 'service.name': service, 'service.namespace': 'crossdock' }),
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(ratio) }),
    // The positional form silently exports nothing.
    spanProcessors: [new BatchSpanProcessor({ exporter, scheduledDelayMillis: delayMs })],
  });
  const tracer = provider.getTracer('crossdock');
  const open = (
    name: string,
    kind: Kind,
    parent: string | undefined,
    attributes: Attributes,
    more: StepOptions,
  ): Trace | undefined => {
    const remote = readTraceparent(parent);
    const context = remote ? trace.setSpanContext(ROOT_CONTEXT, remote) : ROOT_CONTEXT;
    const { startMs: startTime, spanId } = more;
    ids.given = spanId;
    const span = tracer.startSpan(
      name,
      { kind: KINDS[kind], attributes: { ...attributes }, ...(startTime ? { startTime } : {}) },
      context,
    );
    ids.given = undefined;
    return span.isRecording() ? new Spanned(tracer, span) : undefined;
  };
  return {
    begin: (name, parent, attributes = {}) => {
      const followed = readTraceparent(parent);
      if (followed ? followed.traceFlags === 0 : ratio === 0) return undefined;
      return open(name, 'server', parent, attributes, {});
    },
    step: (name, kind, parent, attributes = {}, more = {}) =>
      isSampled(parent) ? open(name, kind, parent, attributes, more) : undefined,
    close: async () => {
      await provider.forceFlush().catch(() => undefined);
      await provider.shutdown();
    },
  };
};
