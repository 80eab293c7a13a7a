/** A printer outside: an HTTP server that does what a test tells it to. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Behaviour =
  'prints' | 'hangs' | 'prints-and-hangs' | 'breaks' | 'busy' | 'refuses' | 'garbles' | 'drops' | 'slow';
export interface PrinterCall {
  readonly method: string;
  readonly path: string;
  readonly key: string | undefined;
  readonly correlationId: string | undefined;
}

export class Printer {
  /** of the next calls, one after the other; then `after` */
  next: Behaviour[] = [];
  after: Behaviour = 'prints';
  readonly calls: PrinterCall[] = [];
  /** names printed, each time it was done */
  readonly printed: string[] = [];
  atOnce = 0;
  atOnceMost = 0;

  private constructor(private readonly server: Server) {
    server.on('request', (request, response) => void this.serve(request, response));
  }
  static async start(port = 0): Promise<Printer> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    return new Printer(server);
  }
  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }
  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }
  get posts(): number {
    return this.calls.filter(({ method }) => method === 'POST').length;
  }
  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url = '', headers } = request;
    this.calls.push({
      method,
      path: url,
      key: headers['idempotency-key'] as string,
      correlationId: headers['x-correlation-id'] as string,
    });
    let text = '';
    for await (const chunk of request) text += String(chunk);
    if (method === 'GET') {
      const name = decodeURIComponent(url.split('/').at(-1) ?? '');
      if (this.printed.includes(name)) return void response.end(JSON.stringify({ job: `found-${name}` }));
      response.statusCode = 404;
      return void response.end();
    }
    this.atOnceMost = Math.max(this.atOnceMost, ++this.atOnce);
    const { name } = JSON.parse(text) as { name: string };
    this.act(this.next.shift() ?? this.after, name, response);
  }

  private act(behaviour: Behaviour, name: string, response: ServerResponse): void {
    const done = (status: number, body: string, headers: Record<string, string> = {}): void => {
      this.atOnce--;
      response.writeHead(status, headers).end(body);
    };
    const print = (): void => void this.printed.push(name);
    if (behaviour === 'hangs' || behaviour === 'drops') this.atOnce--;
    if (behaviour === 'drops') response.destroy();
    if (behaviour === 'breaks') done(500, 'oops');
    if (behaviour === 'busy') done(429, '', { 'retry-after': '1' });
    if (behaviour === 'refuses') done(422, JSON.stringify({ detail: 'no such paper' }));
    if (behaviour === 'garbles') done(200, '{"half');
    if (behaviour === 'prints-and-hangs') {
      print();
      this.atOnce--;
    }
    if (behaviour === 'slow') setTimeout(() => (print(), done(200, JSON.stringify({ job: name }))), 20);
    if (behaviour === 'prints') {
      print();
      done(200, JSON.stringify({ job: name }));
    }
  }
}
