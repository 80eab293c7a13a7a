/** Another party's HTTP door for specs: keeps what it was sent and answers as told. */
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Heard<B = Record<string, unknown>> {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly raw: string;
  readonly body: B;
}

export class Partner {
  readonly heard: Heard[] = [];
  private waiting: { readonly enough: () => boolean; readonly resolve: () => void }[] = [];
  private readonly server: Server;

  private constructor(answer: (heard: Heard, nth: number) => number) {
    this.server = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        const raw = Buffer.concat(parts).toString();
        const heard = {
          path: request.url ?? '',
          headers: request.headers,
          raw,
          body: JSON.parse(raw || '{}') as Record<string, unknown>,
        };
        this.heard.push(heard);
        response.writeHead(answer(heard, this.heard.length), {
          'content-type': 'application/json',
          'retry-after': '0',
        });
        response.end('{}');
        for (const { enough, resolve } of this.waiting) if (enough()) resolve();
      });
    });
  }

  /** Answers with the status that `answer` gives, 200 when left out. */
  static async open(answer: (heard: Heard, nth: number) => number = () => 200): Promise<Partner> {
    const partner = new Partner(answer);
    await new Promise<void>((resolve) => partner.server.listen(0, '127.0.0.1', resolve));
    return partner;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  on(path: string): Heard[] {
    return this.heard.filter((heard) => heard.path.startsWith(path));
  }

  /** Settles when so many requests under a path have come. */
  hears(count: number, path = '/'): Promise<void> {
    const enough = () => this.on(path).length >= count;
    return enough() ? Promise.resolve() : new Promise((resolve) => this.waiting.push({ enough, resolve }));
  }

  close(): void {
    this.server.close();
    this.server.closeAllConnections();
  }
}
