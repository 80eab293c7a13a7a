/** Webhooks of carriers and aggregators: believed by their connection's signature, kept as they came, then answered. */
import { Readable } from 'node:stream';
import { Controller, Headers, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { derivedId } from '@crossdock/kernel';
import {
  AnyBody,
  ARCHIVE,
  believed,
  DOOR,
  From,
  Opens,
  Problem,
  Public,
  WATCH,
  type Archive,
  type Believed,
  type Caller,
  type Door,
  type Watch,
} from '@crossdock/runtime';
import { ShipmentSettings, type CarrierConnection } from '../config.js';
import {
  MAX_PAYLOAD_BYTES,
  readTracking,
  type Fault,
  type Status,
  type TrackingReading,
} from '../translate/carriers/index.js';
import { ingestOf } from '../translate/carriers/ingest.js';
import { takeIn, type Told, type WebhookTaken } from './intake.js';

/** As this one body tells it; what became of the package by all that was told stands at `/v1/tracking/{trackingNo}`. */
export interface PackageTold {
  /** empty where the body names no number */
  readonly trackingNo: string;
  /** ERROR: the carrier does not know the package, or refused to tell */
  readonly status: Status;
  /** scans */
  readonly events: number;
}
export interface CarrierTaken extends WebhookTaken {
  readonly packages: readonly PackageTold[];
}

type HeaderFields = Readonly<Record<string, string | undefined>>;

@Controller('webhooks/carriers')
export class CarriersController {
  constructor(
    @Inject(DOOR) private readonly door: Door,
    @Inject(ARCHIVE) private readonly archive: Archive,
    @Inject(ShipmentSettings) private readonly settings: ShipmentSettings,
    @Inject(WATCH) private readonly watch: Watch,
  ) {}

  @Post(':connection')
  @Public()
  @HttpCode(200)
  @Opens({
    summary: 'A carrier or an aggregator reports scans of packages',
    description:
      'Body: what the carrier sends, JSON or XML. The connection says whose packages they are and how the sender signs: HMAC-SHA256 over the raw body, Standard Webhooks, or an agreed token. Answered once the bytes and what they tell are kept; the trackers take it a moment later.',
    answers: {
      200: 'kept; a body that can not be read is in quarantine, and `faults` say why',
      401: 'not-signed',
      413: 'body-too-large',
    },
  })
  async tell(
    @Param('connection') name: string,
    @AnyBody() sent: Readable | Buffer,
    @Headers() headers: HeaderFields,
    @From() anyone: Caller,
  ): Promise<CarrierTaken> {
    const body = await wholeOf(sent);
    const { connection, delivery } = this.sender(name, body, headers);
    const { tenant } = connection;
    const caller: Caller = { ...anyone, tenant, actor: { kind: 'system', id: `carrier:${name}` }, scopes: [] };
    const desk = { door: this.door, archive: this.archive };
    let packages: readonly PackageTold[] = [];
    const taken = await takeIn(desk, { body, contentType: headers['content-type'], caller }, (hash) => {
      const told = toldOf(connection, body, derivedId('carrier-webhook', tenant, name, delivery.deliveryId ?? hash));
      this.count(told.reading);
      this.warn(told.reading, hash, told.faults);
      packages = packagesOf(told.reading);
      return told;
    });
    return { ...taken, packages };
  }

  private warn({ carrier }: TrackingReading, hash: string, faults: readonly Fault[]): void {
    const odd = [...new Set(faults.map(({ code }) => code))].filter((code) => code !== 'code-not-mapped');
    if (odd.length > 0) this.watch.log.warn({ carrier, hash, faults: odd }, 'a webhook was read with faults');
  }

  /** Coverage: scans that a row knows, against all. */
  private count({ carrier, packages }: TrackingReading): void {
    for (const { events } of packages)
      for (const { reason } of events)
        this.watch.metrics.mapped.inc({
          system: carrier,
          outcome: reason === 'code-not-mapped' ? 'unmapped' : 'mapped',
        });
  }

  /** The connection whose sender this is. An unknown connection looks like a wrong signature. */
  private sender(
    name: string,
    body: Buffer,
    headers: HeaderFields,
  ): { readonly connection: CarrierConnection; readonly delivery: Believed } {
    const connections = this.settings.carrierConnections;
    const connection = Object.hasOwn(connections, name) ? connections[name] : undefined;
    const delivery = connection && believed(connection.signing, headers, body, Date.now());
    if (!connection || !delivery) throw new Problem(401, 'not-signed');
    return { connection, delivery };
  }
}

const toldOf = (
  { carrier }: CarrierConnection,
  body: Buffer,
  deliveryId: string,
): Told & { readonly reading: TrackingReading } => {
  const receivedAt = new Date().toISOString();
  const reading = readTracking(carrier ?? '', body, receivedAt.slice(0, 10));
  const heard = { source: 'carrier-webhook', deliveryId, receivedAt, ...(carrier ? { carrier } : {}) };
  return { deliveryId, reading, ...ingestOf(reading, heard) };
};

const packagesOf = ({ packages }: TrackingReading): readonly PackageTold[] =>
  packages.map(({ trackingNo, status, events }) => ({ trackingNo, status, events: events.length }));

const wholeOf = async (sent: Readable | Buffer): Promise<Buffer> => {
  if (Buffer.isBuffer(sent)) return sent;
  const chunks: Buffer[] = [];
  let bytes = 0;
  // The sender's stream stays whole: destroyed, it would take the connection and the answer with it.
  for await (const chunk of sent.iterator({ destroyOnReturn: false })) {
    bytes += (chunk as Buffer).length;
    if (bytes > MAX_PAYLOAD_BYTES)
      throw new Problem(413, 'body-too-large', { detail: `the body is more than ${MAX_PAYLOAD_BYTES} bytes` });
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks);
};
