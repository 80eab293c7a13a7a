/**
 * Webhooks of carriers and aggregators: believed by their connection's signature, archived as they came, then told to
 * the trackers. Answered as soon as what they tell is kept; the same delivery again gets the same answer.
 */
import { Readable } from 'node:stream';
import { Controller, Headers, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { derivedId } from '@crossdock/kernel';
import { IngestTracking, type IngestTrackingData } from '@crossdock/contracts';
import {
  answerOf,
  AnyBody,
  ARCHIVE,
  believed,
  DOOR,
  From,
  gathered,
  Opens,
  Problem,
  Public,
  QUERIES,
  WATCH,
  type Archive,
  type Believed,
  type Caller,
  type Door,
  type Found,
  type Queries,
  type Watch,
} from '@crossdock/runtime';
import { ShipmentSettings, type CarrierConnection } from '../config.js';
import type { TrackingTaken } from '../domain/decide-tracking.js';
import type { TrackerState } from '../domain/tracker.js';
import { MAX_PAYLOAD_BYTES, readTracking, type Fault, type TrackingReading } from '../translate/carriers/index.js';
import { ingestOf } from '../translate/carriers/ingest.js';

export interface WebhookTaken {
  readonly carrier: string;
  /** SHA-256 of the body as archived */
  readonly hash: string;
  readonly packages: readonly TrackingTaken[];
  /** what of it could not be read, or not be mapped; those codes wait as cases */
  readonly faults: readonly Fault[];
}
interface Wanted {
  readonly tenant: string;
  readonly trackingNo: string;
}
type HeaderFields = Readonly<Record<string, string | undefined>>;

@Controller('webhooks/carriers')
export class CarriersController {
  constructor(
    @Inject(DOOR) private readonly door: Door,
    @Inject(QUERIES) private readonly queries: Queries,
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
      'Body: what the carrier sends, JSON or XML. The connection says whose packages they are and how the sender signs: HMAC-SHA256 over the raw body, Standard Webhooks, or an agreed token.',
    answers: {
      200: 'kept, also when a tracking number is not known yet or a code has no mapping',
      400: 'broken-json, schema-violation: the body is archived, but tells of no package',
      401: 'not-signed',
      413: 'body-too-large',
    },
  })
  async tell(
    @Param('connection') name: string,
    @AnyBody() sent: Readable | Buffer,
    @Headers() headers: HeaderFields,
    @From() caller: Caller,
  ): Promise<WebhookTaken> {
    const body = await wholeOf(sent);
    const { connection, delivery } = this.sender(name, body, headers);
    const { tenant } = connection;
    const { hash } = await this.archive.put(tenant, body, MAX_PAYLOAD_BYTES);
    const deliveryId = derivedId('carrier-webhook', tenant, name, delivery.deliveryId ?? hash);
    const receivedAt = new Date().toISOString();
    const reading = readTracking(connection.carrier ?? '', body, receivedAt.slice(0, 10));
    this.count(reading);
    const { messages, faults } = ingestOf(reading, {
      source: 'carrier-webhook',
      deliveryId,
      receivedAt,
      ...(connection.carrier ? { carrier: connection.carrier } : {}),
    });
    const odd = [...new Set(faults.map(({ code }) => code))].filter((code) => code !== 'code-not-mapped');
    if (odd.length > 0)
      this.watch.log.warn({ carrier: reading.carrier, hash, faults: odd }, 'a webhook was read with faults');
    if (messages.length === 0 && reading.packages.length === 0) throw unread(faults);
    const from: Caller = { ...caller, tenant, actor: { kind: 'system', id: `carrier:${name}` }, scopes: [] };
    const packages = await Promise.all(messages.map((data, at) => this.ingest(data, from, at)));
    return { carrier: reading.carrier, hash, packages, faults };
  }

  private async ingest(data: IngestTrackingData, from: Caller, at: number): Promise<TrackingTaken> {
    const tracker = await this.trackerOf({ tenant: from.tenant, trackingNo: data.trackingNo });
    const link = tracker?.state.status === 'linked' ? tracker.state.links[0] : undefined;
    // What a carrier tells of a known package belongs to its order's story.
    const outcome = await this.door.submit(
      IngestTracking,
      data,
      { ...from, correlationId: link?.correlationId ?? from.correlationId },
      {
        id: derivedId(data.deliveryId, data.trackingNo, String(at)),
        ...(link?.batchId ? { batchId: link.batchId } : {}),
      },
    );
    return answerOf(outcome);
  }

  /** Webhooks come in crowds: trackers that are wanted at the same time are one read. */
  private readonly trackerOf = gathered(async (wanted: readonly Wanted[]) => {
    const found = new Map<string, Found<TrackerState>>();
    for (const tenant of new Set(wanted.map((each) => each.tenant))) {
      const numbers = wanted.filter((each) => each.tenant === tenant).map(({ trackingNo }) => trackingNo);
      for (const tracker of await this.queries.many<TrackerState>(tenant, 'tracker', [...new Set(numbers)]))
        found.set(`${tenant}|${tracker.state.trackingNo}`, tracker);
    }
    return wanted.map(({ tenant, trackingNo }) => found.get(`${tenant}|${trackingNo}`));
  });

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

const unread = (faults: readonly Fault[]): Problem =>
  new Problem(400, 'schema-violation', {
    errors: faults.map(({ code, path, text }) => ({
      reason: 'schema-violation',
      field: path,
      text: `${code}: ${text}`,
    })),
  });

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
