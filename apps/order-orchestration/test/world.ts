/** The world around orders in its tests: servers, a token issuer, an ERP, and the voice of the other services. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import {
  CustomerChanged,
  EntityChanged,
  findMessage,
  GUEST,
  ItemChanged,
  NodeChanged,
  type CustomerChangedData,
  type ItemChangedData,
  type OrderDocument,
} from '@crossdock/contracts';
import type { Input } from '@crossdock/kernel';
import { JetStreamBroker, runService, type RunningService, type StoredEvent } from '@crossdock/runtime';
import { eventually, input, ownServers, type Stack } from '@crossdock/testing';
import type { orderView } from '../src/api/shown.js';
import { ACCOUNT, aCustomer, aNode, anEntity, anItem, line } from '../src/domain/order.builders.js';
import { orderOrchestration } from '../src/order-orchestration.service.js';
import { TestErp } from './erp.js';

const NAME = 'order-orchestration';
export const SHOP_SECRET = 'a shop secret';

export interface Told<T> {
  readonly status: number;
  readonly body: T;
  readonly type: string;
}
export interface ProblemBody {
  readonly code: string;
  readonly detail: string;
  readonly errors?: readonly { readonly reason: string; readonly field?: string; readonly text?: string }[];
}
export type OrderView = ReturnType<typeof orderView>;

export const anOrder = (documentNo: string, more: Partial<OrderDocument> = {}): OrderDocument => ({
  documentNo,
  account: ACCOUNT,
  currency: 'GBP',
  shipTo: { country: 'GB' },
  lines: [line(1, 'TEA', 6), line(2, 'POT', 4)],
  ...more,
});
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

export class World {
  private readonly said: StoredEvent[] = [];
  private constructor(
    private readonly servers: Stack,
    private readonly issuer: Issuer,
    readonly erp: TestErp,
    private readonly service: RunningService,
    private readonly broker: JetStreamBroker,
    private readonly bearer: string,
    private readonly otherBearer: string,
  ) {}

  static async start(): Promise<World> {
    const servers = await ownServers('orders', [NAME]);
    const [issuer, erp] = await Promise.all([startIssuer(), TestErp.start()]);
    const scopes = 'orders:read orders:write exceptions:read exceptions:write';
    const service = await runService(orderOrchestration, {
      env: {
        CROSSDOCK_NATS_URL: servers.nats.url,
        CROSSDOCK_MONGO_URL: servers.mongo.url(NAME),
        CROSSDOCK_ISSUER_URL: issuer.url,
        CROSSDOCK_HTTP_PORT: '0',
        CROSSDOCK_LOG_LEVEL: 'silent',
        CROSSDOCK_LEASE_MS: '1000',
        CROSSDOCK_ERP_URL: erp.url,
        CROSSDOCK_ERP_LINE_LIMIT: '100',
        CROSSDOCK_SHOPIFY_CONNECTIONS: JSON.stringify({ acme: { tenant: 'acme', secret: SHOP_SECRET } }),
      },
    });
    await eventually('ready', async () => (await fetch(`${service.url}/health/ready`)).status === 200);
    const broker = await JetStreamBroker.open(servers.nats.url, 'test');
    const tokens = await Promise.all([issuer.token(scopes, 'acme'), issuer.token(scopes, 'globex')]);
    return new World(servers, issuer, erp, service, broker, ...tokens);
  }

  async stop(): Promise<void> {
    await this.broker.close();
    await this.service.stop();
    await this.erp.stop();
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
    const type = response.headers.get('content-type') ?? '';
    return { status: response.status, body: (text ? JSON.parse(text) : {}) as T, type };
  }
  call<T>(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Told<T>> {
    const text = body === undefined ? undefined : JSON.stringify(body);
    return this.send(method, path, text, { 'content-type': 'application/json', ...headers });
  }
  submit(
    order: unknown,
    headers: Record<string, string> = {},
  ): Promise<Told<{ orderId: string; status: string } & ProblemBody>> {
    return this.call('POST', '/v1/orders', order, headers);
  }
  async view(id: string): Promise<OrderView> {
    return (await this.call<OrderView>('GET', `/v1/orders/${id}`)).body;
  }
  reaches(id: string, status: string): Promise<OrderView> {
    return eventually(`${id} is ${status}`, async () => {
      const found = await this.view(id);
      return found.status === status && found;
    });
  }
  /** as somebody of another tenant */
  asStranger<T>(method: string, path: string): Promise<Told<T>> {
    return this.send(method, path, undefined, { authorization: `Bearer ${this.otherBearer}` });
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

  /** Tea, pots and cups, 250 other things, and three accounts. */
  knowsTheTrade(): Promise<void> {
    const others = Array.from({ length: 250 }, (_, at) => `I${at}`);
    const customers = [aCustomer(), aCustomer({ account: GUEST }), aCustomer({ account: 'SMALL', creditLimit: 3000 })];
    return this.knows(
      customers,
      ['TEA', 'POT', 'CUP', ...others].map((item) => anItem(item)),
    );
  }
  /** The ERP side gives out master data, and the service has it. */
  async knows(customers: readonly CustomerChangedData[], items: readonly ItemChangedData[]): Promise<void> {
    await this.tell(
      ...([
        ...['DC1', 'DC2'].map((node) => input(NodeChanged, aNode(node))),
        input(EntityChanged, anEntity()),
        ...customers.map((customer) => input(CustomerChanged, customer)),
        ...items.map((item) => input(ItemChanged, item)),
      ] as Input<never>[]),
    );
    await eventually('master data is known', async () => {
      const { body } = await this.call<Record<string, number>>('GET', '/v1/master-data');
      return (
        (body['customers'] ?? 0) >= customers.length &&
        (body['items'] ?? 0) >= items.length &&
        body['nodes'] === 2 &&
        body['entities'] === 1
      );
    });
  }
}
