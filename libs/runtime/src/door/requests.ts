/** What every request gets before and after its route: correlation, trace, a log line, a measure. */
import type { Watch } from '../watch/watch.js';
import { within } from '../watch/logs.js';
import { readTraceparent, type Trace } from '../watch/traces.js';
import type { FastifyLike } from './bodies.js';
import { headerOf, pathOf, type HttpRequest } from './http.js';
import { correlationIdOf } from './identity.js';

/** The pattern of the route, so that no id becomes a label. */
const routeOf = (request: HttpRequest): string => request.routeOptions?.url ?? 'unknown';

const READINESS = '/health/ready';
/** `not ready` is an answer like any other: while a service starts or drains it is asked every second. */
const levelOf = (route: string, status: number): 'error' | 'info' | 'debug' => {
  if (route === READINESS) return 'debug';
  if (status >= 500) return 'error';
  return status >= 400 ? 'info' : 'debug';
};

export const watchRequests = (fastify: FastifyLike, { log, metrics, traces }: Watch): void => {
  const open = new WeakMap<HttpRequest, Trace>();
  fastify.addHook('onRequest', (request, reply, done) => {
    const correlationId = correlationIdOf(headerOf(request, 'x-correlation-id'));
    const parent = headerOf(request, 'traceparent');
    request.correlationId = correlationId;
    request.startedAtMs = performance.now();
    void reply.header('x-correlation-id', correlationId);
    const trace = traces.begin(`${request.method} ${routeOf(request)}`, parent, {
      'http.request.method': request.method,
      'http.route': routeOf(request),
    });
    if (trace) open.set(request, trace);
    // What is not sampled here is not sampled further on either.
    const traceparent = trace?.traceparent ?? (readTraceparent(parent) ? parent : undefined);
    if (traceparent) request.traceparent = traceparent;
    within({ correlationId, ...(trace ? { traceId: trace.traceId } : {}) }, done);
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    const seconds = (performance.now() - (request.startedAtMs ?? performance.now())) / 1000;
    const route = routeOf(request);
    const status = reply.statusCode;
    metrics.requests.observe({ method: request.method, route, status: String(status) }, seconds);
    const trace = open.get(request);
    if (trace) {
      trace.set({ 'http.response.status_code': status });
      if (status >= 500 && route !== READINESS) trace.fail(String(status));
      trace.end();
    }
    const level = levelOf(route, status);
    if (log.isLevelEnabled(level)) {
      const { correlationId, caller } = request;
      const about = {
        method: request.method,
        path: pathOf(request).slice(0, 200),
        status,
        ms: Math.round(seconds * 1000),
      };
      log[level]({ ...about, correlationId, ...(caller?.tenant ? { tenant: caller.tenant } : {}) }, 'request');
    }
    done();
  });
};
