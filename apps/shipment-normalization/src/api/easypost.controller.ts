/** EasyPost's tracker webhooks. Signed over the raw body; answered 2xx as soon as they are kept. */
import { Controller, Headers, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { derivedId } from '@crossdock/kernel';
import {
  ARCHIVE,
  DOOR,
  From,
  Opens,
  Problem,
  Public,
  RawBody,
  type Archive,
  type Caller,
  type Door,
} from '@crossdock/runtime';
import { ShipmentSettings, type EasypostConnection } from '../config.js';
import { easypostTracking } from '../translate/easypost.js';
import { isFromEasypost } from '../translate/easypost-signature.js';
import { takeIn, type Told, type WebhookTaken } from './intake.js';

@Controller('webhooks/easypost')
export class EasypostController {
  constructor(
    @Inject(DOOR) private readonly door: Door,
    @Inject(ARCHIVE) private readonly archive: Archive,
    @Inject(ShipmentSettings) private readonly settings: ShipmentSettings,
  ) {}

  @Post(':connection')
  @Public()
  @HttpCode(200)
  @Opens({
    summary: 'EasyPost reports scans of a package',
    description:
      'Body: Event with a Tracker. Signature: X-Hmac-Signature, or X-Hmac-Signature-V2 with X-Timestamp and X-Path. Answered once the bytes and what they tell are kept; the trackers take it a moment later.',
    answers: {
      200: 'kept; a body that can not be read is in quarantine, and `faults` say why',
      401: 'not-signed',
    },
  })
  async tell(
    @Param('connection') name: string,
    @RawBody() body: Buffer,
    @Headers() headers: Readonly<Record<string, string | undefined>>,
    @From() anyone: Caller,
  ): Promise<WebhookTaken> {
    const { tenant } = this.signer(name, body, headers);
    const caller: Caller = { ...anyone, tenant, actor: { kind: 'system', id: `easypost:${name}` }, scopes: [] };
    const delivered = { body, contentType: headers['content-type'], caller };
    const desk = { door: this.door, archive: this.archive };
    return takeIn(desk, delivered, () => toldOf(body, derivedId('easypost', tenant, name, body.toString('utf8'))));
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

/** An event that is not about a package tells nothing, and lacks nothing. */
const toldOf = (body: Buffer, deliveryId: string): Told => {
  const nothing = { deliveryId, messages: [], faults: [] };
  let event: unknown;
  try {
    event = JSON.parse(body.toString('utf8'));
  } catch (error) {
    return { ...nothing, faults: [{ code: 'broken-json', path: '', text: (error as Error).message.slice(0, 200) }] };
  }
  const told = easypostTracking(event, deliveryId);
  if (told.kind === 'other') return nothing;
  if (told.kind === 'broken')
    return { ...nothing, faults: [{ code: 'schema-violation', path: told.field, text: told.text }] };
  return { ...nothing, messages: [told.data] };
};
