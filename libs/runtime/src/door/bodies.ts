/** How bodies come in: JSON read whole and kept as bytes too, files as streams, anything else refused. */
import type { IncomingMessage } from 'node:http';
import { readJsonText } from '@crossdock/kernel';
import type { HttpReply, HttpRequest } from './http.js';
import { Problem } from './problem.js';

type Done = (error: Error | null, body?: unknown) => void;
export interface FastifyLike {
  addHook(name: 'onRequest', hook: (request: HttpRequest, reply: HttpReply, done: () => void) => void): unknown;
  addHook(
    name: 'onRoute',
    hook: (route: { readonly method: string | string[]; readonly url: string }) => void,
  ): unknown;
  addHook(name: 'onResponse', hook: (request: HttpRequest, reply: HttpReply, done: () => void) => void): unknown;
  removeAllContentTypeParsers(): void;
  addContentTypeParser(
    types: string | readonly string[] | RegExp,
    options: { readonly parseAs: 'buffer'; readonly bodyLimit: number },
    parse: (request: HttpRequest, body: Buffer, done: Done) => void,
  ): unknown;
  addContentTypeParser(
    types: string | readonly string[] | RegExp,
    parse: (request: HttpRequest, payload: IncomingMessage, done: Done) => void,
  ): unknown;
}

export const STREAMED = ['text/csv', 'application/x-ndjson', 'application/octet-stream'] as const;
const JSON_TYPES = /^application\/(?:[\w.+-]+\+)?json(?:\s*;|$)/i;
const decoder = new TextDecoder('utf-8', { fatal: true });

const broken = (text: string): Problem =>
  new Problem(400, 'broken-json', { errors: [{ reason: 'broken-json', field: '', text }] });

/**
 * JSON in UTF-8 without names that could poison a prototype and without halves of characters; anything else is
 * `Problem` 400 `broken-json`, with the place as far as it is known.
 */
export const readJson = (bytes: Uint8Array): unknown => {
  let text: string;
  try {
    text = decoder.decode(bytes);
  } catch {
    throw broken('the body is not in UTF-8');
  }
  const read = readJsonText(text, 'the body');
  if (!read.ok) throw broken(read.text);
  return read.value;
};

/** `more`: content types that this service takes as streams beside those that all do. */
export const acceptBodies = (fastify: FastifyLike, bodyLimit: number, more: readonly string[] = []): void => {
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser(JSON_TYPES, { parseAs: 'buffer', bodyLimit }, (request, body, done) => {
    request.rawBody = body;
    let read: unknown;
    try {
      read = body.length === 0 ? undefined : readJson(body);
    } catch (error) {
      // Whoever takes the bytes as they are may still want them; everybody else is told by the guard.
      request.broken = error as Problem;
    }
    done(null, read);
  });
  fastify.addContentTypeParser([...STREAMED, ...more], (_request, payload, done) => done(null, payload));
};
