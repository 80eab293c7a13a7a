/** Every refusal and every failure leaves as problem+json, with a code of the reason catalogue. */
import { Catch, HttpException, NotFoundException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { reasonOf } from '@crossdock/contracts';
import type { Watch } from '../watch/watch.js';
import { STREAMED } from './bodies.js';
import { correlationIdOf } from './identity.js';
import { headerOf, type HttpReply, type HttpRequest } from './http.js';
import { isUnreadable } from '../store/passing.js';
import { methodsFor } from './methods.js';
import { Problem } from './problem.js';

/** By the codes of Fastify and Node; the text of an error never decides. */
const CODES: Readonly<Record<string, readonly [number, string]>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: [413, 'body-too-large'],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: [415, 'media-type-unknown'],
  FST_ERR_CTP_EMPTY_TYPE: [415, 'media-type-unknown'],
  FST_ERR_CTP_EMPTY_JSON_BODY: [400, 'broken-json'],
  FST_ERR_CTP_INVALID_JSON_BODY: [400, 'broken-json'],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: [400, 'request-malformed'],
  FST_ERR_BAD_URL: [400, 'request-malformed'],
  FST_ERR_ASYNC_CONSTRAINT: [400, 'request-malformed'],
};
const STATUSES: Readonly<Record<number, string>> = {
  401: 'token-missing',
  403: 'scope-missing',
  404: 'not-found',
  413: 'body-too-large',
  415: 'media-type-unknown',
  429: 'too-many-requests',
};

const PROBLEM_TYPE = 'application/problem+json; charset=utf-8';

/** What a caller should know of a refusal that has no text of its own. */
export interface Asked {
  readonly bodyLimitBytes?: number;
  readonly contentType?: string | undefined;
}
const TAKEN = ['application/json', ...STREAMED].join(', ');
const detailOf = (code: string, { bodyLimitBytes, contentType }: Asked): { readonly detail?: string } => {
  if (code === 'body-too-large' && bodyLimitBytes) return { detail: `the body is more than ${bodyLimitBytes} bytes` };
  if (code !== 'media-type-unknown') return {};
  const sent = contentType ? `${contentType.slice(0, 100)} was sent` : 'the request names no content type';
  return { detail: `${sent}; send ${TAKEN} as the route says` };
};

/** The problem that an error is. Nothing of an unexpected error's text is told. */
export const problemOf = (error: unknown, asked: Asked = {}): Problem => {
  if (error instanceof Problem && error.more.detail === undefined && !error.more.errors?.length)
    return new Problem(error.status, error.code, { ...error.more, ...detailOf(error.code, asked) });
  if (error instanceof Problem) return error;
  if (isUnreadable(error)) return new Problem(503, 'store-unreachable', { retryAfterSeconds: 2 });
  // A database's errors have numbers for codes.
  const { code, statusCode } = (error ?? {}) as { code?: unknown; statusCode?: number };
  const known = typeof code === 'string' ? CODES[code] : undefined;
  if (known) return new Problem(known[0], known[1], detailOf(known[1], asked));
  const status =
    error instanceof HttpException ? error.getStatus() : String(code).startsWith('FST_') ? (statusCode ?? 500) : 500;
  if (status >= 500) return new Problem(500, 'internal-error');
  return new Problem(status, STATUSES[status] ?? 'request-malformed');
};

@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(
    private readonly watch: Pick<Watch, 'log'>,
    private readonly limits: Pick<Asked, 'bodyLimitBytes'> = {},
  ) {}

  catch(error: unknown, host: ArgumentsHost): unknown {
    // Side listeners have no caller to tell; whoever called them logs it.
    if (host.getType() !== 'http') throw error;
    const request = host.switchToHttp().getRequest<HttpRequest>();
    const reply = host.switchToHttp().getResponse<HttpReply>();
    const allowed = isUnrouted(error, request) ? methodsFor(request) : [];
    if (allowed.length > 0) void reply.header('allow', allowed.join(', '));
    const told = allowed.length > 0 ? methodProblem(request, allowed) : error;
    const problem = problemOf(told, { ...this.limits, contentType: headerOf(request, 'content-type') });
    if (problem.status >= 500)
      this.watch.log.error({ err: error, correlationId: request.correlationId, code: problem.code }, 'request failed');
    if (reply.sent || reply.raw.destroyed) return undefined;
    const { retryAfterSeconds } = problem.more;
    if (retryAfterSeconds !== undefined) void reply.header('retry-after', String(retryAfterSeconds));
    if (problem.status === 401) void reply.header('www-authenticate', 'Bearer');
    if (!request.raw.complete) passOver(request, reply);
    void reply.code(problem.status).header('content-type', PROBLEM_TYPE);
    return reply.send(JSON.stringify({ ...problem.body(request.correlationId), ...nextOf(problem.code) }));
  }
}

/** Nest answers what no route takes with an exception of its own; a controller's 404 has a route. */
const isUnrouted = (error: unknown, { routeOptions }: HttpRequest): boolean =>
  error instanceof NotFoundException && routeOptions?.url === undefined;

const methodProblem = ({ method }: HttpRequest, allowed: readonly string[]): Problem =>
  new Problem(405, 'method-not-allowed', { detail: `${method} is not taken here; ${allowed.join(', ')} is` });

/** What is read of a body that nobody wants, before the connection is cut. */
const PASSED_OVER_BYTES = 64 * 1024 * 1024;
const PASSED_OVER_MS = 10_000;

/**
 * A body that was refused is still on its way, and many clients read no answer before they have sent all of it: a
 * connection that is cut meanwhile is told to their user as a reset, not as a refusal. So the rest is read and dropped.
 */
const passOver = ({ raw }: HttpRequest, reply: HttpReply): void => {
  let bytes = 0;
  const cut = (): void => void raw.destroy();
  const timer = setTimeout(cut, PASSED_OVER_MS).unref();
  raw.once('close', () => clearTimeout(timer));
  // Whoever began to read it step by step has stopped, and a stream with such a reader left does not flow.
  raw.removeAllListeners('readable');
  raw.on('data', (part: Buffer) => (bytes += part.length) > PASSED_OVER_BYTES && cut());
  raw.resume();
  void reply.header('connection', 'keep-alive');
};

/** What never became a request: an address or bytes that can't be read. No route, no filter and no hook sees it. */
export const refuseUnreadable = (error: { readonly code?: string }, _request: unknown, reply: HttpReply): void => {
  const problem = problemOf(error);
  const correlationId = correlationIdOf(undefined);
  void reply.code(problem.status).header('x-correlation-id', correlationId).header('content-type', PROBLEM_TYPE);
  void reply.send(JSON.stringify({ ...problem.body(correlationId), ...nextOf(problem.code) }));
};

const nextOf = (code: string): { readonly next?: string } => {
  const reason = reasonOf(code);
  return reason ? { next: reason.next } : {};
};
