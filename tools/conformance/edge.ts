/**
 * The real edge: nats-server and mongod of the run's own, the built services as processes, their public doors. Each file
 * comes to a tenant of its own, so that what one says (a control number, an order, a package) is no repetition of another.
 */
import { randomUUID } from 'node:crypto';
import pLimit from 'p-limit';
import { NOBODY, ownService, type OwnService } from '../bench/own-service.ts';
import { ownStack, type OwnStack } from '../bench/own-stack.ts';
import { provisionStreams } from '../start/streams.ts';
import { builtServices } from '../start/system.ts';
import { connectionOf, readPayload } from './carriers.ts';
import type { Difference } from './compare.ts';
import { Door } from './door.ts';
import { openIssuer, type Issuer } from './issuer.ts';
import { PartnerFile } from './partners.ts';
import type { Reader, ReadFile, ReadTracking, SentFile } from './reading.ts';

const CONNECTORS = 'connectors';
const SHIPMENTS = 'shipment-normalization';
const PARTNER_SCOPES = 'connectors:read connectors:write connectors:content connectors:admin';
const CARRIER_SCOPES = 'shipments:read shipments:content';
/** Files that are under way at a time: reading one waits for servers more than it computes. */
export const FILES_AT_ONCE = 12;
/** Connections stand in one variable of the process, which may have 128 KB. */
const PAYLOADS_AT_A_START = 400;

/** One file that does not come to its end is wrong; a service that is gone ends the run. */
const stoppedBy = (error: unknown, service: OwnService): Difference => {
  const ended = service.ended();
  if (ended !== undefined) throw new Error(ended, { cause: error });
  return {
    field: 'way through the edge',
    expected: 'an end',
    got: error instanceof Error ? error.message : String(error),
  };
};

export class Edge implements Reader {
  readonly #own: OwnStack;
  readonly #issuer: Issuer;
  /** servers that the environment names may know tenants of earlier runs */
  readonly #run = randomUUID().slice(0, 8);
  #connectors: Promise<OwnService> | undefined;
  #tenants = 0;

  private constructor(own: OwnStack, issuer: Issuer) {
    this.#own = own;
    this.#issuer = issuer;
  }

  /** Servers are up and streams are there; services are started when the first file comes for them. */
  static async open(): Promise<Edge> {
    const own = await ownStack('conformance', [CONNECTORS, SHIPMENTS]);
    try {
      await provisionStreams(own.stack.nats.url, builtServices(), () => undefined);
      return new Edge(own, await openIssuer());
    } catch (error) {
      await own.end();
      throw error;
    }
  }

  async document(sent: SentFile): Promise<ReadFile> {
    const service = await (this.#connectors ??= this.#start(CONNECTORS, {}));
    const token = this.#issuer.token(this.#tenant(), PARTNER_SCOPES);
    try {
      return await new PartnerFile(new Door(service, token), sent).read();
    } catch (error) {
      return { documents: [], faults: [], amiss: [stoppedBy(error, service)] };
    }
  }

  async trackings(sent: readonly SentFile[], onRead: (sent: SentFile) => void): Promise<readonly ReadTracking[]> {
    await this.#endConnectors();
    const answers: ReadTracking[] = [];
    for (let from = 0; from < sent.length; from += PAYLOADS_AT_A_START)
      answers.push(...(await this.#payloads(sent.slice(from, from + PAYLOADS_AT_A_START), onRead)));
    return answers;
  }
  async #payloads(sent: readonly SentFile[], onRead: (sent: SentFile) => void): Promise<readonly ReadTracking[]> {
    const placed = sent.map((one) => ({ one, tenant: this.#tenant() }));
    const connections = Object.fromEntries(placed.map(({ one, tenant }) => [tenant, connectionOf(tenant, one)]));
    const service = await this.#start(SHIPMENTS, {
      CROSSDOCK_WMS_URL: NOBODY,
      CROSSDOCK_CARRIER_CONNECTIONS: JSON.stringify(connections),
    });
    const atOnce = pLimit(FILES_AT_ONCE);
    try {
      return await Promise.all(
        placed.map(({ one, tenant }) =>
          atOnce(async () => {
            const door = new Door(service, this.#issuer.token(tenant, CARRIER_SCOPES));
            const answer = await readPayload(door, tenant, one).catch((error: unknown): ReadTracking => ({
              ...{ status: 'UNKNOWN', events: 0, faults: [] },
              amiss: [stoppedBy(error, service)],
            }));
            onRead(one);
            return answer;
          }),
        ),
      );
    } finally {
      await service.end();
    }
  }

  async close(): Promise<void> {
    await this.#endConnectors();
    await this.#issuer.close();
    await this.#own.end();
  }

  #tenant(): string {
    return `${this.#run}-${(this.#tenants += 1)}`;
  }
  #start(name: string, settings: Readonly<Record<string, string>>): Promise<OwnService> {
    return ownService(this.#own.stack, name, { CROSSDOCK_ISSUER_URL: this.#issuer.url, ...settings });
  }
  async #endConnectors(): Promise<void> {
    const started = await this.#connectors?.catch(() => undefined);
    this.#connectors = undefined;
    await started?.end();
  }
}
