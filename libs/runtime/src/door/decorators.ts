/** What controllers say of their routes: which right they need, who calls, how the body comes. */
import 'reflect-metadata';
import { applyDecorators, createParamDecorator, SetMetadata, type ExecutionContext } from '@nestjs/common';
import { Readable } from 'node:stream';
import { STREAMED } from './bodies.js';
import type { Caller } from './door.js';
import type { HttpRequest } from './http.js';
import { Problem } from './problem.js';

export const ACCESS = 'crossdock:access';
export type Access =
  | { readonly kind: 'scopes'; readonly scopes: readonly string[] }
  | { readonly kind: 'public' }
  | { readonly kind: 'loopback'; readonly scopes: readonly string[] };

/** The rights that a route needs, all of them. A route that names neither these nor `@Public()` stops the start. */
export const Scope = (...scopes: readonly string[]): MethodDecorator & ClassDecorator =>
  access({ kind: 'scopes', scopes });
/** Open to everyone: the route judges its callers itself, for example by signature. */
export const Public = (): MethodDecorator & ClassDecorator => access({ kind: 'public' });
/** Open to this machine; from elsewhere the scopes are needed. */
export const LoopbackOr = (...scopes: readonly string[]): MethodDecorator & ClassDecorator =>
  access({ kind: 'loopback', scopes });
const access = (what: Access): MethodDecorator & ClassDecorator => applyDecorators(SetMetadata(ACCESS, what));

const requestOf = (context: ExecutionContext): HttpRequest => context.switchToHttp().getRequest<HttpRequest>();

/**
 * The caller, from the token. On a public route it has an empty tenant and no scopes: the route fills in the tenant that
 * it found, `{ ...caller, tenant }`, and keeps correlation and idempotency key.
 */
export const From = createParamDecorator((_: unknown, context: ExecutionContext): Caller => {
  const { caller } = requestOf(context);
  if (!caller) throw new Problem(401, 'token-missing');
  return caller;
});
export const TAKES_BYTES = 'crossdock:takes-bytes';
/** A parameter that has the body's bytes: its route judges them itself, also when they are no JSON. */
const bytesBy = (read: (request: HttpRequest) => Readable | Buffer): (() => ParameterDecorator) => {
  const parameter = createParamDecorator((_: unknown, context: ExecutionContext) => read(requestOf(context)));
  return () => (target, name, index) => {
    Reflect.defineMetadata(TAKES_BYTES, true, (target as Record<string | symbol, object>)[name as string] as object);
    parameter()(target, name, index);
  };
};
/** The bytes as received, for signatures. */
export const RawBody = bytesBy(({ rawBody }) => rawBody ?? Buffer.alloc(0));
/** The body whatever it is: bytes where it was read whole, the request's own stream otherwise. */
export const AnyBody = bytesBy(({ body, rawBody }) => (body instanceof Readable ? body : (rawBody ?? Buffer.alloc(0))));
/** The request's own stream; for text/csv, application/x-ndjson and application/octet-stream. */
export const Upload = createParamDecorator((_: unknown, context: ExecutionContext): Readable => {
  const { body } = requestOf(context);
  if (body instanceof Readable) return body;
  throw new Problem(415, 'media-type-unknown', { detail: `send the file as ${STREAMED.join(', ')}` });
});
