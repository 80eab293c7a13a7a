/** One try's way out: HTTP with the ask's deadline and trace, answers sorted into try again and no for good. */
import { readJsonText } from '@crossdock/kernel';
import { OutsideAway, OutsideRefusal, type Kept, type OutsideAndKept } from './ask.js';

export interface Way {
  readonly attempt: number;
  readonly signal: AbortSignal;
  readonly correlationId: string;
  /** sent as Idempotency-Key unless the call brings its own: the same for every try of a question */
  readonly key: string;
  readonly traceparent?: string;
  readonly fetch?: typeof fetch;
  readonly kept?: () => Kept;
}

const AGAIN = new Set([408, 425, 429]);
/** Of a gateway or a server that is away: no answer of the application itself. */
const AWAY = new Set([...AGAIN, 502, 503, 504]);
const MAX_ANSWER_BYTES = 16 * 1024 * 1024;
const TEXT = 1000;

/**
 * `Retry-After`: seconds, with a fraction in some shops, or an HTTP date; `X-Rate-Limit-Time-Reset-Ms`, as BigCommerce
 * tells it. At most a minute is believed.
 */
const retryAfterOf = ({ headers }: Response, now: number): number | undefined => {
  const reset = headers.get('x-rate-limit-time-reset-ms');
  const value = headers.get('retry-after') ?? (reset && String(Number(reset) / 1000));
  if (!value) return undefined;
  const ms = /^\d+(\.\d+)?$/.test(value) ? Number(value) * 1000 : Date.parse(value) - now;
  return Number.isFinite(ms) && ms > 0 ? Math.min(ms, 60_000) : undefined;
};

/** The sentence of a refusal, wherever the outside puts it. */
const sentenceOf = (body: string): string => {
  try {
    const found = JSON.parse(body) as Record<string, unknown>;
    for (const name of ['detail', 'text', 'message', 'error', 'title'])
      if (typeof found[name] === 'string') return (found[name] as string).slice(0, TEXT);
  } catch {
    // not JSON: as it stands
  }
  return body.slice(0, TEXT);
};

/** The body; whatever keeps it from arriving whole means: try again. */
const bodyOf = async <B>(response: Response, read: () => Promise<B>): Promise<B> => {
  if (Number(response.headers.get('content-length') ?? 0) > MAX_ANSWER_BYTES) {
    await response.body?.cancel();
    throw new OutsideAway('answer is too large');
  }
  try {
    return await read();
  } catch {
    throw new OutsideAway('the answer broke off');
  }
};
const away = (response: Response): OutsideAway =>
  new OutsideAway(`status ${response.status}`, retryAfterOf(response, Date.now()));

const lowerCased = (headers: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

const send = async (
  way: Way,
  method: string,
  url: string,
  body: unknown,
  headers: Record<string, string>,
): Promise<Response> => {
  try {
    return await (way.fetch ?? fetch)(url, {
      method,
      redirect: 'manual',
      signal: way.signal,
      headers: {
        accept: 'application/json',
        'x-correlation-id': way.correlationId,
        ...(way.traceparent ? { traceparent: way.traceparent } : {}),
        ...(method === 'GET' ? {} : { 'idempotency-key': way.key }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...lowerCased(headers),
      },
      ...(body === undefined ? {} : { body: body instanceof Uint8Array ? Buffer.from(body) : JSON.stringify(body) }),
    });
  } catch (error) {
    const cause = (error as { cause?: { code?: string } }).cause?.code;
    throw new OutsideAway(
      way.signal.aborted ? 'no answer within the deadline' : `no connection (${cause ?? (error as Error).name})`,
    );
  }
};

const read = async <T>(response: Response): Promise<T> => {
  const text = await bodyOf(response, () => response.text());
  if (response.ok) {
    if (text === '') return undefined as T;
    const found = readJsonText(text, 'the answer');
    if (!found.ok) throw new OutsideAway(found.text);
    return found.value as T;
  }
  if (AGAIN.has(response.status) || response.status >= 500) throw away(response);
  throw new OutsideRefusal(response.status, sentenceOf(text) || `status ${response.status}`);
};

export const outsideBy = (way: Way): OutsideAndKept => ({
  attempt: way.attempt,
  request: async <T>(
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    url: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ) => read<T>(await send(way, method, url, body, headers)),
  find: async <T>(url: string) => {
    const response = await send(way, 'GET', url, undefined, {});
    if (response.status !== 404) return read<T>(response);
    await response.body?.cancel();
    return undefined;
  },
  send: async (url, bytes, headers) => {
    const response = await send(way, 'POST', url, bytes, headers);
    if (!response.ok) await read(response);
    await response.body?.cancel();
  },
  exchange: async (method, url, bytes, headers = {}) => {
    const response = await send(way, method, url, bytes, headers);
    const body = await bodyOf(response, () => response.arrayBuffer());
    if (AWAY.has(response.status)) throw away(response);
    return { status: response.status, bytes: new Uint8Array(body) };
  },
  get kept() {
    if (!way.kept) throw new Error('nothing is kept here');
    return way.kept();
  },
});
