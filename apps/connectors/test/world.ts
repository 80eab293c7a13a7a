/** The world around connectors in its tests: servers, a token issuer, and the voice of order-orchestration. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { findMessage, type PartnerProfile } from '@crossdock/contracts';
import type { Input } from '@crossdock/kernel';
import { JetStreamBroker, runService, type RunningService, type StoredEvent } from '@crossdock/runtime';
import { eventually, ownServers, type Stack } from '@crossdock/testing';
import { connectors } from '../src/connectors.service.js';
import type { KnownDocument } from '../src/domain/document.js';
import type { KnownFile } from '../src/domain/file.js';
import { OrdersVoice } from './orders-voice.js';

const NAME = 'connectors';
const SCOPES = 'connectors:read connectors:write connectors:content connectors:admin exceptions:read exceptions:write';

export interface Told<T> {
  readonly status: number;
  readonly body: T;
}
interface Issuer {
  readonly url: string;
  readonly server: Server;
  readonly token: (scope: string, tenant: string) => Promise<string>;
}
const startIssuer = async (): Promise<Issuer> => {
  const { privateKey, publicKey } = await generateKeyPair('RS256');
  const jwk = { ...(await exportJWK(publicKey)), kid: 'k1', alg: 'RS256', use: 'sig' };
  const server = createServer((_, response) => response.end(JSON.stringify({ keys: [jwk] })));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const token = (scope: string, tenant: string): Promise<string> =>
    new SignJWT({ tenant, scope })
      .setProtectedHeader({ alg: 'RS256', kid: 'k1' })
      .setIssuer(url)
      .setAudience('crossdock')
      .setSubject('portal')
      .setIssuedAt()
      .setExpirationTime('1h')
      .sign(privateKey);
  return { url, server, token };
};

export const aProfile = (more: Partial<PartnerProfile> = {}): PartnerProfile => ({
  name: 'Acme Stores',
  status: 'active',
  identifiers: [{ scheme: 'ZZ', value: 'ACMESTORES' }],
  agreements: [
    { standard: 'X12', types: ['850'], direction: 'in', account: 'C10001', currency: 'GBP', country: 'GB' },
    { standard: 'Crossdock', types: [], direction: 'in', account: 'C10001' },
  ],
  ...more,
});

export class World {
  readonly orders: OrdersVoice;
  private constructor(
    readonly servers: Stack,
    private readonly issuer: Issuer,
    private readonly service: RunningService,
    private readonly broker: JetStreamBroker,
    private readonly bearer: string,
    private readonly otherBearer: string,
  ) {
    this.orders = new OrdersVoice(broker, (...inputs) => this.tell(...inputs));
    this.orders.listen();
  }

  static async start(env: Record<string, string> = {}): Promise<World> {
    const servers = await ownServers(NAME, [NAME]);
    const issuer = await startIssuer();
    const service = await runService(connectors, {
      env: {
        CROSSDOCK_NATS_URL: servers.nats.url,
        CROSSDOCK_MONGO_URL: servers.mongo.url(NAME),
        CROSSDOCK_ISSUER_URL: issuer.url,
        CROSSDOCK_HTTP_PORT: '0',
        CROSSDOCK_LOG_LEVEL: 'silent',
        CROSSDOCK_LEASE_MS: '1000',
        ...env,
      },
    });
    await eventually('ready', async () => (await fetch(`${service.url}/health/ready`)).status === 200);
    const broker = await JetStreamBroker.open(servers.nats.url, 'test');
    const tokens = await Promise.all([issuer.token(SCOPES, 'acme'), issuer.token(SCOPES, 'globex')]);
    return new World(servers, issuer, service, broker, ...tokens);
  }

  async stop(): Promise<void> {
    await this.orders.stop();
    await this.broker.close();
    await this.service.stop();
    this.issuer.server.closeAllConnections();
    await new Promise((resolve) => this.issuer.server.close(resolve));
    await this.servers.stop();
  }

  get url(): string {
    return this.service.url;
  }

  async send<T>(
    method: string,
    path: string,
    body?: string | Uint8Array,
    headers: Record<string, string> = {},
  ): Promise<Told<T>> {
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${this.bearer}`, ...headers },
      ...(body === undefined ? {} : { body: body as string }),
    });
    const text = await response.text();
    return { status: response.status, body: (text ? JSON.parse(text) : {}) as T };
  }
  call<T>(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Told<T>> {
    const text = body === undefined ? undefined : JSON.stringify(body);
    return this.send(method, path, text, { 'content-type': 'application/json', ...headers });
  }
  asStranger<T>(method: string, path: string): Promise<Told<T>> {
    return this.send(method, path, undefined, { authorization: `Bearer ${this.otherBearer}` });
  }
  async bytes(path: string): Promise<Buffer> {
    const response = await fetch(`${this.url}${path}`, { headers: { authorization: `Bearer ${this.bearer}` } });
    return Buffer.from(await response.arrayBuffer());
  }

  /** Hands a file in; the id it is known by. */
  async handIn(bytes: string | Uint8Array, query = '', type = 'application/octet-stream'): Promise<string> {
    const told = await this.send<{ fileId: string }>('POST', `/v1/files${query}`, bytes, { 'content-type': type });
    if (told.status !== 202) throw new Error(JSON.stringify(told));
    return told.body.fileId;
  }
  async file(id: string): Promise<KnownFile & { fileId: string }> {
    return (await this.call<KnownFile & { fileId: string }>('GET', `/v1/files/${id}`)).body;
  }
  fileReaches(id: string, status: KnownFile['status']): Promise<KnownFile & { fileId: string }> {
    return eventually(`file ${id} is ${status}`, async () => {
      const found = await this.file(id);
      return found.status === status && found;
    });
  }
  async documents(query: string): Promise<readonly KnownDocument[]> {
    return (await this.call<{ documents: KnownDocument[] }>('GET', `/v1/documents?${query}`)).body.documents;
  }
  /** The only document of a file, once it stands so. */
  documentOf(fileId: string, status: KnownDocument['status']): Promise<KnownDocument> {
    return eventually(`the document of ${fileId} is ${status}`, async () => {
      const [found] = await this.documents(`file=${fileId}`);
      return found?.status === status && found;
    });
  }
  async partner(id: string, profile: PartnerProfile): Promise<void> {
    const told = await this.call('PUT', `/v1/partners/${id}`, { author: 'ann', validFrom: '2026-01-01', profile });
    if (told.status !== 200) throw new Error(JSON.stringify(told.body));
  }

  /** Other services say something. */
  async tell(...inputs: readonly Input<never>[]): Promise<void> {
    const events = (inputs as readonly Input[]).map((given): StoredEvent => {
      const message = findMessage(given.type, given.version);
      if (!message) throw new Error(`${given.type} is not declared`);
      return {
        id: given.id,
        type: given.type,
        version: given.version,
        source: 'test',
        stream: message.stream,
        tenant: given.tenant,
        key: message.key(given.data),
        lane: message.lane(given.data),
        entityVersion: given.entityVersion,
        at: given.at,
        actor: 'system:test',
        correlationId: given.correlationId,
        causationId: 'none',
        body: JSON.stringify(given.data),
      };
    });
    await this.broker.publish(events);
  }
}
