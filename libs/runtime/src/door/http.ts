/** The little that the door knows of Fastify's requests and replies. */
import type { IncomingMessage } from 'node:http';
import type { Caller } from './door.js';

export interface HttpRequest {
  readonly method: string;
  /** path with query */
  readonly url: string;
  readonly ip: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly raw: IncomingMessage;
  /** without a pattern when no route was found */
  readonly routeOptions?: { readonly url?: string };
  /** the Fastify instance */
  readonly server?: object;
  body?: unknown;
  /** set for bodies that were read whole */
  rawBody?: Buffer;
  /** set when a body that says it is JSON is none: what is wrong with it */
  broken?: Error;
  /** set by the first hook, before anything else runs */
  correlationId?: string;
  traceparent?: string;
  startedAtMs?: number;
  /** set by the guard, from the token */
  caller?: Caller;
}
export interface HttpReply {
  readonly statusCode: number;
  readonly sent: boolean;
  readonly raw: { readonly destroyed: boolean };
  code(status: number): HttpReply;
  header(name: string, value: string | number): HttpReply;
  send(body?: unknown): HttpReply;
}

export const headerOf = (request: Pick<HttpRequest, 'headers'>, name: string): string | undefined => {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
};
export const pathOf = (request: Pick<HttpRequest, 'url'>): string => request.url.split('?', 1)[0] ?? '/';
