/** EasyPost's tracker webhooks. Signed over the raw body; answered 2xx as soon as what they tell is kept. */
import { Controller, Headers, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { derivedId } from '@crossdock/kernel';
import { IngestTracking } from '@crossdock/contracts';
import {
  answerOf,
  DOOR,
  From,
  Opens,
  Problem,
  Public,
  QUERIES,
  RawBody,
  type Caller,
  type Door,
  type Queries,
} from '@crossdock/runtime';
import { ShipmentSettings, type EasypostConnection } from '../config.js';
import type { TrackingTaken } from '../domain/decide-tracking.js';
import type { TrackerState } from '../domain/tracker.js';
import { easypostTracking } from '../translate/easypost.js';
import { isFromEasypost } from '../translate/easypost-signature.js';

/** An event that is not about a package: nothing to keep. */
interface NotTaken {
  readonly taken: 0;
  readonly about: string;
}

@Controller('webhooks/easypost')
export class EasypostController {
  constructor(
    @Inject(DOOR) private readonly door: Door,
    @Inject(QUERIES) private readonly queries: Queries,
    @Inject(ShipmentSettings) private readonly settings: ShipmentSettings,
  ) {}

  @Post(':connection')
  @Public()
  @HttpCode(200)
  @Opens({
    summary: 'EasyPost reports scans of a package',
    description:
      'Body: Event with a Tracker. Signature: X-Hmac-Signature, or X-Hmac-Signature-V2 with X-Timestamp and X-Path.',
    answers: {
      200: 'kept, also when the tracking number is not known yet',
      401: 'not-signed',
      400: 'broken-json, schema-violation',
    },
  })
  async tell(
    @Param('connection') name: string,
    @RawBody() body: Buffer,
    @Headers() headers: Readonly<Record<string, string | undefined>>,
    @From() caller: Caller,
  ): Promise<TrackingTaken | NotTaken> {
    const connection = this.signer(name, body, headers);
    const deliveryId = derivedId('easypost', connection.tenant, name, body.toString('utf8'));
    const told = easypostTracking(jsonOf(body), deliveryId, new Date().toISOString().slice(0, 10));
    if (told.kind === 'other') return { taken: 0, about: told.about };
    if (told.kind === 'broken')
      throw new Problem(400, 'schema-violation', {
        errors: [{ reason: 'schema-violation', field: told.field, text: told.text }],
      });
    const tracker = await this.queries.get<TrackerState>(connection.tenant, 'tracker', told.data.trackingNo);
    const link = tracker?.state.status === 'linked' ? tracker.state.links[0] : undefined;
    // What a carrier tells of a known package belongs to its order's story.
    const from: Caller = {
      ...caller,
      tenant: connection.tenant,
      actor: { kind: 'system', id: `easypost:${name}` },
      scopes: [],
      correlationId: link?.correlationId ?? caller.correlationId,
    };
    const outcome = await this.door.submit(IngestTracking, told.data, from, {
      id: deliveryId,
      ...(link?.batchId ? { batchId: link.batchId } : {}),
    });
    return answerOf(outcome);
  }

  /** The connection that signed this body. An unknown connection looks like a wrong signature. */
  private signer(
    name: string,
    body: Buffer,
    headers: Readonly<Record<string, string | undefined>>,
  ): EasypostConnection {
    const connections = this.settings.easypostConnections;
    const connection = Object.hasOwn(connections, name) ? connections[name] : undefined;
    const signed = {
      body,
      signature: headers['x-hmac-signature'],
      signatureV2: headers['x-hmac-signature-v2'],
      timestamp: headers['x-timestamp'],
      path: headers['x-path'],
    };
    if (!connection || !isFromEasypost(connection.secret, signed, Date.now())) throw new Problem(401, 'not-signed');
    return connection;
  }
}

const jsonOf = (body: Buffer): unknown => {
  try {
    return JSON.parse(body.toString('utf8')) as unknown;
  } catch {
    throw new Problem(400, 'broken-json');
  }
};
