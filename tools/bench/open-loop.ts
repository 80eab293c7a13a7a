/**
 * Load at a fixed rate, whatever the answers take: the n-th request goes out when it is due, and its latency counts from
 * that moment, so neither a slow answer nor a late generator hides what a caller would have waited (no coordinated
 * omission).
 */
import { setTimeout as pause } from 'node:timers/promises';
import { Pool } from 'undici';
import { Latency } from './latency.ts';

const TICK_MS = 2;

export interface Load {
  /** requests a second */
  readonly rate: number;
  readonly seconds: number;
  /** Sends the n-th; undefined when it was taken, or why it was not. */
  readonly send: (n: number) => Promise<string | undefined>;
}
export interface Offered {
  readonly sent: number;
  readonly taken: number;
  /** how often which reason was given */
  readonly refused: Readonly<Record<string, number>>;
  /** of those that were taken */
  readonly latency: Latency;
  /** from the last request until the last answer */
  readonly behindMs: number;
}

export async function offer({ rate, seconds, send }: Load): Promise<Offered> {
  const total = Math.max(1, Math.round(rate * seconds));
  const latency = new Latency();
  const refused: Record<string, number> = {};
  const refuse = (reason: string): void => void (refused[reason] = (refused[reason] ?? 0) + 1);
  const answers: Promise<void>[] = [];
  const beganAt = performance.now();
  const ask = async (n: number): Promise<void> => {
    const dueAt = beganAt + (n * 1000) / rate;
    const reason = await send(n).catch((error: unknown) => (error instanceof Error ? error.message : String(error)));
    if (reason === undefined) latency.record(performance.now() - dueAt);
    else refuse(reason);
  };
  while (answers.length < total) {
    const due = Math.min(total, Math.floor(((performance.now() - beganAt) / 1000) * rate) + 1);
    while (answers.length < due) answers.push(ask(answers.length));
    await pause(TICK_MS);
  }
  const lastSentAt = performance.now();
  await Promise.all(answers);
  return { sent: total, taken: latency.count, refused, latency, behindMs: performance.now() - lastSentAt };
}

export interface Reply {
  readonly status: number;
  readonly body: string;
}

/** One service's door over kept-alive connections. */
export class DoorClient {
  readonly #pool: Pool;
  readonly #token: (() => Promise<string>) | undefined;

  /** `token` is asked before every request; it keeps what it has. */
  constructor(origin: string, token?: () => Promise<string>) {
    this.#pool = new Pool(origin, { connections: 256, pipelining: 1 });
    this.#token = token;
  }

  async request(
    method: 'GET' | 'POST',
    path: string,
    body?: string,
    more: Record<string, string> = {},
  ): Promise<Reply> {
    const headers: Record<string, string> = { ...more };
    if (this.#token) headers['authorization'] = `Bearer ${await this.#token()}`;
    if (body !== undefined) headers['content-type'] ??= 'application/json';
    const { statusCode, body: answer } = await this.#pool.request({ method, path, headers, ...(body ? { body } : {}) });
    return { status: statusCode, body: await answer.text() };
  }
  /** For `Load.send`: undefined when the answer is one of 2xx. */
  async post(path: string, body: string): Promise<string | undefined> {
    const { status, body: text } = await this.request('POST', path, body);
    return status < 300 ? undefined : `${status} ${codeOf(text)}`;
  }
  async get(path: string): Promise<string | undefined> {
    const { status, body } = await this.request('GET', path);
    return status < 300 ? undefined : `${status} ${codeOf(body)}`;
  }

  async close(): Promise<void> {
    await this.#pool.close();
  }
}

/** The code of a problem+json; free text would make every refusal one of its own. */
const codeOf = (body: string): string => {
  try {
    const { code, title } = JSON.parse(body) as { code?: string; title?: string };
    return code ?? title ?? '';
  } catch {
    return '';
  }
};
