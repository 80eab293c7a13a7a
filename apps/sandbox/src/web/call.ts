/** Outgoing HTTP of the sandbox: kept connections, a deadline, the answer as text. A broken connection throws. */
import { Agent, request } from 'node:http';

export interface Answer {
  readonly status: number;
  readonly body: string;
  readonly retryAfterMs?: number;
}
export interface Call {
  readonly url: string;
  readonly body: string | Buffer;
  readonly headers: Readonly<Record<string, string>>;
  readonly deadlineMs?: number;
}

const DEADLINE_MS = 30_000;
const agent = new Agent({ keepAlive: true, maxSockets: 64, maxFreeSockets: 32 });

const retryAfterOf = (header: string | undefined): { retryAfterMs?: number } =>
  header && /^\d{1,5}$/.test(header) ? { retryAfterMs: Number(header) * 1000 } : {};

export const post = ({ url, body, headers, deadlineMs = DEADLINE_MS }: Call): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const length = { 'content-length': String(Buffer.byteLength(body)) };
    const outgoing = request(url, { method: 'POST', agent, headers: { ...headers, ...length } }, (incoming) => {
      const parts: Buffer[] = [];
      incoming.on('data', (part: Buffer) => parts.push(part));
      incoming.on('error', reject);
      incoming.on('end', () =>
        resolve({
          status: incoming.statusCode ?? 0,
          body: Buffer.concat(parts).toString(),
          ...retryAfterOf(incoming.headers['retry-after']),
        }),
      );
    });
    outgoing.setTimeout(deadlineMs, () => outgoing.destroy(new Error(`no answer within ${deadlineMs} ms`)));
    outgoing.on('error', reject);
    outgoing.end(body);
  });

/** Lets go of kept connections, so that the process can end. */
export const hangUp = (): void => agent.destroy();
