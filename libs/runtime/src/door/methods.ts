/** Which methods an address takes: an address that is known under another method is 405 with them, not 404. */
import type { FastifyLike } from './bodies.js';
import { pathOf, type HttpRequest } from './http.js';

interface Route {
  readonly method: string | readonly string[];
  /** pattern, such as `/v1/orders/:orderNo` */
  readonly url: string;
}
interface Known {
  readonly methods: readonly string[];
  readonly pattern: RegExp;
}
/** by Fastify instance, which every request knows as its `server` */
const known = new WeakMap<object, Known[]>();

const patternOf = (url: string): RegExp => {
  const parts = url.split('/').map((part) => {
    if (part.startsWith(':')) return '[^/]+';
    return part.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*');
  });
  return new RegExp(`^${parts.join('/')}/?$`);
};

/** Before the routes are made. */
export const noteMethods = (fastify: FastifyLike): void => {
  const routes: Known[] = [];
  known.set(fastify, routes);
  fastify.addHook('onRoute', ({ method, url }: Route) => {
    routes.push({ methods: [method].flat(), pattern: patternOf(url) });
  });
};

/** Methods of the routes that the request's address fits, in alphabetical order; none where nothing is. */
export const methodsFor = (request: HttpRequest): readonly string[] => {
  const routes = (request.server && known.get(request.server)) ?? [];
  const path = pathOf(request);
  const fitting = routes.filter(({ pattern }) => pattern.test(path)).flatMap(({ methods }) => methods);
  return [...new Set(fitting)].sort();
};
