import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InMemorySpanExporter } from '@opentelemetry/sdk-trace';
import type { Input } from '@crossdock/kernel';
import {
  FileExporter,
  handedOn,
  handlingSpanId,
  openLog,
  openMetrics,
  openTraces,
  readTraceparent,
  roadEvents,
  within,
  type Claims,
} from '../src/index.js';
import { callTo, openDoor } from './door-of.js';
import { noteService, NoteSettings } from './notes.js';

const claims: Claims = {
  tenant: 'acme',
  actor: { kind: 'user', id: 'ann' },
  scopes: ['notes:write'],
  expiresAtMs: Number.MAX_SAFE_INTEGER,
};
const PARENT = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
const UNSAMPLED = PARENT.replace(/01$/, '00');

describe('a trace', () => {
  const spansOf = async (traceRatio: number, headers: Record<string, string>) => {
    const spans = new InMemorySpanExporter();
    const kept: ReturnType<InMemorySpanExporter['getFinishedSpans']> = [];
    spans.shutdown = () => {
      kept.push(...spans.getFinishedSpans());
      return Promise.resolve();
    };
    const tokens = { claims: () => Promise.resolve(claims) };
    const door = await openDoor(noteService, { own: new NoteSettings(), tokens, spans, traceRatio });
    const call = callTo(
      () => door,
      () => 'a.b.c',
    );
    await call('POST', '/v1/notes', { name: 'somebody', pages: 1 }, headers);
    const given = door.road.given[0];
    await door.stop();
    return { spans: kept, traceparent: given?.input.traceparent };
  };

  it('goes on from the caller through the door into the message', async () => {
    const { spans, traceparent } = await spansOf(0, { traceparent: PARENT });
    const byName = new Map(spans.map((span) => [span.name, span]));
    const server = byName.get('POST /v1/notes');
    const submit = byName.get('submit test-write-note');
    expect(server?.parentSpanContext?.spanId).toBe('b7ad6b7169203331');
    expect(submit?.parentSpanContext?.spanId).toBe(server?.spanContext().spanId);
    expect(readTraceparent(traceparent)).toMatchObject({
      traceId: '0af7651916cd43dd8448eb211c80319c',
      spanId: submit?.spanContext().spanId,
      traceFlags: 1,
    });
    expect(server?.attributes).toEqual({
      'http.request.method': 'POST',
      'http.route': '/v1/notes',
      'http.response.status_code': 201,
    });
    expect(JSON.stringify(spans.map(({ attributes, name }) => [attributes, name]))).not.toContain('somebody');
  });
  it('is not begun where the caller decided against it, and says so further on', async () => {
    const { spans, traceparent } = await spansOf(1, { traceparent: UNSAMPLED });
    expect(spans).toHaveLength(0);
    expect(traceparent).toBe(UNSAMPLED);
  });
  it('is begun by the ratio when nobody decided', async () => {
    expect((await spansOf(1, {})).spans).toHaveLength(2);
    const none = await spansOf(0, {});
    expect(none).toEqual({ spans: [], traceparent: undefined });
  });
  it.each(['', 'nonsense', '00-00000000000000000000000000000000-b7ad6b7169203331-01', `${PARENT}-x`])(
    'has no parent in %j',
    (text) => {
      expect(readTraceparent(text)).toBeUndefined();
    },
  );
  it('can be written to a file, a line per span, with its parts', async () => {
    const file = join(tmpdir(), `spans-${process.pid}.ndjson`);
    const traces = openTraces({ service: 'test', ratio: 1, exporter: new FileExporter(file) });
    const step = traces.step('decide order', 'consumer', PARENT, { 'crossdock.type': 'orders.cmd.x' });
    step?.part('commit', 'client', 1_000, 1_005);
    step?.fail('output-invalid');
    step?.end();
    expect(traces.step('not sampled', 'consumer', UNSAMPLED)).toBeUndefined();
    await traces.close();
    const lines = (await readFile(file, 'utf8'))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    await rm(file);
    expect(lines).toMatchObject([
      { name: 'commit', kind: 'client', durationMs: 5, parentSpanId: lines[1]?.['spanId'] },
      {
        name: 'decide order',
        kind: 'consumer',
        service: 'test',
        parentSpanId: 'b7ad6b7169203331',
        failed: 'output-invalid',
      },
    ]);
  });
});

describe('what is noted of the road', () => {
  const lines: string[] = [];
  const watch = {
    log: openLog('orders', 'info', undefined, { write: (line: string) => void lines.push(line) }),
    metrics: openMetrics('orders'),
    traces: openTraces({ service: 'orders', ratio: 0 }),
  };
  const input = (type: string): Input => ({
    type,
    version: 1,
    id: 'm1',
    tenant: 'acme',
    key: 'k',
    data: { price: '9.99' },
    at: '',
    actor: { kind: 'user', id: 'ann' },
    correlationId: 'c1',
    entityVersion: 0,
  });
  const decided: string[] = [];
  const events = roadEvents(watch, ({ type }) => void decided.push(type));

  it('is counted by type, outcome and reason; types that nobody declared share one label', async () => {
    const told = (type: string, how: string, reason?: string): void =>
      events.told('orders:0of1', {
        how,
        ...(reason ? { reason } : {}),
        work: { input: input(type), from: { kind: 'stream' } },
      });
    told('orders.cmd.submit-order', 'accept');
    told('orders.cmd.submit-order', 'ignore', 'already-known');
    told('made.up.4711', 'quarantined', 'contract-unknown');
    events.committed('orders:0of1', 3, 2, 12);
    const text = await watch.metrics.text();
    expect(text).toContain(
      'crossdock_messages_total{type="orders.cmd.submit-order",outcome="accept",service="orders"} 1',
    );
    expect(text).toContain('crossdock_reasons_total{outcome="ignore",reason="already-known",service="orders"} 1');
    expect(text).toContain('crossdock_quarantined_total{type="unknown",reason="contract-unknown",service="orders"} 1');
    expect(text).toContain('crossdock_batch_messages_sum{service="orders",decider="orders"} 3');
    expect(text).not.toContain('4711');
    expect(decided).toEqual(['orders.cmd.submit-order']);
  });
  it('is logged with its correlation, never with its data', () => {
    expect(lines.join('')).toContain('"correlationId":"c1"');
    expect(lines.join('')).not.toContain('9.99');
  });
  it('makes a span of each traced message, which what it said knows as its parent', async () => {
    const spans = new InMemorySpanExporter();
    const kept: ReturnType<InMemorySpanExporter['getFinishedSpans']> = [];
    spans.shutdown = () => Promise.resolve(void kept.push(...spans.getFinishedSpans()));
    const traces = openTraces({ service: 'orders', ratio: 0, exporter: spans });
    const sampled = roadEvents({ ...watch, traces });
    const tell = (message: Input, how: string): void =>
      sampled.told('orders:0of1', { how, work: { input: message, from: { kind: 'stream' } } });
    const first = { ...input('orders.cmd.submit-order'), traceparent: PARENT };
    const said = {
      ...input('orders.cmd.submit-order'),
      id: 'm2',
      traceparent: handedOn(PARENT, 'm1', 'orders') as string,
    };
    tell(first, 'parked');
    tell(first, 'accept');
    tell(said, 'ignore');
    tell({ ...first, id: 'm3', traceparent: UNSAMPLED }, 'accept');
    sampled.committed('orders:0of1', 4, 1, 20, 8);
    await traces.close();
    const own = kept.filter(({ name }) => name === 'orders submit-order');
    expect(own.map(({ parentSpanContext }) => parentSpanContext?.spanId)).toEqual([
      'b7ad6b7169203331',
      own[0]?.spanContext().spanId,
    ]);
    expect(own[0]?.spanContext()).toMatchObject({
      spanId: handlingSpanId('m1', 'orders'),
      traceId: '0af7651916cd43dd8448eb211c80319c',
    });
    expect(kept.filter(({ name }) => name === 'mongodb commit')).toHaveLength(2);
    expect(JSON.stringify(own.map(({ attributes }) => attributes))).not.toContain('9.99');
  });
  it('hands a trace on as it is when it is not sampled', () => {
    expect(handedOn(UNSAMPLED, 'm1', 'orders')).toBe(UNSAMPLED);
    expect(handedOn(undefined, 'm1', 'orders')).toBeUndefined();
    expect(handedOn('broken1', 'm1', 'orders')).toBe('broken1');
  });
  it('carries the correlation of the request at work on every line', () => {
    within({ correlationId: 'of-the-request' }, () => watch.log.info('a line'));
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({
      service: 'orders',
      level: 'info',
      correlationId: 'of-the-request',
      msg: 'a line',
    });
  });
});
