/** A warehouse for this test: takes requests, remembers them, and can be told to refuse. */
import { createServer, type Server } from 'node:http';
import type { WmsRequest } from '../src/ask/wms.js';
import { listening } from './token-issuer.js';

export interface Warehouse {
  readonly url: string;
  readonly server: Server;
  readonly requests: Map<string, WmsRequest>;
  /** text of a refusal; undefined: takes everything */
  refuses: string | undefined;
}
export const startWarehouse = async (): Promise<Warehouse> => {
  const requests = new Map<string, WmsRequest>();
  const warehouse: { -readonly [K in keyof Warehouse]: Warehouse[K] } = {
    url: '',
    server: createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const say = (status: number, body: unknown): void => {
          response.writeHead(status, { 'content-type': 'application/json' });
          response.end(JSON.stringify(body));
        };
        if (request.method === 'GET') {
          const id = decodeURIComponent(request.url?.split('/').at(-1) ?? '');
          return requests.has(id) ? say(200, { wmsRef: `WMS-${id}` }) : say(404, {});
        }
        if (warehouse.refuses) return say(422, { detail: warehouse.refuses });
        const asked = JSON.parse(Buffer.concat(chunks).toString('utf8')) as WmsRequest;
        requests.set(asked.fulfilmentId, asked);
        say(201, { wmsRef: `WMS-${asked.fulfilmentId}` });
      });
    }),
    requests,
    refuses: undefined,
  };
  warehouse.url = await listening(warehouse.server);
  return warehouse;
};
