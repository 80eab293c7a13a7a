/** A carrier on a real port: answers each path as it is told to, and remembers what it was asked. */
import { createServer, type Server } from 'node:http';
import { listening } from './token-issuer.js';

export interface CarrierAsked {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}
export interface CarrierReply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}
export interface CarrierServer {
  readonly url: string;
  readonly server: Server;
  readonly asked: CarrierAsked[];
  /** answers to what begins with this path, one after the other; the last one stays */
  tell(path: string, ...replies: readonly CarrierReply[]): void;
}
export const startCarrier = async (): Promise<CarrierServer> => {
  const asked: CarrierAsked[] = [];
  const told = new Map<string, CarrierReply[]>();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url: path = '', headers } = request;
      asked.push({ method, path, headers, body: Buffer.concat(chunks).toString() });
      const replies = [...told].find(([begin]) => path.startsWith(begin))?.[1];
      const reply = replies && replies.length > 1 ? replies.shift() : replies?.[0];
      response.writeHead(reply?.status ?? (reply ? 200 : 404), reply?.headers);
      response.end(reply?.body ?? '');
    });
  });
  const url = await listening(server);
  return { url, server, asked, tell: (path, ...replies) => void told.set(path, [...replies]) };
};
