/** The public HTTP door of a service as one tenant sees it: nothing is known here that the API does not show. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { request as streamed, type Dispatcher } from 'undici';
import type { OwnService } from '../bench/own-service.ts';
import { until } from '../stack/until.ts';
import { call, Refused, type Call } from '../start/http.ts';
import type { Difference } from './compare.ts';
import type { Fault } from './reading.ts';

/** A file of a hundred megabytes is read twice on a machine that does other things too. */
const AT_REST_MS = 300_000;
const UPLOAD_MS = 120_000;

interface Problem {
  readonly code?: string;
  readonly title?: string;
  readonly detail?: string;
}

export class Door {
  readonly #service: OwnService;
  readonly #token: Promise<string>;

  constructor(service: OwnService, token: Promise<string>) {
    this.#service = service;
    this.#token = token;
  }

  async json<T>(path: string, request: Call = {}): Promise<T> {
    const authorization = `Bearer ${await this.#token}`;
    return call<T>(`${this.#service.url}${path}`, { ...request, headers: { authorization, ...request.headers } });
  }
  send<T>(method: 'POST' | 'PUT', path: string, body: unknown): Promise<T> {
    const headers = { 'content-type': 'application/json' };
    return this.json<T>(path, { method, headers, body: () => JSON.stringify(body) });
  }
  /** A file of the folder as the body, as it lies there. */
  upload<T>(path: string, file: string, headers: Readonly<Record<string, string>>): Promise<T> {
    const body = () => Readable.toWeb(createReadStream(file)) as NonNullable<RequestInit['body']>;
    return this.json<T>(path, { method: 'POST', headers, body, timeoutMs: UPLOAD_MS });
  }
  /** What is not held as a whole: fetch would give the stream up with the answer that it belongs to. */
  async #open(path: string): Promise<Dispatcher.ResponseData['body']> {
    const headers = { authorization: `Bearer ${await this.#token}` };
    const { statusCode, body } = await streamed(`${this.#service.url}${path}`, { headers });
    if (statusCode !== 200) throw new Refused(`GET ${path}`, statusCode, await body.text());
    return body;
  }
  async lines<T>(path: string): Promise<readonly T[]> {
    const text = await (await this.#open(path)).text();
    return text
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as T);
  }

  /** What `path` shows, once it is as wanted; what is not there yet is asked for again. */
  async shown<T>(what: string, path: string, isWanted: (shown: T) => boolean): Promise<T> {
    let shown: T | undefined;
    const check = async (): Promise<boolean> => {
      shown = await this.json<T>(path);
      return isWanted(shown);
    };
    await until({ what, deadlineMs: AT_REST_MS, check, giveUp: () => this.#service.ended() });
    return shown as T;
  }

  /** Bytes fetched back must be those of the file. */
  async differsFrom(file: string, path: string): Promise<readonly Difference[]> {
    const [got, expected] = [await hashOf(await this.#open(path)), await hashOf(createReadStream(file))];
    return expected === got ? [] : [{ field: 'bytes fetched back (SHA-256)', expected, got }];
  }
}

const hashOf = async (chunks: AsyncIterable<Uint8Array>): Promise<string> => {
  const hash = createHash('sha256');
  for await (const chunk of chunks) hash.update(chunk);
  return hash.digest('hex');
};

/** What a door has against a body; anything else than a refusal of it is thrown on. */
export const faultOf = (error: unknown): Fault => {
  if (!(error instanceof Refused) || error.status === 401 || error.status === 403) throw error;
  let problem: Problem = {};
  try {
    problem = JSON.parse(error.body) as Problem;
  } catch {
    // no problem document: the status tells
  }
  const text = problem.detail ?? problem.title ?? error.message;
  return { code: problem.code ?? `HTTP ${error.status}`, path: '/', text };
};

/** True where nothing is at this path. */
export const isAbsent = (error: unknown): boolean => error instanceof Refused && error.status === 404;
