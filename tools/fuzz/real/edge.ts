/** The edge as it runs: nats-server and mongod of the run's own, connectors and shipment-normalization as processes, their HTTP doors. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { ownService, NOBODY, type OwnService } from '../../bench/own-service.ts';
import { ownStack, type OwnStack } from '../../bench/own-stack.ts';
import { openIssuer, type Issuer } from '../../conformance/issuer.ts';
import { provisionStreams } from '../../start/streams.ts';
import { builtServices } from '../../start/system.ts';
import type { Handed } from '../documents.ts';
import {
  CONNECTIONS,
  connectorsSettings,
  MAPPED,
  profiles,
  RULES,
  SHIPMENTS_SETTINGS,
  signed,
  TENANT,
} from '../partners.ts';

const CONNECTORS = 'connectors';
const SHIPMENTS = 'shipment-normalization';
const SCOPES = [
  ...['connectors:read', 'connectors:write', 'connectors:content', 'connectors:admin', 'shipments:read'],
  ...['shipments:content', 'exceptions:read', 'quarantine:read'],
].join(' ');
const ANSWER_MS = 120_000;
/** A lane is being taken over, or the machine is so busy that a lease ran out. */
const LATER = 503;
const AGAIN_MS = 2_000;
const TRIES_MOST = 30;

export interface Answer {
  readonly status: number;
  readonly body: Buffer;
}
export type Service = 'connectors' | 'shipments';
export const jsonOf = <T>({ body }: Answer): T => JSON.parse(body.toString('utf8')) as T;

const PATHS: Readonly<Record<Handed['door'], readonly [Service, string]>> = {
  upload: ['connectors', '/v1/files?partner=STORES'],
  'upload of nobody': ['connectors', '/v1/files'],
  webhook: ['connectors', `/webhooks/${CONNECTIONS.partner}`],
  'shop webhook': ['connectors', `/webhooks/${CONNECTIONS.shop}`],
  'carrier webhook': ['shipments', `/webhooks/carriers/${CONNECTIONS.carrier}`],
  'easypost webhook': ['shipments', `/webhooks/easypost/${CONNECTIONS.easypost}`],
};

/** A shop that knows nothing of what it is asked for. */
const emptyShop = async (): Promise<Server> => {
  const server = createServer((_, response) => {
    response.statusCode = 404;
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
};

export class RealEdge {
  private readonly services = new Map<Service, OwnService>();
  private token = '';
  private readonly own: OwnStack;
  private readonly issuer: Issuer;
  private readonly shop: Server;

  private constructor(own: OwnStack, issuer: Issuer, shop: Server) {
    this.own = own;
    this.issuer = issuer;
    this.shop = shop;
  }

  static async open(senders: readonly string[]): Promise<RealEdge> {
    const own = await ownStack('fuzz', [CONNECTORS, SHIPMENTS]);
    const edge = new RealEdge(own, await openIssuer(), await emptyShop());
    try {
      await provisionStreams(own.stack.nats.url, builtServices(), () => undefined);
      await edge.start();
      for (const [partner, profile] of Object.entries(profiles(senders))) await edge.agree(partner, profile);
      return edge;
    } catch (error) {
      await edge.close();
      throw error;
    }
  }
  private async start(): Promise<void> {
    const shop = `http://127.0.0.1:${(this.shop.address() as AddressInfo).port}`;
    const { webhookConnections, shopConnections } = connectorsSettings(shop);
    const { carrierConnections, easypostConnections } = SHIPMENTS_SETTINGS;
    const issuer = { CROSSDOCK_ISSUER_URL: this.issuer.url };
    const started = await Promise.all([
      ownService(this.own.stack, CONNECTORS, {
        ...issuer,
        CROSSDOCK_WEBHOOK_CONNECTIONS: JSON.stringify(webhookConnections),
        CROSSDOCK_SHOP_CONNECTIONS: JSON.stringify(shopConnections),
      }),
      ownService(this.own.stack, SHIPMENTS, {
        ...issuer,
        CROSSDOCK_WMS_URL: NOBODY,
        CROSSDOCK_CARRIER_CONNECTIONS: JSON.stringify(carrierConnections),
        CROSSDOCK_EASYPOST_CONNECTIONS: JSON.stringify(easypostConnections),
      }),
    ]);
    this.services.set('connectors', started[0]);
    this.services.set('shipments', started[1]);
    this.token = await this.issuer.token(TENANT, SCOPES);
  }
  private async agree(partner: string, profile: object): Promise<void> {
    const author = 'the fuzzer';
    const put = async (path: string, body: object): Promise<void> => {
      const headers = { 'content-type': 'application/json' };
      const answer = await this.send('connectors', 'PUT', path, Buffer.from(JSON.stringify(body)), headers);
      if (answer.status >= 300) throw new Error(`PUT ${path}: ${answer.status} ${answer.body.toString('utf8')}`);
    };
    await put(`/v1/partners/${partner}`, { author, validFrom: '2020-01-01', profile });
    for (const kind of MAPPED)
      await put(`/v1/partners/${partner}/mappings/${kind}`, { author, validFrom: '2020-01-01', rules: RULES });
  }

  async send(
    service: Service,
    method: 'GET' | 'POST' | 'PUT',
    path: string,
    body?: Buffer,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Answer> {
    const { url } = this.services.get(service) as OwnService;
    const answer = await fetch(`${url}${path}`, {
      method,
      headers: { authorization: `Bearer ${this.token}`, ...headers },
      signal: AbortSignal.timeout(ANSWER_MS),
      ...(body ? { body } : {}),
    });
    return { status: answer.status, body: Buffer.from(await answer.arrayBuffer()) };
  }
  get(service: Service, path: string): Promise<Answer> {
    return this.send(service, 'GET', path);
  }
  /** As a sender does: who is told to come again later comes again, with the same bytes. */
  async hand({ door, bytes }: Pick<Handed, 'door' | 'bytes'>): Promise<Answer> {
    const [service, path] = PATHS[door];
    const type = door === 'easypost webhook' ? 'application/json' : 'application/octet-stream';
    const headers = { 'content-type': type, ...signed(bytes) };
    for (let tries = 1; ; tries++) {
      const answer = await this.send(service, 'POST', path, bytes, headers);
      if (answer.status !== LATER || tries === TRIES_MOST) return answer;
      await pause(AGAIN_MS);
    }
  }

  /** What processes said last that are not there any more. */
  ended(): readonly string[] {
    return [...this.services.values()].flatMap((service) => service.ended() ?? []);
  }
  async close(): Promise<void> {
    await Promise.all([...this.services.values()].map((service) => service.end()));
    await this.issuer.close();
    this.shop.closeAllConnections();
    await new Promise((resolve) => this.shop.close(resolve));
    await this.own.end();
  }
}
