/** The world around inventory in its tests: servers, a token issuer, and the voice of the other services. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { findMessage } from '@crossdock/contracts';
import type { Input } from '@crossdock/kernel';
import { JetStreamBroker, runService, type RunningService, type StoredEvent } from '@crossdock/runtime';
import { eventually, ownServers, type Stack } from '@crossdock/testing';
import { inventoryPropagation } from '../src/inventory-propagation.service.js';

const NAME = 'inventory-propagation';

export interface Told<T> {
  readonly status: number;
  readonly body: T;
  readonly headers: Headers;
}

interface Issuer {
  readonly url: string;
  readonly server: Server;
  readonly token: (scope: string) => Promise<string>;
}
const startIssuer = async (): Promise<Issuer> => {
  const { privateKey, publicKey } = await generateKeyPair('RS256');
  const jwk = { ...(await exportJWK(publicKey)), kid: 'k1', alg: 'RS256', use: 'sig' };
  const server = createServer((_, response) => response.end(JSON.stringify({ keys: [jwk] })));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const token = (scope: string): Promise<string> =>
    new SignJWT({ tenant: 'acme', scope })
      .setProtectedHeader({ alg: 'RS256', kid: 'k1' })
      .setIssuer(url)
      .setAudience('crossdock')
      .setSubject('wms')
      .setIssuedAt()
      .setExpirationTime('1h')
      .sign(privateKey);
  return { url, server, token };
};

export class World {
  private constructor(
    private readonly servers: Stack,
    private readonly issuer: Issuer,
    private readonly service: RunningService,
    private readonly broker: JetStreamBroker,
    private readonly bearer: string,
  ) {}

  static async start(): Promise<World> {
    const servers = await ownServers('inventory', [NAME]);
    const issuer = await startIssuer();
    const bearer = await issuer.token('inventory:read inventory:write exceptions:read');
    const service = await runService(inventoryPropagation, {
      env: {
        CROSSDOCK_NATS_URL: servers.nats.url,
        CROSSDOCK_MONGO_URL: servers.mongo.url(NAME),
        CROSSDOCK_ISSUER_URL: issuer.url,
        CROSSDOCK_HTTP_PORT: '0',
        CROSSDOCK_LOG_LEVEL: 'silent',
        CROSSDOCK_LEASE_MS: '1000',
      },
    });
    await eventually('ready', async () => (await fetch(`${service.url}/health/ready`)).status === 200);
    return new World(servers, issuer, service, await JetStreamBroker.open(servers.nats.url, 'test'), bearer);
  }

  async stop(): Promise<void> {
    await this.broker.close();
    await this.service.stop();
    this.issuer.server.closeAllConnections();
    await new Promise((resolve) => this.issuer.server.close(resolve));
    await this.servers.stop();
  }

  async call<T>(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Told<T>> {
    const response = await fetch(`${this.service.url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.bearer}`,
        'content-type': 'application/json',
        'x-correlation-id': 'test-1',
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: (text ? JSON.parse(text) : {}) as T, headers: response.headers };
  }

  /** Another service says something. */
  async tell(...inputs: readonly Input<unknown>[]): Promise<void> {
    const events = inputs.map((input): StoredEvent => {
      const message = findMessage(input.type, input.version);
      if (!message) throw new Error(`${input.type} is not declared`);
      return {
        id: input.id,
        type: input.type,
        version: input.version,
        source: 'test',
        stream: message.stream,
        tenant: input.tenant,
        key: message.key(input.data),
        lane: message.lane(input.data),
        entityVersion: input.entityVersion,
        at: input.at,
        actor: 'system:test',
        correlationId: input.correlationId,
        causationId: 'none',
        body: JSON.stringify(input.data),
      };
    });
    await this.broker.publish(events);
  }
}
