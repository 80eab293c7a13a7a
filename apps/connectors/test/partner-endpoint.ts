/** A partner's endpoint: takes what we send, checks how it is signed, and fails as a test wants. */
import { createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { buffer } from 'node:stream/consumers';
import type { AddressInfo } from 'node:net';

export interface Taken {
  readonly id: string;
  readonly signed: boolean;
  readonly body: string;
}

export class PartnerEndpoint {
  /** statuses of the next answers; 200 when there is none */
  readonly answers: number[] = [];
  /** everything that came, taken or not */
  readonly calls: string[] = [];
  readonly taken: Taken[] = [];
  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async start(key: Buffer): Promise<PartnerEndpoint> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const endpoint = new PartnerEndpoint(server, `http://127.0.0.1:${port}/in`);
    server.on('request', (request, response) => {
      void buffer(request).then((bytes) => {
        const { 'webhook-id': id = '', 'webhook-timestamp': at = '', 'webhook-signature': signature } = request.headers;
        const expected = createHmac('sha256', key)
          .update(`${String(id)}.${String(at)}.`)
          .update(bytes)
          .digest('base64');
        const status = endpoint.answers.shift() ?? 200;
        endpoint.calls.push(String(id));
        if (status < 300)
          endpoint.taken.push({ id: String(id), signed: signature === `v1,${expected}`, body: String(bytes) });
        response.writeHead(status).end(status < 300 ? '{}' : '{"detail":"not today"}');
      });
    });
    return endpoint;
  }
  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
