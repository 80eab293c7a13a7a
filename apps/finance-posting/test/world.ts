/** The world around finance-posting in its tests: an ERP with books and moods, a token issuer, the other services' voice. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { findMessage } from '@crossdock/contracts';
import type { Input } from '@crossdock/kernel';
import { actorText, type JetStreamBroker, type StoredEvent } from '@crossdock/runtime';
import type { ErpPosted, ErpPosting } from '../src/ask/erp.js';

type Handle = (request: IncomingMessage, response: ServerResponse) => Promise<void> | void;
const listening = async (handle: Handle): Promise<Server> => {
  const server = createServer((request, response) => void handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
};
const urlOf = (server: Server): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
const closed = async (server: Server): Promise<void> => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
};
const send = (response: ServerResponse, status: number, body: unknown): void => {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
};

/** What the ERP does with the next posting: `breaks` posts it and drops the connection before it answers. */
export type Mood = 'posts' | 'breaks' | 'refuses';

export class Erp {
  readonly books = new Map<string, ErpPosting & ErpPosted>();
  readonly moods: Mood[] = [];
  calls = 0;

  private constructor(private server: Server | undefined) {}
  static async start(): Promise<Erp> {
    const erp = new Erp(undefined);
    erp.server = await listening((request, response) => erp.answer(request, response));
    return erp;
  }
  get url(): string {
    return this.server ? urlOf(this.server) : '';
  }
  async stop(): Promise<void> {
    if (this.server) await closed(this.server);
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { searchParams } = new URL(request.url ?? '/', this.url);
    if (request.method === 'GET') {
      const known = this.books.get(searchParams.get('reference') ?? '');
      return send(response, known ? 200 : 404, known ?? { detail: 'not posted' });
    }
    this.calls += 1;
    const mood = this.moods.shift() ?? 'posts';
    const posting = (await json(request)) as ErpPosting;
    if (mood === 'refuses') return send(response, 422, { detail: 'the period is closed' });
    const known = this.books.get(posting.reference) ?? {
      ...posting,
      erpDocumentNo: String(90_000_001 + this.books.size),
    };
    this.books.set(posting.reference, known);
    if (mood === 'breaks') request.socket.destroy();
    else send(response, 201, { reference: known.reference, erpDocumentNo: known.erpDocumentNo });
  }
}

export class Issuer {
  private constructor(
    private readonly server: Server,
    readonly sign: (scope: string) => Promise<string>,
  ) {}
  static async start(): Promise<Issuer> {
    const { privateKey, publicKey } = await generateKeyPair('RS256');
    const jwk = { ...(await exportJWK(publicKey)), kid: 'key-1', alg: 'RS256', use: 'sig' };
    const server = await listening((_, response) => send(response, 200, { keys: [jwk] }));
    return new Issuer(server, (scope) =>
      new SignJWT({ tenant: 'acme', scope })
        .setProtectedHeader({ alg: 'RS256', kid: 'key-1' })
        .setSubject('ada')
        .setIssuer(urlOf(server))
        .setAudience('crossdock')
        .setIssuedAt()
        .setExpirationTime('5m')
        .sign(privateKey),
    );
  }
  get url(): string {
    return urlOf(this.server);
  }
  async stop(): Promise<void> {
    await closed(this.server);
  }
}

const eventOf = (input: Input): StoredEvent => {
  const message = findMessage(input.type, input.version);
  if (!message) throw new Error(`no contract ${input.type}`);
  const { id, type, version, tenant, key, at, correlationId, entityVersion, batchId, actor } = input;
  return {
    id,
    type,
    version,
    tenant,
    key,
    at,
    correlationId,
    entityVersion,
    source: message.stream.toLowerCase(),
    stream: message.stream,
    lane: message.lane(input.data),
    actor: actorText(actor),
    causationId: id,
    ...(batchId ? { batchId } : {}),
    body: JSON.stringify(input.data),
  };
};
/** Says messages on their streams, as the services that own them would. */
export const speak = async (
  broker: JetStreamBroker,
  ...inputs: readonly Input<never>[] | readonly Input<unknown>[]
): Promise<void> => {
  for (const input of inputs as readonly Input[]) await broker.publish([eventOf(input)]);
};
