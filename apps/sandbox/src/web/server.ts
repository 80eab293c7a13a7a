/** One outside system as an HTTP server: its routes, and around them latency, rate limit and faults. */
import { setTimeout as wait } from 'node:timers/promises';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { System } from '../config.js';
import { REQUEST_FAULTS, type Fault, type Faults } from '../faults/fault.js';
import { problemOf, Refused } from './problem.js';
import { RateLimit } from './rate.js';

/** How a system behaves when nothing goes wrong. */
export interface Conduct {
  /** before it answers */
  latencyMs: number;
  /** calls a second; 0: no limit */
  perSecond: number;
}
export interface SystemServer {
  readonly system: System;
  readonly faults: Faults;
  readonly conduct: Conduct;
}

/** Largest body: an order of 5,000 lines is below 2 MB, an order file may be large. */
const BODY_LIMIT_BYTES = 512 * 1024 * 1024;
const HOLD_MS = 30_000;

declare module 'fastify' {
  interface FastifyRequest {
    /** the answer comes too late: after this long, into a broken connection */
    heldMs?: number;
  }
  interface FastifyContextConfig {
    /** true for routes that partners call: these have latency, limits and faults; administration has none */
    partner?: boolean;
  }
}

/** Routes of partners: `app.post('/erp/orders', PARTNER, handler)`. */
export const PARTNER = { config: { partner: true } } as const;

export const createServer = (server: SystemServer): FastifyInstance => {
  const app = Fastify({ bodyLimit: BODY_LIMIT_BYTES, forceCloseConnections: true, keepAliveTimeout: 30_000 });
  const limit = new RateLimit(() => server.conduct.perSecond);
  for (const type of ['text/csv', 'application/x-ndjson', 'application/octet-stream']) {
    app.addContentTypeParser(type, (_request, payload, done) => done(null, payload));
  }
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, text, done) =>
    done(null, Object.fromEntries(new URLSearchParams(text as string))),
  );
  app.setErrorHandler((error, _request, reply) => {
    const { status, body, retryAfterSeconds } = problemOf(error);
    if (retryAfterSeconds !== undefined) void reply.header('retry-after', String(retryAfterSeconds));
    void reply.code(status).header('content-type', 'application/problem+json').send(JSON.stringify(body));
  });
  app.addHook('preHandler', async (request, reply) => {
    if (request.routeOptions.config.partner) await meet(request, reply, server, limit);
  });
  app.addHook('onSend', async (request, _reply, payload) => {
    if (request.heldMs === undefined) return payload;
    await wait(request.heldMs, undefined, { ref: false });
    request.raw.socket.destroy();
    return payload;
  });
  return app;
};

/** What a partner's call meets before it is served. */
const meet = async (
  request: FastifyRequest,
  reply: FastifyReply,
  server: SystemServer,
  limit: RateLimit,
): Promise<void> => {
  const { system, faults, conduct } = server;
  if (!limit.admits(performance.now())) {
    throw new Refused(429, 'too-many-requests', `${system} takes ${conduct.perSecond} calls a second`, {
      retryAfterSeconds: 1,
    });
  }
  const fault = faults.strike(system, REQUEST_FAULTS, request.url);
  if (fault) await suffer(fault, request, reply);
  if (conduct.latencyMs > 0) await wait(conduct.latencyMs);
};

const suffer = async (fault: Fault, request: FastifyRequest, reply: FastifyReply): Promise<void> => {
  const held = fault.ms ?? HOLD_MS;
  switch (fault.kind) {
    case 'timeout-after':
      request.heldMs = held;
      return;
    case '429':
      throw new Refused(429, 'too-many-requests', 'slow down (fault)', { retryAfterSeconds: 1 });
    case '500':
      throw new Refused(500, 'internal-error', 'something broke (fault)');
    case 'refuse':
      throw new Refused(422, 'refused', 'refused for good (fault)');
    default:
      // Neither served nor answered: the connection breaks, at once when down, else when the caller has long given up.
      reply.hijack();
      if (fault.kind === 'timeout') await wait(held, undefined, { ref: false });
      request.raw.socket.destroy();
  }
};
