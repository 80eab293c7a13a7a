/** An ERP for this service's tests: takes orders in parts by idempotency key, and can refuse, fail or fall silent. */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Part {
  readonly reference: string;
  readonly part: number;
  readonly lines: readonly unknown[];
}
export type Mood = 'answers' | 'refuses' | 'breaks';

const bodyOf = async (request: IncomingMessage): Promise<unknown> => {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return JSON.parse(Buffer.concat(parts).toString() || '{}') as unknown;
};

export class TestErp {
  mood: Mood = 'answers';
  readonly registered = new Map<string, { readonly erpOrderNo: string } & Part>();
  readonly cancelled = new Set<string>();
  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async start(): Promise<TestErp> {
    const box: { erp?: TestErp } = {};
    const server = createServer((request, response) => {
      const reply = (status: number, body: unknown): void => {
        response.writeHead(status, { 'content-type': 'application/json' });
        response.end(JSON.stringify(body));
      };
      box.erp?.serve(request, reply).catch(() => reply(500, {}));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    box.erp = new TestErp(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    return box.erp;
  }

  private async serve(request: IncomingMessage, reply: (status: number, body: unknown) => void): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', this.url);
    if (request.method === 'GET') {
      const erpOrderNos = this.numbersOf(searchParams.get('reference') ?? '');
      return erpOrderNos.length > 0 ? reply(200, { erpOrderNos }) : reply(404, {});
    }
    const body = (await bodyOf(request)) as Part;
    if (this.mood === 'breaks') return reply(500, {});
    if (pathname.endsWith('/cancel')) {
      this.cancelled.add(body.reference);
      return reply(200, { erpOrderNos: this.numbersOf(body.reference) });
    }
    if (this.mood === 'refuses') return reply(422, { detail: 'this customer may not buy' });
    const key = request.headers['idempotency-key'] as string;
    const known = this.registered.get(key) ?? { erpOrderNo: String(4_500_000_001 + this.registered.size), ...body };
    this.registered.set(key, known);
    return reply(201, { erpOrderNo: known.erpOrderNo });
  }
  numbersOf(reference: string): readonly string[] {
    return [...this.registered.values()]
      .filter((part) => part.reference === reference)
      .sort((a, b) => a.part - b.part)
      .map(({ erpOrderNo }) => erpOrderNo);
  }
  partsOf(reference: string): readonly number[] {
    return [...this.registered.values()]
      .filter((part) => part.reference === reference)
      .map(({ lines }) => lines.length);
  }
  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
