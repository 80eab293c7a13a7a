/** Calls of the public HTTP API and of the sandbox, patient with what is being restarted. */
import { setTimeout as pause } from 'node:timers/promises';

export class Refused extends Error {
  readonly status: number;
  readonly body: string;
  constructor(what: string, status: number, body: string) {
    super(`${what} was answered ${status}: ${body.slice(0, 1_000)}`);
    this.status = status;
    this.body = body;
  }
}

export interface Call {
  readonly method?: 'GET' | 'POST' | 'PUT';
  readonly headers?: Readonly<Record<string, string>>;
  /** made anew for every attempt; a stream can be read only once */
  readonly body?: () => NonNullable<RequestInit['body']>;
  /** of one attempt */
  readonly timeoutMs?: number;
  /** keeps trying so long while nobody answers or the answer asks for patience */
  readonly patienceMs?: number;
  readonly signal?: AbortSignal;
}

const PATIENCE_MS = 120_000;
const TIMEOUT_MS = 30_000;
const AGAIN_MS = 200;
const AGAIN_MOST_MS = 2_000;

/** Trying again helps: nobody is there, or it is busy, or not ready. */
const passes = (status: number): boolean => [408, 425, 429].includes(status) || status >= 500;

/** JSON of the answer. Throws `Refused` for an answer that trying again does not change. */
export async function call<T>(url: string, { patienceMs = PATIENCE_MS, ...request }: Call = {}): Promise<T> {
  const what = `${request.method ?? 'GET'} ${url}`;
  const until = Date.now() + patienceMs;
  for (let wait = AGAIN_MS; ; wait = Math.min(wait * 1.5, AGAIN_MOST_MS)) {
    request.signal?.throwIfAborted();
    const answer = await once(url, request).catch((error: unknown) => ({ error }));
    if (!('error' in answer)) {
      if (answer.status < 300) return (answer.body === '' ? undefined : JSON.parse(answer.body)) as T;
      if (!passes(answer.status) || Date.now() > until) throw new Refused(what, answer.status, answer.body);
    } else if (request.signal?.aborted || Date.now() > until) {
      throw new Error(`${what} was not answered: ${reasonOf(answer.error)}`, { cause: answer.error });
    }
    await pause(wait, undefined, { signal: request.signal });
  }
}

async function once(url: string, request: Omit<Call, 'patienceMs'>): Promise<{ status: number; body: string }> {
  const { method = 'GET', headers = {}, body, timeoutMs = TIMEOUT_MS, signal } = request;
  const ends = [AbortSignal.timeout(timeoutMs), ...(signal ? [signal] : [])];
  const answer = await fetch(url, {
    method,
    headers,
    signal: AbortSignal.any(ends),
    ...(body ? { body: body(), duplex: 'half' } : {}),
  } as RequestInit);
  return { status: answer.status, body: await answer.text() };
}

const reasonOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause instanceof Error ? ` (${error.cause.message})` : '';
  return `${error.message}${cause}`;
};

interface Token {
  readonly access_token: string;
  readonly expires_in: number;
}
/** The sandbox's issuer knows this client; its secret is public, as everything there. */
export const DEMO = { client_id: 'demo', client_secret: 'sandbox-demo', grant_type: 'client_credentials' } as const;

/** The API with a token that is fetched again before it ends. */
export class Api {
  readonly #tokenUrl: string;
  #token: { readonly text: string; readonly untilMs: number } | undefined;

  constructor(issuerUrl: string) {
    this.#tokenUrl = `${issuerUrl}/oauth/token`;
  }

  async token(): Promise<string> {
    if (this.#token && this.#token.untilMs > Date.now()) return this.#token.text;
    const { access_token: text, expires_in: seconds } = await call<Token>(this.#tokenUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: () => JSON.stringify(DEMO),
    });
    this.#token = { text, untilMs: Date.now() + seconds * 800 };
    return text;
  }

  async call<T>(url: string, request: Call = {}): Promise<T> {
    const send = async () =>
      call<T>(url, { ...request, headers: { authorization: `Bearer ${await this.token()}`, ...request.headers } });
    try {
      return await send();
    } catch (error) {
      if (!(error instanceof Refused) || error.status !== 401) throw error;
      // The issuer's keys have changed since.
      this.#token = undefined;
      return send();
    }
  }
}
